// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/StageToolbar.h"

#include "widgets/chain/TapPill.h"
#include "widgets/panels/Buttons.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QSpacerItem>
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
    titleRoom_ = new QSpacerItem(0, 0, QSizePolicy::Fixed);
    row->addItem(titleRoom_);
    addTabs(*row);
    row->addStretch(1);
    lines_ = new QToolButton(this);
    lines_->setObjectName(QStringLiteral("inKeyLines"));
    lines_->setText(tr("In-key lines"));
    lines_->setToolTip(tr("Lines at the notes of the scale (K)"));
    lines_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    lines_->setCheckable(true);
    lines_->setFocusPolicy(Qt::TabFocus);
    setButtonIcon(lines_, "lines");
    connect(lines_, &QToolButton::clicked, this, &StageToolbar::inKeyLinesToggled);
    row->addWidget(lines_);
    row->addWidget(maximize_);
    row->addWidget(inspector_);
    connect(maximize_, &QToolButton::clicked, this, &StageToolbar::maximizeRequested);
    connect(inspector_, &QToolButton::clicked, this, &StageToolbar::inspectorRequested);
    connect(&theme, &Theme::changed, this, [this] { update(); });
    setTap(tap_);
}

void StageToolbar::addTabs(QHBoxLayout &row)
{
    struct Tab {
        const char *name;
        const char *icon;
        QString label;
    };
    const std::array<Tab, stageViewCount> tabs{{
        {"view.spectrogram", "spectrogram", tr("Spectrogram")},
        {"view.spectrum", "spectrum", tr("Spectrum")},
        {"view.scope", "scope", tr("Scope")},
        {"view.phase", "phase", tr("Phase")},
        {"view.waveform", "render", tr("Waveform")},
    }};
    for (std::size_t i = 0; i < tabs.size(); ++i) {
        auto *tab = tabs_[i] = new QToolButton(this);
        tab->setObjectName(QLatin1String(tabs[i].name));
        tab->setText(tabs[i].label);
        tab->setToolTip(tr("%1 (Ctrl+%2)").arg(tabs[i].label).arg(i + 1));
        tab->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        tab->setProperty("tab", true);
        tab->setCheckable(true);
        tab->setAutoExclusive(true);
        tab->setFocusPolicy(Qt::TabFocus);
        setButtonIcon(tab, tabs[i].icon);
        row.addWidget(tab);
        connect(tab, &QToolButton::clicked, this, [this, i] {
            setView(static_cast<StageView>(i));
            emit viewChosen(view_);
        });
    }
    tabs_[0]->setChecked(true);
}

void StageToolbar::setView(StageView view)
{
    view_ = view;
    tabs_[static_cast<std::size_t>(view)]->setChecked(true);
}

void StageToolbar::setInKeyLines(bool shown)
{
    lines_->setChecked(shown);
}

/// The tabs begin where the title ends.
void StageToolbar::makeRoomForTitle()
{
    const Theme &theme = Theme::shared();
    const QFontMetricsF metrics(theme.font("heading_small"));
    const double dot = theme.number("space.scale.x2");
    const double room = theme.number("space.scale.x3") + 2 * dot +
                        metrics.horizontalAdvance(title_) + theme.number("space.scale.x3");
    titleRoom_->changeSize(qCeil(room), 0, QSizePolicy::Fixed);
    layout()->invalidate();
}

void StageToolbar::setTap(engine::pipeline::TapId tap, const QString &remark)
{
    tap_ = tap;
    remark_ = remark;
    title_ = remark.isEmpty() ? tapTitle(tap) : tr("%1 (%2)").arg(tapTitle(tap), remark);
    setAccessibleName(title_);
    makeRoomForTitle();
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
    const double room = tabs_[0]->x() - dot - x;
    painter.setFont(theme.font("heading_small"));
    painter.setPen(theme.colour("text.primary"));
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QRectF(x, 0, room, height()), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(title_, Qt::ElideRight, room));
}

} // namespace widgets
