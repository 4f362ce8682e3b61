// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/StageToolbar.h"

#include "widgets/chain/TapPill.h"
#include "widgets/panels/Buttons.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace widgets {

StageToolbar::StageToolbar(QWidget *parent) : QWidget(parent)
{
    const Theme &theme = Theme::shared();
    setObjectName(QStringLiteral("stageToolbar"));
    setFixedHeight(theme.px("size.visualizer_toolbar"));
    maximize_ = iconButton(this, "maximize", tr("Maximise (F)"));
    maximize_->setObjectName(QStringLiteral("maximize"));
    maximize_->setCheckable(true);
    inspector_ = iconButton(this, "inspector", tr("Inspector (I)"));
    inspector_->setObjectName(QStringLiteral("inspectorToggle"));
    inspector_->setCheckable(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, theme.px("space.scale.x2"), 0);
    row->setSpacing(theme.px("space.scale.x1"));
    row->addStretch(1);
    row->addWidget(maximize_);
    row->addWidget(inspector_);
    connect(maximize_, &QToolButton::clicked, this, &StageToolbar::maximizeRequested);
    connect(inspector_, &QToolButton::clicked, this, &StageToolbar::inspectorRequested);
    connect(&theme, &Theme::changed, this, [this] { update(); });
    setTap(tap_);
}

void StageToolbar::setTap(engine::pipeline::TapId tap, const QString &remark)
{
    tap_ = tap;
    remark_ = remark;
    title_ = remark.isEmpty() ? tapTitle(tap) : tr("%1 (%2)").arg(tapTitle(tap), remark);
    setAccessibleName(title_);
    update();
}

void StageToolbar::setMaximized(bool on)
{
    maximize_->setChecked(on);
    setButtonIcon(maximize_, on ? "minimize" : "maximize");
}

void StageToolbar::setInspectorOpen(bool open)
{
    inspector_->setChecked(open);
}

void StageToolbar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double dot = theme.number("space.scale.x2");
    const double left = theme.number("space.scale.x3");
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(tapStageToken(tap_)));
    painter.drawEllipse(QRectF(left, (height() - dot) / 2.0, dot, dot));
    const double x = left + 2 * dot;
    const double room = maximize_->x() - dot - x;
    painter.setFont(theme.font("heading_small"));
    painter.setPen(theme.colour("text.primary"));
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QRectF(x, 0, room, height()), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(title_, Qt::ElideRight, room));
}

} // namespace widgets
