// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/playback/Player.h"

#include "engine/playback/PortAudioDriver.h"

#include <algorithm>
#include <cmath>

namespace engine::playback {
namespace {

std::shared_ptr<OutputDriver> driverOf(PlayerOptions &options)
{
    return options.driver ? std::move(options.driver) : std::make_shared<PortAudioDriver>();
}

} // namespace

Player::Player(PlayerOptions options)
    : maker_(std::move(options.soundMade)), device_(driverOf(options), options.times)
{}
Player::Player() : Player(PlayerOptions{}) {}
Player::~Player() = default;

void Player::open(const DeviceChoice &choice, int preferredRateHz)
{
    device_.open(choice, preferredRateHz);
}

void Player::close()
{
    playWanted_ = false;
    device_.close();
}

void Player::rescanDevices()
{
    device_.rescan();
}

std::shared_ptr<const std::vector<DeviceInfo>> Player::devices() const
{
    return device_.report().devices;
}

double Player::windowFirstSeconds() const
{
    return source_.tap ? static_cast<double>(source_.windowFirstFrame) / source_.tap->format().sampleRateHz : 0.0;
}

double Player::windowEndSeconds() const
{
    return source_.tap ? static_cast<double>(source_.windowFirstFrame + source_.tap->frames()) /
                      source_.tap->format().sampleRateHz
                : 0.0;
}

void Player::setTap(std::shared_ptr<const AudioBuffer> tap, std::int64_t windowFirstFrame,
                    double gainDb)
{
    assert(!tap || (tap->channels() >= 1 && tap->channels() <= maxChannels));
    assert(windowFirstFrame >= 0);
    source_ = {std::move(tap), windowFirstFrame, gainDb};
    soundError_.reset();
    makeSound();
    if (core_ && std::holds_alternative<FrameRange>(loop_))
        tell(core_->setLoop(loopOfFile()));
}

void Player::prepare(std::vector<PlaybackSource> sources)
{
    next_ = std::move(sources);
    if (core_)
        maker_.prepare(next_, core_->rateHz());
}

void Player::makeSound()
{
    ++soundId_;
    if (!core_)
        return;
    if (source_.tap) {
        maker_.make({source_, core_->rateHz(), soundId_});
        takeSound(); // it may have been prepared
    } else {
        core_->setSound(nullptr);
    }
}

void Player::takeSound()
{
    std::optional<SoundMaker::Made> made = maker_.take();
    if (!made || !core_ || made->id != soundId_ || made->deviceRateHz != core_->rateHz())
        return;
    if (made->sound)
        core_->setSound(std::move(*made->sound));
    else
        soundError_ = made->sound.error();
}

bool Player::play()
{
    const DeviceState state = device_.report().state;
    if (!std::holds_alternative<DeviceRunning>(state) &&
        !std::holds_alternative<DeviceOpening>(state))
        return false;
    playWanted_ = true;
    if (core_)
        tell(core_->play());
    return true;
}

void Player::pause()
{
    playWanted_ = false;
    if (core_)
        tell(core_->pause());
}

bool Player::togglePlay()
{
    if (!playWanted_)
        return play();
    pause();
    return true;
}

void Player::seekSeconds(double windowSeconds)
{
    const double firstSeconds = windowFirstSeconds();
    fileSeconds_ = std::clamp(firstSeconds + windowSeconds, firstSeconds, windowEndSeconds());
    if (core_)
        tell(core_->seek(fileSeconds_));
}

void Player::seekFrame(std::int64_t windowFrame)
{
    if (source_.tap)
        seekSeconds(static_cast<double>(windowFrame) / source_.tap->format().sampleRateHz);
}

Loop Player::loopOfFile() const
{
    if (const auto *range = std::get_if<FrameRange>(&loop_)) {
        if (!source_.tap)
            return LoopWindow{};
        const double rateHz = source_.tap->format().sampleRateHz;
        return LoopRange{static_cast<double>(source_.windowFirstFrame + range->first) / rateHz,
                         static_cast<double>(source_.windowFirstFrame + range->end) / rateHz};
    }
    return std::holds_alternative<LoopWindow>(loop_) ? Loop{LoopWindow{}} : Loop{LoopOff{}};
}

void Player::setLoop(const LoopChoice &loop)
{
    loop_ = loop;
    if (core_)
        tell(core_->setLoop(loopOfFile()));
}

void Player::setVolumeDb(double volumeDb)
{
    volumeDb_ = volumeDb;
    if (core_)
        tell(core_->setVolumeDb(volumeDb));
}

void Player::resetClip()
{
    if (core_)
        core_->resetClip();
}

void Player::tell(bool accepted)
{
    refused_ = refused_ || !accepted;
}

void Player::sendEverything()
{
    refused_ = false;
    tell(core_->setVolumeDb(volumeDb_));
    tell(core_->setLoop(loopOfFile()));
    tell(core_->seek(fileSeconds_));
    tell(playWanted_ ? core_->play() : core_->pause());
}

void Player::attach(std::shared_ptr<PlaybackCore> core)
{
    dropoutsBefore_ += std::exchange(dropouts_, 0);
    core_ = std::move(core);
    if (!core_)
        return;
    if (fileSeconds_ < windowFirstSeconds() || fileSeconds_ > windowEndSeconds())
        fileSeconds_ = windowFirstSeconds();
    sendEverything();
    makeSound();
    maker_.prepare(next_, core_->rateHz());
}

void Player::takeSnapshot(PlayerStatus &status)
{
    const PlaybackCore::Status heard = core_->poll();
    status.meters = heard.meters;
    dropouts_ = heard.snapshot.dropouts;
    status.state = heard.snapshot.state;
    if (!heard.settled)
        return; // it does not show yet what was asked for
    if (status.state == PlaybackState::Ended)
        playWanted_ = false;
    if (heard.snapshot.positionKnown)
        fileSeconds_ = heard.snapshot.fileSeconds;
}

PlayerStatus Player::poll()
{
    DeviceReport report = device_.report();
    if (report.core != core_)
        attach(std::move(report.core));
    takeSound();
    PlayerStatus status;
    if (core_) {
        takeSnapshot(status);
        if (refused_)
            sendEverything();
    }
    const double firstSeconds = windowFirstSeconds();
    status.device = std::move(report.state);
    status.playWanted = playWanted_;
    status.playheadSeconds =
        std::clamp(fileSeconds_, firstSeconds, windowEndSeconds()) - firstSeconds;
    if (source_.tap)
        status.playheadFrame = std::llround(status.playheadSeconds * source_.tap->format().sampleRateHz);
    if (auto *lost = std::get_if<DeviceLost>(&status.device))
        lost->atSeconds = status.playheadSeconds;
    status.dropouts = dropoutsBefore_ + dropouts_;
    status.deviceListGeneration = report.deviceListGeneration;
    status.soundError = soundError_;
    return status;
}

} // namespace engine::playback
