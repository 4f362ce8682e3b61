// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pre-Quant: key, scale and the allowed notes; how far and how softly partials move.
// Units: the share of energy in key is 0…1. Real-time: no. Errors: none.
#pragma once

#include "widgets/chain/StageCard.h"

#include <utility>

namespace widgets {

class ChoiceBox;
class KeyStrip;
class ReadoutLine;

/// "14 → 66 %", or nothing.
QString inKeyText(const std::optional<std::pair<double, double>> &shares);
/// Words of a pair of key and scale boxes for this scale: roots spelled for it, short scale names.
void spellScale(ChoiceBox &key, ChoiceBox &scale, const engine::dsp::Scale &spelled);

class PreQuantCard final : public StageCard {
    Q_OBJECT
public:
    explicit PreQuantCard(QWidget *parent);

    void showSettings(const engine::pipeline::Settings &settings) override;
    void setInKey(const std::optional<std::pair<double, double>> &shares);

protected:
    void placeControls() override;
    void setControlsCompact(bool compact) override;

private:
    ChoiceBox *key_;
    ChoiceBox *scale_;
    KeyStrip *notes_;
    Knob *snap_;
    Knob *smear_;
    ToggleSwitch *smoothing_;
    ReadoutLine *inKey_;
};

} // namespace widgets
