// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/Splitter.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace widgets {

namespace {

class Handle final : public QSplitterHandle {
public:
    Handle(Qt::Orientation orientation, Splitter *splitter)
        : QSplitterHandle(orientation, splitter), splitter_(*splitter)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        trackKeyboardFocus(this);
        setAccessibleName(splitter->name());
        setAccessibleText(this, QAccessible::Splitter, splitter->name());
    }

protected:
    bool event(QEvent *event) override
    {
        // The window's own keys must not take the arrows away.
        if (event->type() == QEvent::ShortcutOverride &&
            acts(static_cast<QKeyEvent *>(event)->key())) {
            event->accept();
            return true;
        }
        return QSplitterHandle::event(event);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        if (!acts(event->key())) {
            QSplitterHandle::keyPressEvent(event);
            return;
        }
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
            emit splitter_.restoreRequested();
            return;
        }
        const bool back = event->key() == Qt::Key_Left || event->key() == Qt::Key_Up;
        const int step = Theme::shared().px("size.splitter_step");
        const int place = orientation() == Qt::Horizontal ? x() : y();
        moveSplitter(place + (back ? -step : step));
    }
    void mouseDoubleClickEvent(QMouseEvent *event) override
    {
        if (event->button() == Qt::LeftButton)
            emit splitter_.restoreRequested();
    }
    void paintEvent(QPaintEvent *) override
    {
        const bool focused = hasKeyboardFocus(this);
        if (!focused && !underMouse())
            return;
        const Theme &theme = Theme::shared();
        const double width = theme.number("stroke.wire");
        const double end = theme.number("space.scale.x2");
        QRectF line = rect();
        if (orientation() == Qt::Horizontal)
            line.adjust((line.width() - width) / 2, end, -(line.width() - width) / 2, -end);
        else
            line.adjust(end, (line.height() - width) / 2, -end, -(line.height() - width) / 2);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour(focused ? "action.focus" : "line.strong"));
        painter.drawRoundedRect(line, width / 2, width / 2);
    }

private:
    bool acts(int key) const
    {
        if (key == Qt::Key_Return || key == Qt::Key_Enter)
            return true;
        return orientation() == Qt::Horizontal ? key == Qt::Key_Left || key == Qt::Key_Right
                                               : key == Qt::Key_Up || key == Qt::Key_Down;
    }

    Splitter &splitter_;
};

} // namespace

Splitter::Splitter(Qt::Orientation orientation, const QString &name, QWidget *parent)
    : QSplitter(orientation, parent), name_(name)
{
    setHandleWidth(Theme::shared().px("size.splitter_grab"));
    setChildrenCollapsible(false);
}

QSplitterHandle *Splitter::createHandle()
{
    return new Handle(orientation(), this);
}

} // namespace widgets
