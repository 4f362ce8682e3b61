// SPDX-License-Identifier: GPL-3.0-or-later
//
// One key of a KeyStrip: paints itself and hands every wish to its strip.
#pragma once

#include <QCheckBox>

namespace widgets {

class KeyStrip;

class PianoKey final : public QCheckBox {
    Q_OBJECT
public:
    PianoKey(int pitchClass, KeyStrip *strip);

    int pitchClass() const { return pitchClass_; }
    /// Where the key's face lies in the strip, in fractions of pixels.
    void setFace(const QRectF &face);

protected:
    bool hitButton(const QPoint &at) const override { return rect().contains(at); }
    void nextCheckState() override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QColor faceColour() const;
    void paintMarks(QPainter &painter, const QRectF &face);

    int pitchClass_;
    KeyStrip &strip_;
    QRectF face_; ///< in the widget's own coordinates
};

} // namespace widgets
