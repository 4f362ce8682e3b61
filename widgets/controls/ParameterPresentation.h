// SPDX-License-Identifier: GPL-3.0-or-later
//
// A row of the parameter table as a person meets it: translated words, the number in the locale's
// writing with a real minus sign, shares as percent, and back from what was typed.
// Shape: free functions of one row. Units: values are the table's; a share 0…1 is shown as 0…100 %.
// Real-time: no; GUI thread. Errors: parseShown gives nothing for text that is no number; it does
// not check the range.
#pragma once

#include "engine/pipeline/ParameterTable.h"

#include <QString>

#include <optional>

namespace widgets {

namespace pipeline = engine::pipeline;

QString parameterLabel(const pipeline::ParameterInfo &info);
QString parameterHelp(const pipeline::ParameterInfo &info);
/// What the tooltip of a control that is locked says besides.
QString lockedText();
/// Label of a choice: "Wavefold".
QString choiceLabel(const pipeline::ParameterInfo &info, int index);
/// "%", "×", "dB" or nothing.
QString parameterUnit(const pipeline::ParameterInfo &info);

/// "5.0", "+0.10", "−1.0", "92": more decimals only where the value has them.
QString shownValue(const pipeline::ParameterInfo &info, double value);
/// "5.0×", "−1.0 dB".
QString shownValueWithUnit(const pipeline::ParameterInfo &info, double value);
/// "5.0 times", "−1.0 decibels".
QString spokenValue(const pipeline::ParameterInfo &info, double value);
/// As short as it can be said: "10", "−0.1".
QString shownLimit(const pipeline::ParameterInfo &info, double value);
/// Reads point or comma, any minus sign, with or without the unit.
std::optional<double> parseShown(const pipeline::ParameterInfo &info, const QString &text);

/// The value on the grid of the shown decimals, or of one decimal more where moved finely; inside
/// the range.
double roundedValue(const pipeline::ParameterInfo &info, double value, bool fine);

/// A measured number in the locale's writing: "−2.4".
QString shownNumber(double value, int decimals);

/// Group of the theme's colours and name of the card that a stage belongs to.
const char *stageToken(pipeline::StageId stage);
QString stageName(pipeline::StageId stage);

/// The row of Pre-Quant that stands for a row of Post-Quant's own settings.
pipeline::ParameterId linkedParameter(pipeline::ParameterId id);

} // namespace widgets
