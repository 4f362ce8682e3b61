// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/Libraries.h"

#include "engine/dsp/SpectrumKernels.h"

#include <algorithm>
#include <fftw3.h>
#include <gnu/libc-version.h>
#include <sndfile.h>
#include <soxr.h>

namespace engine::io {

namespace {

/// "fftw-3.3.10-sse2-avx" without its name.
std::string afterName(std::string_view text)
{
    return std::string(text.substr(text.find('-') + 1));
}

} // namespace

const LibraryVersions &librariesInUse()
{
    static const LibraryVersions versions{
        {"fftw", afterName(fftwf_version)},
        {"libsndfile", afterName(sf_version_string())},
        {"soxr", afterName(soxr_version())},
        {"glibc", gnu_get_libc_version()},
#ifdef __clang__
        {"compiler", "clang " + std::to_string(__clang_major__)},
#else
        {"compiler", "gcc " + std::to_string(__GNUC__)},
#endif
        {"simd", dsp::kernels::instructionSet()},
    };
    return versions;
}

std::string differingLibraries(const LibraryVersions &made, const LibraryVersions &here)
{
    std::string text;
    for (const LibraryVersion &used : made) {
        const auto found = std::ranges::find(here, used.name, &LibraryVersion::name);
        if (found != here.end() && found->version == used.version)
            continue;
        text += (text.empty() ? "" : ", ") + used.name + ' ' + used.version;
        if (found != here.end())
            text += " (here " + found->version + ')';
    }
    return text;
}

} // namespace engine::io
