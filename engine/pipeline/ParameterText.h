// SPDX-License-Identifier: GPL-3.0-or-later
//
// Parameter values as text, and as the position of a knob. Text uses a point in every locale.
// Shape: text reads back as the same value. Units: the row's. Real-time: no.
// Errors: parseParameter says which value is not allowed and what is, without naming where the
// value came from: "1.5 is outside 0…1".
#pragma once

#include "engine/base/Result.h"
#include "engine/pipeline/ParameterTable.h"

#include <string>

namespace engine::pipeline {

std::string parameterText(const ParameterInfo &info, double value);
Result<double> parseParameter(const ParameterInfo &info, std::string_view text);

/// Whether the value is one that the row allows (range, whole index, at least one note).
Status checkParameter(const ParameterInfo &info, double value);
/// "0…1", "on or off", "major, minor, …".
std::string allowedText(const ParameterInfo &info);

/// Position 0…1 of a knob. Requires: a Number.
double knobPosition(const ParameterInfo &info, double value);
double valueAtKnob(const ParameterInfo &info, double position);

/// All parameters as text, for --help-parameters.
std::string parameterTableText();

} // namespace engine::pipeline
