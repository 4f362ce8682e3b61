// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a quantizer moved: the energy before at the left, sideways over log frequency, that after at
// the right, and a line between them for each part: its width is the energy, its slope and colour
// direction and distance. A piano axis names the notes of the key.
// Of the whole chain it shows the energy in its input and its output, and between them two legs:
// what Pre-Quant moved, up to the distortion, and what Post-Quant moved, from there on. Through the
// distortion no line is known, and none is drawn.
// Hover: from, to, moved, level; the line turns white. A click asks to hear only that line, another
// click on it to stop; PageUp and PageDown walk the lines, Enter hears, Escape stops. Moving,
// zooming, saving and keys are PlotView's; showing all means three octaves around the energy.
// Units: x shares of the width, fixed; y octaves (log2 of Hz). Real-time: no; GUI thread only.
// Errors: none. Without new data the old picture stays; startOver() forgets it.
#pragma once

#include "engine/analysis/Quantization.h"
#include "engine/pipeline/StageId.h"
#include "widgets/views/PlotView.h"

class QPushButton;

namespace widgets {

class QuantizationView final : public PlotView {
    Q_OBJECT
public:
    using Snapshot = std::shared_ptr<const engine::analysis::Quantization>;
    using Solo = std::optional<engine::dsp::SoloRange>;

    explicit QuantizationView(QWidget *parent = nullptr);

    /// Whose moves are shown: Pre-Quant or Post-Quant. Sets title and colours.
    void setQuantizer(engine::pipeline::StageId quantizer);
    /// Requires: of one quantizer.
    engine::pipeline::StageId quantizer() const { return quantizer_; }
    /// Which stages of the chain run; from its input to its output.
    struct Chain {
        bool preQuant = true;
        bool distortion = true;
        bool postQuant = true;
        bool operator==(const Chain &) const = default;
    };
    void setChain(const Chain &chain);
    bool showsChain() const { return chain_.has_value(); }
    /// Null is ignored: the old picture stays until there is a new one.
    void setQuantization(Snapshot moves);
    /// Another sound: nothing of the old one stays.
    void startOver();
    /// The quantizer is off: a word and a button instead of a picture.
    void setOff(bool off);
    /// What is heard alone now.
    void setSolo(const Solo &solo, engine::pipeline::StageId quantizer);
    /// An octave around a move.
    void zoomTo(const engine::analysis::QuantizationLine &line);
    void showAll() override;

    QRectF plot() const override;
    double yOfHz(double hz) const { return yAt(octavesOfHz(hz)); }
    double spineBefore() const;
    double spineAfter() const;
    /// The line under a place, if any: an index into the snapshot's lines.
    std::optional<std::size_t> lineAt(QPointF place) const;
    QString valuesAsCsv() const override;

signals:
    /// None: hear everything again.
    void soloRequested(const std::optional<engine::dsp::SoloRange> &solo,
                       engine::pipeline::StageId quantizer);
    void turnOnRequested(engine::pipeline::StageId quantizer);

protected:
    PictureStrokes pictureStrokes(QSize pixels, qreal ratio) const override;
    QRectF ground() const override;
    void paintBehind(QPainter &painter) const override;
    void paintInside(QPainter &painter) const override;
    void paintAround(QPainter &painter) const override;
    void paintHints(QPainter &painter) const override;
    Hover hoverAt(QPointF place) const override;
    void paintHover(QPainter &painter, const Hover &hover) const override;
    void clicked(QPointF place) override;
    void shownChanged() override;
    QString axisNames() const override;
    QString pictureTitle() const override;
    QString spokenText() const override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    AxisRange homeRange() const;
    bool silent() const { return moves_ && moves_->silent(); }
    const char *beforeToken() const;
    QString quantizerName() const;
    engine::pipeline::StageId quantizerOf(const engine::analysis::QuantizationLine &line) const;
    void endSolo();
    /// From left to right: the room of a leg's lines.
    std::pair<double, double> ends(int leg) const;
    double middleOf(const engine::analysis::QuantizationLine &line) const;
    std::vector<ChipRow> rowsOf(const engine::analysis::QuantizationLine &line) const;
    QString wordsOf(const engine::analysis::QuantizationLine &line) const;
    double yOnLine(const engine::analysis::QuantizationLine &line, double x) const;
    bool isSolo(const engine::analysis::QuantizationLine &line) const;
    void toggleSolo(const engine::analysis::QuantizationLine &line);
    void walk(int steps);
    bool actOnLineKey(int key, bool really);

    void paintPiano(QPainter &painter) const;
    void paintHeads(QPainter &painter) const;
    void paintLegs(QPainter &painter) const;
    void paintFrequencies(QPainter &painter) const;
    void paintBright(QPainter &painter, const engine::analysis::QuantizationLine &line,
                     const QColor &ink) const;

    engine::pipeline::StageId quantizer_ = engine::pipeline::StageId::PreQuant;
    Snapshot moves_;
    bool off_ = false;
    std::optional<Chain> chain_;
    Solo solo_;
    engine::pipeline::StageId soloQuantizer_ = engine::pipeline::StageId::PreQuant;
    std::optional<std::size_t> walked_; ///< the line that the keyboard stands on
    QPushButton *turnOn_;
};

} // namespace widgets
