// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes one stereo 24-bit WAV file, whole or not at all.
// Shape: the samples go to a file of another name in the same folder, which then takes the place
// of the final one; a failed run leaves the earlier file as it was. Units: 1.0 is full scale.
// Errors: a WriteError with the process exit code (as in <sysexits.h>) and a sentence for the user.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace demo {

struct WriteError {
    int exitCode;
    std::string message;
};

/// Requires: interleaved left and right, every sample finite.
std::optional<WriteError> writeWaveFile(const std::filesystem::path &file,
                                        const std::vector<double> &interleaved);

} // namespace demo
