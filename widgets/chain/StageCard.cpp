// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/StageCard.h"

#include "widgets/chain/CardVeil.h"
#include "widgets/controls/IconButton.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/ToggleSwitch.h"
#include "widgets/theme/Theme.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>

namespace widgets {

using engine::pipeline::ParameterId;
using engine::pipeline::ParameterInfo;
using engine::pipeline::parameterInfo;
using engine::pipeline::Settings;

StageCard::StageCard(engine::pipeline::StageId stage, QWidget *parent)
    : QWidget(parent), stage_(stage)
{
    setAccessibleName(stageName(stage));
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

int StageCard::cardMetric(const char *name) const
{
    const QByteArray path = QByteArray(compact_ ? "card.compact." : "card.normal.") + name;
    return Theme::shared().px(path.constData());
}

int StageCard::left() const
{
    return Theme::shared().px("space.card_padding");
}

int StageCard::right() const
{
    return width() - left();
}

QRect StageCard::readoutRow(int from, int to) const
{
    const int height = Theme::shared().px("card.readout_height");
    return {from, cardMetric("readout") - height / 2, to - from, height};
}

void StageCard::addSwitch(ParameterId id, const char *name)
{
    switch_ = add(new ToggleSwitch(parameterInfo(id), this), name);
    connect(switch_, &QAbstractButton::toggled, this, &StageCard::showOff);
}

void StageCard::finish(const char *moreName)
{
    more_ = new IconButton("more", {}, this);
    more_->setObjectName(QLatin1String(moreName));
    //: Button with three dots on a card. %1: name of the stage.
    more_->setAccessibleName(tr("More of %1").arg(stageName(stage_)));
    more_->setToolTip(tr("More settings, reset"));
    connect(more_, &QAbstractButton::clicked, this,
            [this] { makeMenu()->popup(more_->mapToGlobal(QPoint(0, more_->height()))); });
    veil_ = new CardVeil(this);
    showOff();
}

void StageCard::showOff()
{
    if (veil_)
        veil_->setVisible(switch_ && !switch_->isChecked());
    update();
}

double StageCard::valueFor(const ParameterInfo &info, const Settings &settings) const
{
    return info.read(settings);
}

void StageCard::showSettings(const Settings &settings)
{
    for (ParameterControl *control : controls_)
        control->showValue(valueFor(control->info(), settings));
}

void StageCard::showOther(const std::optional<Settings> &other)
{
    for (ParameterControl *control : controls_)
        control->showOther(other ? std::optional(valueFor(control->info(), *other)) : std::nullopt);
}

void StageCard::showLocks(const engine::pipeline::ParameterSet &locks)
{
    for (ParameterControl *control : controls_)
        control->showLocked(locks.contains(control->parameter()));
}

void StageCard::setCompact(bool compact)
{
    compact_ = compact;
    setControlsCompact(compact);
    place();
    update();
}

void StageCard::place()
{
    const int header = cardMetric("header");
    if (switch_)
        switch_->placeTrack(left(), header);
    if (more_) {
        const int side = more_->sizeHint().width();
        more_->setGeometry(width() - side - Theme::shared().px("card.more_right"),
                           header - side / 2, side, side);
    }
    if (veil_) {
        const int below = header + Theme::shared().px("size.target_min") / 2;
        veil_->setGeometry(0, below, width(), height() - below);
    }
    placeControls();
}

void StageCard::resizeEvent(QResizeEvent *)
{
    place();
}

void StageCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("ground.panel"));
    painter.drawRoundedRect(rect(), theme.number("radius.card"), theme.number("radius.card"));

    const int header = cardMetric("header");
    double x = left();
    if (switch_) {
        x += theme.number("switch.width");
    } else {
        const double dot = theme.number("card.dot");
        painter.setBrush(stageColour(stageToken(stage_)));
        painter.drawEllipse(QRectF(x, header - dot / 2, dot, dot));
        x += dot;
    }
    x += theme.number("card.title_gap");
    painter.setFont(theme.font("stage"));
    painter.setPen(theme.colour("text.primary"));
    const QFontMetricsF metrics(painter.font());
    const double baseline = header + metrics.capHeight() / 2;
    const double spare = theme.number("space.scale.x1"); // around the menu's dots
    const double room = (more_ ? more_->x() + spare : right()) - x;
    painter.drawText(QPointF(x, baseline),
                     metrics.elidedText(stageName(stage_), Qt::ElideRight, room));
    if (switch_ && !switch_->isChecked()) {
        x += metrics.horizontalAdvance(stageName(stage_)) + theme.number("space.scale.x1");
        painter.setFont(theme.font("caption"));
        painter.setPen(theme.colour("text.tertiary"));
        //: After the name of a stage that is switched off.
        const QString off = tr("off");
        if (!more_ || x + QFontMetricsF(painter.font()).horizontalAdvance(off) < more_->x() + spare)
            painter.drawText(QPointF(x, baseline), off);
    }
    paintWords(painter);
}

void StageCard::addToggleAction(QMenu &menu, ParameterId id, const char *name, bool on)
{
    QAction *action = menu.addAction(parameterLabel(parameterInfo(id)));
    action->setObjectName(QLatin1String(name));
    action->setToolTip(parameterHelp(parameterInfo(id)));
    action->setCheckable(true);
    action->setChecked(on);
    connect(action, &QAction::triggered, this,
            [this, id](bool checked) { emit edited(id, checked ? 1.0 : 0.0, Edit::Set); });
}

QMenu *StageCard::makeMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("stageMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    fillMenu(*menu);
    if (!menu->isEmpty())
        menu->addSeparator();
    //: Puts all controls of one stage back to their defaults. %1: name of the stage.
    QAction *reset = menu->addAction(tr("Reset %1").arg(stageName(stage_)), this,
                                     [this] { emit resetRequested(stage_); });
    reset->setObjectName(QStringLiteral("reset"));
    return menu;
}

void StageCard::contextMenuEvent(QContextMenuEvent *event)
{
    if (!more_)
        return;
    makeMenu()->popup(event->globalPos());
    event->accept();
}

} // namespace widgets
