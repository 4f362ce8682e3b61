// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lies over the whole window while files are dragged over it, and says what letting go will do.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QStringList>
#include <QWidget>

namespace widgets {

class DropFrame final : public QWidget {
    Q_OBJECT
public:
    /// Covers `window` when shown.
    explicit DropFrame(QWidget *window);
    /// `names`: the audio files among what is dragged; none: nothing here can be opened.
    void showFor(const QStringList &names);
    QString text() const { return text_; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString text_;
    bool accepts_ = true;
};

} // namespace widgets
