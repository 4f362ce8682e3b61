// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threads/GuiThread.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>

#include <deque>
#include <mutex>

namespace widgets {

namespace {

/// One event for each function, so that a nested event loop goes on with the rest.
class Mailbox final : public QObject {
public:
    Mailbox() { moveToThread(QCoreApplication::instance()->thread()); }

    void put(QObject *receiver, std::function<void()> function)
    {
        {
            const std::lock_guard lock(mutex_);
            letters_.push_back({receiver, std::move(function)});
        }
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

protected:
    void customEvent(QEvent *) override
    {
        Letter letter;
        {
            const std::lock_guard lock(mutex_);
            letter = std::move(letters_.front());
            letters_.pop_front();
        }
        if (letter.receiver)
            letter.function();
    }

private:
    struct Letter {
        QPointer<QObject> receiver;
        std::function<void()> function;
    };
    std::mutex mutex_;
    std::deque<Letter> letters_; // guarded by mutex_
};

} // namespace

void postToGui(QObject *receiver, std::function<void()> function)
{
    static Mailbox mailbox;
    mailbox.put(receiver, std::move(function));
}

} // namespace widgets
