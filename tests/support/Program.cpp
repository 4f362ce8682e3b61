// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tests {

namespace {

/// A file without a name that a child's output goes to.
int captureFile()
{
    FILE *file = std::tmpfile();
    const int copy = fcntl(fileno(file), F_DUPFD_CLOEXEC, 10);
    std::fclose(file);
    return copy;
}

std::string contentAndClose(int descriptor)
{
    std::string text;
    lseek(descriptor, 0, SEEK_SET);
    std::array<char, 4096> part{};
    for (ssize_t got; (got = read(descriptor, part.data(), part.size())) > 0;)
        text.append(part.data(), static_cast<std::size_t>(got));
    close(descriptor);
    return text;
}

[[noreturn]] void becomeProgram(const std::string &program,
                                const std::vector<std::string> &arguments,
                                const ProgramOptions &options, int out, int err)
{
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    for (const auto &[name, value] : options.environment)
        setenv(name.c_str(), value.c_str(), 1);
    if (!options.folder.empty() && chdir(options.folder.c_str()) != 0)
        _exit(126);
    std::vector<char *> argv{const_cast<char *>(program.c_str())};
    for (const std::string &argument : arguments)
        argv.push_back(const_cast<char *>(argument.c_str()));
    argv.push_back(nullptr);
    if (options.inChild)
        options.inChild();
    execv(program.c_str(), argv.data());
    _exit(127);
}

double seconds(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

} // namespace

Outcome runRender(const std::vector<std::string> &arguments, const ProgramOptions &options)
{
    return runProgram(QD_RENDER_PROGRAM, arguments, options);
}

Outcome runProgram(const std::string &program, const std::vector<std::string> &arguments,
                   const ProgramOptions &options)
{
    const int out = captureFile();
    const int err = captureFile();
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0)
        becomeProgram(program, arguments, options, out, err);
    if (options.whileRunning)
        options.whileRunning(child);
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    Outcome outcome;
    outcome.wallSeconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    outcome.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    outcome.peakMemoryKib = usage.ru_maxrss;
    outcome.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    outcome.out = contentAndClose(out);
    outcome.err = contentAndClose(err);
    return outcome;
}

void waitUntilBlocked(pid_t program, int signal)
{
    // The C library blocks every signal for a moment while it forks or makes a thread.
    const auto isBlocked = [](std::uint64_t mask, int number) {
        return (mask >> (number - 1) & 1U) != 0;
    };
    const std::string path = "/proc/" + std::to_string(program) + "/status";
    for (int tries = 0; tries < 30'000; ++tries, usleep(1000)) {
        std::ifstream status(path);
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("State:") && line.find('Z') != std::string::npos)
                return;
            if (!line.starts_with("SigBlk:"))
                continue;
            const std::uint64_t mask = std::stoull(line.substr(7), nullptr, 16);
            if (isBlocked(mask, signal) && !isBlocked(mask, SIGUSR2))
                return;
        }
    }
}

} // namespace tests
