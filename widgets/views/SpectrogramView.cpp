// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/SpectrogramView.h"

#include "engine/base/Units.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/InKeyLines.h"
#include "widgets/views/PlayheadLine.h"
#include "widgets/views/SpectrogramPicture.h"
#include "widgets/views/TimeText.h"

namespace widgets {

using engine::analysis::Spectrogram;

namespace {

constexpr double leastSeconds = 0.05;
constexpr double leastOctaves = 0.5;
constexpr float silenceDb = -120.0F;

} // namespace

SpectrogramView::SpectrogramView(QWidget *parent)
    : PlotView("spectrogramView", parent), line_(new PlayheadLine(this))
{
    setHome({0.0, 1.0}, {octavesOfHz(Spectrogram::lowestHz), octavesOfHz(Spectrogram::highestHz)},
            1.0, leastOctaves);
    dataChanged();
}

QRectF SpectrogramView::plot() const
{
    QRectF place = PlotView::plot();
    const double right = Theme::shared().number("plot.bar_room");
    place.setRight(std::max(width() - right, place.left() + 1.0));
    return place;
}

bool SpectrogramView::silent() const
{
    return spectrogram_ && spectrogram_->loudestDb() <= silenceDb;
}

void SpectrogramView::setSpectrogram(Snapshot spectrogram, double windowStartSeconds)
{
    spectrogram_ = std::move(spectrogram);
    if (spectrogram_) {
        const AxisRange octaves{octavesOfHz(Spectrogram::lowestHz),
                                octavesOfHz(Spectrogram::highestHz)};
        setHome({0.0, spectrogram_->durationS()}, octaves,
                std::min(leastSeconds, spectrogram_->durationS()), leastOctaves);
        if (windowStart_ != windowStartSeconds)
            showAll();
    }
    windowStart_ = windowStartSeconds;
    placePlayhead();
    dataChanged();
}

void SpectrogramView::setPlayhead(std::optional<double> seconds)
{
    playhead_ = seconds;
    placePlayhead();
}

void SpectrogramView::setDbRange(AxisRange db)
{
    if (db == db_ || db.span() <= 0.0)
        return;
    db_ = db;
    rangeChanged();
}

void SpectrogramView::setColourMap(std::optional<ColourMap> map)
{
    map_ = map;
    rangeChanged();
}

PictureJob SpectrogramView::pictureJob(QSize pixels, qreal ratio) const
{
    if (!spectrogram_ || pixels.isEmpty())
        return {};
    const SpectrogramPictureRequest request{spectrogram_, pixels, shownX(),
                                            shownY(),     db_,    colourTable(colourMap())};
    return [request, ratio](const std::stop_token &stop) {
        Picture picture{drawSpectrogram(request, stop), 0.0, {}};
        picture.image.setDevicePixelRatio(ratio);
        return picture;
    };
}

PlotView::Hover SpectrogramView::hoverAt(QPointF place) const
{
    if (!spectrogram_ || silent())
        return {};
    const Theme &theme = Theme::shared();
    const double seconds = std::clamp(valueAtX(place.x()), 0.0, spectrogram_->durationS());
    const auto peak = spectrogram_->peakNear(seconds, hzOfOctaves(valueAtY(place.y())));
    const double perPixel = shownX().span() / plot().width();
    const int decimals = std::max(3, timeDecimals(timeStep(perPixel, 1.0)));
    const QString level = peak.db > static_cast<double>(engine::analysis::quietestDb)
                              ? tr("%1 dB").arg(numberText(peak.db, 1))
                              : tr("−∞ dB");
    const QColor plain = theme.colour("text.secondary");
    return {
        {place.x(), std::clamp(yOfHz(peak.hz), plot().top(), plot().bottom())},
        {{{tr("%1 s").arg(numberText(seconds, decimals)), theme.colour("text.primary")},
          {frequencyText(peak.hz), plain}},
         {{noteAndCentsText(peak.hz, scale()), theme.colour("stage.pre_quant")}, {level, plain}}}};
}

void SpectrogramView::clicked(QPointF place)
{
    if (spectrogram_)
        emit seekRequested(windowStart_ +
                           std::clamp(valueAtX(place.x()), 0.0, spectrogram_->durationS()));
}

void SpectrogramView::shownChanged()
{
    placePlayhead();
}

void SpectrogramView::placePlayhead()
{
    const double seconds = playhead_ ? *playhead_ - windowStart_ : -1.0;
    const bool shown = spectrogram_ && playhead_ && seconds >= shownX().low - 1e-9 &&
                       seconds <= shownX().high + 1e-9;
    line_->place(shown ? std::optional(xAt(seconds)) : std::nullopt, plot());
}

QString SpectrogramView::axisNames() const
{
    return tr("Time in seconds, frequency in notes of the key, level in dB below full scale");
}

QString SpectrogramView::spokenText() const
{
    if (!spectrogram_)
        return tr("Spectrogram");
    if (silent())
        return tr("Spectrogram, %1, silence").arg(title());
    const double note = engine::midiNoteFromHz(spectrogram_->hzOfRow(spectrogram_->loudestRow()));
    //: %1: which sound. %2: how long. %3: the note of the loudest frequency.
    return tr("Spectrogram, %1, %2, strongest %3")
        .arg(title(), lengthText(spectrogram_->durationS()),
             noteText(static_cast<int>(std::lround(note)), scale()));
}

QString SpectrogramView::valuesAsCsv() const
{
    if (!spectrogram_)
        return {};
    const auto number = [](double value, int decimals) {
        return QString::number(value, 'f', decimals);
    };
    constexpr int rowsPerSemitone = Spectrogram::rowsPerOctave / 12;
    const int first =
        static_cast<int>(std::ceil(engine::midiNoteFromHz(Spectrogram::lowestHz) + 0.5));
    const int last =
        static_cast<int>(std::floor(engine::midiNoteFromHz(Spectrogram::highestHz) - 0.5));
    QString text = QStringLiteral("Time (s)");
    for (int note = first; note <= last; ++note)
        text += QStringLiteral(",%1 %2 Hz (dB)")
                    .arg(noteText(note, scale()), number(engine::hzFromMidiNote(note), 1));
    text += u'\n';
    for (int column = 0; column < spectrogram_->columns(); ++column) {
        text += number(windowStart_ + spectrogram_->timeOfColumn(column), 4);
        for (int note = first; note <= last; ++note) {
            const auto middle =
                static_cast<int>(std::lround(spectrogram_->rowOfHz(engine::hzFromMidiNote(note))));
            float loudest = engine::analysis::quietestDb;
            for (int i = -rowsPerSemitone / 2; i < rowsPerSemitone / 2; ++i)
                loudest = std::max(loudest, spectrogram_->levelDb(middle + i, column));
            text += u',' + number(static_cast<double>(loudest), 1);
        }
        text += u'\n';
    }
    return text;
}

} // namespace widgets
