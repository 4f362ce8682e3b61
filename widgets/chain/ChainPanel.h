// SPDX-License-Identifier: GPL-3.0-or-later
//
// The row of six cards, in signal order: Input, Pre-Quant, Distortion, Post-Quant, Output, Limiter.
// It is given settings, facts and measurements and shows them; what the person does comes out as
// edited() and requests. A control follows the hand at once; all else waits for the next settings.
// Shape: as wide as the rail above, whose parts stand over cardRect(). Units: logical pixels; dB,
// LUFS, shares 0…1, linear level as named. Real-time: no; GUI thread. Errors: none.
#pragma once

#include "widgets/chain/ChainLayout.h"
#include "widgets/chain/InputCard.h"

#include <utility>

namespace widgets {

class DistortionCard;
class LimiterCard;
class OutputCard;
class PostQuantCard;
class PreQuantCard;

class ChainPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ChainPanel(QWidget *parent = nullptr);

    /// Shows values everywhere; never signals.
    void setSettings(const engine::pipeline::Settings &settings);
    /// Dots at the values of the other slot; nothing removes them.
    void setOtherSettings(const std::optional<engine::pipeline::Settings> &settings);
    /// What chance leaves as it is.
    void setLocks(const engine::pipeline::ParameterSet &locks);
    void setCompact(bool compact);
    QRect cardRect(StageCardId card) const;

    /// Nothing: no file is open.
    void setInputFacts(const std::optional<InputFacts> &facts);
    /// Share of energy in key before and after a quantizer. Requires: PreQuant or PostQuant.
    void setInKey(engine::pipeline::StageId stage,
                  const std::optional<std::pair<double, double>> &shares);
    /// Decibels of reduction, 0 or more.
    void setGainReduction(std::optional<double> db, std::optional<double> peakDb);
    void setOutputLoudness(std::optional<double> lufs);
    void setInputLevel(double linear);
    void setLevelMatchDb(std::optional<double> db);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void edited(engine::pipeline::ParameterId id, double value, widgets::Edit edit);
    void lockRequested(engine::pipeline::ParameterId id, bool locked);
    void stageResetRequested(engine::pipeline::StageId stage);
    void openRequested();
    /// Cards moved; the rail above follows.
    void cardsMoved();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void place();

    bool compact_ = false;
    InputCard *input_;
    PreQuantCard *preQuant_;
    DistortionCard *distortion_;
    PostQuantCard *postQuant_;
    OutputCard *output_;
    LimiterCard *limiter_;
    std::array<StageCard *, stageCardCount> cards_;
};

} // namespace widgets
