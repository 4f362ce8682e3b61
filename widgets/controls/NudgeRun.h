// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which wheel notches and keys of one control belong together as one gesture. What counts is when
// the person made them, which the events know, not when the program came to look at them: a busy
// program splits no run, and a pause of 600 ms ends one. A key that is held down is one run.
// Units: milliseconds. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/controls/Edit.h"

#include <QElapsedTimer>

#include <optional>

class QInputEvent;

namespace widgets {

class NudgeRun {
public:
    static constexpr qint64 pauseMs = 600;

    /// Nudged for the first of a run, NudgedOn for what goes on with it.
    Edit next(const QInputEvent &event);
    /// The next is another run's first, whenever it comes.
    void end() { last_.reset(); }

private:
    struct Moment {
        qint64 ms;
        bool isEvents; ///< of the clock of the events, else of ours
    };
    Moment momentOf(const QInputEvent &event);

    std::optional<Moment> last_;
    QElapsedTimer clock_;
};

} // namespace widgets
