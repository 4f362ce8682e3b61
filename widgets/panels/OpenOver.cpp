// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/OpenOver.h"

#include "widgets/theme/Theme.h"

#include <QDialog>
#include <QEvent>
#include <QPainter>
#include <QPointer>
#include <QTimer>

namespace widgets {

namespace {

void cancel(QDialog &dialog)
{
    for (QDialog *inner : dialog.findChildren<QDialog *>()) {
        if (inner->isVisible())
            inner->reject();
    }
    dialog.reject();
}

/// Lies over everything in the window and takes what is meant for it, for as long as the dialog is
/// there.
class Cover final : public QWidget {
public:
    Cover(QDialog &dialog, Behind behind)
        : QWidget(dialog.parentWidget()->window()), dialog_(dialog), behind_(behind),
          focusBefore_(window()->focusWidget())
    {
        setObjectName(QStringLiteral("cover"));
        setFocusPolicy(Qt::StrongFocus);
        setGeometry(window()->rect());
        window()->installEventFilter(this);
        dialog.installEventFilter(this);
        show();
        raise();
        setFocus();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (behind_ == Behind::Dimmed)
            QPainter(this).fillRect(rect(), Theme::shared().colour("ground.scrim"));
    }

    bool event(QEvent *event) override
    {
        switch (event->type()) {
        case QEvent::MouseButtonPress:
            dialog_.raise();
            dialog_.activateWindow();
            [[fallthrough]];
        case QEvent::MouseButtonRelease:
        case QEvent::MouseButtonDblClick:
        case QEvent::MouseMove:
        case QEvent::Wheel:
        case QEvent::ContextMenu:
        case QEvent::KeyPress:
        case QEvent::KeyRelease:
        case QEvent::ShortcutOverride: // accepted: it is no command of the window
            event->accept();
            return true;
        default:
            return QWidget::event(event);
        }
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == &dialog_) {
            if (event->type() == QEvent::Hide && !event->spontaneous())
                end();
            return false;
        }
        switch (event->type()) {
        case QEvent::Resize:
            setGeometry(window()->rect());
            return false;
        case QEvent::WindowActivate:
            QTimer::singleShot(0, &dialog_, [dialog = &dialog_] { dialog->activateWindow(); });
            return false;
        case QEvent::Close:
            cancel(dialog_);
            return false;
        case QEvent::DragEnter:
        case QEvent::DragMove:
        case QEvent::Drop:
            event->ignore();
            return true;
        default:
            return false;
        }
    }

private:
    void end()
    {
        window()->removeEventFilter(this);
        dialog_.removeEventFilter(this);
        if (focusBefore_ && window()->isVisible())
            focusBefore_->setFocus(Qt::ActiveWindowFocusReason);
        hide();
        deleteLater();
    }

    QDialog &dialog_; ///< hidden, which ends this, before it dies
    Behind behind_;
    QPointer<QWidget> focusBefore_;
};

} // namespace

void openOver(QDialog *dialog, Behind behind)
{
    new Cover(*dialog, behind);
    dialog->setWindowModality(Qt::NonModal);
    dialog->show();
}

} // namespace widgets
