// SPDX-License-Identifier: GPL-3.0-or-later
//
// Chance from the system, for what must not be foreseen or repeated: blind tests, identifiers.
// Shape: 64 fair bits a call. Real-time: no (a system call). Errors: none; the source cannot run
// dry, and a system without it (Linux before 3.17) ends the program rather than being guessed for.
// Source: getrandom(2).
#pragma once

#include <cstdint>

namespace engine {

std::uint64_t systemRandom();

} // namespace engine
