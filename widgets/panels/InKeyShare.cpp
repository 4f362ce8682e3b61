// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/InKeyShare.h"

#include "engine/analysis/Quantization.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QPainter>

namespace widgets {

namespace {

QString shareText(double share)
{
    //: a large read-out of a share
    return InKeyShare::tr("%1%").arg(numberText(100.0 * share, 0));
}

} // namespace

InKeyShare::InKeyShare(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("quantization.inKey"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
    describe();
}

QSize InKeyShare::sizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.inspector_min") - 2 * theme.px("size.panel_padding"),
            2 * theme.px("space.scale.x12") + theme.px("space.scale.x2")};
}

void InKeyShare::setShares(const std::optional<std::pair<double, double>> &shares)
{
    shares_ = shares;
    describe();
    update();
}

void InKeyShare::setAccent(const char *token)
{
    accent_ = token;
    update();
}

void InKeyShare::describe()
{
    setAccessibleName(tr("In key"));
    setAccessibleText(this, QAccessible::StaticText,
                      shares_ ? tr("%1 before, %2 after, of the energy within ±15 cents")
                                    .arg(shareText(shares_->first), shareText(shares_->second))
                              : tr("nothing to measure"));
}

void InKeyShare::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double wide = width();
    const double head = theme.number("space.scale.x10");
    const QRectF top(0, 0, wide, head);
    painter.setFont(theme.font("body_strong"));
    painter.setPen(theme.colour("text.primary"));
    painter.drawText(top, Qt::AlignLeft | Qt::AlignVCenter, tr("In key"));
    painter.setFont(theme.font("label_plain"));
    painter.setPen(theme.colour("text.secondary"));
    painter.drawText(
        top, Qt::AlignRight | Qt::AlignVCenter,
        tr("within ±%1 ¢").arg(numberText(engine::analysis::Quantization::inKeyCents, 0)));

    const double large = theme.number("type.scale.readout_hero.line");
    const QRectF line(0, head, wide, large);
    const double base = head + large - theme.number("space.scale.x2");
    const QColor accent = theme.colour(accent_.constData());
    painter.drawText(QRectF(0, base - large, wide, large), Qt::AlignRight | Qt::AlignBottom,
                     tr("of energy"));
    //: stands where a share could not be measured
    const QString none = tr("–");
    double x = 0.0;
    const auto number = [&](const QString &text, const char *font, const QColor &ink) {
        painter.setFont(theme.font(font));
        painter.setPen(ink);
        painter.drawText(QPointF(x, base), text);
        x += QFontMetricsF(painter.font()).horizontalAdvance(text);
    };
    number(shares_ ? shareText(shares_->first) : none, "readout_large",
           theme.colour("text.tertiary"));
    const double gap = theme.number("space.scale.x3");
    const double arrow = theme.number("choice.icon");
    paintIcon(painter, QRectF(x + gap * 0.75, base - arrow, arrow, arrow), "arrow-right",
              theme.colour("text.tertiary"));
    x += arrow + 1.75 * gap;
    number(shares_ ? shareText(shares_->second) : none, "readout_hero", accent);

    paintBar(painter, line.bottom() + theme.number("space.scale.x2"));
}

void InKeyShare::paintBar(QPainter &painter, double top) const
{
    const Theme &theme = Theme::shared();
    const double wide = width();
    const QColor accent = theme.colour(accent_.constData());
    const double thick = theme.number("moves.share_bar");
    const QRectF bar(0, top, wide, thick);
    const double round = theme.number("radius.meter");
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("meter.track"));
    painter.drawRoundedRect(bar, round, round);
    if (!shares_)
        return;
    painter.setBrush(accent);
    painter.drawRoundedRect(QRectF(0, bar.top(), wide * shares_->second, thick), round, round);
    const double tick = theme.number("moves.share_tick");
    const double stroke = theme.number("stroke.wire");
    painter.fillRect(QRectF(std::round(wide * shares_->first - stroke / 2),
                            bar.center().y() - tick / 2, stroke, tick),
                     theme.colour("text.primary"));
}

} // namespace widgets
