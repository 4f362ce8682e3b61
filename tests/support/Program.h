// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs quantum-distortion-render, or another program, as a person would and keeps what it said, how
// it ended and what it used. Shape: arguments in, Outcome out. Units: KiB, seconds. Errors: exit
// code −1 for a program that could not be started or was killed.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace tests {

struct Outcome {
    int exitCode = -1;
    std::string out;
    std::string err;
    long peakMemoryKib = 0;
    double cpuSeconds = 0.0;
    double wallSeconds = 0.0;
};

struct ProgramOptions {
    std::map<std::string, std::string> environment; ///< added to the test's own
    std::filesystem::path folder;                   ///< working directory; empty: the test's
    std::function<void()> inChild;                  ///< runs before the program starts
    std::function<void(pid_t)> whileRunning;        ///< runs in the test
};

Outcome runRender(const std::vector<std::string> &arguments, const ProgramOptions &options = {});
Outcome runProgram(const std::string &program, const std::vector<std::string> &arguments,
                   const ProgramOptions &options = {});

/// Returns once the program has taken charge of a signal (it blocks it to wait for it), or has
/// ended.
void waitUntilBlocked(pid_t program, int signal);

} // namespace tests
