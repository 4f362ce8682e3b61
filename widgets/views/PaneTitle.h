// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a pane shows, as a button that opens the choice of it: the head of one pane among several,
// whose active one is bright and underlined while the others are dim, or the heading of the stage.
// A view may have one in the toolbar, for a second tap.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none; too long a title is elided.
#pragma once

#include <QAbstractButton>

namespace widgets {

class PaneTitle final : public QAbstractButton {
    Q_OBJECT
public:
    enum class Kind { Head, Heading };
    explicit PaneTitle(QWidget *parent = nullptr, Kind kind = Kind::Head);
    /// "After Distortion" and the colour of its stage, "stage.distortion".
    void setTitle(const QString &title, const char *stageToken);
    /// `words` in place of the title for a while; the room stays that of the title.
    void setWords(const QString &words);
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
    const char *fontToken() const { return kind_ == Kind::Head ? "name" : "heading_small"; }

    Kind kind_;
    QString words_;
    QByteArray stage_ = "stage.output";
    bool active_ = false;
};

} // namespace widgets
