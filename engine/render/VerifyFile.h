// SPDX-License-Identifier: GPL-3.0-or-later
//
// Renders anew what a file's recipe says and compares the samples with those the file holds: they
// are identical, or the same sound up to rounding, as other libraries or processors give it, or
// different.
// Shape: streams in constant memory; the new render has no name and leaves nothing behind. Units:
// frames of the file, linear full scale, dB. Real-time: no.
// Errors: those of reader, recipe and render; BadData where the file holds no recipe; CannotCreate
// or WriteFailed for the report. Another input or a difference is no error but a verdict.
#pragma once

#include "engine/base/RunContext.h"
#include "engine/io/AtomicFile.h"
#include "engine/io/Recipe.h"

namespace engine::render {

struct VerifyRequest {
    std::filesystem::path file;
    std::filesystem::path input;
    std::filesystem::path json; ///< empty: no report is written
    io::OverwritePolicy overwrite = io::OverwritePolicy::Refuse; ///< of the report
    int threads = 0; ///< 0: all
};

enum class Agreement : std::uint8_t {
    Identical,
    SameSound, ///< differs by no more than rounding explains: SameSoundRule
    Different,
    DifferentInput ///< nothing was rendered
};

/// Energy of a difference in parts of equal length, relative to the mean energy of such a part of the
/// sound, in dB.
struct DifferenceLevel {
    double largestDb; ///< of the part with the largest difference: finds a click
    double medianDb;  ///< over all parts, to 0.1 dB: finds what changes everything a little
};

/// Where "same sound" ends. Each sound and preset amplifies rounding differently (where partials
/// nearly cancel, it decides their phase), so both bounds are measured on the sound itself:
/// `marginDb` above the largest level of four renders whose input is moved by one unit in the last
/// place (NudgedSource.h), between the limits.
/// Source: measurement of 76 presets × 3 sounds with FFTW's plain code instead of SIMD, with measured
/// instead of estimated plans, and with Highway's SSSE3 instead of AVX2 code. Largest: −108 dB in the
/// median, −29 dB at most, at most 17.8 dB above the nudged renders. Median: −60 dB at most, at most
/// 3.5 dB above them. MP3, Vorbis and Opus, 16 presets × 3 sounds: largest −58 dB in the median,
/// −18 dB at most, at most 16.8 dB above.
struct SameSoundRule {
    double partSeconds; ///< for lossy files, longer than a coder's decisions reach
    double marginDb;
    double lowestDb;
    DifferenceLevel highest;
};
SameSoundRule sameSoundRule(bool lossy);

struct Verdict {
    io::Recipe recipe;
    Agreement agreement = Agreement::DifferentInput;
    bool lossy = false; ///< decoded samples of the file against those of a new encoding
    std::int64_t frames = 0;
    std::int64_t differingFrames = 0;
    std::optional<std::int64_t> firstDifference;
    double largestDifference = 0.0;
    /// Relative to the new render; absent where the lengths differ.
    std::optional<DifferenceLevel> difference;
    /// The most that rounding explains; absent where that was not measured.
    std::optional<DifferenceLevel> bound;
    bool sameVersion = true; ///< of the program
    /// One sentence that says what was compared and what came out.
    std::string text() const;
    /// The same for a program: a JSON object.
    std::string json() const;
};

Result<Verdict> verifyFile(const VerifyRequest &request, const RunContext &context);

} // namespace engine::render
