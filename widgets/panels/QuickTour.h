// SPDX-License-Identifier: GPL-3.0-or-later
//
// A walk through a window: one part after the other stays light while the rest is dimmed, with a
// few words beside it. Right, Enter, Space or a click go on, Left goes back, Esc ends it; until it
// ends, keys and clicks go to it alone. Shape: covers its window; deletes itself at its end.
// Real-time: no; GUI thread only. Errors: none; a part that is hidden or gone is told without
// light.
#pragma once

#include <QKeySequence>
#include <QPointer>
#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QToolButton;

namespace widgets {

struct TourStop {
    QPointer<QWidget> part;
    QString title;
    QString text;
};

class QuickTour final : public QWidget {
    Q_OBJECT
public:
    /// Shown at once. `passes`: the key of the one command that is still carried out, to quit.
    /// Requires: at least one stop.
    QuickTour(QWidget *window, std::vector<TourStop> stops, const QKeySequence &passes);

    int stop() const { return at_; }
    /// What is light now, in the window's pixels; null where the part is hidden.
    QRect lightRect() const;
    /// Where the words stand, in the window's pixels.
    QRect wordsRect() const { return words_->geometry(); }
    /// Hides and deletes it.
    void end();

signals:
    void ended();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void buildWords();
    void tint();
    void go(int stop);
    void place();
    bool pressKey(int key);

    std::vector<TourStop> stops_;
    QKeySequence passes_;
    int at_ = 0;
    QPointer<QWidget> focusBefore_;
    QWidget *words_ = nullptr;
    QLabel *title_ = nullptr;
    QLabel *text_ = nullptr;
    QLabel *count_ = nullptr;
    QPushButton *back_ = nullptr;
    QPushButton *next_ = nullptr;
    QToolButton *close_ = nullptr;
};

} // namespace widgets
