// SPDX-License-Identifier: GPL-3.0-or-later
//
// A rotary control of one Number of the parameter table: a ring that fills to the value, the value
// inside, label and unit below. It is dragged, wheeled, typed into and reset; every change is told
// with edited(), and only changes made by the person are.
// Shape: the widget is as wide as ring or label, the ring's box on top, the label below it.
// Units: values are the table's; pixels logical, all from the theme's knob.* group. Real-time: no.
// Errors: none; a value outside the range is moved to its edge.
#pragma once

#include "widgets/controls/NudgeRun.h"
#include "widgets/controls/ParameterControl.h"

#include <QAbstractSlider>
#include <QPainterPath>
#include <QPointer>

namespace widgets {

class ValueEditor;

class Knob final : public QAbstractSlider, public ParameterControl {
    Q_OBJECT
public:
    enum class Size { Linked, Normal, Large, Hero };

    Knob(const engine::pipeline::ParameterInfo &info, Size size, QWidget *parent = nullptr);

    /// Never signals edited().
    void showValue(double value) override;
    double shownParameter() const override { return parameterValue_; }
    void showOther(std::optional<double> value) override;
    void showLocked(bool locked) override;

    void setCompact(bool compact);
    /// Dim: belongs to something else, but can be used.
    void setDim(bool dim);
    /// Diameter of the ring's box.
    int diameter() const;
    /// The ring's box inside the widget.
    QRect ringBox() const;
    /// Places the widget so that its ring's box has this bottom centre.
    void placeRing(int centreX, int bottom);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    /// What the table calls the value, with its unit: "−1.0 dB". For copying and announcing.
    QString valueText() const;
    ValueEditor *openEditor(const QString &typed = {});
    /// The person chose a value: shows it and tells.
    void choose(double value, widgets::Edit edit);

signals:
    void edited(engine::pipeline::ParameterId id, double value, widgets::Edit edit);
    void lockRequested(engine::pipeline::ParameterId id, bool locked);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// Whether a key is the knob's; does what it asks for only `really`.
    bool actOn(const QKeyEvent *event, bool really);
    bool typeOn(const QString &typed, bool really);
    void nudge(double fraction, bool fine, const QInputEvent &event);
    void moveTravel(double pixels, bool fine);
    double travelOf(double position) const;
    double positionOf(double travel) const;
    void paste();
    void copy() const;
    void describe();
    QByteArray token(const char *name) const;
    double ringRadius() const;
    double angleAt(double value) const;
    QPainterPath focusShape() const;
    void paintRing(QPainter &painter) const;
    void paintWords(QPainter &painter) const;
    void paintLock(QPainter &painter) const;

    Size size_;
    bool compact_ = false;
    bool dim_ = false;
    bool hovered_ = false;
    bool locked_ = false;
    double parameterValue_ = 0.0;
    std::optional<double> other_;
    bool dragging_ = false;
    double travel_ = 0.0; ///< of the drag, in full ranges; the detent lies between its halves
    QPoint anchor_;
    QPoint last_;
    double wheelRest_ = 0.0;
    NudgeRun run_;
    QPointer<ValueEditor> editor_;
};

} // namespace widgets
