// SPDX-License-Identifier: GPL-3.0-or-later
//
// The beginning of a file as samples in memory, for listening to it.
// Shape: at most `mostSeconds` of the file. Units: seconds. Real-time: no.
// Errors: those of AudioFileReader, and ErrorCode::Cancelled.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "engine/base/Result.h"

#include <filesystem>
#include <memory>
#include <stop_token>

namespace engine::render {

Result<std::shared_ptr<const AudioBuffer>>
readSound(const std::filesystem::path &path, double mostSeconds, const std::stop_token &stop);

} // namespace engine::render
