// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is heard: slot A or B, the untreated sound, or the difference; copying between the slots,
// level matching with the gain it applies, and the blind test.
// Units: dB. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QToolButton;

namespace widgets {

class PlainSwitch;
class WordSwitch;

class ListenPanel final : public QWidget {
    Q_OBJECT
public:
    /// In the order of the buttons.
    enum Source { A, B, Dry, Delta };
    enum class SlotAction { CopyAToB, CopyBToA, Swap };
    Q_ENUM(SlotAction)

    explicit ListenPanel(QWidget *parent = nullptr);

    /// Never signals.
    void setSource(int source);
    void setSourcesEnabled(bool enabled);
    /// Nothing: there is no gain to show.
    void setMatch(bool on, std::optional<double> gainDb);
    /// `why`: what stands in the way of a blind test; empty: nothing.
    void setBlindTestHindrance(const QString &why);
    /// Else there is nothing to copy.
    void setSlotsDiffer(bool differ);
    void setCompact(bool compact);
    QString matchText() const;

signals:
    void sourceChosen(int source);
    void slotActionChosen(widgets::ListenPanel::SlotAction action);
    void matchToggled(bool on);
    void blindTestRequested();

private:
    void showSlotMenu();

    WordSwitch *sources_;
    QToolButton *slotCopy_;
    PlainSwitch *match_;
    QLabel *gain_;
    QPushButton *blindTest_;
};

} // namespace widgets
