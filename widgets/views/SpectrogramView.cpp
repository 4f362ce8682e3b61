// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/SpectrogramView.h"

#include "engine/base/Units.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/InKeyLines.h"
#include "widgets/views/TimeText.h"

namespace widgets {

using engine::analysis::Spectrogram;
using engine::analysis::SpectrogramPart;

namespace {

constexpr float silenceDb = -120.0F;

} // namespace

SpectrogramView::SpectrogramView(QWidget *parent) : TimeFrequencyView("spectrogramView", parent)
{
    dataChanged();
}

double SpectrogramView::durationS() const
{
    return showsFile() ? fileSeconds_ : TimeFrequencyView::durationS();
}

bool SpectrogramView::hasPicture() const
{
    return showsFile() ? fileSeconds_ > 0.0 : TimeFrequencyView::hasPicture();
}

std::vector<SpectrogramLayer> SpectrogramView::layers() const
{
    if (!showsFile())
        return TimeFrequencyView::layers();
    std::vector<SpectrogramLayer> layers;
    if (tiles_)
        for (const auto &tile : tiles_->tiles)
            layers.push_back({tile.levels, {tile.fromS, tile.toS}});
    return layers;
}

bool SpectrogramView::silent() const
{
    if (!showsFile())
        return whole() && whole()->loudestDb() <= silenceDb;
    return tiles_ && tiles_->done >= 1.0 && !tiles_->tiles.empty() &&
           std::ranges::all_of(tiles_->tiles, [&](const auto &tile) {
               return tile.toS < shownX().low || tile.fromS > shownX().high ||
                      tile.levels->loudestDb() <= silenceDb;
           });
}

void SpectrogramView::setSpectrogram(Snapshot spectrogram, double windowStartSeconds)
{
    window_ = std::move(spectrogram);
    windowStartS_ = windowStartSeconds;
    if (!showsFile())
        setWhole(window_, windowStartS_);
}

void SpectrogramView::setSound(Sound sound, SoundEdges edges)
{
    if (!sound || sound->frames() == 0 || sound->channels() == 0) {
        setCloseSource({}, 0);
        return;
    }
    const int rateHz = sound->format().sampleRateHz;
    setCloseSource(
        [sound = std::move(sound), edges](const std::optional<SpectrogramPart> &part,
                                          const std::stop_token &stop) {
            return part ? computeSpectrogramPart(*sound, *part, edges, stop)
                        : computeSpectrogram(*sound, edges, stop);
        },
        rateHz);
}

std::vector<AxisRange> SpectrogramView::dbRangeChoices()
{
    return {{-36.0, 0.0}, {-48.0, 0.0}, defaultDb, {-84.0, 0.0}, {-96.0, 0.0}, {-120.0, 0.0}};
}

QString SpectrogramView::dbRangeText(AxisRange db)
{
    return tr("%1 to %2 dB").arg(numberText(db.low, 0), numberText(db.high, 0));
}

void SpectrogramView::setDbRange(AxisRange db)
{
    if (db == db_ || db.span() <= 0.0)
        return;
    db_ = db;
    pictureChanged();
    emit dbRangeChanged(db_);
}

void SpectrogramView::setColourMap(std::optional<ColourMap> map)
{
    if (map == map_)
        return;
    map_ = map;
    pictureChanged();
    emit colourMapChanged(map_);
}

void SpectrogramView::setSpan(SpectrogramSpan span)
{
    if (span == span_)
        return;
    const AxisRange before = shownX();
    const bool wasShown = hasPicture();
    span_ = span;
    if (showsFile()) {
        setWhole(nullptr, 0.0);
        setWindow(0.0, std::max(fileSeconds_, 1.0));
    } else {
        emit tilesUnwanted();
        setWhole(window_, windowStartS_);
    }
    showAll();
    if (keptX_.span() > 0.0 && hasPicture())
        showX(keptX_); // as it was left
    keptX_ = wasShown ? before : AxisRange{0.0, 0.0};
    dataChanged();
    askForTiles();
    emit spanChanged(span_);
}

void SpectrogramView::setFileLength(double seconds)
{
    if (seconds == fileSeconds_)
        return;
    fileSeconds_ = seconds;
    tiles_ = nullptr;
    if (!showsFile()) {
        keptX_ = {0.0, 0.0};
        return;
    }
    setWindow(0.0, std::max(fileSeconds_, 1.0));
    showAll();
    dataChanged();
    askForTiles();
}

void SpectrogramView::setTiles(engine::analysis::SharedTileSet tiles)
{
    tiles_ = std::move(tiles);
    if (!showsFile())
        return;
    tilesAwaited_ = tiles_ && tiles_->done < 1.0 && !tiles_->error;
    if (!tilesAwaited_)
        describe();
    pictureChanged();
}

void SpectrogramView::askForTiles()
{
    if (!showsFile() || fileSeconds_ <= 0.0 || !isVisible() || width() <= 1)
        return;
    tilesAwaited_ = true;
    emit tilesWanted({shownX().low, shownX().high, shownScale()});
}

void SpectrogramView::shownChanged()
{
    TimeFrequencyView::shownChanged();
    askForTiles();
}

bool SpectrogramView::isBusy() const
{
    return showsFile() ? tilesAwaited_ && fileSeconds_ > 0.0 : TimeFrequencyView::isBusy();
}

void SpectrogramView::showEvent(QShowEvent *event)
{
    TimeFrequencyView::showEvent(event);
    askForTiles();
}

void SpectrogramView::hideEvent(QHideEvent *event)
{
    TimeFrequencyView::hideEvent(event);
    if (showsFile())
        emit tilesUnwanted();
}

QString SpectrogramView::shownTitle() const
{
    return showsFile() ? tr("Input, whole file") : title();
}

void SpectrogramView::paintInside(QPainter &painter) const
{
    if (silent())
        paintWord(painter, plot(), tr("Silence here."));
    else
        TimeFrequencyView::paintInside(painter);
    if (showsFile() && hasPicture())
        paintFileState(painter);
}

/// Which sound this is, and how much of it has been read.
void SpectrogramView::paintFileState(QPainter &painter) const
{
    const double done = tiles_ ? tiles_->done : 0.0;
    const bool failed = tiles_ && tiles_->error;
    QString text = shownTitle();
    if (!failed && done < 1.0)
        //: %1: which sound. %2: how much of what is shown has been read, in percent.
        text = tr("%1 · reading %2 %").arg(text, numberText(std::floor(100.0 * done), 0));
    paintNote(painter, plot(), text);
    if (failed)
        paintWord(painter, plot(),
                  tr("This part of the file could not be read.") + u'\n' +
                      QString::fromStdString(tiles_->error->problem));
}

PlotView::Hover SpectrogramView::hoverAt(QPointF place) const
{
    if (!hasPicture() || silent())
        return {};
    const double seconds = std::clamp(valueAtX(place.x()), 0.0, durationS());
    const auto layer = layerAt(seconds);
    if (!layer)
        return {};
    const Theme &theme = Theme::shared();
    const auto peak = layer->spectrogram->peakNear(seconds, hzOfOctaves(valueAtY(place.y())));
    const QString level = peak.db > static_cast<double>(engine::analysis::quietestDb)
                              ? tr("%1 dB").arg(numberText(peak.db, 1))
                              : tr("−∞ dB");
    return {
        {place.x(), std::clamp(yOfHz(peak.hz), plot().top(), plot().bottom())},
        {{{timeText(seconds), theme.colour("text.primary")}, {frequencyText(peak.hz), plainInk()}},
         {{noteAndCentsText(peak.hz, scale()), theme.colour("stage.pre_quant")},
          {level, plainInk()}}}};
}

QString SpectrogramView::pictureTitle() const
{
    //: Above a saved picture. %1: which sound.
    return shownTitle().isEmpty() ? tr("Spectrogram") : tr("Spectrogram: %1").arg(shownTitle());
}

QString SpectrogramView::spokenText() const
{
    if (!hasPicture())
        return tr("Spectrogram");
    if (silent())
        return tr("Spectrogram, %1, silence").arg(shownTitle());
    const auto all = layers();
    const auto loudest = std::ranges::max_element(
        all, {}, [](const SpectrogramLayer &layer) { return layer.spectrogram->loudestDb(); });
    if (loudest == all.end())
        return tr("Spectrogram, %1, %2").arg(shownTitle(), lengthText(durationS()));
    const Spectrogram &from = *loudest->spectrogram;
    const double note = engine::midiNoteFromHz(from.hzOfRow(from.loudestRow()));
    //: %1: which sound. %2: how long. %3: the note of the loudest frequency.
    return tr("Spectrogram, %1, %2, strongest %3")
        .arg(shownTitle(), lengthText(durationS()),
             noteText(static_cast<int>(std::lround(note)), scale()));
}

QString SpectrogramView::valuesAsCsv() const
{
    return hasPicture() ? timeFrequencyCsv(showsFile() ? nullptr : whole().get()) : QString();
}

} // namespace widgets
