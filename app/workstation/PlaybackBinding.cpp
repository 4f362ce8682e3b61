// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PlaybackBinding.h"

#include "app/workstation/Log.h"
#include "app/workstation/PreferencesDialog.h"
#include "widgets/views/TimeText.h"

#include <algorithm>

namespace app {

using namespace engine::playback;

namespace {

/// So many late blocks within this time are heard as skipping.
constexpr std::size_t skippingBlocks = 3;
constexpr qint64 skippingMs = 10000;
constexpr double mostBufferMs = 500.0;
/// How long the player may still have blocks of the tap before.
constexpr qint64 lastOfBeforeMs = 200;

constexpr char chooseDevice[] = "choose_device";
constexpr char useDefault[] = "use_default";
constexpr char largerBuffer[] = "larger_buffer";

widgets::PanelAction action(const char *id, const QString &label, bool primary = false)
{
    return {QLatin1String(id), label, primary};
}

QString deviceLine(const DeviceState &device)
{
    if (const auto *running = std::get_if<DeviceRunning>(&device))
        return QStringLiteral("Playing through %1, %2 Hz")
            .arg(QString::fromStdString(running->stream.name))
            .arg(running->stream.rateHz);
    if (const auto *lost = std::get_if<DeviceLost>(&device))
        return QStringLiteral("Lost: ") + QString::fromStdString(lost->name);
    if (const auto *failed = std::get_if<DeviceFailed>(&device))
        return QStringLiteral("Cannot be used: ") +
               QString::fromStdString(failed->error.oneLine() + ' ' + failed->error.details);
    return std::holds_alternative<NoDevice>(device) ? QStringLiteral("There is none") : QString();
}

} // namespace

PlaybackBinding::PlaybackBinding(Session &session, PlaybackController &playback,
                                 Preferences &preferences, const ChainViews &views,
                                 ChainBinding &chain, widgets::TransportBar &transport)
    : session_(session), playback_(playback), preferences_(preferences), views_(views),
      chain_(chain), transport_(transport)
{
    clock_.start();
    using widgets::TransportBar;
    connect(&playback_, &PlaybackController::polled, this, &PlaybackBinding::show);
    connect(&playback_, &PlaybackController::refusedToPlay, &transport_,
            &TransportBar::openDeviceNotice);
    connect(&transport_, &TransportBar::playRequested, &playback_, &PlaybackController::togglePlay);
    connect(&transport_, &TransportBar::toStartRequested, &playback_, &PlaybackController::toStart);
    connect(&transport_, &TransportBar::loopToggled, &playback_, &PlaybackController::setLooping);
    connect(&transport_, &TransportBar::volumeChanged, this, [this](double volumeDb) {
        playback_.setVolumeDb(volumeDb);
        preferences_.setVolumeDb(volumeDb);
    });
    connect(&transport_, &TransportBar::peakHoldResetRequested, this,
            [this] { playback_.player().resetClip(); });
    connect(&transport_, &TransportBar::deviceActionTriggered, this, &PlaybackBinding::answer);
    connect(&views_.overview, &widgets::OverviewView::seekRequested, &playback_,
            &PlaybackController::seek);
    connect(&views_.stage, &StageArea::seekRequested, &playback_, &PlaybackController::seek);
    connect(&playback_, &PlaybackController::loopingChanged, this,
            [this] { preferences_.setLooping(playback_.isLooping()); });
    // What clipped was another point of the chain, or another sound.
    connect(&session_, &Session::tapChanged, this, &PlaybackBinding::forgetClip);
    connect(&session_, &Session::soundChanged, this, &PlaybackBinding::forgetClip);
    playback_.setLooping(preferences_.looping());
    playback_.setVolumeDb(preferences_.volumeDb());
    transport_.setVolume(preferences_.volumeDb());
}

void PlaybackBinding::show()
{
    const PlayerStatus &status = playback_.status();
    const double playhead = playback_.playheadSeconds();
    const bool ready = session_.sound() != nullptr;
    const bool playing = status.playWanted && !playback_.isAuditioning() && playback_.hasDevice();
    widgets::TransportState state;
    state.enabled = ready;
    state.playing = playing;
    state.seconds = playhead;
    state.loop = playback_.isLooping();
    if (ready) {
        const double rateHz = session_.sound()->format.sampleRateHz;
        state.sampleRateHz = session_.sound()->format.sampleRateHz;
        state.loopStart = static_cast<double>(session_.window().firstFrame) / rateHz;
        state.loopEnd = state.loopStart + static_cast<double>(session_.window().frames) / rateHz;
    }
    transport_.setTransport(state);
    const std::optional<double> shown = ready ? std::optional(playhead) : std::nullopt;
    views_.overview.setPlayhead(shown);
    views_.stage.setPlayhead(shown);
    chain_.showMoment(playhead, playing);
    showMeters(status);
    showDevice(status);
}

void PlaybackBinding::forgetClip()
{
    clipForgotten_.start();
    playback_.player().resetClip();
    transport_.clearClip();
}

void PlaybackBinding::showMeters(const PlayerStatus &status)
{
    if (status.state != PlaybackState::Playing || !playback_.hasDevice()) {
        transport_.clearMeters();
        return;
    }
    widgets::MeterState meters;
    meters.peakDb = status.meters.peakDb;
    meters.peakHoldDb = status.meters.peakHoldDb;
    meters.rmsDb = std::max(status.meters.rmsDb[0], status.meters.rmsDb[1]);
    meters.lufs = status.meters.shortTermLufs;
    if (clipForgotten_.isValid() && clipForgotten_.hasExpired(lastOfBeforeMs))
        clipForgotten_.invalidate();
    if (clipForgotten_.isValid())
        playback_.player().resetClip();
    meters.clipped = status.meters.clipped && !clipForgotten_.isValid();
    transport_.setMeters(meters);
}

bool PlaybackBinding::isSkipping(std::uint64_t dropouts)
{
    const qint64 now = clock_.elapsed();
    for (; dropouts_ < dropouts; ++dropouts_)
        dropoutTimesMs_.push_back(now);
    while (!dropoutTimesMs_.empty() && dropoutTimesMs_.front() < now - skippingMs)
        dropoutTimesMs_.pop_front();
    return dropoutTimesMs_.size() >= skippingBlocks;
}

std::optional<widgets::DeviceNotice> PlaybackBinding::notice(const PlayerStatus &status)
{
    const bool skipping = isSkipping(status.dropouts);
    const QString goOn = tr("You can still edit, look and render.");
    const QString resumes = tr("Playback resumes by itself when the device returns.");
    const widgets::PanelAction choose = action(chooseDevice, tr("Choose a device…"));
    if (std::holds_alternative<NoDevice>(status.device))
        return widgets::DeviceNotice{tr("No audio device"),
                                     tr("No audio device"),
                                     tr("This computer has no audio output now.") + u' ' + goOn +
                                         u' ' + resumes,
                                     {choose}};
    if (const auto *lost = std::get_if<DeviceLost>(&status.device)) {
        const QString what = tr("“%1” was unplugged, so playback stopped at %2.")
                                 .arg(QString::fromStdString(lost->name),
                                      widgets::clockText(playback_.playheadSeconds(), 1));
        return widgets::DeviceNotice{
            tr("No audio device"),
            tr("No audio device"),
            what + u' ' + goOn + u' ' + resumes,
            {action(useDefault, tr("Use the default device"), true), choose}};
    }
    if (const auto *failed = std::get_if<DeviceFailed>(&status.device))
        return widgets::DeviceNotice{
            tr("No audio device"),
            tr("The audio device cannot be used"),
            QString::fromStdString(failed->error.oneLine()) + u' ' + goOn,
            {action(useDefault, tr("Use the default device"), true), choose}};
    if (skipping)
        return widgets::DeviceNotice{tr("Playback is skipping"),
                                     tr("Playback is skipping"),
                                     tr("The computer is too busy for so small a buffer."),
                                     {action(largerBuffer, tr("Use a larger buffer"), true)}};
    return std::nullopt;
}

void PlaybackBinding::showDevice(const PlayerStatus &status)
{
    if (std::exchange(deviceState_, status.device.index()) != status.device.index()) {
        if (const QString line = deviceLine(status.device); !line.isEmpty())
            qCInfo(happened).noquote() << "Audio device:" << line;
    }
    std::optional<widgets::DeviceNotice> now = notice(status);
    // The moment at which it stopped does not move on.
    if (now && shown_ && now->title == shown_->title && now->actions == shown_->actions)
        return;
    if (now == shown_)
        return;
    shown_ = std::move(now);
    transport_.setDeviceNotice(shown_);
}

void PlaybackBinding::answer(const QString &id)
{
    DeviceChoice choice = playback_.deviceChoice();
    if (id == QLatin1String(chooseDevice)) {
        emit devicePreferencesRequested();
        return;
    }
    if (id == QLatin1String(useDefault)) {
        choice.name.clear();
        choice.hostApi.clear();
        choice.sampleRateHz.reset();
    } else if (id == QLatin1String(largerBuffer)) {
        choice.bufferMs = std::min(2.0 * choice.bufferMs, mostBufferMs);
        dropoutTimesMs_.clear();
    }
    preferences_.setDevice(choice);
    playback_.open(choice);
}

} // namespace app
