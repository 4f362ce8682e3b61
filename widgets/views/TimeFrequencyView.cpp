// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/TimeFrequencyView.h"

#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

namespace widgets {

using engine::analysis::Spectrogram;
using engine::analysis::SpectrogramPart;

namespace {

constexpr double leastSeconds = 0.05;
constexpr double leastTileOctaves = 0.5;
constexpr double beside = 0.5;      ///< of what is shown, at either side, for panning
constexpr double columnPart = 16.0; ///< columns in a frame of a close look
constexpr double coarser = 1.5;     ///< columns so much wider than wished are still good
constexpr int mostCloseColumns = 8192;

AxisRange wholeOctaves()
{
    return {octavesOfHz(Spectrogram::lowestHz), octavesOfHz(Spectrogram::highestHz)};
}

} // namespace

TimeFrequencyView::TimeFrequencyView(const char *name, QWidget *parent) : TimePlotView(name, parent)
{
    setHome({0.0, 1.0}, wholeOctaves(), 1.0, leastTileOctaves);
    connect(&closeWorker_, &PictureWorker::ready, this, &TimeFrequencyView::takeClose);
}

QRectF TimeFrequencyView::plot() const
{
    QRectF place = PlotView::plot();
    const double right = Theme::shared().number("plot.bar_room");
    place.setRight(std::max(width() - right, place.left() + 1.0));
    return place;
}

void TimeFrequencyView::setWindow(double startS, double durationS)
{
    const bool moved = windowStart() != startS;
    setWindowStart(startS);
    setHome({0.0, durationS}, wholeOctaves(), std::min(leastSeconds, durationS), leastTileOctaves);
    if (moved)
        showAll();
    placePlayhead();
}

void TimeFrequencyView::setWhole(Snapshot whole, double windowStartSeconds)
{
    whole_ = std::move(whole);
    if (!whole_)
        close_ = nullptr;
    else
        setWindow(windowStartSeconds, whole_->durationS());
    setWindowStart(windowStartSeconds);
    dataChanged();
    lookCloser();
}

void TimeFrequencyView::setCloseSource(Compute compute, int rateHz)
{
    compute_ = std::move(compute);
    rateHz_ = rateHz;
    close_ = nullptr;
    closeAwaited_ = 0; // what is being worked out is of another sound
    lookCloser();
}

engine::analysis::SpectrogramScale TimeFrequencyView::shownScale() const
{
    return {shownX().span() / plot().width(), shownY().span(), devicePixelRatioF()};
}

/// Whether the close look that is there serves what is shown now.
bool TimeFrequencyView::closeFits(int sharper, double columnS) const
{
    if (!close_ || closeSharper_ != sharper)
        return false;
    const bool covers = close_->startS() <= std::max(shownX().low, 0.0) + 1e-9 &&
                        close_->endS() >= std::min(shownX().high, durationS()) - 1e-9;
    return covers && close_->durationS() / close_->columns() <= coarser * columnS;
}

/// Columns are as wide as a pixel, or as narrow as frames can tell apart.
void TimeFrequencyView::lookCloser()
{
    if (!compute_ || !whole_ || !isVisible() || width() <= 1)
        return;
    const auto scale = shownScale();
    const int sharper = engine::analysis::sharpnessFor(scale);
    const double frameS =
        static_cast<double>(engine::analysis::shortestWindowFrames(rateHz_) >> sharper) / rateHz_;
    const double columnS =
        std::max(scale.secondsPerPixel / scale.devicePixelRatio, frameS / columnPart);
    if (sharper == 0 && whole_->durationS() / whole_->columns() <= coarser * columnS) {
        close_ = nullptr;
        closeAwaited_ = 0;
        return;
    }
    if (closeFits(sharper, columnS)) {
        closeAwaited_ = 0;
        return;
    }
    const double from = std::max(shownX().low - beside * shownX().span(), 0.0);
    const double to = std::min(shownX().high + beside * shownX().span(), durationS());
    SpectrogramPart part;
    part.firstFrame = std::floor(from * rateHz_);
    part.endFrame = to * rateHz_;
    part.columns =
        std::clamp(static_cast<int>(std::ceil((to - from) / columnS)), 1, mostCloseColumns);
    part.sharper = sharper;
    closeAwaited_ = closeWorker_.request([compute = compute_, part](const std::stop_token &stop) {
        return Picture{{}, static_cast<double>(part.sharper), {}, compute(part, stop)};
    });
}

void TimeFrequencyView::takeClose(quint64 number, const Picture &made)
{
    if (number != closeAwaited_)
        return; // overtaken, or of another sound
    closeAwaited_ = 0;
    const auto *close = std::any_cast<Snapshot>(&made.made);
    if (!close || !*close)
        return;
    close_ = *close;
    closeSharper_ = static_cast<int>(made.origin);
    pictureChanged();
    emit sharpened();
}

void TimeFrequencyView::shownChanged()
{
    TimePlotView::shownChanged();
    lookCloser();
}

void TimeFrequencyView::showEvent(QShowEvent *event)
{
    PlotView::showEvent(event);
    lookCloser();
}

std::vector<SpectrogramLayer> TimeFrequencyView::layers() const
{
    std::vector<SpectrogramLayer> layers;
    if (whole_)
        layers.push_back({whole_, {0.0, whole_->durationS()}});
    if (close_)
        layers.push_back({close_, {close_->startS(), close_->endS()}});
    return layers;
}

std::optional<SpectrogramLayer> TimeFrequencyView::layerAt(double seconds) const
{
    const auto all = layers();
    for (auto layer = all.rbegin(); layer != all.rend(); ++layer)
        if (seconds >= layer->seconds.low && seconds <= layer->seconds.high)
            return *layer;
    return std::nullopt;
}

PictureJob TimeFrequencyView::pictureJob(QSize pixels, qreal ratio) const
{
    if (!hasPicture() || pixels.isEmpty())
        return {};
    const SpectrogramPictureRequest request{
        nullptr,       pixels,    shownX(), shownY(),
        colourRange(), colours(), layers(), Theme::shared().colour("ground.plot").rgb(),
        pick()};
    return [request, ratio](const std::stop_token &stop) {
        Picture picture{drawSpectrogram(request, stop), 0.0, {}, {}};
        picture.image.setDevicePixelRatio(ratio);
        return picture;
    };
}

QColor TimeFrequencyView::plainInk() const
{
    return Theme::shared().colour("text.secondary");
}

QString TimeFrequencyView::axisNames() const
{
    return tr("%1 Colour: level in dB of full scale.").arg(planeNames());
}

QString TimeFrequencyView::planeNames() const
{
    //: Below a saved picture. %1 and %2: frequencies such as 32 and 16k.
    return tr("Across: time in s. Up: frequency in Hz, logarithmic, %1 to %2, and notes of the "
              "key.")
        .arg(frequencyTickText(hzOfOctaves(shownY().low)),
             frequencyTickText(hzOfOctaves(shownY().high)));
}

} // namespace widgets
