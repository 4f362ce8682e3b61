// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/playback/DeviceWorker.h"

#include "engine/base/Clock.h"

#include <algorithm>
#include <chrono>
#include <future>

namespace engine::playback {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr double tickSeconds = 0.05;
constexpr Seconds closeDeadline{0.4};

/// Destroys the stream on a thread of its own; false: it hangs there, and is left behind.
bool closeInTime(std::unique_ptr<OutputStream> stream)
{
    std::promise<void> closed;
    std::future<void> isClosed = closed.get_future();
    std::thread([stream = std::move(stream), closed = std::move(closed)]() mutable {
        stream.reset();
        closed.set_value();
    }).detach();
    return isClosed.wait_for(closeDeadline) == std::future_status::ready;
}

} // namespace

void DeviceWorker::run()
{
    while (waitForWork())
        serve();
    close();
    driver_.reset();
    const std::lock_guard lock(shared_->mutex);
    shared_->done = true;
    shared_->wake.notify_all();
}

/// Waits until something is wanted or time for a look at the stream; false: quit.
bool DeviceWorker::waitForWork()
{
    std::unique_lock lock(shared_->mutex);
    const auto isAsked = [this] {
        return shared_->quit || shared_->rescanWanted || shared_->wishNumber != wishNumber_;
    };
    if (stream_)
        shared_->wake.wait_for(lock, Seconds(tickSeconds), isAsked);
    else if (wish_)
        shared_->wake.wait_for(lock, Seconds(std::max(0.0, retryAtSeconds_ - secondsNow())),
                               isAsked);
    else
        shared_->wake.wait(lock, isAsked);
    rescanWanted_ = std::exchange(shared_->rescanWanted, false);
    return !shared_->quit;
}

void DeviceWorker::serve()
{
    bool isNewWish = false;
    {
        const std::lock_guard lock(shared_->mutex);
        isNewWish = wishNumber_ != shared_->wishNumber;
        wishNumber_ = shared_->wishNumber;
        wish_ = shared_->wish;
    }
    if (isNewWish || rescanWanted_) {
        lost_ = lost_ && !isNewWish;
        close();
        if (rescanWanted_ || (wish_ && deviceCount_ == 0))
            rescan();
        if (wish_)
            open();
        else
            publish(DeviceClosed{});
    } else if (stream_) {
        watch();
    } else if (wish_ && secondsNow() >= retryAtSeconds_) {
        rescan();
        open();
    }
}

void DeviceWorker::publish(DeviceState state, std::shared_ptr<PlaybackCore> core)
{
    const std::lock_guard lock(shared_->mutex);
    if (wishNumber_ != shared_->wishNumber)
        return; // something else is wanted by now; its answer follows
    shared_->report.state = std::move(state);
    shared_->report.core = std::move(core);
}

void DeviceWorker::rescan()
{
    Result<std::vector<DeviceInfo>> found = driver_->rescan();
    auto devices = std::make_shared<const std::vector<DeviceInfo>>(
        found ? std::move(*found) : std::vector<DeviceInfo>{});
    deviceCount_ = devices->size();
    const std::lock_guard lock(shared_->mutex);
    if (*shared_->report.devices == *devices)
        return;
    shared_->report.devices = std::move(devices);
    ++shared_->report.deviceListGeneration;
}

void DeviceWorker::open()
{
    retryAtSeconds_ = secondsNow() + times_.rescanSeconds;
    if (deviceCount_ == 0) {
        if (!lost_)
            publish(NoDevice{});
        return;
    }
    auto opened = driver_->open(wish_->choice, wish_->preferredRateHz);
    if (!opened) {
        deviceCount_ = 0; // the next attempt looks for devices first
        retryAtSeconds_ = secondsNow() + times_.rescanSeconds;
        if (!lost_)
            publish(DeviceFailed{opened.error()});
        return;
    }
    stream_ = std::move(*opened);
    lost_ = false;
    heartbeat_ = 0;
    quietSeconds_ = 0.0;
    watchedAtSeconds_ = secondsNow();
    publish(DeviceRunning{stream_->info()}, stream_->core());
}

void DeviceWorker::close()
{
    if (!stream_)
        return;
    {
        const std::lock_guard lock(shared_->mutex);
        shared_->report.core = nullptr;
    }
    if (!closeInTime(std::move(stream_)))
        deviceCount_ = 0; // the device list belongs to a session that a dead stream is part of
}

void DeviceWorker::watch()
{
    const double nowSeconds = secondsNow();
    // After a suspend or on a busy machine this thread is late as well: then the time since its
    // last look says nothing about the callback.
    quietSeconds_ += std::min(nowSeconds - watchedAtSeconds_, 2.0 * tickSeconds);
    watchedAtSeconds_ = nowSeconds;
    const std::uint64_t heartbeat = stream_->core()->heartbeat();
    if (heartbeat != heartbeat_) {
        heartbeat_ = heartbeat;
        quietSeconds_ = 0.0;
        return;
    }
    const StreamInfo info = stream_->info();
    const double allowedMs = std::max(heartbeat == 0 ? times_.firstCallbackMs : times_.lostMs,
                                      2000.0 * info.bufferFrames / info.rateHz);
    if (quietSeconds_ * 1000.0 < allowedMs)
        return;
    lost_ = true;
    publish(DeviceLost{info.name, 0.0});
    close();
    deviceCount_ = 0;
    retryAtSeconds_ = secondsNow() + times_.rescanSeconds;
}

} // namespace engine::playback
