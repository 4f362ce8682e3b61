// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the time of a run goes: the total, how it divides among stages and kinds of work, and how
// the last 39 runs compare. One switch chooses between previews and full renders.
// Units: seconds in, milliseconds (full renders: seconds) on screen; wall clock, so that the total
// is what passed, not the sum over threads. Real-time: no; GUI thread only. Errors: none.
// However often runs arrive, the panel changes at most ten times a second.
#pragma once

#include "widgets/panels/TimingRun.h"

#include <QTimer>
#include <QWidget>

#include <deque>

class QLabel;
class QToolButton;

namespace widgets {

class TimingHistory;
class TimingTable;

class TimingPanel final : public QWidget {
    Q_OBJECT
public:
    static constexpr std::size_t historyLength = 39;
    static constexpr int updateIntervalMs = 100;

    explicit TimingPanel(QWidget *parent = nullptr);

    void addRun(const TimingRun &run);
    void showPreview(bool preview);
    bool showsPreview() const { return preview_; }
    void clear();
    /// All kept runs, oldest first.
    QString csv() const;

    /// Low windows leave out the history and draw the rows closer.
    QSize minimumSizeHint() const override;

signals:
    void modeChanged(bool preview);

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void buildHeader();
    void schedule();
    void showRuns();
    void retint();

    std::deque<TimingRun> previews_;
    std::deque<TimingRun> renders_;
    bool preview_ = true;
    QTimer throttle_;
    bool pending_ = false;
    QToolButton *mode_ = nullptr;
    QLabel *title_ = nullptr;
    TimingTable *table_ = nullptr;
    TimingHistory *history_ = nullptr;
};

} // namespace widgets
