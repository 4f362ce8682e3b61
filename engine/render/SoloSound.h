// SPDX-License-Identifier: GPL-3.0-or-later
//
// One quantizer of a preview alone, from the tap before it: to hear what a single move of its trace
// contributes, or to run it once more.
// Shape: the preview's window, channels × frames. Units: Hz, frames. Real-time: no.
// Errors: those of the pipeline, ErrorCode::Cancelled. The sounds of ranges that share the spectrum
// out add up to the quantizer's own sound, within rounding, whatever its settings: every bin is
// moved as it is in the whole, with the phases that the whole sound decides.
#pragma once

#include "engine/render/PreviewRenderer.h"

namespace engine::render {

/// Requires: `quantizer` is StageId::PreQuant or PostQuant and runs with the preview's settings.
Result<AudioBuffer> soloSound(const Preview &preview, pipeline::StageId quantizer,
                              const dsp::SoloRange &range, WorkerPool &workers,
                              const RunContext &context);

/// The quantizer alone, every other stage off. Requires: as soloSound().
Status runQuantizer(const Preview &preview, pipeline::StageId quantizer, pipeline::TapSinks sinks,
                    const pipeline::RunOptions &options, WorkerPool &workers,
                    const RunContext &context);

} // namespace engine::render
