// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/SystemRandom.h"

#include <cerrno>
#include <cstdlib>
#include <sys/random.h>

namespace engine {

std::uint64_t systemRandom()
{
    std::uint64_t bits = 0;
    // Up to 256 bytes come whole or not at all (getrandom(2)).
    while (::getrandom(&bits, sizeof bits, 0) != static_cast<ssize_t>(sizeof bits)) {
        if (errno != EINTR)
            std::abort();
    }
    return bits;
}

} // namespace engine
