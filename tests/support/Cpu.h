// SPDX-License-Identifier: GPL-3.0-or-later
//
// What work costs, whatever else the machine is doing.
// Units: seconds of CPU time. Errors: none.
#pragma once

#include "engine/base/Clock.h"

#include <algorithm>
#include <ctime>

namespace tests {

inline double cpuSeconds(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}
inline double processCpuSeconds()
{
    return cpuSeconds(CLOCK_PROCESS_CPUTIME_ID);
}
inline double threadCpuSeconds()
{
    return cpuSeconds(CLOCK_THREAD_CPUTIME_ID);
}

/// How many seconds go by while this thread works for one, 1 on an idle machine: what a promise of
/// so many seconds has to be multiplied with before it can be held here and now.
inline double slowdown()
{
    constexpr double work = 0.05;
    const double start = engine::secondsNow();
    const double before = threadCpuSeconds();
    while (threadCpuSeconds() - before < work) {
    }
    return std::max(1.0, (engine::secondsNow() - start) / work);
}

} // namespace tests
