// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is open: the file's name and facts, and the way to open another.
// Units: in InputFacts. Real-time: no. Errors: none.
#pragma once

#include "widgets/chain/StageCard.h"

namespace widgets {

struct InputFacts {
    QString fileName;
    QString fullPath;
    double seconds = 0.0;
    int channels = 0;
    int sampleRateHz = 0;
    QString encoding; ///< "24-bit"
    std::optional<double> peakDb;
    std::optional<double> loudnessLufs;
};

class InputCard final : public StageCard {
    Q_OBJECT
public:
    explicit InputCard(QWidget *parent);

    /// Nothing: no file is open.
    void setFacts(const std::optional<InputFacts> &facts);

signals:
    void openRequested();

protected:
    void placeControls() override;
    void paintWords(QPainter &painter) override;

private:
    void paintEmpty(QPainter &painter) const;
    void paintFacts(QPainter &painter) const;
    void paintLevels(QPainter &painter) const;
    void describe();

    std::optional<InputFacts> facts_;
    IconButton *open_;
};

} // namespace widgets
