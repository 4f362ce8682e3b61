// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the quantization view can be of, each described once: what one quantizer moved, or the way
// from the chain's input to its output; and how a preview's part of it is found.
// Real-time: no. Errors: none.
#pragma once

#include "app/workstation/PaneView.h"
#include "engine/analysis/Quantization.h"

#include <span>

namespace app {

enum class QuantizationSource { AsTap, PreQuant, PostQuant, Chain };

struct QuantizationSourceRow {
    QuantizationSource source;
    const char *key;   ///< saved
    const char *label; ///< untranslated, in the context of Quantization
};
std::span<const QuantizationSourceRow> quantizationSources();
QString quantizationSourceText(QuantizationSource source);

/// Up to the tap after the distortion what Pre-Quant moved, then what Post-Quant did.
QuantizationSource resolved(QuantizationSource source, engine::pipeline::TapId tap);
/// Null where the quantizers run and have not told yet, and when stopped. Takes a while.
std::shared_ptr<const engine::analysis::ChainTrace>
chainTraceOf(const engine::render::Preview &preview, const std::stop_token &stop);

} // namespace app
