// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/WatchedApplication.h"

#include "app/workstation/Log.h"

#include <QMetaEnum>
#include <QThread>

namespace app {

bool WatchedApplication::notify(QObject *receiver, QEvent *event)
{
    if (QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    // Neither may be there any more afterwards.
    const QEvent::Type type = event->type();
    const char *const receives = receiver->metaObject()->className();
    const int loop = QThread::currentThread()->loopLevel();
    const int deepestBefore = std::exchange(deepestLoop_, loop);
    QElapsedTimer time;
    time.start();
    const bool taken = QApplication::notify(receiver, event);
    const qint64 took = time.elapsed();
    if (took > slowMs && deepestLoop_ == loop)
        tell(took, type, receives);
    deepestLoop_ = std::max(deepestBefore, deepestLoop_);
    return taken;
}

void WatchedApplication::tell(qint64 tookMs, QEvent::Type type, const char *receiver)
{
    if (told_.isValid() && !told_.hasExpired(quietMs) && tookMs <= toldMs_)
        return;
    told_.start();
    toldMs_ = tookMs;
    qCInfo(happened) << "The window did not answer for" << tookMs
                     << "ms:" << QMetaEnum::fromType<QEvent::Type>().valueToKey(type) << "for"
                     << receiver;
}

} // namespace app
