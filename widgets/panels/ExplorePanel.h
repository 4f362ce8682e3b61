// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inspector's page for trying things out, in three parts: snapshots, ways to vary the settings
// (morph from A to B, randomise, the contact sheet), and the history. It shows what it is told and
// reports wishes.
// Shape: as wide as the inspector; low windows scroll. Units: shares 0…1. Real-time: no; GUI thread
// only. Errors: none.
#pragma once

#include "engine/pipeline/ParameterSet.h"
#include "widgets/controls/Edit.h"
#include "widgets/panels/HistoryList.h"
#include "widgets/panels/SnapshotList.h"

#include <QWidget>

#include <array>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace widgets {

class PlainSlider;
class WordSwitch;

enum class ExplorePart { Snapshots, Vary, History };
/// Why there is nothing between A and B.
enum class MorphHindrance { None, SameSlots, AllLocked };

class ExplorePanel final : public QWidget {
    Q_OBJECT
public:
    explicit ExplorePanel(QWidget *parent = nullptr);

    ExplorePart part() const;
    void setPart(ExplorePart part);
    SnapshotList &snapshots() { return *snapshots_; }
    HistoryList &history() { return *history_; }

    void setSnapshots(const std::vector<SnapshotRow> &rows, int most);
    void setMorph(double position, MorphHindrance hindrance);
    void setAmount(double amount);
    void setSeed(std::optional<quint64> seed);
    void setGroupLocked(engine::pipeline::LockGroup group, bool locked);
    /// How many parameters are locked.
    void setLockCount(int count);
    void setSoundOpen(bool open);
    QSize minimumSizeHint() const override;

signals:
    void partChanged(widgets::ExplorePart part);
    void snapshotRequested();
    void morphMoved(double position, widgets::Edit edit);
    void amountMoved(double amount);
    void rollRequested();
    void seedTyped(quint64 seed);
    void groupLockRequested(engine::pipeline::LockGroup group, bool locked);
    void unlockRequested();
    void contactSheetRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeSnapshots();
    QWidget *makeVary();
    void addMorph(QVBoxLayout &column);
    void addRandomise(QVBoxLayout &column);
    QWidget *makeHistory();
    void tint();

    WordSwitch *parts_;
    QStackedWidget *pages_;
    SnapshotList *snapshots_ = nullptr;
    QToolButton *take_ = nullptr;
    QLabel *noSnapshots_ = nullptr;
    HistoryList *history_ = nullptr;
    PlainSlider *morph_ = nullptr;
    QLabel *morphValue_ = nullptr;
    QLabel *morphNote_ = nullptr;
    PlainSlider *amount_ = nullptr;
    QLabel *amountValue_ = nullptr;
    QPushButton *roll_ = nullptr;
    QLineEdit *seed_ = nullptr;
    std::array<QToolButton *, engine::pipeline::lockGroupCount> groups_{};
    QLabel *locked_ = nullptr;
    QToolButton *unlock_ = nullptr;
    QPushButton *sheet_ = nullptr;
    std::vector<QLabel *> headings_;
    std::vector<QLabel *> words_;
};

} // namespace widgets
