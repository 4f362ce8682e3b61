// SPDX-License-Identifier: GPL-3.0-or-later
//
// A grid of renders to choose from: a picture in each cell, its in-key share and loudness below,
// and along the edges the values that its row and column stand for. The cell under the pointer or
// the keyboard is marked; a click or Enter takes it, Space hears it.
// Shape: rows × columns, the first row on top. Units: logical pixels. Real-time: no; GUI thread
// only. Errors: none.
#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>

#include <vector>

namespace widgets {

struct ContactCell {
    enum class State { Waiting, Ready, Failed };
    State state = State::Waiting;
    QImage picture;
    QString value;    ///< of its own, where the edges do not tell: "5.0×"
    QString inKey;    ///< "66 %"
    QString loudness; ///< "−11.7"
    bool isNow = false; ///< the settings as they are
    QString words;    ///< all of it, aloud
};

class ContactGrid final : public QWidget {
    Q_OBJECT
public:
    explicit ContactGrid(QWidget *parent = nullptr);

    /// All cells wait. `across`, `down`: values along the edges; empty: the cells tell.
    void setGrid(int rows, int columns, const QStringList &across, const QStringList &down);
    void setCell(int index, const ContactCell &cell);
    /// Names of what changes along the edges.
    void setAxes(const QString &across, const QString &down);
    /// −1: none.
    int marked() const { return marked_; }
    void mark(int index);
    /// Which one is heard now; −1: none.
    void setHeard(int index);
    QRectF cellRect(int index) const;
    QSize minimumSizeHint() const override;

signals:
    void markMoved(int index);
    void taken(int index);
    void hearRequested(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    int cellAt(QPointF place) const;
    QRectF field() const;
    void paintCell(QPainter &painter, int index) const;
    void paintEdges(QPainter &painter) const;
    void describe();

    int rows_ = 0;
    int columns_ = 0;
    QStringList across_;
    QStringList down_;
    QString acrossName_;
    QString downName_;
    std::vector<ContactCell> cells_;
    int marked_ = -1;
    int heard_ = -1;
};

} // namespace widgets
