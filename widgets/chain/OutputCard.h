// SPDX-License-Identifier: GPL-3.0-or-later
//
// Output: the automatic gain and what it does, the blend with the dry sound, the gain after it, and
// how loud the result is. Units: dB, LUFS. Real-time: no. Errors: none.
#pragma once

#include "widgets/chain/StageCard.h"

namespace widgets {

class ReadoutLine;

class OutputCard final : public StageCard {
    Q_OBJECT
public:
    explicit OutputCard(QWidget *parent);

    /// Shown while the automatic gain is on.
    void setLevelMatchDb(std::optional<double> db);
    void setLoudness(std::optional<double> lufs);

protected:
    void placeControls() override;
    void setControlsCompact(bool compact) override;
    void paintWords(QPainter &painter) override;

private:
    ToggleSwitch *autoGain_;
    Knob *mix_;
    Knob *gain_;
    ReadoutLine *loudness_;
    std::optional<double> levelMatchDb_;
};

} // namespace widgets
