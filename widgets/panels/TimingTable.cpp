// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/TimingTable.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <numeric>
#include <span>

namespace widgets {

using engine::pipeline::CostKind;
using engine::pipeline::StageId;

namespace {

const QString noValue = QStringLiteral("–");

/// Parts side by side in stage colours, with a hairline between them.
void paintParts(QPainter &painter, const QRectF &bar, std::span<const double> parts)
{
    const Theme &theme = Theme::shared();
    const double sum = std::accumulate(parts.begin(), parts.end(), 0.0);
    if (sum <= 0.0)
        return;
    const double line = theme.number("stroke.hairline");
    const double radius = std::min(theme.number("radius.meter"), bar.width() / 2.0);
    QPainterPath shape;
    shape.addRoundedRect(bar, radius, radius);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(shape);
    double x = bar.left();
    bool first = true;
    for (std::size_t card = 0; card < parts.size(); ++card) {
        if (parts[card] <= 0.0)
            continue;
        const double width = bar.width() * parts[card] / sum;
        const double gap = first || width <= 2 * line ? 0.0 : line;
        painter.fillRect(QRectF(x + gap, bar.top(), width - gap, bar.height()),
                         theme.colour(cardStageToken(card)));
        x += width;
        first = false;
    }
    painter.restore();
}

} // namespace

TimingTable::TimingTable(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Times of the last run"));
    setAccessibleText(this, QAccessible::Table, {});
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    connect(&Theme::shared(), &Theme::changed, this, [this] { update(); });
}

QSize TimingTable::sizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.inspector_min"),
            theme.px("size.timing_head") +
                static_cast<int>(engine::pipeline::costKindCount) * theme.px("size.timing_row")};
}

QSize TimingTable::minimumSizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.inspector_min"),
            theme.px("size.timing_head") + static_cast<int>(engine::pipeline::costKindCount) *
                                               theme.px("size.timing_row_min")};
}

void TimingTable::setRun(std::optional<TimingRun> run)
{
    run_ = std::move(run);
    QString words;
    if (run_)
        words = tr("%1, %2 times real time")
                    .arg(durationText(run_->timing.totalSeconds),
                         numberText(run_->timing.timesRealTime(), 0));
    setAccessibleText(this, QAccessible::Table, words);
    update();
}

QString TimingTable::rowName(CostKind kind)
{
    switch (kind) {
    case CostKind::Load:
        return tr("Load");
    case CostKind::Stft:
        return tr("STFT");
    case CostKind::Process:
        return tr("Process");
    case CostKind::InverseStft:
        return tr("Inverse STFT");
    case CostKind::Distortion:
        return tr("Distortion");
    case CostKind::Limiter:
        return tr("Limiter");
    case CostKind::Mix:
        return tr("Mix and gain");
    case CostKind::Save:
        break;
    }
    return tr("Save");
}

TimingTable::PerCard TimingTable::seconds(CostKind kind) const
{
    PerCard parts{};
    if (!run_)
        return parts;
    for (const auto &cost : run_->timing.stages)
        if (cost.kind == kind)
            parts[cardOf(cost.stage)] += cost.seconds;
    // The total of a kind may hold more than its stages: loading and saving belong to none.
    const double known = std::accumulate(parts.begin(), parts.end(), 0.0);
    if (kind == CostKind::Load || kind == CostKind::Save) {
        const double all =
            kind == CostKind::Load ? run_->timing.loadSeconds : run_->timing.saveSeconds;
        constexpr std::size_t output = 4;
        parts[kind == CostKind::Load ? 0 : output] += std::max(all - known, 0.0);
    }
    return parts;
}

bool TimingTable::cached(CostKind kind) const
{
    if (!run_)
        return false;
    const auto has = [&](std::initializer_list<StageId> stages) {
        return std::any_of(stages.begin(), stages.end(), [&](StageId stage) {
            return std::find(run_->cached.begin(), run_->cached.end(), stage) != run_->cached.end();
        });
    };
    switch (kind) {
    case CostKind::Load:
        return has({StageId::Input});
    case CostKind::Stft:
    case CostKind::Process:
    case CostKind::InverseStft:
        return has({StageId::PreQuant, StageId::PostQuant});
    case CostKind::Distortion:
        return has({StageId::Distortion});
    case CostKind::Limiter:
        return has({StageId::Limiter, StageId::ClassicLimiter});
    case CostKind::Mix:
        return has({StageId::Mix, StageId::Gain, StageId::AutoGain});
    case CostKind::Save:
        break;
    }
    return false;
}

QString TimingTable::rowText(CostKind kind) const
{
    const PerCard parts = seconds(kind);
    const double sum = std::accumulate(parts.begin(), parts.end(), 0.0);
    if (sum > 0.0)
        return numberText(inSeconds() ? sum : sum * 1e3, 1);
    return cached(kind) ? tr("cached") : noValue;
}

QRectF TimingTable::rowRect(CostKind kind) const
{
    const Theme &theme = Theme::shared();
    const double head = theme.number("size.timing_head");
    const double room = height() - head;
    const double row =
        std::min(room / engine::pipeline::costKindCount, theme.number("size.timing_row"));
    return {0.0, head + static_cast<int>(kind) * row, static_cast<double>(width()), row};
}

