// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PlaybackController.h"

#include "engine/base/Units.h"
#include "widgets/threads/GuiThread.h"

namespace app {

using namespace engine::playback;

namespace {
constexpr int pollMs = 16;
constexpr int usualRateHz = 48000;

/// A new sound is heard from the poll after it was made: so there is one at that moment.
PlayerOptions pollingWhenMade(PlayerOptions options, std::function<void()> poll)
{
    options.soundMade = std::move(poll);
    return options;
}
} // namespace

PlaybackController::PlaybackController(Session &session, PreviewController &previews,
                                       ListenController &listening, PlayerOptions options)
    : session_(session), previews_(previews), listening_(listening),
      player_(pollingWhenMade(std::move(options), [this] {
          widgets::postToGui(this, [this] { status_ = player_.poll(); });
      }))
{
    player_.setLoop(LoopWindow{});
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &PlaybackController::poll);
    timer_.start(pollMs);
    connect(&listening_, &ListenController::heardChanged, this, &PlaybackController::takeHeard);
    connect(&session_, &Session::soundChanged, this, [this] {
        startWhenReady_ = false;
        audition(nullptr);
        player_.pause();
        player_.setTap(nullptr, 0);
        player_.prepare({});
        heard_ = {};
        next_.clear();
        const int rateHz = session_.sound() ? session_.sound()->format.sampleRateHz : 0;
        if (rateHz != 0 && rateHz != openedForRateHz_)
            open(choice_);
        player_.seekFrame(0);
    });
}

void PlaybackController::open(const DeviceChoice &choice)
{
    choice_ = choice;
    openedForRateHz_ = session_.sound() ? session_.sound()->format.sampleRateHz : usualRateHz;
    player_.open(choice, openedForRateHz_);
}

double PlaybackController::playheadSeconds() const
{
    if (!session_.sound())
        return 0.0;
    const auto firstFrame = previews_.current() ? previews_.current()->request.firstFrame
                                                : session_.window().firstFrame;
    return engine::secondsFromFrames(firstFrame, session_.sound()->format.sampleRateHz) +
           status_.playheadSeconds;
}

void PlaybackController::takeHeard()
{
    PlaybackSource sound = listening_.heard();
    if (solo_ && previews_.current())
        sound = {solo_, previews_.current()->request.firstFrame, 0.0};
    if (instead_.tap)
        sound = instead_;
    if (!sound.tap)
        return; // what is heard goes on until it is there
    if (!(sound == heard_)) {
        heard_ = std::move(sound);
        player_.setTap(heard_.tap, heard_.windowFirstFrame, heard_.gainDb);
    }
    // What can be heard next is worth memory only while nothing moves.
    if (previews_.isUpToDate()) {
        if (auto next = listening_.next(); next != next_) {
            next_ = std::move(next);
            player_.prepare(next_);
        }
    }
    if (startWhenReady_ && previews_.isUpToDate())
        playFromStart();
}

void PlaybackController::setSolo(std::shared_ptr<const engine::AudioBuffer> sound)
{
    solo_ = std::move(sound);
    takeHeard();
}

void PlaybackController::setInstead(PlaybackSource sound)
{
    instead_ = std::move(sound);
    takeHeard();
}

void PlaybackController::setLoopSeconds(double first, double end)
{
    if (!heard_.tap)
        return;
    const double rateHz = heard_.tap->format().sampleRateHz;
    player_.setLoop(FrameRange{std::llround(first * rateHz), std::llround(end * rateHz)});
}

void PlaybackController::playFromStart()
{
    startWhenReady_ = !previews_.isUpToDate();
    if (startWhenReady_)
        return;
    player_.seekFrame(0);
    if (!player_.play())
        emit refusedToPlay();
}

bool PlaybackController::hasDevice() const
{
    return std::holds_alternative<DeviceRunning>(status_.device) ||
           std::holds_alternative<DeviceOpening>(status_.device);
}

void PlaybackController::togglePlay()
{
    if (!session_.sound())
        return;
    if (!previews_.current()) {
        startWhenReady_ = !startWhenReady_;
        return;
    }
    if (!hasDevice() || !player_.togglePlay())
        emit refusedToPlay();
}

void PlaybackController::stop()
{
    startWhenReady_ = false;
    player_.pause();
}

void PlaybackController::toStart()
{
    player_.seekFrame(0);
}

void PlaybackController::seek(double fileSeconds)
{
    if (!previews_.current())
        return;
    player_.seekSeconds(fileSeconds -
                        engine::secondsFromFrames(previews_.current()->request.firstFrame,
                                                  session_.sound()->format.sampleRateHz));
}

void PlaybackController::setLooping(bool looping)
{
    looping_ = looping;
    if (looping)
        player_.setLoop(LoopWindow{});
    else
        player_.setLoop(LoopOff{});
    emit loopingChanged();
}

void PlaybackController::setVolumeDb(double volumeDb)
{
    player_.setVolumeDb(volumeDb);
}

void PlaybackController::audition(std::shared_ptr<const engine::AudioBuffer> sound)
{
    if (!sound && !auditioning_)
        return;
    auditioning_ = sound != nullptr;
    player_.pause();
    if (auditioning_) {
        player_.setTap(std::move(sound), 0);
        player_.setLoop(LoopOff{});
    } else {
        player_.setTap(heard_.tap, heard_.windowFirstFrame, heard_.gainDb);
        setLooping(looping_);
    }
    player_.seekFrame(0);
    if (auditioning_ && !player_.play()) {
        auditioning_ = false;
        emit refusedToPlay();
    }
    if (!auditioning_)
        emit auditionEnded();
}

void PlaybackController::poll()
{
    status_ = player_.poll();
    if (auditioning_ && !status_.playWanted)
        audition(nullptr);
    emit polled();
}

} // namespace app
