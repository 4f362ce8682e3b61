// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/QuickTour.h"

#include "widgets/panels/Buttons.h"
#include "widgets/theme/Ink.h"
#include "widgets/theme/Theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace widgets {

namespace {

class Words final : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::shared();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const double line = theme.number("stroke.hairline");
        painter.setPen(QPen(theme.colour("line.strong"), line));
        painter.setBrush(theme.colour("ground.overlay"));
        const double radius = theme.number("radius.card");
        painter.drawRoundedRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2),
                                radius, radius);
    }
};

} // namespace

QuickTour::QuickTour(QWidget *window, std::vector<TourStop> stops, const QKeySequence &passes)
    : QWidget(window), stops_(std::move(stops)), passes_(passes),
      focusBefore_(window->focusWidget())
{
    setObjectName(QStringLiteral("quickTour"));
    setFocusPolicy(Qt::StrongFocus);
    setGeometry(window->rect());
    window->installEventFilter(this);
    buildWords();
    connect(&Theme::shared(), &Theme::changed, this, &QuickTour::tint);
    show();
    raise();
    setFocus();
    go(0);
}

void QuickTour::buildWords()
{
    const Theme &theme = Theme::shared();
    words_ = new Words(this);
    words_->setObjectName(QStringLiteral("tourWords"));
    words_->setFixedWidth(theme.px("size.tour_words"));
    title_ = new QLabel(words_);
    title_->setObjectName(QStringLiteral("tourTitle"));
    text_ = new QLabel(words_);
    text_->setObjectName(QStringLiteral("tourText"));
    text_->setTextFormat(Qt::PlainText);
    text_->setWordWrap(true);
    count_ = new QLabel(words_);
    back_ = textButton(words_, tr("Back"));
    back_->setObjectName(QStringLiteral("tourBack"));
    next_ = textButton(words_, tr("Next"), true);
    next_->setObjectName(QStringLiteral("tourNext"));
    close_ = iconButton(words_, "close", tr("End the tour"));
    close_->setObjectName(QStringLiteral("tourEnd"));
    connect(back_, &QPushButton::clicked, this, [this] { go(at_ - 1); });
    connect(next_, &QPushButton::clicked, this, [this] { go(at_ + 1); });
    connect(close_, &QToolButton::clicked, this, &QuickTour::end);
    for (QObject *button : std::array<QObject *, 3>{back_, next_, close_})
        button->installEventFilter(this);

    const auto column = new QVBoxLayout(words_);
    const int side = theme.px("space.scale.x4");
    column->setContentsMargins(side, theme.px("space.scale.x3"), theme.px("space.scale.x3"),
                               theme.px("space.scale.x3"));
    column->setSpacing(theme.px("space.scale.x2"));
    const auto top = new QHBoxLayout;
    top->addWidget(title_, 1);
    top->addWidget(close_);
    column->addLayout(top);
    column->addWidget(text_);
    const auto foot = new QHBoxLayout;
    foot->setSpacing(theme.px("space.scale.x2"));
    foot->addWidget(count_, 1);
    foot->addWidget(back_);
    foot->addWidget(next_);
    column->addSpacing(theme.px("space.scale.x1"));
    column->addLayout(foot);
    tint();
}

void QuickTour::tint()
{
    setInk(title_, "heading", "text.primary");
    setInk(text_, "body", "text.secondary");
    setInk(count_, "label", "text.tertiary");
    update();
}

/// Beyond the last stop: its end.
void QuickTour::go(int stop)
{
    if (stop >= static_cast<int>(stops_.size())) {
        end();
        return;
    }
    at_ = std::max(stop, 0);
    const TourStop &now = stops_[static_cast<std::size_t>(at_)];
    title_->setText(now.title);
    text_->setText(now.text);
    //: a step of the tour: "3 of 8"
    count_->setText(tr("%1 of %2").arg(at_ + 1).arg(stops_.size()));
    back_->setEnabled(at_ > 0);
    next_->setText(at_ + 1 < static_cast<int>(stops_.size()) ? tr("Next") : tr("Done"));
    setAccessibleName(now.title);
    setAccessibleDescription(now.text);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    place();
}

QRect QuickTour::lightRect() const
{
    const QWidget *const part = stops_[static_cast<std::size_t>(at_)].part;
    if (!part || !part->isVisibleTo(parentWidget()))
        return {};
    const int margin = Theme::shared().px("space.scale.x1");
    return QRect(part->mapTo(parentWidget(), QPoint()), part->size())
        .marginsAdded({margin, margin, margin, margin})
        .intersected(rect());
}

