// SPDX-License-Identifier: GPL-3.0-or-later
//
// How SpectrumView comes by its spectra: which sound, which moment, how often, off the GUI thread.
#include "widgets/views/SpectrumView.h"

namespace widgets {

using engine::analysis::Spectrum;

namespace {

/// What one run of the worker finds.
struct Made {
    SpectrumView::Snapshot spectrum;
    SpectrumView::Snapshot input;
    SpectrumView::Snapshot highest; ///< of the whole window; null at the playhead
};

SpectrumView::Sound usable(SpectrumView::Sound sound)
{
    return sound && sound->frames() > 0 && sound->channels() > 0 ? std::move(sound) : nullptr;
}

} // namespace

void SpectrumView::setSounds(Sound sound, Sound input, double windowStartSeconds)
{
    sound_ = usable(std::move(sound));
    inputSound_ = sound_ ? usable(std::move(input)) : nullptr;
    windowStart_ = windowStartSeconds;
    firstOfSound_ = newest_ + 1;
    firstToHold_ = newest_ + 1;
    fresh_ = true;
    if (!sound_) {
        awaited_ = 0;
        again_ = false;
        pace_.stop();
        spectrum_ = nullptr;
        input_ = nullptr;
        held_ = nullptr;
        dataChanged();
        return;
    }
    askNow();
}

void SpectrumView::setPlayhead(std::optional<double> seconds)
{
    if (seconds == playhead_)
        return;
    playhead_ = seconds;
    if (moment_ == SpectrumMoment::Playhead)
        wish();
}

void SpectrumView::setMoment(SpectrumMoment moment)
{
    if (moment == moment_)
        return;
    moment_ = moment;
    resetPeakHold();
    askNow();
    emit momentChanged(moment_);
}

void SpectrumView::setPeakHoldShown(bool shown)
{
    if (shown == holdShown_)
        return;
    holdShown_ = shown;
    resetPeakHold();
    askNow();
    emit peakHoldShownChanged(holdShown_);
}

void SpectrumView::resetPeakHold()
{
    firstToHold_ = newest_ + 1;
    held_ = nullptr;
    if (moment_ == SpectrumMoment::Average)
        askNow(); // the highest of the window is what it was
    pictureChanged();
}

/// At most one every followMs; the last one always comes.
void SpectrumView::wish()
{
    if (pace_.isActive())
        again_ = true;
    else
        askNow();
}

double SpectrumView::playheadInSound() const
{
    const double length = static_cast<double>(sound_->frames()) / sound_->format().sampleRateHz;
    return std::clamp(playhead_.value_or(windowStart_) - windowStart_, 0.0, length);
}

void SpectrumView::askNow()
{
    if (!sound_ || !isVisible())
        return;
    if (moment_ == SpectrumMoment::Playhead)
        pace_.start();
    const bool average = moment_ == SpectrumMoment::Average;
    const bool hold = holdShown_ && average;
    awaited_ = newest_ = worker_.request([sound = sound_, input = inputSound_, average, hold,
                                          at = playheadInSound()](const std::stop_token &stop) {
        const auto spectrumOf = [&](const Sound &of) -> Snapshot {
            if (!of)
                return nullptr;
            return average ? engine::analysis::averageSpectrum(*of, stop)
                           : engine::analysis::spectrumAt(*of, at);
        };
        return Picture{{},
                       0.0,
                       {},
                       Made{spectrumOf(sound), spectrumOf(input),
                            hold ? engine::analysis::peakSpectrum(*sound, stop) : nullptr}};
    });
}

void SpectrumView::takeMade(quint64 number, const Picture &picture)
{
    if (number == awaited_)
        awaited_ = 0;
    const auto *made = std::any_cast<Made>(&picture.made);
    if (number < firstOfSound_ || !sound_ || !made || !made->spectrum)
        return;
    spectrum_ = made->spectrum;
    input_ = made->input;
    if (!holdShown_)
        held_ = nullptr;
    else if (number >= firstToHold_)
        held_ = moment_ == SpectrumMoment::Average
                    ? made->highest
                    : engine::analysis::highest(held_, *made->spectrum);
    if (std::exchange(fresh_, false))
        dataChanged();
    else
        pictureChanged(); // it follows the sound; a fade would lag behind it
}

void SpectrumView::showEvent(QShowEvent *event)
{
    PlotView::showEvent(event);
    askNow();
}

} // namespace widgets
