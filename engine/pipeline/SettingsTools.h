// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be done with whole settings, by way of the parameter table: put a preset under locks,
// say what differs, go from one to the other.
// Shape: pure functions of values. Units: as in the table. Real-time: no (differences allocates).
// Errors: none; what comes in holds allowed values, and so does what comes out.
#pragma once

#include "engine/pipeline/ParameterSet.h"

#include <string>
#include <vector>

namespace engine::pipeline {

/// The preset's settings, except that what is locked stays as it is in `current`. Where a side is
/// linked and what comes out is not, Post-Quant's values are those that the side sounds with.
Settings applyPreset(const Settings &current, const Settings &preset, const ParameterSet &locks);

struct Difference {
    ParameterId id;
    double before;
    double after;
    std::string beforeText; ///< English: "90 %", "+1.5 dB", "on", "Wavefold", "D F A"
    std::string afterText;
    bool operator==(const Difference &) const = default;
};

/// Every parameter that makes a difference, in the table's order. What does not count on either
/// side is left out: Post-Quant's own values while both are linked, the notes of a scale that is
/// custom on neither side.
std::vector<Difference> differences(const Settings &a, const Settings &b);
/// "Snap 90 % → 92 %".
std::string differenceText(const Difference &difference);
/// A value in English as `Difference` has it: shares as percent, number with unit.
std::string englishValue(const ParameterInfo &info, double value);

/// Part of the way from a to b, t in 0…1: every continuous parameter at the same part of its own
/// knob's travel, switches and choices those of a below t = ½ and of b from there on. Exactly a at
/// t ≤ 0, exactly b at t ≥ 1. Where only one side is linked, Post-Quant goes from or to what it is
/// linked to, so that it does not jump with the link.
Settings morph(const Settings &a, const Settings &b, double t);

} // namespace engine::pipeline
