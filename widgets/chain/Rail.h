// SPDX-License-Identifier: GPL-3.0-or-later
//
// The wire above the cards: where the sound is heard and looked at (the taps, one selected), and
// what each stage costs (bars of one scale, and numbers that always show).
// Shape: six stretches, one a card in card order; a tap's pill sits on the gap after its card, the
// Output pill at the right end. Units: milliseconds; anchors in the rail's own pixels.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/pipeline/StageId.h"
#include "engine/pipeline/Taps.h"

#include <QTimer>
#include <QWidget>

#include <array>
#include <variant>
#include <vector>

class QAbstractButton;
class QVariantAnimation;

namespace widgets {

/// Nothing ran here yet.
struct CostNone {};
struct CostOff {};
/// The result of an earlier run was used again.
struct CostCached {};
/// A new result is overdue.
struct CostLate {};
/// What it took. Stages without a transform have all in `process`.
struct CostSpent {
    double stftMs = 0.0;
    double processMs = 0.0;
    double inverseStftMs = 0.0;
    double totalMs() const { return stftMs + processMs + inverseStftMs; }
};
using RailCost = std::variant<CostNone, CostOff, CostCached, CostLate, CostSpent>;

inline constexpr std::size_t cardCount = 6;
/// The stage that stands for a card: Input, Pre-Quant, Distortion, Post-Quant, Output, Limiter.
inline constexpr std::array<engine::pipeline::StageId, cardCount> cardStages{
    engine::pipeline::StageId::Input,      engine::pipeline::StageId::PreQuant,
    engine::pipeline::StageId::Distortion, engine::pipeline::StageId::PostQuant,
    engine::pipeline::StageId::Mix,        engine::pipeline::StageId::Limiter};

struct RailCosts {
    bool file = false; ///< without a file the wire is dashed and nothing is written on it
    std::array<RailCost, cardCount> cards;
};

class Rail final : public QWidget {
    Q_OBJECT
public:
    explicit Rail(QWidget *parent = nullptr);

    /// Six rectangles in this widget's coordinates; without them the cards' plain widths serve.
    void setAnchors(const std::vector<QRect> &cardRects);
    void setCosts(const RailCosts &costs);
    /// Looked at, and heard unless another one is.
    void setSelectedTap(engine::pipeline::TapId tap);
    void setHeardTap(engine::pipeline::TapId tap);
    void setCompact(bool compact);

    engine::pipeline::TapId selectedTap() const { return selected_; }
    /// Length of a stage's bar as drawn, in logical pixels; 0 where there is none.
    double barLength(std::size_t card) const;
    /// One scale for all: size.cost_px_per_ms, halved until the longest bar fits, and at
    /// most twice more for the others.
    double pxPerMs() const;
    QSize sizeHint() const override;

signals:
    void tapSelected(engine::pipeline::TapId tap);
    void costClicked(engine::pipeline::StageId stage);
    /// Into another program, perhaps.
    void tapDragged(engine::pipeline::TapId tap);
    void tapContextMenu(engine::pipeline::TapId tap, QPoint globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Stretch {
        double left = 0.0;
        double right = 0.0;
    };
    std::vector<QRectF> anchors() const;
    void placeChildren();
    QString costText(std::size_t card) const;
    QString costDetails(std::size_t card) const;
    double air(std::size_t card) const;
    double barRoom(std::size_t card) const;
    void paintStretch(QPainter &painter, std::size_t card) const;
    double paintBar(QPainter &painter, std::size_t card, double left) const;
    void paintOverdue(QPainter &painter) const;
    void followLateness();

    std::vector<QRect> given_;
    std::array<Stretch, cardCount> stretches_{};
    std::array<QAbstractButton *, engine::pipeline::tapCount> taps_{};
    std::array<QAbstractButton *, cardCount> costButtons_{};
    RailCosts costs_;
    engine::pipeline::TapId selected_ = engine::pipeline::TapId::Output;
    bool compact_ = false;
    QVariantAnimation *pulse_ = nullptr;
    QTimer overdue_; ///< runs out one second after the first stage came late
    bool isOverdue_ = false;
};

} // namespace widgets
