// SPDX-License-Identifier: GPL-3.0-or-later
//
// Distortion: its kind, the curve that is live and can be dragged, the two knobs of the kind (Fold
// and Bias, or Drive and Warmth in the same places), oversampling.
// Units: the input level is linear. Real-time: no. Errors: none.
#pragma once

#include "widgets/chain/StageCard.h"

namespace widgets {

class ChoiceBox;
class SegmentedControl;
class TransferCurve;

class DistortionCard final : public StageCard {
    Q_OBJECT
public:
    explicit DistortionCard(QWidget *parent);

    void showSettings(const engine::pipeline::Settings &settings) override;
    void setInputLevel(double linear);

protected:
    void placeControls() override;
    void setControlsCompact(bool compact) override;
    void fillMenu(QMenu &menu) override;
    void paintWords(QPainter &painter) override;

private:
    engine::dsp::Distortion::Parameters shape_;
    SegmentedControl *type_;
    TransferCurve *curve_;
    Knob *fold_;
    Knob *bias_;
    Knob *drive_;
    Knob *warmth_;
    ChoiceBox *oversampling_;
};

} // namespace widgets
