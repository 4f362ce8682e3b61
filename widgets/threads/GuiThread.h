// SPDX-License-Identifier: GPL-3.0-or-later
//
// The way from any thread to the GUI thread: a function that the event loop calls there, in the
// order in which they were posted. It is not called if its receiver has died by then; as ever, the
// receiver must be alive while somebody posts to it.
// Real-time: no, takes a lock and allocates. Errors: none. Threads: any.
// What is carried is handed over under a std::mutex of this program. QMetaObject::invokeMethod()
// does the same under locks inside Qt, which a thread sanitizer cannot see.
#pragma once

#include <functional>

class QObject;

namespace widgets {

void postToGui(QObject *receiver, std::function<void()> function);

} // namespace widgets
