// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/playback/PlaybackCore.h"

#include "engine/base/FlushDenormals.h"
#include "engine/base/Units.h"

#include <cmath>

namespace engine::playback {
namespace {

constexpr std::size_t commandCapacity = 256;
/// The control thread may be away this long before the meters have to start again.
constexpr std::size_t measuredSeconds = 4;
constexpr std::size_t measureAtOnce = 4096;

} // namespace

PlaybackCore::PlaybackCore(int rateHz)
    : rateHz_(rateHz), fadeFrames_(static_cast<int>(framesFromMs(fadeMs, rateHz, 1))),
      commands_(commandCapacity), played_(2 * measuredSeconds * static_cast<std::size_t>(rateHz)),
      fadePosition_(fadeFrames_), scratch_(2 * static_cast<std::size_t>(fadeFrames_)),
      volume_(fadeFrames_), meter_(rateHz), measured_(measureAtOnce)
{}

PlaybackCore::~PlaybackCore()
{
    sounds_.giveBack(beforeHeld_);
    sounds_.giveBack(nowHeld_);
}

// The control thread.

bool PlaybackCore::send(const Command &command)
{
    if (!commands_.push(command))
        return false;
    ++commandsSent_;
    return true;
}

void PlaybackCore::setSound(std::shared_ptr<const PlaybackSound> sound)
{
    assert(!sound || sound->deviceRateHz == rateHz_);
    if (sound && sound->frames() == 0)
        sound = nullptr;
    sounds_.offer(std::make_unique<const Held>(std::move(sound)));
}

bool PlaybackCore::play()
{
    return send({Verb::Play, 0.0, 0.0});
}

bool PlaybackCore::pause()
{
    return send({Verb::Pause, 0.0, 0.0});
}

bool PlaybackCore::seek(double fileSeconds)
{
    assert(fileSeconds >= 0.0);
    return send({Verb::Seek, fileSeconds, 0.0});
}

bool PlaybackCore::setLoop(const Loop &loop)
{
    // On the audio thread a loop is a range: empty for none, endless for the whole window.
    Command command{Verb::SetLoop, 0.0, 0.0};
    if (std::holds_alternative<LoopWindow>(loop))
        command.b = std::numeric_limits<double>::infinity();
    if (const auto *range = std::get_if<LoopRange>(&loop)) {
        assert(range->firstSeconds >= 0.0 && range->firstSeconds < range->endSeconds);
        command.a = range->firstSeconds;
        command.b = range->endSeconds;
    }
    return send(command);
}

bool PlaybackCore::setVolumeDb(double volumeDb)
{
    assert(!std::isnan(volumeDb));
    return send({Verb::SetVolume, gainFromDb(std::min(volumeDb, maxVolumeDb)), 0.0});
}

PlaybackCore::Status PlaybackCore::poll()
{
    sounds_.collect();
    const std::uint64_t unmeasured = unmeasured_.load(std::memory_order_acquire);
    // After a gap everything begins anew, and so it does when there is more to measure than a
    // caller on the screen's thread has time for: 200 000 frames take it some 9 ms.
    constexpr std::size_t mostSamples = 2 * 200000;
    bool gap = unmeasured != unmeasuredSeen_;
    std::size_t measured = 0;
    for (std::size_t count; (count = played_.pop(measured_)) > 0; measured += count) {
        gap = gap || measured >= mostSamples;
        if (!gap)
            meter_.add({measured_.data(), count});
    }
    if (gap) {
        meter_.restart();
        unmeasuredSeen_ = unmeasured;
        ++metersRestarted_;
    }
    Status status{published_.read(), meter_.read(), false, metersRestarted_};
    status.meters.clipped = clipped_.load(std::memory_order_relaxed);
    status.settled = status.snapshot.commandsTaken == commandsSent_;
    return status;
}

// The audio thread.

void PlaybackCore::process(float *interleavedStereo, int frames) noexcept
{
    const FlushDenormals flush;
    takeCommands();
    for (int done = 0; done < frames;) {
        if (!fading())
            startWhatIsWanted();
        done += render(interleavedStereo + 2 * done, frames - done);
    }
    measure(interleavedStereo, frames);
    volume_.process(interleavedStereo, frames);
    publish();
}

void PlaybackCore::takeCommands() noexcept
{
    for (Command command; commands_.pop({&command, 1}) == 1;) {
        take(command);
        ++snapshot_.commandsTaken;
    }
}

void PlaybackCore::take(const Command &command) noexcept
{
    switch (command.verb) {
    case Verb::Play:
        wantPlaying_ = true;
        break;
    case Verb::Pause:
        wantPlaying_ = false;
        break;
    case Verb::Seek:
        wantSeconds_ = command.a;
        break;
    case Verb::SetLoop:
        loopOn_ = command.b > command.a;
        loopFirstSeconds_ = command.a;
        loopEndSeconds_ = command.b;
        setLoopOf(now_);
        setLoopOf(before_);
        break;
    case Verb::SetVolume:
        volume_.setTarget(command.a);
        break;
    }
}

void PlaybackCore::setLoopOf(Voice &voice) const noexcept
{
    voice.loopFirst = voice.loopEnd = 0;
    if (!loopOn_ || voice.sound == nullptr)
        return;
    const std::int64_t frames = voice.sound->frames();
    const double lastSeconds = voice.sound->lastSeconds();
    voice.loopEnd = loopEndSeconds_ < lastSeconds ? voice.sound->frameAt(loopEndSeconds_) : frames;
    voice.loopFirst =
        std::max<std::int64_t>(voice.sound->frameAt(std::min(loopFirstSeconds_, lastSeconds)), 0);
    if (voice.loopFirst >= voice.loopEnd) {
        voice.loopFirst = 0;
        voice.loopEnd = frames;
    }
}

/// What should be heard from here on; `fresh` is a sound that just arrived, or null.
Voice PlaybackCore::wantedVoice(const Held *fresh) noexcept
{
    Voice voice = now_;
    double seconds = -1.0;
    if (fresh != nullptr) {
        voice.sound = fresh->get();
        const bool sameWindow = now_.sound != nullptr && voice.sound != nullptr &&
                                now_.sound->fileRateHz == voice.sound->fileRateHz &&
                                now_.sound->windowFirstFrame == voice.sound->windowFirstFrame;
        if (!sameWindow)
            seconds = snapshot_.fileSeconds;
        if (now_.sound != nullptr && !sameWindow)
            seconds = now_.sound->secondsAt(now_.position);
    }
    if (voice.sound == nullptr) {
        voice.on = false;
        return voice;
    }
    const auto holds = [&](double moment) {
        const std::int64_t frame = voice.sound->frameAt(moment);
        return frame >= 0 && frame <= voice.sound->frames() + 1; // one more, for its rounding
    };
    if (wantSeconds_ >= 0.0 && holds(wantSeconds_)) {
        voice.position = voice.sound->frameAt(wantSeconds_);
        wantSeconds_ = -1.0;
        ended_ = false;
    } else if (seconds >= 0.0) {
        voice.position = holds(seconds) ? voice.sound->frameAt(seconds) : 0;
    }
    voice.position = std::min(voice.position, voice.sound->frames());
    ended_ = ended_ && voice.position == voice.sound->frames();
    setLoopOf(voice);
    if (wantPlaying_ && std::exchange(ended_, false))
        voice.position = voice.loopFirst;
    voice.on = wantPlaying_;
    return voice;
}

void PlaybackCore::startWhatIsWanted() noexcept
{
    const Held *fresh = sounds_.take();
    const bool seeks = wantSeconds_ >= 0.0;
    if (fresh == nullptr && !seeks && now_.on == wantPlaying_)
        return;
    const Voice wanted = wantedVoice(fresh);
    const bool jumps = fresh != nullptr || wanted.position != now_.position;
    const bool resumes = !now_.on && wanted.on && wanted.position > 0;
    if ((now_.on && (jumps || !wanted.on)) || resumes) {
        before_ = now_;
        fadePosition_ = 0;
    }
    now_ = wanted;
    if (fresh != nullptr)
        beforeHeld_ = std::exchange(nowHeld_, fresh);
    if (!fading())
        endFade();
}

/// What was faded from may be freed from here on.
void PlaybackCore::endFade() noexcept
{
    before_ = {};
    sounds_.giveBack(std::exchange(beforeHeld_, nullptr));
}

int PlaybackCore::render(float *out, int frames) noexcept
{
    const int count = fading() ? std::min(frames, fadeFrames_ - fadePosition_) : frames;
    const bool wasOn = now_.on;
    now_.read(out, count);
    if (wasOn && !now_.on) {
        ended_ = true;
        wantPlaying_ = false;
    }
    if (fading())
        mixFade(out, count);
    return count;
}

/// Frame i of a fade is (1 − i/N) of what was heard and i/N of what will be.
void PlaybackCore::mixFade(float *out, int frames) noexcept
{
    before_.read(scratch_.data(), frames);
    for (int i = 0; i < frames; ++i, ++fadePosition_) {
        const double share = static_cast<double>(fadePosition_) / fadeFrames_;
        for (int k = 2 * i; k < 2 * i + 2; ++k) {
            const double old = double{scratch_[static_cast<std::size_t>(k)]};
            // Double, so that two equal sounds fade into each other bit for bit.
            out[k] = static_cast<float>((1.0 - share) * old + share * double{out[k]});
        }
    }
    if (!fading())
        endFade();
}

void PlaybackCore::measure(const float *out, int frames) noexcept
{
    float peak = 0.0F;
    for (int k = 0; k < 2 * frames; ++k)
        peak = std::max(peak, std::abs(out[k]));
    if (peak > 1.0F)
        clipped_.store(true, std::memory_order_relaxed);
    if (!played_.push(std::span<const float>(out, 2 * static_cast<std::size_t>(frames))))
        unmeasured_.store(unmeasured_.load(std::memory_order_relaxed) + 1,
                          std::memory_order_release);
}

void PlaybackCore::publish() noexcept
{
    snapshot_.positionKnown = now_.sound != nullptr && wantSeconds_ < 0.0;
    if (now_.sound != nullptr) {
        snapshot_.deviceFrame = now_.position;
        snapshot_.fileSeconds = now_.sound->secondsAt(now_.position);
        snapshot_.windowSeconds = static_cast<double>(now_.position) / rateHz_;
    }
    snapshot_.state = now_.on  ? PlaybackState::Playing
                      : ended_ ? PlaybackState::Ended
                               : PlaybackState::Stopped;
    ++snapshot_.callbacks;
    published_.publish(snapshot_);
    heartbeat_.store(snapshot_.callbacks, std::memory_order_relaxed);
}

} // namespace engine::playback
