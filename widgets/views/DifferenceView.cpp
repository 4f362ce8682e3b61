// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/DifferenceView.h"

#include "widgets/theme/Theme.h"
#include "widgets/views/InKeyLines.h"
#include "widgets/views/TimeText.h"

namespace widgets {

using engine::analysis::Spectrogram;
using engine::analysis::SpectrogramPart;

namespace {

constexpr float leastDifferenceDb = 0.05F; ///< less is said to be the same

/// Both pictures and what lies between them.
struct Pair {
    TimeFrequencyView::Snapshot before;
    TimeFrequencyView::Snapshot after;
    TimeFrequencyView::Snapshot difference;
};

struct PairSource {
    TimeFrequencyView::Sound before;
    TimeFrequencyView::Sound after;
    engine::analysis::SoundEdges edges;
    float floorDb;

    Pair compute(const std::optional<SpectrogramPart> &part, const std::stop_token &stop) const
    {
        const auto picture = [&](const engine::AudioBuffer &sound) {
            return part ? computeSpectrogramPart(sound, *part, edges, stop)
                        : computeSpectrogram(sound, edges, stop);
        };
        Pair pair{picture(*before), picture(*after), nullptr};
        if (pair.before && pair.after)
            pair.difference = spectrogramDifference(*pair.before, *pair.after, floorDb);
        return pair;
    }
};

float largestDifferenceDb(const Spectrogram &difference)
{
    float most = 0.0F;
    for (int row = 0; row < difference.rows(); ++row)
        for (int column = 0; column < difference.columns(); ++column)
            most = std::max(most, std::abs(difference.levelDb(row, column)));
    return most;
}

} // namespace

DifferenceView::DifferenceView(QWidget *parent) : TimeFrequencyView("differenceView", parent)
{
    connect(&worker_, &PictureWorker::ready, this, &DifferenceView::takeWhole);
    dataChanged();
}

void DifferenceView::setSounds(Sound before, Sound after, double windowStartSeconds,
                               SoundEdges edges)
{
    const bool usable = before && after && before->frames() > 0 && before->channels() > 0 &&
                        after->channels() > 0 && before->frames() == after->frames() &&
                        before->format().sampleRateHz == after->format().sampleRateHz;
    before_ = usable ? std::move(before) : nullptr;
    after_ = usable ? std::move(after) : nullptr;
    start_ = windowStartSeconds;
    edges_ = edges;
    if (before_) {
        // The axes are those of the new sounds at once, and stay when their picture comes.
        const double seconds = static_cast<double>(before_->frames()) /
                               static_cast<double>(before_->format().sampleRateHz);
        if (windowStart() != start_ || wholeX() != AxisRange{0.0, seconds})
            setWhole(nullptr, start_);
        setWindow(start_, seconds);
    }
    makeWhole();
}

void DifferenceView::setNames(const QString &before, const QString &after)
{
    if (before == beforeName_ && after == afterName_)
        return;
    beforeName_ = before;
    afterName_ = after;
    //: What a difference is of: %1 the later sound, %2 the earlier one that is taken away.
    setTitle(tr("%1 − %2").arg(after, before), stageToken());
    frontChanged();
}

QString DifferenceView::reachText(double db)
{
    return tr("±%1 dB").arg(numberText(db, 0));
}

void DifferenceView::setReachDb(double db)
{
    if (db == reachDb_ || db <= 0.0)
        return;
    reachDb_ = db;
    pictureChanged();
    emit reachDbChanged(reachDb_);
}

void DifferenceView::setFloorDb(double db)
{
    if (db == floorDb_)
        return;
    floorDb_ = db;
    makeWhole();
    emit floorDbChanged(floorDb_);
}

void DifferenceView::makeWhole()
{
    if (!before_) {
        stale_ = false;
        awaited_ = 0;
        beforePicture_ = nullptr;
        afterPicture_ = nullptr;
        setCloseSource({}, 0);
        setWhole(nullptr, start_);
        return;
    }
    stale_ = !isVisible();
    if (stale_)
        return;
    const PairSource source{before_, after_, edges_, static_cast<float>(floorDb_)};
    setCloseSource(
        [source](const std::optional<SpectrogramPart> &part, const std::stop_token &stop) {
            return source.compute(part, stop).difference;
        },
        before_->format().sampleRateHz);
    awaited_ = worker_.request([source](const std::stop_token &stop) {
        const Pair pair = source.compute(std::nullopt, stop);
        const double most = pair.difference ? static_cast<double>(largestDifferenceDb(*pair.difference)) : 0.0;
        return Picture{{}, 0.0, most, pair};
    });
}

void DifferenceView::takeWhole(quint64 number, const Picture &made)
{
    if (number != awaited_)
        return;
    awaited_ = 0;
    const auto *pair = std::any_cast<Pair>(&made.made);
    if (!pair || !pair->difference)
        return;
    beforePicture_ = pair->before;
    afterPicture_ = pair->after;
    same_ = made.reading.value_or(0.0) < static_cast<double>(leastDifferenceDb);
    setWhole(pair->difference, start_);
}

/// What nobody saw is worked out when someone does.
void DifferenceView::showEvent(QShowEvent *event)
{
    TimeFrequencyView::showEvent(event);
    if (stale_)
        makeWhole();
}

bool DifferenceView::isBusy() const
{
    return awaited_ != 0 || TimeFrequencyView::isBusy();
}

QString DifferenceView::colourText(double db) const
{
    return numberText(db, 0, db != 0.0);
}

void DifferenceView::paintInside(QPainter &painter) const
{
    TimeFrequencyView::paintInside(painter);
    if (!hasPicture())
        return;
    if (same_)
        paintWord(painter, plot(),
                  tr("No difference: %1 and %2 are the same here.").arg(beforeName_, afterName_));
    else if (!beforeName_.isEmpty())
        paintNote(painter, plot(), title());
}

PlotView::Hover DifferenceView::hoverAt(QPointF place) const
{
    if (!hasPicture() || !beforePicture_)
        return {};
    const double seconds = std::clamp(valueAtX(place.x()), 0.0, durationS());
    const double hz = hzOfOctaves(valueAtY(place.y()));
    // The louder of the two says which tone is meant.
    const auto before = beforePicture_->peakNear(seconds, hz);
    const auto after = afterPicture_->peakNear(seconds, hz);
    const double peakHz = after.db >= before.db ? after.hz : before.hz;
    const auto levelOf = [&](const Spectrogram &picture) {
        const double row =
            std::clamp(std::round(picture.rowOfHz(peakHz)), 0.0, picture.rows() - 1.0);
        const float level = picture.levelDb(static_cast<int>(row), picture.nearestColumn(seconds));
        return std::max(static_cast<double>(level), floorDb_);
    };
    const auto levelText = [&](double db) {
        return db > floorDb_ ? tr("%1 dB").arg(numberText(db, 1))
                             : tr("below %1 dB").arg(numberText(floorDb_, 0));
    };
    const Theme &theme = Theme::shared();
    const QColor main = theme.colour("text.primary");
    const double from = levelOf(*beforePicture_);
    const double to = levelOf(*afterPicture_);
    return {{place.x(), std::clamp(yOfHz(peakHz), plot().top(), plot().bottom())},
            {{{timeText(seconds), main}, {frequencyText(peakHz), plainInk()}},
             {{beforeName_, plainInk()}, {levelText(from), plainInk()}},
             {{afterName_, plainInk()}, {levelText(to), plainInk()}},
             {{noteAndCentsText(peakHz, scale()), theme.colour("stage.pre_quant")},
              {tr("%1 dB").arg(numberText(to - from, 1, true)), main}}}};
}

QString DifferenceView::pictureTitle() const
{
    //: Above a saved picture. %1: which sounds, "After Distortion − Input".
    return tr("Difference: %1").arg(title());
}

QString DifferenceView::axisNames() const
{
    return tr("%1 Colour: difference in dB.").arg(planeNames());
}

QString DifferenceView::spokenText() const
{
    if (!hasPicture())
        return tr("Difference");
    return same_ ? tr("Difference, %1, none").arg(title()) : tr("Difference, %1").arg(title());
}

QString DifferenceView::valuesAsCsv() const
{
    return hasPicture() ? timeFrequencyCsv(whole().get()) : QString();
}

} // namespace widgets
