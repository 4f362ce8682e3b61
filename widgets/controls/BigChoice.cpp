// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/BigChoice.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QPainter>

namespace widgets {

BigChoice::BigChoice(const QString &sign, QWidget *parent) : QAbstractButton(parent)
{
    setText(sign);
    setCheckable(true);
    setAutoExclusive(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    trackKeyboardFocus(this);
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void BigChoice::setCaption(const QString &caption)
{
    caption_ = caption;
    setAccessibleName(text() + QStringLiteral(", ") + caption);
    update();
}

QSize BigChoice::sizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.sheet_second"), theme.px("size.big_choice")};
}

void BigChoice::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(isChecked()    ? "action.primary"
                                  : underMouse() ? "ground.control_hover"
                                                 : "ground.control"));
    const double radius = theme.number("radius.card");
    painter.drawRoundedRect(rect(), radius, radius);
    const char *const ink = isChecked() ? "text.on_action" : "text.primary";
    const double middle = height() / 2.0;
    const double half = theme.number("space.scale.x6");
    painter.setPen(theme.colour(ink));
    painter.setFont(theme.font("title"));
    painter.drawText(QRectF(0, middle - half, width(), half), Qt::AlignCenter, text());
    painter.setFont(theme.font("label_plain"));
    painter.drawText(QRectF(0, middle, width(), half * 0.75), Qt::AlignCenter, caption_);
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), radius);
}

TrialBoxes::TrialBoxes(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TrialBoxes::setTrials(int all, int answered)
{
    all_ = all;
    answered_ = answered;
    setAccessibleName(tr("%1 of %2 trials answered").arg(answered).arg(all));
    update();
}

QSize TrialBoxes::sizeHint() const
{
    return {Theme::shared().px("size.sheet_first"), Theme::shared().px("space.scale.x6")};
}

void TrialBoxes::paintEvent(QPaintEvent *)
{
    if (all_ == 0)
        return;
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double gap = theme.number("space.scale.x1");
    const double each = (width() - gap * (all_ - 1)) / all_;
    const double line = theme.number("stroke.plot_line");
    const double mark = std::min(each, theme.number("space.scale.x3"));
    for (int i = 0; i < all_; ++i) {
        const QRectF box = QRectF(i * (each + gap), 0, each, height())
                               .adjusted(line / 2, line / 2, -line / 2, -line / 2);
        const bool done = i < answered_;
        painter.setBrush(done ? QBrush(theme.colour("ground.control")) : QBrush(Qt::NoBrush));
        painter.setPen(done ? QPen(Qt::NoPen)
                            : QPen(theme.colour(i == answered_ ? "text.primary" : "line.border"),
                                   line));
        painter.drawRoundedRect(box, theme.number("radius.segment"), theme.number("radius.segment"));
        if (done)
            paintIcon(painter,
                      QRectF(box.center().x() - mark / 2, box.center().y() - mark / 2, mark, mark),
                      "check", theme.colour("text.secondary"));
    }
}

} // namespace widgets
