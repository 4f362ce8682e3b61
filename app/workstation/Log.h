// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happened, in a file for each start of the program, so that it can be looked up or sent along
// with a question: sounds opened, messages shown, renders, the audio device, moments in which the
// window did not answer. The newest ten files are kept, each at most some 2 MB. Nothing leaves the
// machine.
// Shape: lines of time, level and words, UTF-8. Real-time: never from the audio callback; elsewhere
// a line goes to a queue, and a thread of its own writes it. Errors: a folder that cannot be
// written means no log, never a failure.
#pragma once

#include <QLoggingCategory>
#include <QString>

namespace app {

/// Information is kept in the file alone; warnings also go to standard error.
Q_DECLARE_LOGGING_CATEGORY(happened)

/// ~/.local/state/quantum-distortion/logs, or as XDG_STATE_HOME says.
QString logFolder();

/// While it lives, everything that goes through Qt's logging is kept in a new file in `folder`.
/// One at a time.
class Log final {
public:
    explicit Log(const QString &folder);
    /// Writes what is still queued.
    ~Log();
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;

    /// Empty: it cannot be written.
    const QString &file() const { return file_; }

private:
    QString file_;
};

} // namespace app
