// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/OutputFormat.h"

#include "engine/base/Text.h"
#include "engine/io/DisplayName.h"

#include <algorithm>
#include <cassert>
#include <sndfile.h>
#include <utility>

namespace engine::io {
namespace {

using enum SampleFormat;

constexpr std::array<SampleFormat, 3> anyFormat{Pcm24, Pcm16, Float32};
constexpr std::array<SampleFormat, 2> integers{Pcm24, Pcm16};
/// The codec gives each channel beyond two a role (the last one carries low effects only), which a
/// sound file's channels need not have.
constexpr int stereoOnly = 2;
constexpr std::array<SampleFormat, 1> lossy{Lossy};

constexpr std::array ditherKeys{std::pair{Dither::None, std::string_view("none")},
                                std::pair{Dither::Tpdf, std::string_view("tpdf")},
                                std::pair{Dither::NoiseShaped, std::string_view("shaped")}};
constexpr std::array depthKeys{
    std::pair{Pcm16, std::string_view("16")}, std::pair{Pcm24, std::string_view("24")},
    std::pair{Float32, std::string_view("32f")}, std::pair{Lossy, std::string_view("lossy")}};

template <typename Value, std::size_t size>
std::string_view keyOf(const std::array<std::pair<Value, std::string_view>, size> &keys,
                       Value value)
{
    return std::ranges::find(keys, value, &std::pair<Value, std::string_view>::first)->second;
}

template <typename Value, std::size_t size>
std::optional<Value> valueOf(const std::array<std::pair<Value, std::string_view>, size> &keys,
                             std::string_view key)
{
    const auto found = std::ranges::find(keys, key, &std::pair<Value, std::string_view>::second);
    return found == keys.end() ? std::nullopt : std::optional(found->first);
}

constexpr std::array opusRates{8000, 12000, 16000, 24000, 48000};
constexpr std::array mp3Rates{8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000};

constexpr bool anyRate(int rateHz)
{
    return rateHz >= minSampleRateHz && rateHz <= maxSampleRateHz;
}
constexpr bool flacRate(int rateHz)
{
    return rateHz >= minSampleRateHz && (rateHz <= 65535 || (rateHz <= 655350 && rateHz % 10 == 0));
}
constexpr bool vorbisRate(int rateHz)
{
    return rateHz >= minSampleRateHz && rateHz <= 200000;
}
constexpr bool opusRate(int rateHz)
{
    return std::ranges::binary_search(opusRates, rateHz);
}
constexpr bool mp3Rate(int rateHz)
{
    return std::ranges::binary_search(mp3Rates, rateHz);
}

constexpr std::string_view anyRates = "1000 to 768000 Hz";

using Row = ContainerInfo;
constexpr std::array containerTable{
    Row{Container::Wav,
        "wav",
        "WAV",
        {"wav"},
        SF_FORMAT_WAV,
        anyFormat,
        maxChannels,
        anyRate,
        anyRates},
    Row{Container::Rf64,
        "rf64",
        "RF64",
        {"rf64"},
        SF_FORMAT_RF64,
        anyFormat,
        maxChannels,
        anyRate,
        anyRates},
    Row{Container::W64,
        "w64",
        "Wave64",
        {"w64"},
        SF_FORMAT_W64,
        anyFormat,
        maxChannels,
        anyRate,
        anyRates},
    Row{Container::Aiff,
        "aiff",
        "AIFF",
        {"aiff", "aif", "aifc"},
        SF_FORMAT_AIFF,
        anyFormat,
        maxChannels,
        anyRate,
        anyRates},
    Row{Container::Caf,
        "caf",
        "CAF",
        {"caf"},
        SF_FORMAT_CAF,
        anyFormat,
        maxChannels,
        anyRate,
        anyRates},
    Row{Container::Flac,
        "flac",
        "FLAC",
        {"flac"},
        SF_FORMAT_FLAC,
        integers,
        maxChannels,
        flacRate,
        "1000 to 65535 Hz, and multiples of 10 up to 655350 Hz"},
    Row{Container::OggVorbis,
        "ogg",
        "Ogg Vorbis",
        {"ogg", "oga"},
        SF_FORMAT_OGG | SF_FORMAT_VORBIS,
        lossy,
        stereoOnly,
        vorbisRate,
        "1000 to 200000 Hz"},
    Row{Container::Opus,
        "opus",
        "Opus",
        {"opus"},
        SF_FORMAT_OGG | SF_FORMAT_OPUS,
        lossy,
        stereoOnly,
        opusRate,
        "8000, 12000, 16000, 24000 or 48000 Hz"},
    Row{Container::Mp3,
        "mp3",
        "MP3",
        {"mp3"},
        SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III,
        lossy,
        2,
        mp3Rate,
        "8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100 or 48000 Hz"},
};

static_assert(std::ranges::is_sorted(containerTable, {}, &Row::container) &&
              containerTable.size() == static_cast<std::size_t>(Container::Mp3) + 1);

tl::unexpected<Error> notPossible(std::string problem, std::string advice)
{
    return fail(ErrorCode::Usage, std::move(problem), "Nothing was written", std::move(advice));
}

std::string formatNames(const ContainerInfo &row)
{
    std::string names;
    for (const SampleFormat format : row.sampleFormats) {
        if (!names.empty())
            names += format == row.sampleFormats.back() ? " or " : ", ";
        names += name(format);
    }
    return names;
}

Status checkShape(const ContainerInfo &row, AudioFormat audio)
{
    const std::string container(row.name);
    if (audio.channels < 1 || audio.channels > row.maxChannels)
        return notPossible(container + " cannot hold " + std::to_string(audio.channels) +
                               " channels, only 1 to " + std::to_string(row.maxChannels),
                           "Choose another format or fewer channels.");
    if (!row.allowsRate(audio.sampleRateHz))
        return notPossible(container + " cannot hold a sample rate of " +
                               std::to_string(audio.sampleRateHz) + " Hz, only " +
                               std::string(row.rates),
                           "Choose another format or one of these rates.");
    return {};
}

} // namespace

std::span<const ContainerInfo> containers()
{
    return containerTable;
}

const ContainerInfo &info(Container container)
{
    return containerTable[static_cast<std::size_t>(container)];
}

Result<Container> containerByEnding(const std::filesystem::path &path)
{
    const std::string ending = lowerCase(path.extension().string());
    for (const ContainerInfo &row : containerTable) {
        if (ending.size() > 1 && std::ranges::count(row.endings, ending.substr(1)) > 0)
            return row.container;
    }
    return notPossible("“" + displayName(path) + "” has no ending that names a sound file format",
                       "Use one of these endings or name the format: " + containerKeys() + ".");
}

Result<Container> containerByKey(std::string_view key)
{
    const std::string wanted = lowerCase(key);
    for (const ContainerInfo &row : containerTable) {
        if (row.key == wanted)
            return row.container;
    }
    return notPossible("“" + printable(key) + "” is not a sound file format",
                       "Choose one of " + containerKeys() + ".");
}

std::string containerKeys()
{
    std::string keys;
    for (const ContainerInfo &row : containerTable)
        keys.append(keys.empty() ? "" : ", ").append(row.key);
    return keys;
}

Result<OutputFormat> resolve(Container container, std::optional<SampleFormat> sampleFormat,
                             std::optional<Dither> dither, AudioFormat audio,
                             std::optional<double> quality)
{
    const ContainerInfo &row = info(container);
    const std::string title(row.name);
    const SampleFormat chosen = sampleFormat.value_or(row.sampleFormats.front());
    if (std::ranges::count(row.sampleFormats, chosen) == 0) {
        if (row.sampleFormats.front() == Lossy)
            return notPossible(title + " compresses the sound and has no bit depth",
                               "Leave the bit depth out or choose another format.");
        return notPossible(title + " cannot hold " + std::string(name(chosen)) + " samples, only " +
                               formatNames(row),
                           "Choose one of these or another format.");
    }
    if (Status ok = checkShape(row, audio); !ok)
        return tl::unexpected(ok.error());

    const Dither chosenDither = dither.value_or(chosen == Pcm16 ? Dither::Tpdf : Dither::None);
    if (chosenDither != Dither::None && chosen != Pcm16 && chosen != Pcm24)
        return notPossible("Dither is only for 16-bit and 24-bit files",
                           "Leave the dither out or choose one of these bit depths.");

    if (quality && chosen != Lossy)
        return notPossible(title + " loses nothing and has no quality to choose",
                           "Leave the quality out or choose Ogg Vorbis, Opus or MP3.");
    if (quality && !(*quality >= 0.0 && *quality <= 1.0))
        return notPossible("A quality of " + numberText(*quality) + " is outside 0…1",
                           "Choose a number from 0 (smallest) to 1 (best).");

    const OutputFormat format{container, chosen, chosenDither, quality};
    SF_INFO wanted{};
    wanted.samplerate = audio.sampleRateHz;
    wanted.channels = audio.channels;
    wanted.format = sndfileFormat(format);
    if (sf_format_check(&wanted) == 0)
        return notPossible("The libsndfile library of this computer cannot write " + title,
                           "Choose another format.");
    return format;
}

bool isLossy(Container container)
{
    return info(container).sampleFormats.front() == Lossy;
}

double defaultQuality(Container container)
{
    assert(isLossy(container));
    switch (container) {
    case Container::Opus:
        return 0.5; // a target of 131 kbit/s a channel
    case Container::Mp3:
        return 1.0; // variable bit rate V0: about 245 kbit/s for stereo
    default:
        return 0.8; // Vorbis q8: about 256 kbit/s for 44.1 kHz stereo
    }
}

std::string_view key(Dither dither)
{
    return keyOf(ditherKeys, dither);
}

std::optional<Dither> ditherByKey(std::string_view key)
{
    return valueOf(ditherKeys, key);
}

std::string_view key(SampleFormat sampleFormat)
{
    return keyOf(depthKeys, sampleFormat);
}

std::optional<SampleFormat> sampleFormatByKey(std::string_view key)
{
    return valueOf(depthKeys, key);
}

int nearestAllowedRate(Container container, int rateHz)
{
    const ContainerInfo &row = info(container);
    const int wanted = std::clamp(rateHz, minSampleRateHz, maxSampleRateHz);
    for (int rate = wanted; rate <= maxSampleRateHz; ++rate) {
        if (row.allowsRate(rate))
            return rate;
    }
    int rate = wanted;
    while (!row.allowsRate(rate))
        --rate;
    return rate;
}

std::string_view name(SampleFormat sampleFormat)
{
    switch (sampleFormat) {
    case Pcm16:
        return "16-bit";
    case Pcm24:
        return "24-bit";
    case Float32:
        return "32-bit float";
    case Lossy:
        break;
    }
    return "compressed";
}

int bytesPerSample(SampleFormat sampleFormat)
{
    switch (sampleFormat) {
    case Pcm16:
        return 2;
    case Pcm24:
        return 3;
    case Float32:
        return 4;
    case Lossy:
        break;
    }
    return 0;
}

int sndfileFormat(const OutputFormat &format)
{
    const int container = info(format.container).sndfileFormat;
    switch (format.sampleFormat) {
    case Pcm16:
        return container | SF_FORMAT_PCM_16;
    case Pcm24:
        return container | SF_FORMAT_PCM_24;
    case Float32:
        return container | SF_FORMAT_FLOAT;
    case Lossy:
        break;
    }
    return container;
}

} // namespace engine::io
