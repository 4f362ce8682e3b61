// SPDX-License-Identifier: GPL-3.0-or-later
//
// The file that --timing-json writes: what a render cost, seconds as numbers, with one entry for
// each stage instance.
// Shape: value in, text out. Units: as in RenderTiming. Real-time: no. Errors: none.
#pragma once

#include "engine/pipeline/Timing.h"

namespace engine::render {

std::string timingJson(const pipeline::RenderTiming &timing);

} // namespace engine::render
