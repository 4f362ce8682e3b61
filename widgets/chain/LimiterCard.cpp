// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/LimiterCard.h"

#include "widgets/chain/LimiterTiming.h"
#include "widgets/controls/GainReductionMeter.h"
#include "widgets/controls/Knob.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/ReadoutLine.h"
#include "widgets/theme/Theme.h"

#include <QActionGroup>
#include <QMenu>

namespace widgets {

using engine::pipeline::LimiterMode;
using engine::pipeline::ParameterId;
using engine::pipeline::parameterInfo;
using engine::pipeline::StageId;

LimiterCard::LimiterCard(QWidget *parent) : StageCard(StageId::Limiter, parent)
{
    addSwitch(ParameterId::LimiterOn, "lim.on");
    ceiling_ = add(new Knob(parameterInfo(ParameterId::LimiterCeilingDb), Knob::Size::Large, this),
                   "lim.ceiling");
    meter_ = new GainReductionMeter(this);
    meter_->setObjectName(QStringLiteral("lim.meter"));
    reduction_ = new ReadoutLine(tr("Reduction"), this);
    reduction_->setObjectName(QStringLiteral("lim.reduction"));
    //: Short for "Gain reduction".
    reduction_->setShortLabel(tr("GR"));
    timing_ = new LimiterTiming(this);
    add(timing_->lookahead(), "lim.lookahead");
    add(timing_->release(), "lim.release");
    finish("lim.more");
    showSettings({});
}

void LimiterCard::showSettings(const engine::pipeline::Settings &settings)
{
    StageCard::showSettings(settings);
    mode_ = settings.limiter.mode;
}

void LimiterCard::setGainReduction(std::optional<double> db, std::optional<double> peakDb)
{
    meter_->setReduction(db, peakDb);
    reduction_->setValue(db ? tr("%1 dB").arg(shownNumber(-*db, 1)) : QString());
}

void LimiterCard::setControlsCompact(bool compact)
{
    ceiling_->setCompact(compact);
}

void LimiterCard::fillMenu(QMenu &menu)
{
    const auto &info = parameterInfo(ParameterId::LimiterMode);
    auto *kinds = new QActionGroup(&menu);
    for (int i = 0; i < static_cast<int>(info.choices.size()); ++i) {
        QAction *action = kinds->addAction(choiceLabel(info, i));
        action->setObjectName(QStringLiteral("lim.mode.%1").arg(i));
        action->setToolTip(parameterHelp(info));
        action->setCheckable(true);
        action->setChecked(i == static_cast<int>(mode_));
        connect(action, &QAction::triggered, this,
                [this, i] { emit edited(ParameterId::LimiterMode, i, Edit::Set); });
        menu.addAction(action);
    }
    menu.addSeparator();
    QAction *timing = menu.addAction(tr("Look-ahead and release…"), this, &LimiterCard::openTiming);
    timing->setObjectName(QStringLiteral("lim.timing"));
}

void LimiterCard::openTiming()
{
    timing_->openAbove(*this);
}

void LimiterCard::placeControls()
{
    ceiling_->placeRing(left() + ceiling_->diameter() / 2, cardMetric("knob_bottom"));
    meter_->placeBar(
        {cardMetric("meter_left"), cardMetric("meter_top"), cardMetric("meter_width"), cardMetric("meter_height")});
    reduction_->setGeometry(readoutRow(left(), right()));
}

} // namespace widgets
