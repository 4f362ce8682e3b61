// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/SpectrumView.h"

#include "engine/base/Units.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/InKeyLines.h"
#include "widgets/views/SpectrumDifference.h"
#include "widgets/views/TimeText.h"

#include <QPainterPath>

#include <algorithm>

namespace widgets {

using engine::analysis::Spectrum;

namespace {

constexpr double leastZoomOctaves = 0.5;
constexpr float quietestDb = -120.0F;
const AxisRange audibleAxis{octavesOfHz(Spectrum::lowestHz), octavesOfHz(Spectrum::highestHz)};

/// What a worker needs to draw the curves.
struct CurveJob {
    SpectrumView::Snapshot spectrum;
    SpectrumView::Snapshot input;
    SpectrumView::Snapshot held;
    QSize pixels;
    qreal ratio;
    AxisRange octaves;
    AxisRange db;
    QColor accent;
    QColor fillTop;
    QColor fillBottom;
    QColor inputLine;
    QColor heldLine;
    double lineWidth;
    double thinWidth;
};

/// One point a device pixel: the highest level that lies under it.
QPolygonF curve(const Spectrum &spectrum, const CurveJob &job)
{
    const engine::analysis::LogAxis axis = Spectrum::axis();
    QPolygonF line;
    for (int x = 0; x <= job.pixels.width(); ++x) {
        const auto pointAt = [&](double pixel) {
            return axis.row(hzOfOctaves(fromPixel(pixel, job.octaves, 0, job.pixels.width())));
        };
        double level = spectrum.levelAt(axis.hz(pointAt(x)));
        const int last = std::min(static_cast<int>(std::floor(pointAt(x + 0.5))), axis.rows - 1);
        for (int p = std::max(static_cast<int>(std::ceil(pointAt(x - 0.5))), 0); p <= last; ++p)
            level = std::max(level, static_cast<double>(spectrum.levelDb(p)));
        line << QPointF(
                    x, toPixel(std::max(level, job.db.low - 6.0), job.db, job.pixels.height(), 0)) /
                    job.ratio;
    }
    return line;
}

void drawCurves(QPainter &painter, const CurveJob &job)
{
    const auto stroke = [&](const QPolygonF &line, const QColor &colour, double width) {
        painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
    };
    const double height = job.pixels.height() / job.ratio;
    QPolygonF main;
    if (job.spectrum) {
        main = curve(*job.spectrum, job);
        QPolygonF area = main;
        area << QPointF(main.last().x(), height + 1) << QPointF(main.first().x(), height + 1);
        fillFading(painter, area, height, job.fillTop, job.fillBottom);
    }
    if (job.input)
        stroke(curve(*job.input, job), job.inputLine, job.thinWidth);
    if (job.held)
        stroke(curve(*job.held, job), job.heldLine, job.thinWidth);
    if (job.spectrum)
        stroke(main, job.accent, job.lineWidth);
}

QString levelText(double db)
{
    return db > static_cast<double>(engine::analysis::quietestDb)
               ? SpectrumView::tr("%1 dB").arg(numberText(db, 1))
               : SpectrumView::tr("−∞ dB");
}

} // namespace

SpectrumView::SpectrumView(QWidget *parent)
    : PlotView("spectrumView", parent), inputName_(tr("Input"))
{
    pace_.setSingleShot(true);
    pace_.setInterval(followMs);
    pace_.setTimerType(Qt::PreciseTimer);
    connect(&pace_, &QTimer::timeout, this, [this] {
        if (std::exchange(again_, false))
            askNow();
    });
    connect(&worker_, &PictureWorker::ready, this, &SpectrumView::takeMade);
    setHome(audibleAxis, defaultDb, leastZoomOctaves, defaultDb.span());
    dataChanged();
}

bool SpectrumView::silent() const
{
    return spectrum_ && spectrum_->loudestDb() <= quietestDb;
}

void SpectrumView::setSpectrum(Snapshot spectrum)
{
    spectrum_ = std::move(spectrum);
    dataChanged();
}

void SpectrumView::setInput(Snapshot input)
{
    input_ = std::move(input);
    dataChanged();
}

void SpectrumView::setPeakHold(Snapshot held)
{
    held_ = std::move(held);
    dataChanged();
}

std::vector<AxisRange> SpectrumView::dbRangeChoices()
{
    return {{-48.0, 0.0}, {-72.0, 0.0}, defaultDb, {-120.0, 0.0}};
}

void SpectrumView::setDbRange(AxisRange db)
{
    if (db == db_ || db.span() <= 0.0)
        return;
    db_ = db;
    showLevels();
    emit dbRangeChanged(db_);
}

void SpectrumView::setReachDb(double db)
{
    if (db == reachDb_ || db <= 0.0)
        return;
    reachDb_ = db;
    showLevels();
    emit reachDbChanged(reachDb_);
}

void SpectrumView::setDifferenceShown(bool shown)
{
    if (shown == difference_)
        return;
    difference_ = shown;
    showLevels();
    describe();
    emit differenceShownChanged(difference_);
}

void SpectrumView::setInputName(const QString &name)
{
    inputName_ = name;
    describe();
    frontChanged();
}

void SpectrumView::showLevels()
{
    const AxisRange x = shownX();
    setHome(audibleAxis, levels(), leastZoomOctaves, levels().span());
    showRanges(x, levels());
    rangeChanged();
}

QString SpectrumView::differenceName() const
{
    //: What a difference is of: %1 the later sound, %2 the earlier one that is taken away.
    return tr("%1 − %2").arg(title(), inputName_);
}

PictureStrokes SpectrumView::pictureStrokes(QSize pixels, qreal ratio) const
{
    if (!spectrum_ || pixels.isEmpty())
        return {};
    const Theme &theme = Theme::shared();
    if (difference_) {
        if (!input_)
            return {};
        const SpectrumDifferenceJob job{spectrum_,
                                        input_,
                                        defaultDb.low,
                                        pixels,
                                        ratio,
                                        shownX(),
                                        shownY(),
                                        accent(),
                                        faint("cents.up", "plot.fill_top"),
                                        faint("cents.down", "plot.fill_top"),
                                        theme.number("stroke.plot_line")};
        return [job](QPainter &painter, const std::stop_token &) {
            drawSpectrumDifference(painter, job);
            return Picture{};
        };
    }
    const CurveJob job{spectrum_,
                       input_,
                       held_,
                       pixels,
                       ratio,
                       shownX(),
                       shownY(),
                       accent(),
                       faint(stageToken(), "plot.fill_top"),
                       faint(stageToken(), "plot.fill_bottom"),
                       faint("text.tertiary", "plot.input_line"),
                       faint(stageToken(), "plot.held_line"),
                       theme.number("stroke.plot_line"),
                       theme.number("stroke.hairline")};
    return [job](QPainter &painter, const std::stop_token &) {
        drawCurves(painter, job);
        return Picture{};
    };
}

void SpectrumView::paintBehind(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    for (const double tick : decibelTicks(shownY(), place.height(), theme.number("plot.db_apart")))
        if (tick > shownY().low && tick < shownY().high)
            paintHorizontal(
                painter, place, yOfDb(tick),
                theme.colour(difference_ && tick == 0.0 ? "line.strong" : "line.hairline"));
    if (!inKeyLines()) {
        for (const double hz :
             frequencyTicks(shownX(), place.width(), theme.number("plot.hz_apart")))
            paintVertical(painter, place, xOfHz(hz), theme.colour("line.hairline"));
        return;
    }
    const bool every = everyNoteShown(pixelsPerSemitone(true));
    const QColor root = faint("stage.pre_quant", "plot.root_line");
    const QColor note = faint("stage.pre_quant", "plot.note_line");
    for (const InKeyNote &line :
         inKeyNotes(scale(), hzOfOctaves(shownX().low), hzOfOctaves(shownX().high)))
        if (line.root || every)
            paintVertical(painter, place, xOfHz(line.hz), line.root ? root : note);
}

void SpectrumView::paintInside(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    if (spectrum_ && difference_ && !input_)
        paintWord(painter, plot(), tr("Choose another sound to compare %1 with.").arg(title()));
    else if (silent()) // above a difference's line
        paintWord(painter, plot().adjusted(0, 0, 0, difference_ ? -plot().height() / 4 : 0),
                  tr("Silence here."));
    if (!spectrum_ || !inKeyLines())
        return;
    const bool all = pixelsPerSemitone(true) >= 2 * theme.number("plot.named_note_px");
    painter.setFont(theme.font("value_small"));
    const QFontMetricsF metrics(painter.font());
    const double gap = theme.number("space.scale.x1");
    const QRectF taken = legendPlace(plot(), legend()); // half a name would be no name
    for (const InKeyNote &note :
         inKeyNotes(scale(), hzOfOctaves(shownX().low), hzOfOctaves(shownX().high))) {
        if (!note.root && !all)
            continue;
        const QString name = noteText(note.midiNote, scale());
        const QRectF place(xOfHz(note.hz) + gap, plot().top() + gap,
                           metrics.horizontalAdvance(name) + gap, theme.number("space.scale.x4"));
        if (place.right() > plot().right() || place.intersects(taken))
            continue;
        painter.setPen(theme.colour(note.root ? "stage.pre_quant" : "text.tertiary"));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, name);
    }
}

