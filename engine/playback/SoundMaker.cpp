// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/playback/SoundMaker.h"

#include <new>

namespace engine::playback {
namespace {

Result<std::shared_ptr<const PlaybackSound>> makeSafely(const SoundMaker::Request &request,
                                                        const std::stop_token &stop)
try {
    return makePlaybackSound(*request.tap, request.windowFirstFrame, request.deviceRateHz, stop);
} catch (const std::bad_alloc &) {
    return fail(ErrorCode::Device, "There is not enough memory to play this sound",
                "Nothing is heard; everything else works", "Choose a shorter preview.");
}

} // namespace

SoundMaker::SoundMaker(std::function<void()> notify)
    : notify_(std::move(notify)), thread_([this](const std::stop_token &quit) { run(quit); })
{}

SoundMaker::~SoundMaker()
{
    thread_.request_stop();
    const std::lock_guard lock(mutex_);
    current_.request_stop();
}

void SoundMaker::make(Request request)
{
    assert(request.tap);
    const std::lock_guard lock(mutex_);
    current_.request_stop();
    waiting_ = std::move(request);
    wake_.notify_one();
}

std::optional<SoundMaker::Made> SoundMaker::take()
{
    const std::lock_guard lock(mutex_);
    return std::exchange(made_, std::nullopt);
}

void SoundMaker::run(const std::stop_token &quit)
{
    std::unique_lock lock(mutex_);
    const auto isAsked = [this] { return waiting_.has_value(); };
    while (wake_.wait(lock, quit, isAsked) && !quit.stop_requested()) {
        const Request request = *std::exchange(waiting_, std::nullopt);
        current_ = std::stop_source();
        const std::stop_token stop = current_.get_token();
        lock.unlock();
        Made made{request.id, request.deviceRateHz, makeSafely(request, stop)};
        lock.lock();
        if (stop.stop_requested())
            continue;
        made_ = std::move(made);
        lock.unlock();
        if (notify_)
            notify_();
        lock.lock();
    }
}

} // namespace engine::playback
