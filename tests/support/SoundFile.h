// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sound files for tests, written and read with libsndfile directly, so that the project's own
// reader and writer are never their own witness. Shape: AudioBuffer. Errors: a file that cannot be
// opened ends the test program, because nothing after it could mean anything.
#pragma once

#include "engine/base/AudioBuffer.h"

#include <filesystem>
#include <sndfile.h>
#include <string>

namespace tests {

void writeSound(const std::filesystem::path &path, int format, const engine::AudioBuffer &sound);
engine::AudioBuffer readSound(const std::filesystem::path &path);
/// The format field of SF_INFO.
int soundFormat(const std::filesystem::path &path);
/// 16-bit PCM silence that takes no room on the disk.
void writeSparseWav(const std::filesystem::path &path, int rateHz, int channels,
                    std::int64_t frames);

void writeText(const std::filesystem::path &path, const std::string &text);
std::string readText(const std::filesystem::path &path);

bool sameBits(const engine::AudioBuffer &a, const engine::AudioBuffer &b);
engine::AudioBuffer part(const engine::AudioBuffer &sound, std::int64_t first, std::int64_t frames);
double peakOf(const engine::AudioBuffer &sound);
/// 10 log10(Σ(y − ref)² / Σ ref²) over all channels.
double nullDb(const engine::AudioBuffer &y, const engine::AudioBuffer &ref);

} // namespace tests
