// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/playback/DeviceThread.h"

#include "engine/base/Clock.h"

#include <chrono>

namespace engine::playback {
namespace {

constexpr std::chrono::duration<double> quitDeadline{0.9};

} // namespace

DeviceThread::DeviceThread(std::shared_ptr<OutputDriver> driver, const DeviceTimes &times)
    : shared_(std::make_shared<DeviceShared>()), noAnswerSeconds_(times.noAnswerSeconds)
{
    shared_->report.devices = std::make_shared<const std::vector<DeviceInfo>>();
    thread_ = std::thread([worker = std::make_unique<DeviceWorker>(shared_, std::move(driver),
                                                                   times)] { worker->run(); });
}

DeviceThread::~DeviceThread()
{
    std::unique_lock lock(shared_->mutex);
    shared_->quit = true;
    shared_->wake.notify_all();
    const bool done = shared_->wake.wait_for(lock, quitDeadline, [this] { return shared_->done; });
    lock.unlock();
    if (done)
        thread_.join();
    else
        thread_.detach();
}

void DeviceThread::open(const DeviceChoice &choice, int preferredRateHz)
{
    const OpenWish wish{choice, preferredRateHz};
    const std::lock_guard lock(shared_->mutex);
    const bool runs = std::holds_alternative<DeviceRunning>(shared_->report.state) ||
                      std::holds_alternative<DeviceOpening>(shared_->report.state);
    if (runs && shared_->wish == wish)
        return;
    shared_->wish = wish;
    ++shared_->wishNumber;
    shared_->wishedAtSeconds = secondsNow();
    shared_->report.state = DeviceOpening{};
    shared_->report.core = nullptr;
    shared_->wake.notify_all();
}

void DeviceThread::close()
{
    const std::lock_guard lock(shared_->mutex);
    shared_->wish.reset();
    ++shared_->wishNumber;
    shared_->report.state = DeviceClosed{};
    shared_->report.core = nullptr;
    shared_->wake.notify_all();
}

void DeviceThread::rescan()
{
    const std::lock_guard lock(shared_->mutex);
    shared_->rescanWanted = true;
    shared_->wake.notify_all();
}

DeviceReport DeviceThread::report() const
{
    const std::lock_guard lock(shared_->mutex);
    DeviceReport report = shared_->report;
    if (std::holds_alternative<DeviceOpening>(report.state) &&
        secondsNow() - shared_->wishedAtSeconds > noAnswerSeconds_)
        report.state = DeviceFailed{{ErrorCode::Device,
                                     "The audio system does not answer",
                                     "Nothing is heard; everything else works",
                                     "Check the sound server, then start this program again.",
                                     {}}};
    return report;
}

} // namespace engine::playback
