// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/playback/SoundMaker.h"

#include <algorithm>
#include <new>

namespace engine::playback {
namespace {

Result<std::shared_ptr<const PlaybackSound>>
makeSafely(const PlaybackSource &source, int deviceRateHz, const std::stop_token &stop)
try {
    return makePlaybackSound(source, deviceRateHz, stop);
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
    assert(request.source.tap);
    const std::lock_guard lock(mutex_);
    current_.request_stop(); // nothing older may be delivered any more
    const auto serves = [&](const Ready &ready) {
        return ready.sound && ready.source == request.source &&
               ready.deviceRateHz == request.deviceRateHz;
    };
    if (const auto ready = std::find_if(ready_.begin(), ready_.end(), serves);
        ready != ready_.end()) {
        waiting_.reset();
        made_ = Made{request.id, request.deviceRateHz, ready->sound};
        return;
    }
    waiting_ = std::move(request);
    wake_.notify_one();
}

void SoundMaker::prepare(std::vector<PlaybackSource> sources, int deviceRateHz)
{
    std::vector<Ready> dropped; // freed without the lock
    const std::lock_guard lock(mutex_);
    dropped = std::exchange(ready_, {});
    for (PlaybackSource &source : sources) {
        assert(source.tap);
        Ready ready{std::move(source), deviceRateHz, nullptr, false};
        for (const Ready &before : dropped) {
            if (before.source == ready.source && before.deviceRateHz == deviceRateHz)
                ready = before;
        }
        ready_.push_back(std::move(ready));
    }
    wake_.notify_one();
}

std::optional<SoundMaker::Made> SoundMaker::take()
{
    const std::lock_guard lock(mutex_);
    return std::exchange(made_, std::nullopt);
}

SoundMaker::Ready *SoundMaker::nextToPrepare()
{
    const auto lacks = [](const Ready &ready) { return !ready.sound && !ready.failed; };
    const auto found = std::find_if(ready_.begin(), ready_.end(), lacks);
    return found == ready_.end() ? nullptr : &*found;
}

void SoundMaker::answer(std::unique_lock<std::mutex> &lock)
{
    const Request request = *std::exchange(waiting_, std::nullopt);
    current_ = std::stop_source();
    const std::stop_token stop = current_.get_token();
    lock.unlock();
    Made made{request.id, request.deviceRateHz,
              makeSafely(request.source, request.deviceRateHz, stop)};
    lock.lock();
    if (stop.stop_requested())
        return;
    for (Ready &ready : ready_) {
        if (made.sound && ready.source == request.source &&
            ready.deviceRateHz == request.deviceRateHz)
            ready.sound = *made.sound;
    }
    made_ = std::move(made);
    lock.unlock();
    if (notify_)
        notify_();
    lock.lock();
}

void SoundMaker::prepareOne(std::unique_lock<std::mutex> &lock, Ready &ready)
{
    const PlaybackSource source = ready.source;
    const int deviceRateHz = ready.deviceRateHz;
    current_ = std::stop_source();
    const std::stop_token stop = current_.get_token();
    lock.unlock();
    const auto sound = makeSafely(source, deviceRateHz, stop);
    lock.lock();
    // The list may be another one by now.
    for (Ready &wanted : ready_) {
        if (wanted.sound || !(wanted.source == source) || wanted.deviceRateHz != deviceRateHz)
            continue;
        if (sound)
            wanted.sound = *sound;
        else
            wanted.failed = !stop.stop_requested();
    }
}

void SoundMaker::run(const std::stop_token &quit)
{
    std::unique_lock lock(mutex_);
    const auto isAsked = [this] { return waiting_.has_value() || nextToPrepare() != nullptr; };
    while (wake_.wait(lock, quit, isAsked) && !quit.stop_requested()) {
        if (waiting_)
            answer(lock);
        else
            prepareOne(lock, *nextToPrepare());
    }
}

} // namespace engine::playback
