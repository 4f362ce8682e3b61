// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/LimiterTiming.h"

#include "widgets/controls/Knob.h"
#include "widgets/theme/Theme.h"

#include <QPainter>

namespace widgets {

using engine::pipeline::ParameterId;
using engine::pipeline::parameterInfo;

LimiterTiming::LimiterTiming(QWidget *card)
    : QWidget(card, Qt::Popup | Qt::FramelessWindowHint),
      lookahead_(
          new Knob(parameterInfo(ParameterId::LimiterLookaheadMs), Knob::Size::Normal, this)),
      release_(new Knob(parameterInfo(ParameterId::LimiterReleaseMs), Knob::Size::Normal, this))
{
    setObjectName(QStringLiteral("limiterTiming"));
    setAccessibleName(tr("Look-ahead and release"));
    setAttribute(Qt::WA_TranslucentBackground);
}

void LimiterTiming::openAbove(const QWidget &card)
{
    const Theme &theme = Theme::shared();
    const int margin = theme.px("space.scale.x4");
    const int gap = theme.px("space.scale.x3");
    const int column = std::max(lookahead_->sizeHint().width(), release_->sizeHint().width());
    const int height = lookahead_->sizeHint().height();
    resize(2 * column + gap + 2 * margin, height + 2 * margin);
    lookahead_->placeRing(margin + column / 2, margin + lookahead_->diameter());
    release_->placeRing(margin + column + gap + column / 2, margin + release_->diameter());
    move(card.mapToGlobal(QPoint(card.width() - width(), -height - 2 * margin - gap)));
    show();
    lookahead_->setFocus(Qt::ShortcutFocusReason);
}

void LimiterTiming::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double line = theme.number("stroke.hairline");
    painter.setPen(QPen(theme.colour("line.border"), line));
    painter.setBrush(theme.colour("ground.overlay"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2),
                            theme.number("radius.card"), theme.number("radius.card"));
}

} // namespace widgets
