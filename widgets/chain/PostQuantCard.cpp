// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/PostQuantCard.h"

#include "widgets/chain/PreQuantCard.h"
#include "widgets/controls/ChoiceBox.h"
#include "widgets/controls/KeyStrip.h"
#include "widgets/controls/Knob.h"
#include "widgets/controls/LinkToggle.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/ReadoutLine.h"
#include "widgets/theme/Theme.h"

#include <QMenu>

namespace widgets {

using engine::pipeline::ParameterId;
using engine::pipeline::parameterInfo;
using engine::pipeline::StageId;

PostQuantCard::PostQuantCard(QWidget *parent) : StageCard(StageId::PostQuant, parent)
{
    addSwitch(ParameterId::PostQuant, "post.on");
    link_ = add(new LinkToggle(parameterInfo(ParameterId::PostLink), this), "post.link");
    key_ = add(new ChoiceBox(parameterInfo(ParameterId::PostKey), this), "post.key");
    scale_ = add(new ChoiceBox(parameterInfo(ParameterId::PostScale), this), "post.scale");
    notes_ = add(new KeyStrip(parameterInfo(ParameterId::PostMask), KeyStrip::Look::Small, this),
                 "post.mask");
    snap_ = add(new Knob(parameterInfo(ParameterId::PostSnapStrength), Knob::Size::Linked, this),
                "post.snap");
    smear_ = add(new Knob(parameterInfo(ParameterId::PostSmear), Knob::Size::Linked, this),
                 "post.smear");
    inKey_ = new ReadoutLine(tr("In key"), this);
    inKey_->setObjectName(QStringLiteral("post.in_key"));
    finish("post.more");
    showSettings({});
}

double PostQuantCard::valueFor(const engine::pipeline::ParameterInfo &info,
                               const engine::pipeline::Settings &settings) const
{
    return settings.postLink ? parameterInfo(linkedParameter(info.id)).read(settings)
                             : info.read(settings);
}

void PostQuantCard::showSettings(const engine::pipeline::Settings &settings)
{
    linked_ = settings.postLink;
    smoothing_ = settings.postQuantizer().binSmoothing;
    const engine::dsp::Scale &scale = settings.postQuantizer().scale;
    spellScale(*key_, *scale_, scale);
    StageCard::showSettings(settings);
    notes_->setScale(scale);
    notes_->setDim(linked_);
    snap_->setDim(linked_);
    smear_->setDim(linked_);
    key_->setVisible(!linked_);
    scale_->setVisible(!linked_);
    placeTopRow();
}

void PostQuantCard::setInKey(const std::optional<std::pair<double, double>> &shares)
{
    inKey_->setValue(inKeyText(shares));
}

void PostQuantCard::setControlsCompact(bool compact)
{
    snap_->setCompact(compact);
    smear_->setCompact(compact);
}

void PostQuantCard::fillMenu(QMenu &menu)
{
    addToggleAction(menu, ParameterId::PostBinSmoothing, "post.smooth", smoothing_);
}

void PostQuantCard::placeTopRow()
{
    const Theme &theme = Theme::shared();
    const int row = cardMetric("row");
    const int height = theme.px("size.control");
    if (linked_) {
        link_->setGeometry(left(), row, right() - left(), height);
        return;
    }
    const int gap = theme.px("space.scale.x1");
    const int icon = theme.px("card.link_icon_width");
    const int keyLeft = left() + icon + gap;
    const int keyWidth = theme.px("card.own_key_width");
    const int scaleLeft = keyLeft + keyWidth + gap;
    link_->setGeometry(left(), row, icon, height);
    key_->setGeometry(keyLeft, row, keyWidth, height);
    scale_->setGeometry(scaleLeft, row, right() - scaleLeft, height);
}

void PostQuantCard::placeControls()
{
    placeTopRow();
    const int inner = right() - left();
    notes_->setGeometry(left(), cardMetric("strip_small_top"), inner, cardMetric("strip_small_height"));
    snap_->placeRing(left() + inner / 4, cardMetric("knob_bottom"));
    smear_->placeRing(left() + inner * 3 / 4, cardMetric("knob_bottom"));
    inKey_->setGeometry(readoutRow(left(), right()));
}

} // namespace widgets
