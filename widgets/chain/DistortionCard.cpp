// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/DistortionCard.h"

#include "widgets/controls/ChoiceBox.h"
#include "widgets/controls/Knob.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/SegmentedControl.h"
#include "widgets/controls/TransferCurve.h"
#include "widgets/theme/Theme.h"

#include <QFontMetricsF>
#include <QMenu>
#include <QPainter>

namespace widgets {

using engine::pipeline::ParameterId;
using engine::pipeline::parameterInfo;
using engine::pipeline::StageId;

DistortionCard::DistortionCard(QWidget *parent) : StageCard(StageId::Distortion, parent)
{
    addSwitch(ParameterId::DistortionOn, "dist.on");
    type_ =
        add(new SegmentedControl(parameterInfo(ParameterId::DistortionMode), this), "dist.type");
    curve_ = new TransferCurve(this);
    curve_->setObjectName(QStringLiteral("dist.curve"));
    connect(curve_, &TransferCurve::edited, this, &StageCard::edited);
    const auto knob = [this](ParameterId id, Knob::Size size, const char *name) {
        return add(new Knob(parameterInfo(id), size, this), name);
    };
    fold_ = knob(ParameterId::FoldAmount, Knob::Size::Hero, "dist.fold");
    bias_ = knob(ParameterId::Bias, Knob::Size::Normal, "dist.bias");
    drive_ = knob(ParameterId::Drive, Knob::Size::Hero, "dist.drive");
    warmth_ = knob(ParameterId::Warmth, Knob::Size::Normal, "dist.warmth");
    oversampling_ = add(new ChoiceBox(parameterInfo(ParameterId::Oversampling), this), "dist.os");
    finish("dist.more");
    showSettings({});
}

void DistortionCard::showSettings(const engine::pipeline::Settings &settings)
{
    StageCard::showSettings(settings);
    shape_ = settings.distortion;
    curve_->setShape(shape_);
    const bool tube = shape_.mode == engine::dsp::DistortionMode::Tube;
    fold_->setVisible(!tube);
    bias_->setVisible(!tube);
    drive_->setVisible(tube);
    warmth_->setVisible(tube);
}

void DistortionCard::setInputLevel(double linear)
{
    curve_->setInputLevel(linear);
}

void DistortionCard::setControlsCompact(bool compact)
{
    for (Knob *knob : {fold_, bias_, drive_, warmth_})
        knob->setCompact(compact);
}

void DistortionCard::fillMenu(QMenu &menu)
{
    addToggleAction(menu, ParameterId::DcBlock, "dist.dc_block", shape_.dcBlock);
}

void DistortionCard::placeControls()
{
    const int curveWidth = cardMetric("curve_width");
    type_->setGeometry(left(), cardMetric("row"), right() - left(), Theme::shared().px("size.control"));
    curve_->setGeometry(left(), cardMetric("body"), curveWidth, cardMetric("body_height"));

    const int from = left() + curveWidth;
    const int free = right() - from - fold_->diameter() - bias_->diameter();
    const int before = cardMetric("curve_gap");
    const int foldLeft = from + free * before / (before + cardMetric("curve_knob_gap"));
    for (Knob *knob : {fold_, drive_})
        knob->placeRing(foldLeft + knob->diameter() / 2, cardMetric("knob_bottom"));
    for (Knob *knob : {bias_, warmth_})
        knob->placeRing(right() - knob->diameter() / 2, cardMetric("knob_bottom"));
    const int boxWidth = cardMetric("oversampling_width");
    oversampling_->setGeometry(readoutRow(right() - boxWidth, right()));
}

void DistortionCard::paintWords(QPainter &painter)
{
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font("caption"));
    painter.setPen(theme.colour("text.tertiary"));
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QPointF(left(), cardMetric("readout") + metrics.capHeight() / 2),
                     metrics.elidedText(parameterLabel(oversampling_->info()), Qt::ElideRight,
                                        oversampling_->x() - left()));
}

} // namespace widgets
