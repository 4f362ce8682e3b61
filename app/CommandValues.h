// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the texts behind the flags mean: sound, part, output, loudness and running of a render.
// Shape: texts in, members of a request out. Real-time: no. Errors: ErrorCode::Usage, naming the
// flag, the value and what is allowed; those of preset files.
#pragma once

#include "app/CommandFlags.h"

namespace app {

/// "--flag: problem"
tl::unexpected<engine::Error> usage(std::string_view flag, const std::string &problem);

/// A preset, by name or file, with the flags that override it; an empty name: the defaults.
struct TypedSound {
    engine::render::BatchPreset preset;
    std::vector<std::string> warnings;
};
engine::Result<TypedSound> soundFrom(const Typed &typed, const std::string &preset);

using Request = engine::render::RenderFileRequest;
/// `previewMode` is the value of DSP_PREVIEW_MODE, or empty.
engine::Status readWindow(const Typed &typed, std::string_view previewMode, Request &request);
engine::Status readOutput(const Typed &typed, Request &request);
engine::Result<int> threadsFrom(const Typed &typed);
engine::io::OverwritePolicy overwriteFrom(const Typed &typed);

} // namespace app
