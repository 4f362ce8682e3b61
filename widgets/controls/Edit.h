// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a control tells of a change, so that one gesture of a person becomes one step of undo.
// A control signals edited(ParameterId, double value, Edit); it never changes anything itself and
// shows what it is given next.
// Real-time: no. Errors: none.
#pragma once

#include "engine/pipeline/ParameterTable.h"

#include <QMetaType>

namespace widgets {

enum class Edit {
    Moving,   ///< in the middle of a drag: more will follow
    Ended,    ///< the drag's last value; also sent when nothing moved
    Nudged,   ///< a wheel notch or an arrow key, the first of a run
    NudgedOn, ///< goes on with the run that it began, see NudgeRun
    Set,      ///< a step of its own: typed, toggled, chosen, reset
};

} // namespace widgets

Q_DECLARE_METATYPE(widgets::Edit)
Q_DECLARE_METATYPE(engine::pipeline::ParameterId)
