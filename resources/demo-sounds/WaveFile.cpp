// SPDX-License-Identifier: GPL-3.0-or-later

#include "resources/demo-sounds/WaveFile.h"

#include "resources/demo-sounds/Timing.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <sndfile.h>
#include <system_error>

namespace demo {

namespace {

constexpr int channels = 2;
constexpr int exitCannotCreate = 73;
constexpr int exitWriteFailed = 74;

/// 24-bit values in the upper bits of 32, as libsndfile wants them.
std::vector<int> quantised(const std::vector<double> &samples)
{
    constexpr double fullScale = 8388607.0;
    std::vector<int> values;
    values.reserve(samples.size());
    for (const double sample : samples) {
        const double limited = std::clamp(sample, -1.0, 1.0) * fullScale;
        values.push_back(static_cast<int>(std::lround(limited)) * 256);
    }
    return values;
}

std::optional<WriteError> writeSamples(const std::filesystem::path &file,
                                       const std::vector<int> &values)
{
    SF_INFO info{};
    info.samplerate = fileRateHz;
    info.channels = channels;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_24;
    SNDFILE *handle = sf_open(file.string().c_str(), SFM_WRITE, &info);
    if (handle == nullptr)
        return WriteError{exitCannotCreate,
                          "Cannot create " + file.string() + ": " + sf_strerror(nullptr)};
    const auto frames = static_cast<sf_count_t>(values.size()) / channels;
    const sf_count_t written = sf_writef_int(handle, values.data(), frames);
    const std::string reason = sf_strerror(handle);
    sf_write_sync(handle);
    const bool closed = sf_close(handle) == SF_ERR_NO_ERROR;
    if (written != frames || !closed)
        return WriteError{exitWriteFailed, "Cannot complete " + file.string() + ": " + reason};
    return std::nullopt;
}

/// A full disk may show only after the library reported success.
bool hasLength(const std::filesystem::path &file, std::size_t sampleCount)
{
    std::error_code fault;
    const std::uintmax_t bytes = std::filesystem::file_size(file, fault);
    return !fault && bytes >= 3 * static_cast<std::uintmax_t>(sampleCount);
}

} // namespace

std::optional<WriteError> writeWaveFile(const std::filesystem::path &file,
                                        const std::vector<double> &interleaved)
{
    if (!std::all_of(interleaved.begin(), interleaved.end(),
                     [](double sample) { return std::isfinite(sample); }))
        return WriteError{exitWriteFailed,
                          file.string() + " would hold samples that are no number"};

    std::filesystem::path partial = file;
    partial += ".partial";
    std::error_code fault;
    std::optional<WriteError> error = writeSamples(partial, quantised(interleaved));
    if (!error && !hasLength(partial, interleaved.size()))
        error = WriteError{exitWriteFailed, "Cannot complete " + partial.string()};
    if (!error) {
        std::filesystem::rename(partial, file, fault);
        if (fault)
            error = WriteError{exitCannotCreate,
                               "Cannot replace " + file.string() + ": " + fault.message()};
    }
    if (error)
        std::filesystem::remove(partial, fault);
    return error;
}

} // namespace demo