/// Below what is light, or above, right or left of it; where there is no room, in its middle.
void QuickTour::place()
{
    const int gap = Theme::shared().px("space.scale.x3");
    // A label that wraps tells its height only for a width.
    words_->layout()->activate();
    const int height = words_->layout()->hasHeightForWidth()
                           ? words_->layout()->totalHeightForWidth(words_->width())
                           : words_->sizeHint().height();
    QRect box(QPoint(), QSize(words_->width(), height));
    const QRect room = rect().adjusted(gap, gap, -gap, -gap);
    const QRect light = lightRect();
    box.moveCenter(light.isNull() ? room.center() : light.center());
    if (!light.isNull()) {
        const std::array places{QPoint(box.left(), light.bottom() + gap),
                                QPoint(box.left(), light.top() - gap - box.height()),
                                QPoint(light.right() + gap, box.top()),
                                QPoint(light.left() - gap - box.width(), box.top())};
        for (const QPoint place : places) {
            QRect tried(place, box.size());
            tried.moveLeft(std::clamp(tried.left(), room.left(),
                                      std::max(room.left(), room.right() + 1 - box.width())));
            tried.moveTop(std::clamp(tried.top(), room.top(),
                                     std::max(room.top(), room.bottom() + 1 - box.height())));
            if (!tried.intersects(light)) {
                box = tried;
                break;
            }
        }
    }
    words_->setGeometry(box);
    update();
}

void QuickTour::end()
{
    parentWidget()->removeEventFilter(this);
    if (focusBefore_)
        focusBefore_->setFocus(Qt::ActiveWindowFocusReason);
    else
        parentWidget()->setFocus();
    hide();
    emit ended();
    deleteLater();
}

bool QuickTour::pressKey(int key)
{
    switch (key) {
    case Qt::Key_Right:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
    case Qt::Key_PageDown:
        go(at_ + 1);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Backspace:
    case Qt::Key_PageUp:
        go(at_ - 1);
        return true;
    case Qt::Key_Escape:
        end();
        return true;
    default:
        return false;
    }
}

bool QuickTour::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
        if (!pressKey(static_cast<QKeyEvent *>(event)->key()))
            return QWidget::event(event); // Tab moves between the buttons
        event->accept();
        return true;
    case QEvent::MouseButtonRelease:
        go(at_ + 1);
        event->accept();
        return true;
    case QEvent::ShortcutOverride:
        if (passes_ == QKeySequence(static_cast<QKeyEvent *>(event)->keyCombination())) {
            event->ignore(); // the one command that is still carried out
            return true;
        }
        [[fallthrough]];
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
    case QEvent::Wheel:
    case QEvent::ContextMenu: // accepted: it is no command of the window
        event->accept();
        return true;
    default:
        return QWidget::event(event);
    }
}

bool QuickTour::eventFilter(QObject *watched, QEvent *event)
{
    // To a button arrows would mean the next button.
    if (watched != parentWidget() && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        return (key == Qt::Key_Left || key == Qt::Key_Right) && pressKey(key);
    }
    if (watched == parentWidget() &&
        (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)) {
        setGeometry(parentWidget()->rect());
        place();
    }
    return QWidget::eventFilter(watched, event);
}

/// Tab stays with the tour's own buttons.
bool QuickTour::focusNextPrevChild(bool next)
{
    std::vector<QWidget *> order{next_, close_};
    if (back_->isEnabled())
        order.insert(order.begin(), back_);
    const auto count = static_cast<int>(order.size());
    int at = next ? -1 : count;
    for (int i = 0; i < count; ++i)
        if (order[static_cast<std::size_t>(i)]->hasFocus())
            at = i;
    order[static_cast<std::size_t>((at + (next ? 1 : count - 1)) % count)]->setFocus(
        next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void QuickTour::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath dimmed;
    dimmed.addRect(rect());
    const QRectF light = lightRect();
    const double radius = theme.number("radius.card");
    if (!light.isNull()) {
        QPainterPath hole;
        hole.addRoundedRect(light, radius, radius);
        dimmed -= hole;
    }
    painter.fillPath(dimmed, theme.colour("ground.scrim"));
    if (light.isNull())
        return;
    const double line = theme.number("stroke.wire");
    painter.setPen(QPen(theme.colour("action.focus"), line));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(light.adjusted(line / 2, line / 2, -line / 2, -line / 2), radius,
                            radius);
}

} // namespace widgets
