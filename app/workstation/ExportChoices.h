// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person chose in the export dialog and would like to find there next time, and the request
// that follows from it. Everything the container does not allow is left to its own default.
// Shape: values; kept as JSON text. Units: Hz, LUFS, dBTP. Real-time: no. Errors: damaged text
// gives the usual choices.
#pragma once

#include "engine/render/RenderFile.h"

#include <QStringList>

#include <array>

namespace app {

enum class LoudnessChoice : std::uint8_t { AsRendered, Target, MatchSource };

struct ExportChoices {
    engine::io::Container container = engine::io::Container::Wav;
    engine::io::SampleFormat depth = engine::io::SampleFormat::Pcm24; ///< where there is a depth
    /// Absent: TPDF for 16 bits, else none.
    std::optional<engine::io::Dither> dither;
    std::optional<double> quality;   ///< 0…1; absent: the container's usual one
    std::optional<int> sampleRateHz; ///< absent: that of the sound
    engine::pipeline::TapId source = engine::pipeline::TapId::Output;
    bool allTaps = false;
    bool previewOnly = false;
    LoudnessChoice loudness = LoudnessChoice::AsRendered;
    double targetLufs = -14.0;
    double truePeakDb = -1.0;
    std::optional<engine::dsp::Oversampling> oversampling; ///< absent: that of the settings
    bool embedRecipe = true;
    bool showInFolder = false;
    bool savePreset = false;
    bool operator==(const ExportChoices &) const = default;
};

QString exportChoicesText(const ExportChoices &choices);
ExportChoices exportChoicesFrom(const QString &text);

/// The depth that is written: the container's default where it does not have the chosen one.
engine::io::SampleFormat writtenDepth(const ExportChoices &choices);
engine::io::Dither writtenDither(const ExportChoices &choices);
/// The qualities that are offered, and the nearest of them. Requires: a lossy container.
inline constexpr std::array shownQualities{0.25, 0.5, 0.75, 1.0};
std::size_t qualityStep(const ExportChoices &choices);
QStringList qualityNames();
int writtenRateHz(const ExportChoices &choices, int soundRateHz);
engine::io::Loudness loudnessOf(const ExportChoices &choices);

/// Bytes of a file of this many seconds; a guess for what is compressed.
struct SizeEstimate {
    double bytes = 0.0;
    bool exact = true;
};
SizeEstimate estimateSize(const ExportChoices &choices, engine::AudioFormat sound, double seconds);

/// Where the taps of a render go: "growl_taps" beside "growl.wav".
std::filesystem::path tapsBeside(const std::filesystem::path &output);

/// All that the choices say: format, loudness, tap, recipe. Input, output, settings and window are
/// for the caller to set.
engine::render::RenderFileRequest requestOf(const ExportChoices &choices, int soundRateHz);

/// The same for sounds of any rate: the rate is only changed where one was chosen.
engine::render::RenderFileRequest batchOptionsOf(const ExportChoices &choices);

/// "WAV, 24 bit", "MP3, Best, 48 kHz, −14.0 LUFS".
QString formatSummary(const ExportChoices &choices);

} // namespace app
