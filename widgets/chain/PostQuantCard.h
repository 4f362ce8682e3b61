// SPDX-License-Identifier: GPL-3.0-or-later
//
// Post-Quant: linked, it shows Pre-Quant's values dimly and touching one sends the edit of
// Post-Quant's own row, which ends the link; unlinked, it has its own key, scale and notes.
// Units: the share of energy in key is 0…1. Real-time: no. Errors: none.
#pragma once

#include "widgets/chain/StageCard.h"

#include <utility>

namespace widgets {

class ChoiceBox;
class KeyStrip;
class LinkToggle;
class ReadoutLine;

class PostQuantCard final : public StageCard {
    Q_OBJECT
public:
    explicit PostQuantCard(QWidget *parent);

    void showSettings(const engine::pipeline::Settings &settings) override;
    void setInKey(const std::optional<std::pair<double, double>> &shares);

protected:
    void placeControls() override;
    void setControlsCompact(bool compact) override;
    void fillMenu(QMenu &menu) override;
    double valueFor(const engine::pipeline::ParameterInfo &info,
                    const engine::pipeline::Settings &settings) const override;

private:
    void placeTopRow();

    bool linked_ = true;
    bool smoothing_ = true;
    LinkToggle *link_;
    ChoiceBox *key_;
    ChoiceBox *scale_;
    KeyStrip *notes_;
    Knob *snap_;
    Knob *smear_;
    ReadoutLine *inKey_;
};

} // namespace widgets
