// SPDX-License-Identifier: GPL-3.0-or-later
//
// What quantum-distortion-render prints, and how it ends: errors, and a batch with one line for
// every output. Standard output: results; standard error: progress, warnings, errors.
// Real-time: no. Errors: the exit code.
#pragma once

#include "app/CommandLine.h"

namespace app {

/// --verify found another input or another sound. No error, as with cmp and diff.
inline constexpr int differentCode = 1;

/// Prints it in one line and returns its exit code.
int report(const engine::Error &error);
/// What was printed has arrived, or the exit code that says it has not.
int finishOutput();

/// "-14.0 LUFS, -1.1 dBTP", as measured on the file.
std::string levelsText(const engine::render::RenderFileReport &report);

/// 0 only if all outputs are there; else the code of the first error.
int perform(const RenderBatch &command);

} // namespace app
