// SPDX-License-Identifier: GPL-3.0-or-later
//
// The upper part of the timing panel: total, times real time, one bar for the whole run and a row
// for each kind of work, split by stage colour.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/panels/TimingRun.h"

#include <QWidget>

#include <array>
#include <optional>

namespace widgets {

class TimingTable final : public QWidget {
    Q_OBJECT
public:
    explicit TimingTable(QWidget *parent = nullptr);
    void setRun(std::optional<TimingRun> run);
    /// What a row's number says: "11.5", "cached", "–".
    QString totalDetails() const;
    QString rowText(engine::pipeline::CostKind kind) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    using PerCard = std::array<double, cardCount>;
    static QString rowName(engine::pipeline::CostKind kind);
    PerCard seconds(engine::pipeline::CostKind kind) const;
    bool cached(engine::pipeline::CostKind kind) const;
    bool inSeconds() const { return run_ && !run_->preview; }
    void paintTotal(QPainter &painter) const;
    void paintStack(QPainter &painter) const;
    void paintRow(QPainter &painter, engine::pipeline::CostKind kind, double longest) const;
    QRectF rowRect(engine::pipeline::CostKind kind) const;

    std::optional<TimingRun> run_;
};

} // namespace widgets
