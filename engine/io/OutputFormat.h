// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a sound file can be: one table row per container, and the check that a wish is possible.
// Shape: OutputFormat is a plain value; resolve() is the way to a valid one. Units: Hz, channels.
// Real-time: no. Errors: ErrorCode::Usage, naming what the container allows.
// Source: the rates and channel counts are those that libsndfile 1.2.0 writes and reads back
// with the same number of frames; above 65 535 Hz FLAC stores a rate in tens of Hz.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "engine/base/Result.h"

#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace engine::io {

enum class Container { Wav, Rf64, W64, Aiff, Caf, Flac, OggVorbis, Opus, Mp3 };
enum class SampleFormat { Pcm16, Pcm24, Float32, Lossy };
/// NoiseShaped: triangular dither whose error is moved to where the ear hears least.
enum class Dither { None, Tpdf, NoiseShaped };

struct OutputFormat {
    Container container = Container::Wav;
    SampleFormat sampleFormat = SampleFormat::Pcm24;
    Dither dither = Dither::None;
    std::optional<double> quality = std::nullopt; ///< 0…1, only for Lossy; else defaultQuality()
    bool operator==(const OutputFormat &) const = default;
};

struct ContainerInfo {
    Container container;
    std::string_view key;
    std::string_view name;                   ///< for people
    std::array<std::string_view, 3> endings; ///< lower case, without the dot; the first is usual
    int sndfileFormat;                       ///< major type; with the subtype for a lossy one
    std::span<const SampleFormat> sampleFormats; ///< the first is the default
    int maxChannels;
    bool (*allowsRate)(int rateHz);
    std::string_view rates; ///< what allowsRate() allows, in words
};

std::span<const ContainerInfo> containers();
const ContainerInfo &info(Container container);

/// By the ending of the name, in any case.
Result<Container> containerByEnding(const std::filesystem::path &path);
Result<Container> containerByKey(std::string_view key);
/// "wav, rf64, …": the keys, for messages and help.
std::string containerKeys();

/// Without a wish: 24 bits where the container has them; TPDF dither for 16 bits, else none.
Result<OutputFormat> resolve(Container container, std::optional<SampleFormat> sampleFormat,
                             std::optional<Dither> dither, AudioFormat audio,
                             std::optional<double> quality = std::nullopt);
bool isLossy(Container container);
/// Near-transparent; 1 is the best and largest. Requires: isLossy(container).
double defaultQuality(Container container);
/// "none", "tpdf", "shaped": the names in interfaces.
std::string_view key(Dither dither);
std::optional<Dither> ditherByKey(std::string_view key);
/// "16", "24", "32f", and "lossy" where there is no depth.
std::string_view key(SampleFormat sampleFormat);
std::optional<SampleFormat> sampleFormatByKey(std::string_view key);

/// The rate itself if the container allows it, else the next higher one, else its highest.
int nearestAllowedRate(Container container, int rateHz);

std::string_view name(SampleFormat sampleFormat);
int bytesPerSample(SampleFormat sampleFormat); ///< 0 for Lossy
/// The `format` member of SF_INFO.
int sndfileFormat(const OutputFormat &format);

} // namespace engine::io
