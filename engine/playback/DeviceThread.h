// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opens, watches, closes and reopens the output stream, so that its caller never waits for a sound
// server. The latest wish counts.
// Real-time: no; every call returns at once, the destructor after at most 900 ms: a sound server
// that died can keep a thread in its library for ever, and then that thread is left behind with
// all it uses. Errors: told by report().
// Source: with PortAudio 19.6 and a killed PulseAudio callbacks stop, no error comes, and closing
// the stream may hang; so a heartbeat decides, and dead streams are closed on threads of their own.
#pragma once

#include "engine/playback/DeviceWorker.h"

#include <thread>

namespace engine::playback {

class DeviceThread {
public:
    DeviceThread(std::shared_ptr<OutputDriver> driver, const DeviceTimes &times);
    ~DeviceThread();
    DeviceThread(const DeviceThread &) = delete;
    DeviceThread &operator=(const DeviceThread &) = delete;

    /// Nothing happens if this is what runs already.
    void open(const DeviceChoice &choice, int preferredRateHz);
    void close();
    /// Makes the list anew. A running stream is closed for it and opened again.
    void rescan();
    DeviceReport report() const;

private:
    std::shared_ptr<DeviceShared> shared_;
    double noAnswerSeconds_;
    std::thread thread_;
};

} // namespace engine::playback
