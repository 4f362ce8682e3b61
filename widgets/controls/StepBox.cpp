// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/StepBox.h"

#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QPainter>

namespace widgets {

namespace {

class Arrow final : public QAbstractButton {
public:
    Arrow(bool up, QWidget *parent) : QAbstractButton(parent), up_(up)
    {
        setFocusPolicy(Qt::NoFocus); // the box has the arrow keys
        setAutoRepeat(true);
        setCursor(Qt::ArrowCursor);
        setAttribute(Qt::WA_Hover);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::shared();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (isEnabled() && (underMouse() || isDown())) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.colour("ground.raised"));
            const double radius = theme.number("radius.segment");
            painter.drawRoundedRect(rect(), radius, radius);
        }
        const double side = theme.number("space.scale.x3");
        painter.translate(QRectF(rect()).center());
        painter.rotate(up_ ? 180.0 : 0.0);
        paintIcon(painter, QRectF(-side / 2, -side / 2, side, side), "chevron-down",
                  theme.colour(isEnabled() ? "text.secondary" : "text.disabled"));
    }

private:
    bool up_;
};

} // namespace

StepBox::StepBox(QWidget *parent)
    : QSpinBox(parent), up_(new Arrow(true, this)), down_(new Arrow(false, this))
{
    setButtonSymbols(QAbstractSpinBox::NoButtons); // its own are larger
    up_->setAccessibleName(tr("More"));
    down_->setAccessibleName(tr("Less"));
    lineEdit()->setTextMargins(0, 0, arrowWidth(), 0);
    connect(up_, &QAbstractButton::clicked, this, &QAbstractSpinBox::stepUp);
    connect(down_, &QAbstractButton::clicked, this, &QAbstractSpinBox::stepDown);
    connect(this, &QSpinBox::valueChanged, this, &StepBox::showEnds);
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

int StepBox::arrowWidth() const
{
    return Theme::shared().px("space.scale.x6");
}

QSize StepBox::sizeHint() const
{
    return QSpinBox::sizeHint() + QSize(arrowWidth(), 0);
}

void StepBox::showEnds()
{
    up_->setEnabled(value() < maximum());
    down_->setEnabled(value() > minimum());
}

void StepBox::resizeEvent(QResizeEvent *event)
{
    QSpinBox::resizeEvent(event);
    const int edge = 2;
    const int half = (height() - 2 * edge) / 2;
    const int left = width() - arrowWidth() - edge;
    up_->setGeometry(left, edge, arrowWidth(), half);
    down_->setGeometry(left, height() - edge - half, arrowWidth(), half);
    up_->raise();
    down_->raise();
    showEnds();
}

} // namespace widgets
