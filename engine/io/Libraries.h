// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a render's samples depend on besides the program: the versions of the libraries that compute
// or encode them, of the compiler, and the processor's vector instructions. Two machines that agree
// in all of it make the same bits; two that do not may differ by rounding.
// Shape: names and versions. Real-time: no. Errors: none.
#pragma once

#include <string>
#include <vector>

namespace engine::io {

struct LibraryVersion {
    std::string name;    ///< "fftw"
    std::string version; ///< "3.3.10-sse2-avx"
    bool operator==(const LibraryVersion &) const = default;
};
using LibraryVersions = std::vector<LibraryVersion>;

/// Of this process.
const LibraryVersions &librariesInUse();
/// "fftw 3.3.8 instead of 3.3.10, glibc …": where `made` differs from `here`; empty if nowhere.
std::string differingLibraries(const LibraryVersions &made, const LibraryVersions &here);

} // namespace engine::io
