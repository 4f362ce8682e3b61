// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is known of output devices and of the stream that plays: plain values.
// Units: Hz, ms, frames, seconds from the start of the preview window. Real-time: no (strings).
// Errors: DeviceFailed carries one.
#pragma once

#include "engine/base/Result.h"

#include <optional>
#include <string>
#include <variant>

namespace engine::playback {

struct DeviceInfo {
    std::string name;
    std::string hostApi;
    int defaultSampleRateHz = 0;
    int maxChannels = 0;
    bool isDefault = false;
    double lowLatencyMs = 0.0;
    double highLatencyMs = 0.0;
    bool operator==(const DeviceInfo &) const = default;
};

struct DeviceChoice {
    std::string name;                ///< empty: the default device
    std::string hostApi;             ///< empty: the first device of that name
    std::optional<int> sampleRateHz; ///< empty: that of the file, or else the device's own
    double bufferMs = 50.0;          ///< below 50 a sound server on a busy machine loses samples
    bool operator==(const DeviceChoice &) const = default;
};

struct StreamInfo {
    std::string name;
    int rateHz = 0;
    double latencyMs = 0.0;
    int bufferFrames = 0; ///< the latency in frames
};

struct DeviceClosed {};
struct DeviceOpening {};
struct DeviceRunning {
    StreamInfo stream;
};
struct NoDevice {}; ///< none exists; the player looks again by itself
struct DeviceLost { ///< it stopped answering; the player looks for it by itself
    std::string name;
    double atSeconds = 0.0;
};
struct DeviceFailed { ///< it exists but cannot be used; the player tries again by itself
    Error error;
};
using DeviceState =
    std::variant<DeviceClosed, DeviceOpening, DeviceRunning, NoDevice, DeviceLost, DeviceFailed>;

} // namespace engine::playback
