// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/QuantizationView.h"

#include "engine/base/Units.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/panels/Buttons.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/InKeyLines.h"
#include "widgets/views/QuantizationPicture.h"
#include "widgets/views/TimeText.h"

#include <QKeyEvent>
#include <QPushButton>

#include <algorithm>

namespace widgets {

using engine::analysis::QuantizationLine;
using engine::pipeline::StageId;

namespace {

constexpr double leastOctaves = 0.25;
const AxisRange wholeAxis{octavesOfHz(20.0), octavesOfHz(20000.0)};
const AxisRange wholeWidth{0.0, 1.0};
constexpr double sameHz = 0.5; ///< two ranges that differ by less are one

} // namespace

QuantizationView::QuantizationView(QWidget *parent)
    : PlotView("quantizationView", parent), turnOn_(textButton(this, tr("Turn on"), true))
{
    turnOn_->setObjectName(QStringLiteral("quantization.turnOn"));
    turnOn_->hide();
    connect(turnOn_, &QPushButton::clicked, this, [this] { emit turnOnRequested(quantizer_); });
    setHome(wholeWidth, wholeAxis, 1.0, leastOctaves);
    setQuantizer(StageId::PreQuant);
}

void QuantizationView::setQuantizer(StageId quantizer)
{
    if (quantizer != quantizer_ || chain_)
        startOver();
    quantizer_ = quantizer;
    chain_.reset();
    const bool first = quantizer == StageId::PreQuant;
    turnOn_->setAccessibleDescription(quantizerName());
    setTitle(first ? tr("Input → Pre-Quant") : tr("After Distortion → Post-Quant"),
             first ? "stage.pre_quant" : "stage.post_quant");
}

void QuantizationView::setChain(const Chain &chain)
{
    if (chain_ == chain)
        return;
    if (!chain_)
        startOver();
    chain_ = chain;
    setOff(false);
    setTitle(tr("Input → Output"), "stage.output");
    frontChanged();
}

StageId QuantizationView::quantizerOf(const QuantizationLine &line) const
{
    if (!chain_)
        return quantizer_;
    return line.leg == 0 ? StageId::PreQuant : StageId::PostQuant;
}

std::pair<double, double> QuantizationView::ends(int leg) const
{
    const auto [begins, ends] = MoveGeometry::ofTheme().ends(leg, chain_ ? 2 : 1);
    return {plot().left() + plot().width() * begins, plot().left() + plot().width() * ends};
}

double QuantizationView::middleOf(const QuantizationLine &line) const
{
    const auto [left, right] = ends(line.leg);
    return (left + right) / 2;
}

QString QuantizationView::quantizerName() const
{
    return stageName(quantizer_);
}

const char *QuantizationView::beforeToken() const
{
    return chain_ || quantizer_ == StageId::PreQuant ? "stage.input" : "stage.distortion";
}

void QuantizationView::setQuantization(Snapshot moves)
{
    if (!moves || moves == moves_)
        return;
    const bool first = !moves_ || moves_->silent();
    moves_ = std::move(moves);
    walked_.reset();
    setScale(moves_->scale);
    if (first)
        showAll();
    dataChanged();
}

void QuantizationView::startOver()
{
    moves_.reset();
    walked_.reset();
    solo_.reset();
    dataChanged();
}

void QuantizationView::setOff(bool off)
{
    if (off == off_)
        return;
    off_ = off;
    turnOn_->setVisible(off);
    shownChanged();
    dataChanged();
}

void QuantizationView::setSolo(const Solo &solo, StageId quantizer)
{
    if (solo == solo_ && quantizer == soloQuantizer_)
        return;
    solo_ = solo;
    soloQuantizer_ = quantizer;
    frontChanged();
}

AxisRange QuantizationView::homeRange() const
{
    const double span = Theme::shared().number("moves.octaves");
    const double middle = moves_ && moves_->centroidHz > 0.0 ? octavesOfHz(moves_->centroidHz)
                                                             : (wholeAxis.low + wholeAxis.high) / 2;
    return {middle - span / 2, middle + span / 2};
}

void QuantizationView::showAll()
{
    showRanges(wholeWidth, homeRange());
}

void QuantizationView::zoomTo(const QuantizationLine &line)
{
    const double middle = (octavesOfHz(line.fromHz) + octavesOfHz(line.toHz)) / 2;
    showRanges(wholeWidth, {middle - 0.5, middle + 0.5});
}

QRectF QuantizationView::plot() const
{
    const Theme &theme = Theme::shared();
    const double left = theme.number("size.piano_axis") + theme.number("plot.label_gap");
    const double top = theme.number("moves.top");
    return {left, top, std::max(width() - left - theme.number("space.scale.x2"), 1.0),
            std::max(height() - top - theme.number("moves.bottom"), 1.0)};
}

double QuantizationView::spineBefore() const
{
    return plot().left() + plot().width() * MoveGeometry::ofTheme().before;
}

double QuantizationView::spineAfter() const
{
    return plot().left() + plot().width() * MoveGeometry::ofTheme().after;
}

PictureStrokes QuantizationView::pictureStrokes(QSize pixels, qreal ratio) const
{
    if (!moves_ || off_ || silent() || pixels.isEmpty())
        return {};
    const MovesJob job{moves_,
                       pixels,
                       ratio,
                       shownY(),
                       MoveGeometry::ofTheme(),
                       MovesLook::ofTheme(beforeToken(), stageToken())};
    return [job](QPainter &painter, const std::stop_token &stop) {
        drawMoves(painter, job, stop);
        return Picture{};
    };
}

double QuantizationView::yOnLine(const QuantizationLine &line, double x) const
{
    const auto [left, right] = ends(line.leg);
    const double way = (x - left) / (right - left);
    const double from = yOfHz(line.fromHz);
    return from + (yOfHz(line.toHz) - from) * MoveGeometry::ofTheme().bend(way);
}

std::optional<std::size_t> QuantizationView::lineAt(QPointF place) const
{
    if (!moves_ || off_ || silent() || !plot().contains(place))
        return {};
    const Theme &theme = Theme::shared();
    const double reach = theme.number("moves.caught_px");
    const MovesLook look = MovesLook::ofTheme(beforeToken(), stageToken());
    std::optional<std::size_t> nearest;
    double best = reach;
    for (const std::size_t i : linesWithin(*moves_, shownY(), look.mostLines)) {
        const QuantizationLine &line = moves_->lines[i];
        if (const auto [left, right] = ends(line.leg);
            chain_ && (place.x() < left || place.x() > right))
            continue;
        const double away = std::abs(yOnLine(line, place.x()) - place.y());
        // A loud line is wide, and meant before a faint one beside it.
        const double loud = reach / 2 * look.weight(line.power, moves_->lines.front().power);
        if (away < reach && away - loud < best) {
            best = away - loud;
            nearest = i;
        }
    }
    return nearest;
}

std::vector<ChipRow> QuantizationView::rowsOf(const QuantizationLine &line) const
{
    const Theme &theme = Theme::shared();
    const QColor strong = theme.colour("text.primary");
    const QColor weak = theme.colour("text.tertiary");
    const auto place = [&](double hz) {
        return frequencyText(hz) + QStringLiteral("  ") + noteAndCentsText(hz, scale());
    };
    const QString level = tr("%1 dB").arg(numberText(line.powerDb(), 1));
    std::vector<ChipRow> rows;
    if (chain_)
        rows.push_back({{stageName(quantizerOf(line)),
                         theme.colour(line.leg == 0 ? "stage.pre_quant" : "stage.post_quant")},
                        {}});
    if (!line.moves())
        rows.insert(
            rows.end(),
            {{{place(line.fromHz), strong}, {tr("stays"), weak}},
             {{tr("on the bin of %1")
                   .arg(noteText(static_cast<int>(std::lround(engine::midiNoteFromHz(line.noteHz))),
                                 scale())),
               weak},
              {level, weak}}});
    else
        rows.insert(rows.end(),
                    {{{place(line.fromHz), strong}, {tr("from"), weak}},
                     {{place(line.toHz), strong}, {tr("to"), weak}},
                     {{tr("moved %1 ¢").arg(numberText(line.movedCents, 0, true)), strong},
                      {level, weak}}});
    return rows;
}

QString QuantizationView::wordsOf(const QuantizationLine &line) const
{
    QStringList words;
    for (const auto &[left, right] : rowsOf(line))
        words << left.text << right.text;
    if (isSolo(line))
        words << tr("heard alone");
    return words.join(QStringLiteral(", "));
}

PlotView::Hover QuantizationView::hoverAt(QPointF place) const
{
    const auto line = lineAt(place);
    return line ? Hover{place, rowsOf(moves_->lines[*line])} : Hover{};
}

bool QuantizationView::isSolo(const QuantizationLine &line) const
{
    return solo_ && quantizerOf(line) == soloQuantizer_ &&
           std::abs(solo_->lowHz - line.range.lowHz) < sameHz &&
           std::abs(solo_->highHz - line.range.highHz) < sameHz;
}

void QuantizationView::toggleSolo(const QuantizationLine &line)
{
    if (isSolo(line))
        endSolo();
    else
        emit soloRequested(line.range, quantizerOf(line));
}

void QuantizationView::endSolo()
{
    emit soloRequested({}, soloQuantizer_);
}

void QuantizationView::clicked(QPointF place)
{
    if (const auto line = lineAt(place))
        toggleSolo(moves_->lines[*line]);
    else if (solo_)
        endSolo();
}

/// To the next line up or down by where it begins.
void QuantizationView::walk(int steps)
{
    const auto most = static_cast<std::size_t>(Theme::shared().px("moves.most_lines"));
    std::vector<std::size_t> shown = linesWithin(*moves_, shownY(), most);
    if (shown.empty())
        return;
    std::sort(shown.begin(), shown.end(), [&](std::size_t a, std::size_t b) {
        return moves_->lines[a].fromHz < moves_->lines[b].fromHz;
    });
    const auto here = walked_ ? std::find(shown.begin(), shown.end(), *walked_) : shown.end();
    // The first step goes to the loudest.
    const std::ptrdiff_t at =
        here == shown.end()
            ? std::min_element(shown.begin(), shown.end()) - shown.begin()
            : std::clamp<std::ptrdiff_t>(here - shown.begin() + steps, 0,
                                         static_cast<std::ptrdiff_t>(shown.size()) - 1);
    walked_ = shown[static_cast<std::size_t>(at)];
    setAccessibleText(this, QAccessible::Graphic, wordsOf(moves_->lines[*walked_]));
    frontChanged();
}

bool QuantizationView::actOnLineKey(int key, bool really)
{
    if (!moves_ || off_ || silent())
        return false;
    switch (key) {
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        if (really)
            walk(key == Qt::Key_PageUp ? 1 : -1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!walked_)
            return false;
        if (really)
            toggleSolo(moves_->lines[*walked_]);
        return true;
    case Qt::Key_Escape:
        if (!solo_ && !walked_)
            return false;
        if (really) {
            walked_.reset();
            if (solo_)
                endSolo();
            frontChanged();
        }
        return true;
    default:
        return false;
    }
}

bool QuantizationView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        actOnLineKey(static_cast<QKeyEvent *>(event)->key(), false)) {
        event->accept();
        return true;
    }
    return PlotView::event(event);
}

void QuantizationView::keyPressEvent(QKeyEvent *event)
{
    if (!actOnLineKey(event->key(), true))
        PlotView::keyPressEvent(event);
}

void QuantizationView::shownChanged()
{
    // Below the word in the middle.
    const QSize size = turnOn_->sizeHint();
    const QPointF middle = plot().center();
    turnOn_->setGeometry(qRound(middle.x() - size.width() / 2.0),
                         qRound(middle.y() + Theme::shared().number("space.scale.x2")),
                         size.width(), size.height());
}

} // namespace widgets
