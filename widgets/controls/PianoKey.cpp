// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/PianoKey.h"

#include "widgets/controls/FocusRing.h"
#include "widgets/controls/KeyStrip.h"
#include "widgets/controls/NoteNames.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace widgets {

PianoKey::PianoKey(int pitchClass, KeyStrip *strip)
    : QCheckBox(strip), pitchClass_(pitchClass), strip_(*strip)
{
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::NoFocus);
}

void PianoKey::setFace(const QRectF &face)
{
    const QRect outer = face.toAlignedRect();
    setGeometry(outer);
    face_ = face.translated(-outer.topLeft());
    update();
}

void PianoKey::nextCheckState()
{
    strip_.toggle(pitchClass_);
}

void PianoKey::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Up:
        strip_.moveFocus(pitchClass_, 1);
        break;
    case Qt::Key_Left:
    case Qt::Key_Down:
        strip_.moveFocus(pitchClass_, -1);
        break;
    case Qt::Key_Home:
        strip_.moveFocus(11, 1);
        break;
    case Qt::Key_End:
        strip_.moveFocus(0, -1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        break;
    default:
        QCheckBox::keyPressEvent(event);
    }
}

QColor PianoKey::faceColour() const
{
    const Theme &theme = Theme::shared();
    const bool black = isBlackKey(pitchClass_);
    if (!isChecked())
        return theme.colour(underMouse() ? "ground.control_hover"
                            : black      ? "ground.window"
                                         : "ground.control");
    const char *stage = stageToken(strip_.info().stage);
    return strip_.isDim() ? theme.colour((QByteArray("stage_dim.") + stage).constData())
                          : stageColour(stage);
}

void PianoKey::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = theme.number("keys.radius");
    const bool black = isBlackKey(pitchClass_);
    painter.setPen(Qt::NoPen);
    QRectF face = face_;
    if (black) {
        // A seam of the card's ground keeps it apart from the white keys; its top is cut off.
        const double seam = theme.number("keys.seam");
        painter.setBrush(theme.colour("ground.panel"));
        painter.drawRoundedRect(face.adjusted(0, -2 * radius, 0, 0), radius, radius);
        face.adjust(seam, -2 * radius, -seam, -seam);
    } else {
        const double gap = theme.number("keys.gap") / 2;
        face.adjust(gap, theme.number("keys.inset"), -gap, -theme.number("keys.inset"));
    }
    painter.setBrush(faceColour());
    painter.drawRoundedRect(face, radius, radius);
    paintMarks(painter, face);
}

void PianoKey::paintMarks(QPainter &painter, const QRectF &face)
{
    const Theme &theme = Theme::shared();
    const bool black = isBlackKey(pitchClass_);
    const bool large = strip_.look() == KeyStrip::Look::Large;
    const bool bright = isChecked() && !strip_.isDim();
    const QColor ink = bright           ? theme.colour("text.on_action")
                       : strip_.isDim() ? theme.colour("text.primary")
                                        : theme.colour("text.tertiary");
    if (pitchClass_ == strip_.rootPitchClass()) {
        const double dot = theme.number("keys.dot") / 2;
        const double rise =
            large ? (black ? theme.number("keys.black_dot_rise") : theme.number("keys.dot_rise"))
                  : theme.number("keys.small_dot_rise");
        painter.setBrush(ink);
        painter.drawEllipse(QPointF(face.center().x(), face.bottom() - rise), dot, dot);
    }
    if (!large || black)
        return;
    painter.setFont(theme.font("key_name"));
    painter.setPen(ink);
    const QFontMetricsF metrics(painter.font());
    const QString name = noteName(pitchClass_, {});
    painter.drawText(QPointF(face.center().x() - metrics.horizontalAdvance(name) / 2,
                             face.bottom() - theme.number("keys.name_rise")),
                     name);
}

void PianoKey::focusInEvent(QFocusEvent *event)
{
    QCheckBox::focusInEvent(event);
    FocusRing::enter(this, strip_.parentWidget() ? strip_.parentWidget() : &strip_, event,
                     FocusRing::around(face_, Theme::shared().number("keys.radius")));
}

} // namespace widgets
