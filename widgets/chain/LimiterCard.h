// SPDX-License-Identifier: GPL-3.0-or-later
//
// Limiter, the last of the chain: its ceiling and how far it turns the sound down. Kind, look-ahead
// and release are in its menu. Units: dB of reduction, 0 or more. Real-time: no. Errors: none.
#pragma once

#include "widgets/chain/StageCard.h"

namespace widgets {

class GainReductionMeter;
class LimiterTiming;
class ReadoutLine;

class LimiterCard final : public StageCard {
    Q_OBJECT
public:
    explicit LimiterCard(QWidget *parent);

    void showSettings(const engine::pipeline::Settings &settings) override;
    void setGainReduction(std::optional<double> db, std::optional<double> peakDb);

protected:
    void placeControls() override;
    void setControlsCompact(bool compact) override;
    void fillMenu(QMenu &menu) override;

private:
    void openTiming();

    engine::pipeline::LimiterMode mode_ = engine::pipeline::LimiterMode::TruePeak;
    Knob *ceiling_;
    GainReductionMeter *meter_;
    ReadoutLine *reduction_;
    LimiterTiming *timing_;
};

} // namespace widgets
