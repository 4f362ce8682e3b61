// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes a tap of a preview, as it was heard, to a file. Format by the ending of the name; 24 bits
// where the format has them, 32-bit float where the sound goes above full scale and the format can
// hold that. The file holds the recipe of a render of this part if a render made
// now gives the same samples bit for bit: not if the input has changed, for example.
// Shape: 1 to 8 channels. Real-time: no (renders the part once). Errors: those of the writer,
// Cancelled; what was at the target before is still there.
#pragma once

#include "engine/io/AtomicFile.h"
#include "engine/io/OutputFormat.h"
#include "engine/render/PreviewRenderer.h"

namespace engine::render {

struct SavedTap {
    io::SampleFormat sampleFormat = io::SampleFormat::Pcm24;
    std::int64_t clippedSamples = 0; ///< above what the file can hold
};

Result<SavedTap> saveTap(const Preview &preview, pipeline::TapId tap,
                         const std::filesystem::path &output, io::OverwritePolicy overwrite,
                         const std::stop_token &stop);

} // namespace engine::render
