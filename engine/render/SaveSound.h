// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes sound that is in memory to a file: a tap of the preview. Format by the ending of the name;
// 24 bits where the format has them.
// Shape: 1 to 8 channels. Real-time: no. Errors: those of the writer; what was at the target before
// is still there.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "engine/base/RunContext.h"
#include "engine/io/AtomicFile.h"

namespace engine::render {

Status saveSound(const AudioBuffer &sound, const std::filesystem::path &output,
                 io::OverwritePolicy overwrite, const std::stop_token &stop);

} // namespace engine::render
