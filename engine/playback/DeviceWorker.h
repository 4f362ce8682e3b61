// SPDX-License-Identifier: GPL-3.0-or-later
//
// What runs on the device thread: one loop that serves the latest wish, watches the stream and
// tries again what failed. It touches only what it owns a share of, because it may be left behind.
// Units: seconds of a monotonic clock. Real-time: no; any step may take long or never return.
// Errors: told through DeviceShared::report.
#pragma once

#include "engine/playback/OutputDriver.h"

#include <condition_variable>
#include <mutex>

namespace engine::playback {

struct DeviceTimes {
    double rescanSeconds = 2.0;      ///< between attempts while there is nothing to play through
    double lostMs = 250.0;           ///< without a callback; at least twice the stream's latency
    double noAnswerSeconds = 5.0;    ///< opening for longer than this is told as a failure
    double firstCallbackMs = 1000.0; ///< a server may take its time to start
};

struct DeviceReport {
    DeviceState state = DeviceClosed{};
    std::shared_ptr<PlaybackCore> core; ///< of the running stream, or null
    std::shared_ptr<const std::vector<DeviceInfo>> devices;
    std::uint64_t deviceListGeneration = 0; ///< grows when `devices` changes
};

struct OpenWish {
    DeviceChoice choice;
    int preferredRateHz = 0;
    bool operator==(const OpenWish &) const = default;
};

/// What the device thread and its owner exchange.
struct DeviceShared {
    std::mutex mutex;
    std::condition_variable wake;
    std::optional<OpenWish> wish; // [gui] writes, [device] reads, under mutex
    std::uint64_t wishNumber = 0; // [gui] writes, [device] reads, under mutex
    bool rescanWanted = false;    // [gui] [device] under mutex
    bool quit = false;            // [gui] writes, [device] reads, under mutex
    bool done = false;            // [device] writes, [gui] reads, under mutex
    double wishedAtSeconds = 0.0; // [gui]
    DeviceReport report;          // [device] [gui] write, [gui] reads, under mutex
};

class DeviceWorker {
public:
    DeviceWorker(std::shared_ptr<DeviceShared> shared, std::shared_ptr<OutputDriver> driver,
                 const DeviceTimes &times)
        : shared_(std::move(shared)), driver_(std::move(driver)), times_(times)
    {}
    void run();

private:
    bool waitForWork();
    void serve();
    void rescan();
    void open();
    void close();
    void watch();
    void publish(DeviceState state, std::shared_ptr<PlaybackCore> core = nullptr);

    // [device] all of them
    std::shared_ptr<DeviceShared> shared_;
    std::shared_ptr<OutputDriver> driver_;
    DeviceTimes times_;
    std::unique_ptr<OutputStream> stream_;
    std::optional<OpenWish> wish_;
    std::uint64_t wishNumber_ = 0;
    bool rescanWanted_ = false;
    std::size_t deviceCount_ = 0;
    bool lost_ = false; ///< until a stream runs again, failing attempts say nothing new
    double retryAtSeconds_ = 0.0;
    std::uint64_t heartbeat_ = 0;
    double quietSeconds_ = 0.0;
    double watchedAtSeconds_ = 0.0;
};

} // namespace engine::playback
