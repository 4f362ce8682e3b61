// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inspector of the quantization view: how much of the energy is in key before and after, how
// far it lies from the allowed notes, and the largest moves. It scrolls in a low window.
// Real-time: no; GUI thread only. Errors: none; without new data the old stays until startOver().
#pragma once

#include "engine/analysis/Quantization.h"
#include "engine/pipeline/StageId.h"

#include <QWidget>

class QLabel;

namespace widgets {

class DistanceHistogram;
class InKeyShare;
class LargestMoves;

class QuantizationPanel final : public QWidget {
    Q_OBJECT
public:
    using Snapshot = std::shared_ptr<const engine::analysis::Quantization>;

    explicit QuantizationPanel(QWidget *parent = nullptr);

    void setQuantizer(engine::pipeline::StageId quantizer);
    /// From the chain's input to its output.
    void setChain();
    /// Null is ignored.
    void setQuantization(const Snapshot &moves);
    /// Another sound, or the quantizer is off.
    void startOver();
    QSize minimumSizeHint() const override;

signals:
    /// A row of the largest moves was clicked: look there.
    void zoomRequested(const engine::analysis::QuantizationLine &line);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void tint();
    void setAccent(const char *token);

    InKeyShare *share_;
    DistanceHistogram *histogram_;
    LargestMoves *largest_;
    QLabel *words_;
};

} // namespace widgets
