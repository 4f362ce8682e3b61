// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/SoundFile.h"

#include <QtGlobal>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

namespace tests {

namespace {

using engine::AudioBuffer;

SNDFILE *opened(const std::filesystem::path &path, int mode, SF_INFO &info)
{
    SNDFILE *file = sf_open(path.c_str(), mode, &info);
    if (!file)
        qFatal("cannot open %s: %s", path.c_str(), sf_strerror(nullptr));
    return file;
}

template <typename Integer>
void append(std::string &bytes, Integer value)
{
    for (std::size_t i = 0; i < sizeof value; ++i)
        bytes += static_cast<char>(value >> (8 * i));
}

} // namespace

void writeSound(const std::filesystem::path &path, int format, const AudioBuffer &sound)
{
    SF_INFO info{};
    info.samplerate = sound.format().sampleRateHz;
    info.channels = sound.channels();
    info.format = format;
    SNDFILE *file = opened(path, SFM_WRITE, info);
    const auto channels = static_cast<std::size_t>(sound.channels());
    std::vector<float> interleaved(channels * static_cast<std::size_t>(sound.frames()));
    for (std::size_t c = 0; c < channels; ++c) {
        const auto samples = sound.channel(static_cast<int>(c));
        for (std::size_t n = 0; n < samples.size(); ++n)
            interleaved[n * channels + c] = samples[n];
    }
    sf_writef_float(file, interleaved.data(), sound.frames());
    sf_close(file);
}

AudioBuffer readSound(const std::filesystem::path &path)
{
    SF_INFO info{};
    SNDFILE *file = opened(path, SFM_READ, info);
    const auto channels = static_cast<std::size_t>(info.channels);
    std::vector<float> interleaved(channels * static_cast<std::size_t>(info.frames));
    const sf_count_t frames = sf_readf_float(file, interleaved.data(), info.frames);
    sf_close(file);
    AudioBuffer sound({info.samplerate, info.channels}, frames);
    for (std::size_t c = 0; c < channels; ++c) {
        const auto samples = sound.channel(static_cast<int>(c));
        for (std::size_t n = 0; n < samples.size(); ++n)
            samples[n] = interleaved[n * channels + c];
    }
    return sound;
}

int soundFormat(const std::filesystem::path &path)
{
    SF_INFO info{};
    sf_close(opened(path, SFM_READ, info));
    return info.format;
}

void writeSparseWav(const std::filesystem::path &path, int rateHz, int channels,
                    std::int64_t frames)
{
    const std::int64_t frameBytes = std::int64_t{channels} * 2;
    const std::int64_t dataBytes = frames * frameBytes;
    const bool large = dataBytes > 0xFFFF0000;
    std::string header = large ? "RF64" : "RIFF";
    append(header, large ? 0xFFFFFFFFU : static_cast<std::uint32_t>(dataBytes + 36));
    header += "WAVE";
    if (large) {
        header += "ds64";
        append(header, std::uint32_t{28});
        append(header, static_cast<std::uint64_t>(dataBytes + 72));
        append(header, static_cast<std::uint64_t>(dataBytes));
        append(header, static_cast<std::uint64_t>(frames));
        append(header, std::uint32_t{0});
    }
    header += "fmt ";
    append(header, std::uint32_t{16});
    append(header, std::uint16_t{1});
    append(header, static_cast<std::uint16_t>(channels));
    append(header, static_cast<std::uint32_t>(rateHz));
    append(header, static_cast<std::uint32_t>(rateHz * frameBytes));
    append(header, static_cast<std::uint16_t>(frameBytes));
    append(header, std::uint16_t{16});
    header += "data";
    append(header, large ? 0xFFFFFFFFU : static_cast<std::uint32_t>(dataBytes));
    writeText(path, header);
    std::filesystem::resize_file(path, header.size() + static_cast<std::uintmax_t>(dataBytes));
}

void writeText(const std::filesystem::path &path, const std::string &text)
{
    std::ofstream(path, std::ios::binary) << text;
}

std::string readText(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool sameBits(const AudioBuffer &a, const AudioBuffer &b)
{
    if (a.frames() != b.frames() || a.channels() != b.channels())
        return false;
    for (int c = 0; c < a.channels(); ++c) {
        if (std::memcmp(a.channel(c).data(), b.channel(c).data(), a.channel(c).size_bytes()) != 0)
            return false;
    }
    return true;
}

AudioBuffer part(const AudioBuffer &sound, std::int64_t first, std::int64_t frames)
{
    AudioBuffer cut(sound.format(), frames);
    copy(sound.block(first, static_cast<int>(frames)), cut.block(0, static_cast<int>(frames)));
    return cut;
}

double peakOf(const AudioBuffer &sound)
{
    float peak = 0.0F;
    for (int c = 0; c < sound.channels(); ++c) {
        for (const float x : sound.channel(c))
            peak = std::max(peak, std::abs(x));
    }
    return double{peak};
}

double nullDb(const AudioBuffer &y, const AudioBuffer &ref)
{
    double error = 0.0;
    double energy = 0.0;
    for (int c = 0; c < ref.channels(); ++c) {
        for (std::size_t n = 0; n < ref.channel(c).size(); ++n) {
            const double d = double{y.channel(c)[n]} - double{ref.channel(c)[n]};
            error += d * d;
            energy += double{ref.channel(c)[n]} * double{ref.channel(c)[n]};
        }
    }
    return 10.0 * std::log10(std::max(error / std::max(energy, 1e-300), 1e-30));
}

} // namespace tests
