// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a screen reader is told of a Knob: "Fold, Distortion", a dial, "5.0 times", its range and
// step. Units: the parameter table's. Real-time: no. Errors: none.
#pragma once

namespace widgets {

class Knob;

/// Makes the accessibility interface of every Knob known; once is enough.
void installKnobAccessibility();
void announceKnobValue(Knob *knob);

} // namespace widgets