void SpectrumView::paintAround(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    std::vector<RulerMark> levels;
    for (const double tick : decibelTicks(shownY(), place.height(), theme.number("plot.db_apart")))
        levels.push_back(
            {yOfDb(tick), tick == 0.0 ? tr("0 dB") : numberText(tick, 0, difference_)});
    paintRulerLeft(painter, place, levels);
    std::vector<RulerMark> marks;
    const auto ticks = frequencyTicks(shownX(), place.width(), theme.number("plot.hz_apart"));
    for (const double hz : ticks)
        //: a frequency at the end of an axis: "20k" becomes "20 kHz"
        marks.push_back({xOfHz(hz), marks.size() + 1 < ticks.size() ? frequencyTickText(hz)
                                    : hz < 1000.0 ? tr("%1 Hz").arg(numberText(hz, 0))
                                                  : tr("%1 kHz").arg(numberText(hz / 1000.0, 0))});
    paintRulerBelow(painter, place, marks);
    if (spectrum_)
        paintLegend(painter, place, legend());
}

std::vector<ChipCell> SpectrumView::legend() const
{
    const Theme &theme = Theme::shared();
    if (difference_)
        return {{tr("less"), theme.colour("cents.down")},
                {tr("more"), theme.colour("cents.up")},
                {differenceName(), accent()}};
    std::vector<ChipCell> legend;
    if (input_)
        legend.push_back({inputName_, theme.colour("text.tertiary")});
    if (held_)
        legend.push_back({tr("Peak hold"), faint(stageToken(), "plot.held_line")});
    legend.push_back({title(), accent()});
    return legend;
}

