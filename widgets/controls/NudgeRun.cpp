// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/NudgeRun.h"

#include <QKeyEvent>

namespace widgets {

/// Events that another program or a test made up have no time.
NudgeRun::Moment NudgeRun::momentOf(const QInputEvent &event)
{
    if (event.timestamp() != 0)
        return {static_cast<qint64>(event.timestamp()), true};
    if (!clock_.isValid())
        clock_.start();
    return {clock_.elapsed(), false};
}

Edit NudgeRun::next(const QInputEvent &event)
{
    const bool held =
        event.type() == QEvent::KeyPress && static_cast<const QKeyEvent &>(event).isAutoRepeat();
    const std::optional<Moment> before = std::exchange(last_, momentOf(event));
    if (!before)
        return Edit::Nudged;
    const qint64 gap = last_->ms - before->ms; // negative where a clock began anew
    const bool together = before->isEvents == last_->isEvents && gap >= 0 && gap < pauseMs;
    return held || together ? Edit::NudgedOn : Edit::Nudged;
}

} // namespace widgets
