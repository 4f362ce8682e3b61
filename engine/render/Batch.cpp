// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/Batch.h"

#include "engine/base/Clock.h"
#include "engine/io/AudioFileReader.h"
#include "engine/io/DisplayName.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <system_error>
#include <thread>

namespace engine::render {

namespace {

namespace fs = std::filesystem;
constexpr double batchProgressSeconds = 0.03;

class Batch {
public:
    Batch(const BatchRequest &request, const BatchPlan &plan, const std::stop_token &stop,
          const std::function<void(std::size_t, const BatchOutcome &)> &changed)
        : request_(request), plan_(plan), stop_(stop), changed_(changed)
    {
        report_.outcomes.resize(plan.items.size());
        const int wanted = request.threads > 0
                               ? request.threads
                               : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
        workers_ = std::min(wanted, std::max(1, static_cast<int>(plan.items.size())));
        threadsEach_ = wanted / workers_;
    }
    BatchReport operator()();

private:
    void work();
    void renderItem(std::size_t index);
    BatchOutcome outcomeOf(std::size_t index);
    bool isFinished(const RenderFileRequest &wanted) const;
    RenderFileRequest requestFor(const BatchItem &item) const;
    void tell(std::size_t index, BatchOutcome outcome);

    const BatchRequest &request_;
    const BatchPlan &plan_;
    const std::stop_token &stop_;
    const std::function<void(std::size_t, const BatchOutcome &)> &changed_;
    int workers_ = 1;
    int threadsEach_ = 1;
    std::atomic<std::size_t> next_{0};
    std::mutex mutex_;
    BatchReport report_; ///< guarded by mutex_ while the workers run
};

RenderFileRequest Batch::requestFor(const BatchItem &item) const
{
    const BatchPreset &preset = request_.presets[item.preset];
    RenderFileRequest wanted = request_.options;
    wanted.input = item.input;
    wanted.output = item.output;
    wanted.settings = preset.settings;
    wanted.monoDownmix = preset.monoDownmix;
    wanted.tapsFolder.clear();
    wanted.timingJson.clear();
    wanted.container = wanted.container.value_or(io::Container::Wav);
    wanted.threads = threadsEach_;
    return wanted;
}

void Batch::tell(std::size_t index, BatchOutcome outcome)
{
    const std::lock_guard lock(mutex_);
    report_.outcomes[index] = std::move(outcome);
    if (changed_)
        changed_(index, report_.outcomes[index]);
}

namespace {

/// What was cut off behind the header shows only in reading.
bool isWhole(io::AudioFileReader &file, std::int64_t frames, const std::stop_token &stop)
{
    constexpr int blockFrames = 16384;
    AudioBuffer buffer(file.format(), blockFrames);
    std::int64_t read = 0;
    while (!stop.stop_requested()) {
        const Result<int> got = file.read(buffer.block(0, blockFrames));
        if (!got)
            return false;
        read += *got;
        if (*got < blockFrames)
            return read == frames && file.warnings().empty();
    }
    return false;
}

} // namespace

/// Whether the output is there, whole, and made in the way that is asked for.
bool Batch::isFinished(const RenderFileRequest &wanted) const
{
    std::error_code ignored;
    if (!fs::is_regular_file(wanted.output, ignored))
        return false;
    auto held = io::readRecipe(wanted.output);
    if (!held || !*held)
        return false;
    const auto file = io::AudioFileReader::open(wanted.output);
    if (!file || !(*file)->warnings().empty())
        return false;
    const Result<io::Recipe> recipe = recipeOf(wanted, {stop_, {}});
    if (!recipe)
        return false;
    (*held)->libraries = recipe->libraries; // others make the same sound, up to rounding
    if (*recipe != **held)
        return false;
    const double frames = static_cast<double>(recipe->input.frames) * recipe->sampleRateHz /
                          recipe->input.format.sampleRateHz;
    const std::optional<std::int64_t> there = (*file)->declaredFrames();
    return there && std::abs(static_cast<double>(*there) - frames) <= 1.0 &&
           isWhole(**file, *there, stop_);
}

BatchOutcome Batch::outcomeOf(std::size_t index)
{
    BatchOutcome outcome;
    const RenderFileRequest wanted = requestFor(plan_.items[index]);
    if (request_.resume && isFinished(wanted)) {
        outcome.state = BatchState::Skipped;
        return outcome;
    }
    double told = 0.0;
    const RunContext context{stop_, [&](std::optional<double> fraction) {
                                 const double now = secondsNow();
                                 if (now - told < batchProgressSeconds)
                                     return;
                                 told = now;
                                 BatchOutcome running;
                                 running.state = BatchState::Running;
                                 running.fraction = fraction;
                                 tell(index, std::move(running));
                             }};
    Result<RenderFileReport> result = renderFile(wanted, context);
    if (result) {
        outcome.state = BatchState::Done;
        outcome.report = std::move(*result);
    } else if (result.error().code == ErrorCode::Cancelled) {
        outcome.state = BatchState::Cancelled;
    } else if (request_.resume && isFinished(wanted)) {
        outcome.state = BatchState::Skipped; // another process was faster
    } else {
        outcome.state = BatchState::Failed;
        outcome.error = std::move(result.error());
    }
    return outcome;
}

void Batch::renderItem(std::size_t index)
{
    BatchOutcome outcome;
    if (stop_.stop_requested()) {
        outcome.state = BatchState::Cancelled;
        tell(index, std::move(outcome));
        return;
    }
    outcome.state = BatchState::Running;
    tell(index, outcome);
    try {
        outcome = outcomeOf(index);
    } catch (const std::exception &fault) { // memory or threads that the system does not give
        outcome.state = BatchState::Failed;
        outcome.error = Error{ErrorCode::WriteFailed,
                              io::quotedName(plan_.items[index].output) +
                                  " was not rendered: there is not enough memory",
                              "The other files go on",
                              "Close other programs or use fewer threads",
                              fault.what(),
                              0};
    }
    tell(index, std::move(outcome));
}

void Batch::work()
{
    for (std::size_t index; (index = next_.fetch_add(1)) < plan_.items.size();)
        renderItem(index);
}

BatchReport Batch::operator()()
{
    {
        std::vector<std::jthread> threads;
        for (int i = 1; i < workers_; ++i) {
            try {
                threads.emplace_back([this] { work(); });
            } catch (const std::system_error &) {
                break; // the system gives no more threads; fewer do the same work
            }
        }
        work();
    }
    return std::move(report_);
}

/// What the plan's clashes are, for a message.
std::string firstClash(const BatchPlan &plan)
{
    const auto item = std::ranges::find_if(plan.items, &BatchItem::clashes);
    const std::string name = io::quotedName(item->output);
    if (item->overInput)
        return name + " would be written over one of the inputs";
    return io::quotedPath(plan.items[*item->clashesWith].input) + " and " +
           io::quotedPath(item->input) + " would both become " + name;
}

} // namespace

std::size_t BatchReport::count(BatchState state) const
{
    return static_cast<std::size_t>(std::ranges::count(outcomes, state, &BatchOutcome::state));
}

Result<BatchReport>
runBatch(const BatchRequest &request, const BatchPlan &plan, const std::stop_token &stop,
         const std::function<void(std::size_t item, const BatchOutcome &)> &changed)
{
    const io::Container container = request.options.container.value_or(io::Container::Wav);
    if (plan.clashes > 0)
        return fail(ErrorCode::Usage,
                    firstClash(plan) +
                        (plan.clashes > 1
                             ? ", and there are " + std::to_string(plan.clashes - 1) + " more"
                             : std::string()),
                    "Nothing was written",
                    "Use {source}, {preset} or {index} in the name template, or let names be "
                    "numbered");
    if (request.resume && !(request.options.embedRecipe && io::holdsRecipe(container)))
        return fail(ErrorCode::Usage, "Only files with a recipe tell whether they are finished",
                    "Nothing was written",
                    "Resume without leaving the recipe out, and not with Wave64");
    std::error_code fault;
    const bool made = fs::create_directories(request.folder, fault);
    if (fault || !fs::is_directory(request.folder))
        return fail(ErrorCode::CannotCreate,
                    "The folder " + io::quotedName(request.folder) + " could not be made",
                    "Nothing was written", "Choose another folder", fault.message());
    auto report = Batch(request, plan, stop, changed)();
    if (made)
        fs::remove(request.folder, fault); // made for nothing: only an empty folder goes
    return report;
}

} // namespace engine::render
