// SPDX-License-Identifier: GPL-3.0-or-later
//
// One line of the start panel: a demo sound (with a play button and its waveform), a recent file
// (with its folder) or a session (with a note on what is in it). A click or Enter opens it.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QAbstractButton>

#include <vector>

class QToolButton;

namespace widgets {

class StartRow final : public QAbstractButton {
    Q_OBJECT
public:
    enum class Kind { Demo, Recent, Session };
    StartRow(Kind kind, QWidget *parent);
    void setContent(const QString &title, const QString &note, double seconds,
                    const std::vector<float> &shape);
    void setAuditioning(bool on);
    QSize sizeHint() const override;

signals:
    void auditionRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF shapeRect() const;
    void paintShape(QPainter &painter) const;

    Kind kind_;
    QString note_; ///< the folder of a recent file
    QString length_;
    std::vector<float> shape_;
    QToolButton *audition_ = nullptr;
};

} // namespace widgets
