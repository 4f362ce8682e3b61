// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/TapPill.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QPainter>

namespace widgets {

using engine::pipeline::TapId;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("widgets::TapPill", text);
}

} // namespace

QString tapName(TapId tap)
{
    switch (tap) {
    case TapId::Input:
        return words(QT_TRANSLATE_NOOP("widgets::TapPill", "Input"));
    case TapId::PreQuant:
        return words(QT_TRANSLATE_NOOP("widgets::TapPill", "Pre-Quant"));
    case TapId::PostDist:
        return words(QT_TRANSLATE_NOOP("widgets::TapPill", "Distortion"));
    case TapId::PostQuant:
        return words(QT_TRANSLATE_NOOP("widgets::TapPill", "Post-Quant"));
    case TapId::Output:
        break;
    }
    return words(QT_TRANSLATE_NOOP("widgets::TapPill", "Output"));
}

QString tapTitle(TapId tap)
{
    switch (tap) {
    case TapId::PreQuant:
        return words(QT_TRANSLATE_NOOP("widgets::TapPill", "After Pre-Quant"));
    case TapId::PostDist:
        return words(QT_TRANSLATE_NOOP("widgets::TapPill", "After Distortion"));
    case TapId::PostQuant:
        return words(QT_TRANSLATE_NOOP("widgets::TapPill", "After Post-Quant"));
    case TapId::Input:
    case TapId::Output:
        break;
    }
    return tapName(tap);
}

const char *tapStageToken(TapId tap)
{
    constexpr std::array<const char *, engine::pipeline::tapCount> tokens{
        "stage.input", "stage.pre_quant", "stage.distortion", "stage.post_quant", "stage.output"};
    return tokens[static_cast<std::size_t>(tap)];
}

TapPill::TapPill(TapId tap, QWidget *parent) : QAbstractButton(parent), tap_(tap)
{
    const auto number = static_cast<int>(tap) + 1;
    const auto &row = engine::pipeline::tapTable[static_cast<std::size_t>(tap)];
    setObjectName(QStringLiteral("tap.") +
                  QString::fromUtf8(row.key.data(), static_cast<qsizetype>(row.key.size())));
    setText(tr("%1 %2").arg(number).arg(tapName(tap)));
    setToolTip(
        tap == TapId::Input
            ? tr("Hear and see the sound as it comes in (%1)").arg(number)
            : (tap == TapId::Output
                   ? tr("Hear and see the finished sound (%1)").arg(number)
                   : tr("Hear and see the sound after %1 (%2)").arg(tapName(tap)).arg(number)));
    setAccessibleName(tapTitle(tap));
    setAccessibleDescription(toolTip());
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    trackKeyboardFocus(this);
    connect(&Theme::shared(), &Theme::changed, this, [this] { update(); });
}

void TapPill::setIdle(bool idle)
{
    if (idle_ == idle)
        return;
    idle_ = idle;
    update();
}

void TapPill::setHeard(bool heard)
{
    if (heard_ == heard)
        return;
    heard_ = heard;
    update();
}

QSize TapPill::sizeHint() const
{
    const Theme &theme = Theme::shared();
    const QFontMetrics metrics(theme.font("label_strong"));
    const int icon = theme.px("space.scale.x3");
    return {metrics.horizontalAdvance(tapName(tap_)) + icon + theme.px("space.scale.x2") +
                2 * theme.px("space.scale.x3"),
            theme.px("size.tap_pill") + 2 * theme.px("size.tap_halo")};
}

void TapPill::contextMenuEvent(QContextMenuEvent *event)
{
    emit menuRequested(event->globalPos());
}

void TapPill::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double halo = theme.number("size.tap_halo");
    const double line = theme.number("stroke.plot_line");
    QRectF pill = QRectF(rect()).adjusted(halo, halo, -halo, -halo);
    const double radius = pill.height() / 2.0;
    const bool filled = isChecked() && !idle_;
    const QColor stage = theme.colour(tapStageToken(tap_));
    if (filled) {
        QColor glow = stage;
        glow.setAlphaF(static_cast<float>(theme.number("opacity.halo")));
        painter.setPen(Qt::NoPen);
        painter.setBrush(glow);
        painter.drawRoundedRect(rect(), radius + halo, radius + halo);
        painter.setBrush(stage);
        painter.drawRoundedRect(pill, radius, radius);
    } else {
        const bool chosen = isChecked();
        painter.setPen(
            QPen(theme.colour(underMouse() || chosen ? "line.control_edge" : "line.strong"), line));
        painter.setBrush(theme.colour(underMouse() ? "ground.control" : "ground.window"));
        const QRectF edge = pill.adjusted(line / 2, line / 2, -line / 2, -line / 2);
        painter.drawRoundedRect(edge, radius, radius);
    }
    const QFontMetricsF metrics(theme.font("label_strong"));
    const double gap = theme.number("space.scale.x2");
    const double mark = theme.number("space.scale.x3");
    const double text = metrics.horizontalAdvance(tapName(tap_));
    double x = pill.center().x() - (mark + gap + text) / 2.0;
    const QColor ink =
        theme.colour(filled ? "text.on_action" : (idle_ ? "text.disabled" : "text.secondary"));
    if (!idle_ && (filled || heard_)) {
        paintIcon(painter, QRectF(x, pill.center().y() - mark / 2, mark, mark),
                  heard_ ? "headphones" : "eye", ink);
    } else {
        painter.setFont(theme.font("value_small"));
        painter.setPen(theme.colour(idle_ ? "text.disabled" : "text.tertiary"));
        painter.drawText(QRectF(x, pill.top(), mark, pill.height()), Qt::AlignCenter,
                         QString::number(static_cast<int>(tap_) + 1));
    }
    x += mark + gap;
    painter.setFont(theme.font("label_strong"));
    painter.setPen(ink);
    painter.drawText(QRectF(x, pill.top(), text + gap, pill.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, tapName(tap_));
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), radius + halo);
}

} // namespace widgets
