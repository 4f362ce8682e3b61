// SPDX-License-Identifier: GPL-3.0-or-later
//
// The head of one pane among several: which tap it shows, as a button that opens the choice of
// taps. The active pane's title is bright and underlined, the others' are dim. A view may have one
// in the toolbar, for a second tap.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none; too long a title is elided.
#pragma once

#include <QAbstractButton>

namespace widgets {

class PaneTitle final : public QAbstractButton {
    Q_OBJECT
public:
    explicit PaneTitle(QWidget *parent = nullptr);
    /// "After Distortion" and the colour of its stage, "stage.distortion".
    void setTitle(const QString &title, const char *stageToken);
    void setActive(bool active);
    bool isActive() const { return active_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void menuRequested(QPoint globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QByteArray stage_ = "stage.output";
    bool active_ = false;
};

} // namespace widgets
