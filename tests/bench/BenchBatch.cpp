// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-batch: how much faster a batch of 100 files is on all cores than in one process on one
// core, measured in turns in one run. Wall time counts here, so the machine should be idle; the CPU
// time beside it says what the threads cost each other, whatever else is running.

#include "engine/base/Clock.h"
#include "engine/base/Text.h"
#include "engine/render/Batch.h"
#include "tests/support/Cpu.h"
#include "tests/support/Signals.h"
#include "tests/support/SoundFile.h"

#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <sched.h>

namespace {

using namespace engine;

constexpr int files = 100;
constexpr int rounds = 3;
constexpr int rateHz = 48000;
constexpr int seconds = 8;

struct Cost {
    double wall = 0.0;
    double cpu = 0.0;
};

/// On so many cores, and no others.
Cost batch(const std::filesystem::path &folder, int cores)
{
    cpu_set_t all;
    cpu_set_t some;
    sched_getaffinity(0, sizeof all, &all);
    CPU_ZERO(&some);
    for (int cpu = 0, taken = 0; cpu < CPU_SETSIZE && taken < cores; ++cpu) {
        if (CPU_ISSET(cpu, &all)) {
            CPU_SET(cpu, &some);
            ++taken;
        }
    }
    sched_setaffinity(0, sizeof some, &some);
    render::BatchRequest request;
    request.inputs = {folder / "in"};
    request.presets = {{"defaults", {}, false}};
    request.folder = folder / "out";
    request.options.overwrite = io::OverwritePolicy::Replace;
    request.threads = cores;
    const double start = secondsNow();
    const double startCpu = tests::processCpuSeconds();
    const auto plan = render::planBatch(request);
    const auto report = render::runBatch(request, *plan, {}, {});
    const Cost cost{secondsNow() - start, tests::processCpuSeconds() - startCpu};
    sched_setaffinity(0, sizeof all, &all);
    if (!report || report->count(render::BatchState::Done) != files)
        std::abort();
    return cost;
}

} // namespace

int main()
{
    const QTemporaryDir temporary;
    const std::filesystem::path folder = temporary.path().toStdString();
    std::filesystem::create_directories(folder / "in");
    tests::Random random(4);
    tests::writeSound(
        folder / "in" / "0.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24,
        tests::makeSignal(tests::SignalKind::Noise, {rateHz, 2}, rateHz * seconds, 0.3, random));
    for (int i = 1; i < files; ++i)
        std::filesystem::copy_file(folder / "in" / "0.wav",
                                   folder / "in" / (std::to_string(i) + ".wav"));
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    batch(folder, cores);
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
        const Cost one = batch(folder, 1);
        const Cost many = batch(folder, cores);
        ratios.push_back(one.wall / many.wall);
        std::printf("%d files of %d s: 1 core %s s (%s s CPU), %d cores %s s (%s s CPU): %s × as "
                    "fast, %s of the cores used well\n",
                    files, seconds, fixedText(one.wall, 2).c_str(), fixedText(one.cpu, 2).c_str(),
                    cores, fixedText(many.wall, 2).c_str(), fixedText(many.cpu, 2).c_str(),
                    fixedText(ratios.back(), 2).c_str(),
                    (fixedText(100.0 * one.cpu / many.cpu, 0) + " %").c_str());
        std::fflush(stdout);
    }
    std::ranges::sort(ratios);
    std::printf("median: %s × the throughput of one core\n",
                fixedText(ratios[ratios.size() / 2], 2).c_str());
    return 0;
}