PlotView::Hover SpectrumView::hoverAt(QPointF place) const
{
    if (!spectrum_ || silent())
        return {};
    const Theme &theme = Theme::shared();
    const double hz = hzOfOctaves(valueAtX(place.x()));
    const double reach = std::max(35.0, 1200.0 * shownX().span() / plot().width() * 4.0);
    const Spectrum::Peak peak = spectrum_->peakNear(hz, std::min(reach, 100.0));
    const QColor plain = theme.colour("text.secondary");
    Hover hover{{xOfHz(peak.hz), std::clamp(yOfDb(peak.db), plot().top(), plot().bottom())},
                {{{frequencyText(peak.hz), theme.colour("text.primary")},
                  {noteAndCentsText(peak.hz, scale()), theme.colour("stage.pre_quant")}},
                 {{title(), accent()}, {levelText(peak.db), plain}}}};
    if (input_) {
        const double input = input_->levelAt(peak.hz);
        if (difference_)
            hover.place.setY(
                std::clamp(yOfDb(std::max(peak.db, defaultDb.low) - std::max(input, defaultDb.low)),
                           plot().top(), plot().bottom()));
        hover.rows.push_back({{inputName_, plain}, {levelText(input), plain}});
        hover.rows.push_back({{tr("Difference"), plain},
                              {tr("%1 dB").arg(numberText(peak.db - input, 1, true)),
                               theme.colour("text.primary")}});
    }
    return hover;
}

QString SpectrumView::pictureTitle() const
{
    if (title().isEmpty())
        return tr("Spectrum");
    if (difference_)
        //: Above a saved picture. %1: which sounds, "After Distortion − Input".
        return tr("Spectrum difference: %1").arg(differenceName());
    //: Above a saved picture. %1: which sound.
    return moment_ == SpectrumMoment::Playhead ? tr("Spectrum at the playhead: %1").arg(title())
                                               : tr("Spectrum: %1").arg(title());
}

QString SpectrumView::axisNames() const
{
    return difference_
               ? tr("Across: frequency in Hz, logarithmic. Up: difference of the levels in dB.")
               : tr("Across: frequency in Hz, logarithmic. Up: level in dB of full scale.");
}

QString SpectrumView::spokenText() const
{
    if (!spectrum_)
        return tr("Spectrum");
    if (silent())
        return tr("Spectrum, %1, silence").arg(title());
    if (difference_)
        return tr("Spectrum difference, %1").arg(differenceName());
    const auto levels = spectrum_->levels();
    const auto loudest = std::max_element(levels.begin(), levels.end()) - levels.begin();
    const double hz = spectrum_->hzOfPoint(static_cast<double>(loudest));
    return tr("Spectrum, %1, strongest %2")
        .arg(title(), noteText(static_cast<int>(std::lround(engine::midiNoteFromHz(hz))), scale()));
}

QString SpectrumView::valuesAsCsv() const
{
    if (!spectrum_)
        return {};
    QString text = QStringLiteral("Frequency (Hz),Level (dB)");
    text += input_ ? QStringLiteral(",%1 (dB),Difference (dB)\n").arg(inputName_)
                   : QStringLiteral("\n");
    for (int point = 0; point < spectrum_->points(); ++point) {
        const auto level = static_cast<double>(spectrum_->levelDb(point));
        text += QString::number(spectrum_->hzOfPoint(point), 'f', 2) + u',' +
                QString::number(level, 'f', 2);
        if (input_) {
            const auto input = static_cast<double>(input_->levelDb(point));
            text += u',' + QString::number(input, 'f', 2) + u',' +
                    QString::number(level - input, 'f', 2);
        }
        text += u'\n';
    }
    return text;
}

} // namespace widgets
