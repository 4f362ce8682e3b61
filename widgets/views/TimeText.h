// SPDX-License-Identifier: GPL-3.0-or-later
//
// Times, levels and durations as people read them, and where a time ruler puts its marks.
// Units: seconds, decibels. The decimal point follows the locale; minus is U+2212.
// Real-time: no. Errors: none.
#pragma once

#include <QString>

#include <vector>

namespace widgets {

/// "0:04.231", "38:33", "1:02:10".
QString clockText(double seconds, int decimals = 0);
/// "−1.7", "0.0", "+3.0" where `plus` is wished.
QString numberText(double value, int decimals, bool plus = false);
/// "44.9 ms", "11.4 s", "2:05" from 100 s up.
QString durationText(double seconds);
/// "10 s", "1.5 s".
QString lengthText(double seconds);

/// Round steps so that labels are at least `minimumPx` apart.
double timeStep(double secondsPerPx, double minimumPx);
/// Multiples of `step` within [first, end].
std::vector<double> timeTicks(double first, double end, double step);
/// Decimals that tell neighbours `step` apart.
int timeDecimals(double step);

} // namespace widgets