void TimingTable::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintTotal(painter);
    paintStack(painter);
    double longest = 0.0;
    for (std::size_t i = 0; i < engine::pipeline::costKindCount; ++i) {
        const PerCard parts = seconds(static_cast<CostKind>(i));
        longest = std::max(longest, std::accumulate(parts.begin(), parts.end(), 0.0));
    }
    for (std::size_t i = 0; i < engine::pipeline::costKindCount; ++i)
        paintRow(painter, static_cast<CostKind>(i), longest);
}

void TimingTable::paintTotal(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF line(0, 0, width(), theme.number("size.timing_total"));
    const double baseline = line.bottom() - theme.number("space.scale.x4");
    const double gap = theme.number("space.scale.x2");
    const double total = run_ ? run_->timing.totalSeconds : 0.0;
    const QString number = run_ ? numberText(inSeconds() ? total : total * 1e3, 1) : noValue;
    painter.setFont(theme.font("readout_large"));
    painter.setPen(theme.colour("text.primary"));
    painter.drawText(QPointF(0, baseline), number);
    const double after = QFontMetricsF(painter.font()).horizontalAdvance(number) + gap;
    if (!run_)
        return;
    painter.setFont(theme.font("label"));
    painter.setPen(theme.colour("text.tertiary"));
    painter.drawText(QPointF(after, baseline),
                     inSeconds() ? (run_->running ? tr("s so far") : tr("s")) : tr("ms"));
    painter.setFont(theme.font("caption"));
    const QString unit = tr("real time");
    const double unitWidth = QFontMetricsF(painter.font()).horizontalAdvance(unit);
    painter.drawText(QPointF(width() - unitWidth, baseline), unit);
    const double speed = run_->timing.timesRealTime();
    const QString times = numberText(speed, speed < 9.95 ? 1 : 0) + u'×';
    painter.setFont(theme.font("value"));
    painter.setPen(theme.colour("text.primary"));
    const double timesWidth = QFontMetricsF(painter.font()).horizontalAdvance(times);
    painter.drawText(QPointF(width() - unitWidth - gap - timesWidth, baseline), times);
}

void TimingTable::paintStack(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF bar(0, theme.number("size.timing_total"), width(),
                     theme.number("stroke.cost_bar"));
    PerCard sum{};
    for (std::size_t i = 0; i < engine::pipeline::costKindCount; ++i) {
        const PerCard parts = seconds(static_cast<CostKind>(i));
        for (std::size_t card = 0; card < cardCount; ++card)
            sum[card] += parts[card];
    }
    if (std::accumulate(sum.begin(), sum.end(), 0.0) > 0.0)
        paintParts(painter, bar, sum);
    else
        painter.fillRect(bar, theme.colour("ground.raised"));
}

void TimingTable::paintRow(QPainter &painter, CostKind kind, double longest) const
{
    const Theme &theme = Theme::shared();
    const QRectF row = rowRect(kind);
    const PerCard parts = seconds(kind);
    const double sum = std::accumulate(parts.begin(), parts.end(), 0.0);
    painter.setFont(theme.font("label_plain"));
    painter.setPen(theme.colour("text.secondary"));
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, rowName(kind));
    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour(sum > 0.0 ? "text.primary" : "text.tertiary"));
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, rowText(kind));
    if (sum <= 0.0 || longest <= 0.0)
        return;
    const double left = theme.number("size.timing_label");
    const double room = row.width() - left - theme.number("size.timing_value");
    const double thick = theme.number("size.meter_bar");
    const double length = std::max(room * sum / longest, theme.number("stroke.wire"));
    paintParts(painter, QRectF(left, row.center().y() - thick / 2.0, length, thick), parts);
}

/// The rows are the stages' own time; the rest of the total is what lies between them.
QString TimingTable::totalDetails() const
{
    double rows = 0.0;
    for (std::size_t i = 0; i < engine::pipeline::costKindCount; ++i) {
        const PerCard parts = seconds(static_cast<CostKind>(i));
        rows += std::accumulate(parts.begin(), parts.end(), 0.0);
    }
    const double rest = std::max(run_->timing.totalSeconds - rows, 0.0);
    return tr("Elapsed time of the whole run: %1.").arg(durationText(run_->timing.totalSeconds)) +
           u'\n' +
           tr("The rows are the stages' own time; %1 went into measuring loudness, handing blocks "
              "on and waiting for a free core.")
               .arg(durationText(rest));
}

bool TimingTable::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && run_) {
        const auto *help = static_cast<QHelpEvent *>(event);
        for (std::size_t i = 0; i < engine::pipeline::costKindCount; ++i) {
            const auto kind = static_cast<CostKind>(i);
            if (!rowRect(kind).contains(help->pos()))
                continue;
            QString text = tr("%1: %2").arg(rowName(kind), rowText(kind));
            if (run_->timing.threads > 1 && run_->timing.seconds(kind) > 0.0)
                text += u'\n' + tr("of %n threads", nullptr, run_->timing.threads);
            QToolTip::showText(help->globalPos(), text, this);
            return true;
        }
        if (help->pos().y() < rowRect(CostKind::Load).top()) {
            QToolTip::showText(help->globalPos(), totalDetails(), this);
            return true;
        }
        QToolTip::hideText();
    }
    return QWidget::event(event);
}

} // namespace widgets
