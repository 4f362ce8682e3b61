// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/PerformBatch.h"

#include "app/Interrupt.h"
#include "app/ProgressLine.h"
#include "engine/base/Text.h"
#include "engine/io/DisplayName.h"

#include <cstdio>
#include <unistd.h>

namespace app {

namespace {

namespace render = engine::render;
using engine::io::quotedName;
using engine::io::quotedPath;
using render::BatchState;

void warn(const std::string &text)
{
    std::fprintf(stderr, "warning: %s\n", text.c_str());
}

void listClashes(const render::BatchPlan &plan)
{
    constexpr std::size_t most = 20;
    std::size_t shown = 0;
    for (const render::BatchItem &item : plan.items) {
        if (!item.clashes())
            continue;
        if (++shown > most)
            return;
        const std::string other = item.overInput
                                      ? "one of the inputs"
                                      : quotedPath(plan.items[*item.clashesWith].input) + " too";
        std::fprintf(stderr, "clash: %s would become %s, and this is the name of %s\n",
                     quotedPath(item.input).c_str(), quotedName(item.output).c_str(),
                     other.c_str());
    }
}

/// Prints what changes, and knows how far everything is.
class Teller {
public:
    Teller(const RenderBatch &command, const render::BatchPlan &plan)
        : plan_(plan), quiet_(command.quiet),
          line_(command.progress || (!command.quiet && isatty(STDERR_FILENO) != 0)),
          fractions_(plan.items.size())
    {}
    void tell(std::size_t index, const render::BatchOutcome &outcome)
    {
        const double before = fractions_[index];
        fractions_[index] =
            outcome.state == BatchState::Running ? outcome.fraction.value_or(before) : 1.0;
        sum_ += fractions_[index] - before;
        if (outcome.state == BatchState::Running) {
            line_.update(sum_ / static_cast<double>(fractions_.size()));
            return;
        }
        line_.clear();
        print(plan_.items[index], outcome);
        std::fflush(stdout);
    }

private:
    void print(const render::BatchItem &item, const render::BatchOutcome &outcome) const
    {
        const std::string name = quotedName(item.output);
        if (outcome.error) {
            report(*outcome.error);
            std::fprintf(stderr, "failed: %s from %s\n", name.c_str(),
                         quotedPath(item.input).c_str());
        }
        if (quiet_)
            return;
        if (outcome.state == BatchState::Done)
            std::printf("done: %s (%s)\n", name.c_str(), levelsText(outcome.report).c_str());
        if (outcome.state == BatchState::Skipped)
            std::printf("finished before: %s\n", name.c_str());
        for (const std::string &warning : outcome.report.warnings)
            warn(name + ": " + warning);
    }

    const render::BatchPlan &plan_;
    bool quiet_;
    ProgressLine line_;
    std::vector<double> fractions_;
    double sum_ = 0.0;
};

int exitCodeOf(const render::BatchReport &report)
{
    for (const render::BatchOutcome &outcome : report.outcomes) {
        if (outcome.error)
            return static_cast<int>(outcome.error->code);
    }
    return report.count(BatchState::Cancelled) > 0 ? static_cast<int>(engine::ErrorCode::Cancelled)
                                                   : 0;
}

} // namespace

std::string levelsText(const render::RenderFileReport &report)
{
    if (!report.writtenTruePeakDb)
        return "silent";
    const std::string peak = engine::fixedText(*report.writtenTruePeakDb, 1) + " dBTP";
    if (!report.writtenLufs)
        return "no loudness, " + peak;
    return engine::fixedText(*report.writtenLufs, 1) + " LUFS, " + peak;
}

int report(const engine::Error &error)
{
    std::fprintf(stderr, "quantum-distortion-render: %s\n", error.oneLine().c_str());
    return static_cast<int>(error.code);
}

int finishOutput()
{
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
        return 0;
    return report(
        {engine::ErrorCode::WriteFailed, "Standard output could not be written", {}, {}, {}});
}

int perform(const RenderBatch &command)
{
    const Interrupt interrupt;
    const engine::Result<render::BatchPlan> plan = render::planBatch(command.request);
    if (!plan)
        return report(plan.error());
    if (!command.quiet) {
        for (const auto &warnings : {command.warnings, plan->warnings}) {
            for (const std::string &warning : warnings)
                warn(warning);
        }
    }
    listClashes(*plan);
    engine::Result<render::BatchReport> result;
    {
        Teller teller(command, *plan);
        result =
            render::runBatch(command.request, *plan, interrupt.token(),
                             [&teller](std::size_t index, const render::BatchOutcome &outcome) {
                                 teller.tell(index, outcome);
                             });
    }
    if (!result)
        return report(result.error());
    if (!command.quiet)
        std::printf("%zu done, %zu finished before, %zu failed, %zu cancelled\n",
                    result->count(BatchState::Done), result->count(BatchState::Skipped),
                    result->count(BatchState::Failed), result->count(BatchState::Cancelled));
    const int printed = finishOutput();
    return printed != 0 ? printed : exitCodeOf(*result);
}

} // namespace app
