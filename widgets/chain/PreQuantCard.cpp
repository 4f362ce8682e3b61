// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/PreQuantCard.h"

#include "widgets/controls/ChoiceBox.h"
#include "widgets/controls/KeyStrip.h"
#include "widgets/controls/Knob.h"
#include "widgets/controls/NoteNames.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/ReadoutLine.h"
#include "widgets/controls/ToggleSwitch.h"
#include "widgets/theme/Theme.h"

namespace widgets {

using engine::pipeline::ParameterId;
using engine::pipeline::parameterInfo;
using engine::pipeline::StageId;

QString inKeyText(const std::optional<std::pair<double, double>> &shares)
{
    if (!shares)
        return {};
    //: Share of the sound that is in key, before and after. %1 and %2: numbers.
    return PreQuantCard::tr("%1 → %2 %")
        .arg(shownNumber(shares->first * 100, 0), shownNumber(shares->second * 100, 0));
}

void spellScale(ChoiceBox &key, ChoiceBox &scale, const engine::dsp::Scale &spelled)
{
    QStringList roots;
    for (int pitchClass = 0; pitchClass < 12; ++pitchClass)
        roots << rootName(pitchClass, spelled.kind);
    key.setWords(roots);
    scale.setShortWords({
        PreQuantCard::tr("Major"),
        //: Short for "Natural minor".
        PreQuantCard::tr("Nat. minor"),
        //: Short for "Harmonic minor".
        PreQuantCard::tr("Harm. min."),
        PreQuantCard::tr("Dorian"),
        PreQuantCard::tr("Mixolydian"),
        //: Short for "Major pentatonic".
        PreQuantCard::tr("Major pent."),
        //: Short for "Minor pentatonic".
        PreQuantCard::tr("Minor pent."),
        PreQuantCard::tr("Chromatic"),
        PreQuantCard::tr("Custom"),
    });
}

PreQuantCard::PreQuantCard(QWidget *parent) : StageCard(StageId::PreQuant, parent)
{
    addSwitch(ParameterId::PreQuant, "pre.on");
    key_ = add(new ChoiceBox(parameterInfo(ParameterId::Key), this), "pre.key");
    scale_ = add(new ChoiceBox(parameterInfo(ParameterId::ScaleName), this), "pre.scale");
    notes_ = add(new KeyStrip(parameterInfo(ParameterId::Mask), KeyStrip::Look::Large, this),
                 "pre.mask");
    snap_ =
        add(new Knob(parameterInfo(ParameterId::SnapStrength), Knob::Size::Hero, this), "pre.snap");
    smear_ =
        add(new Knob(parameterInfo(ParameterId::Smear), Knob::Size::Normal, this), "pre.smear");
    smoothing_ =
        add(new ToggleSwitch(parameterInfo(ParameterId::BinSmoothing), this), "pre.smooth");
    smoothing_->setText(parameterLabel(smoothing_->info()));
    inKey_ = new ReadoutLine(tr("In key"), this);
    inKey_->setObjectName(QStringLiteral("pre.in_key"));
    inKey_->setTight(true);
    finish("pre.more");
    showSettings({});
}

void PreQuantCard::showSettings(const engine::pipeline::Settings &settings)
{
    const engine::dsp::Scale &scale = settings.preQuant.classic.scale;
    spellScale(*key_, *scale_, scale);
    StageCard::showSettings(settings);
    notes_->setScale(scale);
}

void PreQuantCard::setInKey(const std::optional<std::pair<double, double>> &shares)
{
    inKey_->setValue(inKeyText(shares));
}

void PreQuantCard::setControlsCompact(bool compact)
{
    snap_->setCompact(compact);
    smear_->setCompact(compact);
}

void PreQuantCard::placeControls()
{
    const Theme &theme = Theme::shared();
    const int row = cardMetric("row");
    const int height = theme.px("size.control");
    const int column = cardMetric("column");
    const int keyWidth = cardMetric("key_width");
    const int gap = theme.px("space.scale.x2");
    key_->setGeometry(left(), row, keyWidth, height);
    scale_->setGeometry(left() + keyWidth + gap, row, column - keyWidth - gap, height);
    notes_->setGeometry(left(), cardMetric("body"), column, cardMetric("body_height"));

    const int from = left() + column;
    const int free = right() - from - snap_->diameter() - smear_->diameter();
    const int before = cardMetric("keys_gap");
    const int snapLeft = from + free * before / (before + cardMetric("knob_gap"));
    snap_->placeRing(snapLeft + snap_->diameter() / 2, cardMetric("knob_bottom"));
    smear_->placeRing(right() - smear_->diameter() / 2, cardMetric("knob_bottom"));
    smoothing_->placeTrack(left(), cardMetric("readout"));
    inKey_->setGeometry(readoutRow(smoothing_->geometry().right() + gap, right()));
}

} // namespace widgets
