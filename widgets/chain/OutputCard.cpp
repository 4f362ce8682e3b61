// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/OutputCard.h"

#include "widgets/controls/Knob.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/ReadoutLine.h"
#include "widgets/controls/ToggleSwitch.h"
#include "widgets/theme/Theme.h"

#include <QFontMetricsF>
#include <QPainter>

namespace widgets {

using engine::pipeline::ParameterId;
using engine::pipeline::parameterInfo;
using engine::pipeline::StageId;

OutputCard::OutputCard(QWidget *parent) : StageCard(StageId::Gain, parent)
{
    autoGain_ = add(new ToggleSwitch(parameterInfo(ParameterId::AutoGain), this), "out.auto_gain");
    //: Switch: keeps the processed sound as loud as the input.
    autoGain_->setText(tr("Auto gain"));
    connect(autoGain_, &QAbstractButton::toggled, this, qOverload<>(&QWidget::update));
    mix_ = add(new Knob(parameterInfo(ParameterId::DryWet), Knob::Size::Hero, this), "out.mix");
    gain_ = add(new Knob(parameterInfo(ParameterId::OutputGainDb), Knob::Size::Normal, this),
                "out.gain");
    loudness_ = new ReadoutLine(tr("Loudness"), this);
    loudness_->setObjectName(QStringLiteral("out.loudness"));
    //: Short for "Loudness".
    loudness_->setShortLabel(tr("Loud."));
    finish("out.more");
    showSettings({});
}

void OutputCard::setLevelMatchDb(std::optional<double> db)
{
    levelMatchDb_ = db;
    update();
}

void OutputCard::setLoudness(std::optional<double> lufs)
{
    loudness_->setValue(lufs ? tr("%1 LUFS").arg(shownNumber(*lufs, 1)) : QString());
}

void OutputCard::setControlsCompact(bool compact)
{
    mix_->setCompact(compact);
    gain_->setCompact(compact);
}

void OutputCard::placeControls()
{
    autoGain_->placeTrack(left(), cardMetric("row") + Theme::shared().px("size.control") / 2);
    mix_->placeRing(left() + mix_->diameter() / 2, cardMetric("knob_bottom"));
    gain_->placeRing(right() - gain_->diameter() / 2, cardMetric("knob_bottom"));
    loudness_->setGeometry(readoutRow(left(), right()));
}

void OutputCard::paintWords(QPainter &painter)
{
    if (!autoGain_->isChecked() || !levelMatchDb_)
        return;
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour("text.secondary"));
    const QFontMetricsF metrics(painter.font());
    const QString sign = *levelMatchDb_ > 0 ? QStringLiteral("+") : QString();
    const QString number = sign + shownNumber(*levelMatchDb_, 1);
    const QString withUnit = tr("%1 dB").arg(number);
    const double room = right() - autoGain_->geometry().right();
    const QString text = metrics.horizontalAdvance(withUnit) <= room ? withUnit : number;
    painter.drawText(QPointF(right() - metrics.horizontalAdvance(text),
                             autoGain_->y() + autoGain_->height() / 2.0 + metrics.capHeight() / 2),
                     text);
}

} // namespace widgets
