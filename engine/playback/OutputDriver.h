// SPDX-License-Identifier: GPL-3.0-or-later
//
// What plays blocks: PortAudio, or a fake one in a test. Every call may take long or never return,
// so only the device thread makes them. Real-time: no. Errors: Result; no devices is no error.
#pragma once

#include "engine/playback/DeviceState.h"
#include "engine/playback/PlaybackCore.h"

#include <memory>
#include <vector>

namespace engine::playback {

/// A running stream that calls core()->process() until it is destroyed.
class OutputStream {
public:
    virtual ~OutputStream() = default;
    virtual const StreamInfo &info() const = 0;
    /// Made for info().rateHz and for this stream alone: a dead stream that wakes up again must
    /// not meet the callback of the next one in the same core.
    virtual std::shared_ptr<PlaybackCore> core() const = 0;
};

class OutputDriver {
public:
    virtual ~OutputDriver() = default;
    /// Looks for devices anew. Requires: no stream is open.
    virtual Result<std::vector<DeviceInfo>> rescan() = 0;
    /// Opens and starts at the rate of the choice, else at the preferred one, else at the device's.
    /// Requires: rescan() succeeded before.
    virtual Result<std::unique_ptr<OutputStream>> open(const DeviceChoice &choice,
                                                       int preferredRateHz) = 0;
};

} // namespace engine::playback
