// SPDX-License-Identifier: GPL-3.0-or-later
//
// PortAudio's lifetime and its list of output devices, without the several kB that ALSA and JACK
// print to stderr while devices are looked for.
// Real-time: no; starting may take seconds or hang with a broken sound server. One thread at a
// time, because PortAudio is not thread-safe. Errors: Device.
// PortAudio sees devices that were plugged in later only after all sessions ended.
#pragma once

#include "engine/playback/DeviceState.h"

#include <memory>
#include <vector>

namespace engine::playback {

/// Pa_Initialize and Pa_Terminate. Nested sessions share the devices of the first.
class PortAudioSession {
public:
    static Result<std::unique_ptr<PortAudioSession>> start();
    ~PortAudioSession();
    PortAudioSession(const PortAudioSession &) = delete;
    PortAudioSession &operator=(const PortAudioSession &) = delete;

private:
    PortAudioSession() = default;
};

/// Devices with at least one output channel. Requires: a session.
std::vector<DeviceInfo> outputDevicesOf(const PortAudioSession &session);

/// The same in a session of its own, for a program that only lists them; no device: empty.
Result<std::vector<DeviceInfo>> listOutputDevices();

/// Replaces the message handlers of ALSA and JACK, for the whole process.
void silenceAudioLibraries();

} // namespace engine::playback
