// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plays through PortAudio: two float channels, or their average on a device with a single one.
// Real-time: the callback only; it runs PlaybackCore::process and never ends the stream, because
// paComplete drops what the device has not played yet. Errors: Device.
#pragma once

#include "engine/playback/AudioDevices.h"
#include "engine/playback/OutputDriver.h"

namespace engine::playback {

class PortAudioDriver final : public OutputDriver {
public:
    Result<std::vector<DeviceInfo>> rescan() override;
    Result<std::unique_ptr<OutputStream>> open(const DeviceChoice &choice,
                                               int preferredRateHz) override;

private:
    std::unique_ptr<PortAudioSession> session_; // [device]
};

} // namespace engine::playback
