// SPDX-License-Identifier: GPL-3.0-or-later
//
// Seconds of a monotonic clock, for measuring what work costs. Real-time: yes. Errors: none.
#pragma once

#include <chrono>

namespace engine {

inline double secondsNow()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace engine
