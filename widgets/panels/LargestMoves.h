// SPDX-License-Identifier: GPL-3.0-or-later
//
// The moves that count most, one a row: from which frequency to which note, how far, and a bar for
// the energy. A click, or Enter on a row, asks to look there. As many rows as there is room for.
// Units: Hz, cents. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/analysis/Quantization.h"

#include <QWidget>

namespace widgets {

class LargestMoves final : public QWidget {
    Q_OBJECT
public:
    using Line = engine::analysis::QuantizationLine;

    explicit LargestMoves(QWidget *parent = nullptr);

    void setMoves(std::vector<Line> moves, const engine::dsp::Scale &scale);
    void setAccent(const char *token);
    QRectF rowRect(std::size_t row) const;
    /// "From 311.8 Hz to 304.7 Hz, −40 cents, aimed at D4, −21.0 dB".
    QString rowText(std::size_t row) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void zoomRequested(const engine::analysis::QuantizationLine &line);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    std::optional<std::size_t> rowAt(QPointF place) const;
    void paintRow(QPainter &painter, std::size_t row) const;
    void choose(std::optional<std::size_t> row);

    std::vector<Line> moves_;
    engine::dsp::Scale scale_;
    QByteArray accent_ = "stage.pre_quant";
    std::optional<std::size_t> chosen_; ///< under the pointer, or by the keyboard
};

} // namespace widgets
