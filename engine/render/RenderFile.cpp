// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/RenderFile.h"

#include "engine/base/Text.h"
#include "engine/io/DisplayName.h"
#include "engine/render/LevelMatch.h"
#include "engine/render/OutputFile.h"
#include "engine/render/RenderPlan.h"
#include "engine/render/TapFiles.h"
#include "engine/render/TimingReport.h"

#include <chrono>

namespace engine::render {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

class Job {
public:
    Job(const RenderFileRequest &request, const RunContext &context, FileListener *listener)
        : request_(request), context_(context), listener_(listener)
    {}
    Result<RenderFileReport> operator()();

private:
    Result<RenderFileReport> make();
    Status open();
    Status openOutput();
    Status checkPlaces() const;
    Status openTaps();
    Status openTiming();
    Result<pipeline::RunReport> run();
    Status completeFiles();
    Status publishFiles();
    Status publishTiming();
    void report();
    std::function<void(std::optional<double>)> progressFrom(double first, double end) const;
    /// How much of the way is done when the input is known, and when everything is rendered.
    static constexpr double scanShare = 0.05;
    double renderShare() const { return plan_->target ? 0.8 : 1.0; }

    const RenderFileRequest &request_;
    const RunContext &context_;
    FileListener *listener_; ///< null: the file gets its name
    RenderFileReport report_;
    std::unique_ptr<RenderPlan> plan_;
    std::unique_ptr<OutputFile> output_;
    TapFiles taps_;
    std::optional<io::AtomicFile> timingFile_;
};

bool samePlace(const fs::path &a, const fs::path &b)
{
    std::error_code fault;
    if (fs::equivalent(a, b, fault))
        return true;
    const auto place = [](const fs::path &path) {
        std::error_code ignored;
        return fs::weakly_canonical(fs::absolute(path, ignored), ignored);
    };
    return place(a) == place(b);
}

/// No file may be written twice, and only the output may take the input's place.
Status Job::checkPlaces() const
{
    std::vector<fs::path> written{request_.output};
    if (!request_.tapsFolder.empty()) {
        for (const pipeline::TapInfo &tap : pipeline::tapTable)
            written.push_back(TapFiles::path(request_.tapsFolder, tap));
    }
    if (!request_.timingJson.empty())
        written.push_back(request_.timingJson);
    for (std::size_t i = 0; i < written.size(); ++i) {
        bool clashes = i > 0 && samePlace(written[i], request_.input);
        for (std::size_t j = 0; j < i; ++j)
            clashes = clashes || samePlace(written[i], written[j]);
        if (clashes)
            return fail(ErrorCode::Usage,
                        io::quotedName(written[i]) +
                            " would be written over the input or another output of this render",
                        "Nothing was written", "Give each file a place of its own");
    }
    return {};
}

Status Job::openTiming()
{
    if (request_.timingJson.empty())
        return {};
    Result<io::AtomicFile> file = io::AtomicFile::create(request_.timingJson, request_.overwrite);
    if (!file)
        return tl::unexpected(file.error());
    timingFile_ = std::move(*file);
    return {};
}

Status Job::openOutput()
{
    OutputWish wish;
    wish.path = request_.output;
    wish.format = plan_->format;
    wish.sound = plan_->source().format();
    wish.sampleRateHz = plan_->written.sampleRateHz;
    wish.frames = plan_->expectedFrames();
    wish.target = plan_->target;
    if (plan_->recipe)
        wish.recipe = io::recipeText(*plan_->recipe);
    wish.overwrite = request_.overwrite;
    Result<std::unique_ptr<OutputFile>> output = OutputFile::create(std::move(wish));
    if (!output)
        return tl::unexpected(output.error());
    output_ = std::move(*output);
    return {};
}

Status Job::openTaps()
{
    if (request_.tapsFolder.empty())
        return {};
    return taps_.open(request_.tapsFolder, plan_->source().format(), plan_->expectedFrames(),
                      request_.overwrite);
}

Status Job::completeFiles()
{
    const RunContext rest{context_.stop, progressFrom(renderShare(), 1.0)};
    return taps_.complete(context_.stop).and_then([&] {
        return output_->complete(rest, listener_);
    });
}

Status Job::publishFiles()
{
    return taps_.publish().and_then([this] { return output_->publish(); });
}

Status Job::publishTiming()
{
    if (!timingFile_)
        return {};
    return timingFile_->write(timingJson(report_.timing)).and_then([this] {
        return timingFile_->commit();
    });
}

/// Hands a tap to the output file and to its tap file.
class TeeSink final : public AudioSink {
public:
    TeeSink(AudioSink &first, AudioSink *second) : first_(first), second_(second) {}
    Status write(ConstAudioBlock block) override
    {
        if (Status status = first_.write(block); !status)
            return status;
        return second_ ? second_->write(block) : Status{};
    }

private:
    AudioSink &first_;
    AudioSink *second_;
};

/// What a person should know about a target that was not met.
std::optional<std::string> loudnessWarning(const std::optional<LoudnessTarget> &target,
                                           const OutputLevels &levels)
{
    constexpr double toleranceLu = 0.1;
    constexpr double toleranceDb = 0.05;
    if (levels.silent)
        return "The sound is silent, or softer than -70 LUFS, and has no loudness: it was written "
               "as "
               "rendered.";
    if (target && levels.truePeakDb && *levels.truePeakDb > target->truePeakDb + toleranceDb)
        return "The true peak is " + fixedText(*levels.truePeakDb, 1) + " dB and not below " +
               fixedText(target->truePeakDb, 1) +
               ": the coder adds more than the limiter can foresee; choose a higher quality.";
    if (!target || !levels.lufs || std::abs(*levels.lufs - target->lufs) <= toleranceLu)
        return std::nullopt;
    std::string text = "The loudness is " + fixedText(*levels.lufs, 1) + " LUFS and not " +
                       fixedText(target->lufs, 1) + ": ";
    if (levels.reductionDb > 0.0)
        return text + "under a true peak of " + fixedText(target->truePeakDb, 1) +
               " dB the sound does not become louder without being flattened (the limiter took " +
               fixedText(levels.reductionDb, 1) + " dB away at most).";
    return text + "the coder changed it.";
}

/// A part of the whole way, told as such.
std::function<void(std::optional<double>)> Job::progressFrom(double first, double end) const
{
    if (!context_.progress)
        return {};
    return [this, first, end](std::optional<double> fraction) {
        context_.progress(fraction ? std::optional(first + (end - first) * *fraction) : fraction);
    };
}

Status Job::open()
{
    if (Status status = checkPlaces(); !status)
        return status;
    Result<std::unique_ptr<RenderPlan>> plan = planRender(request_);
    if (!plan)
        return tl::unexpected(plan.error());
    plan_ = std::move(*plan);
    // What cannot be written is told before the input is gone through.
    std::error_code ignored;
    if (fs::is_directory(fs::absolute(request_.output, ignored).parent_path(), ignored)) {
        if (const auto trial = io::AtomicFile::create(request_.output, request_.overwrite); !trial)
            return tl::unexpected(trial.error());
    }
    return scanInput(request_, *plan_, {context_.stop, progressFrom(0.0, scanShare)});
}

Result<pipeline::RunReport> Job::run()
{
    pipeline::TapSinks sinks = taps_.sinks();
    TeeSink outputs(output_->sink(), pipeline::sinkOf(sinks, request_.source));
    pipeline::sinkOf(sinks, request_.source) = &outputs;

    WorkerPool workers(request_.threads);
    const RunContext context{context_.stop,
                             progressFrom(plan_->scanned ? scanShare : 0.0, renderShare())};
    pipeline::RunOptions options;
    if (request_.tapsFolder.empty())
        options.lastTap = request_.source;
    std::optional<double> levelMatchDb;
    const bool matches =
        options.lastTap.value_or(pipeline::TapId::Output) == pipeline::TapId::Output;
    if (plan_->settings.autoGain.on && matches) {
        const Result<double> gainDb =
            measureLevelMatchDb(plan_->source(), plan_->settings, plan_->window, workers, context);
        if (!gainDb)
            return tl::unexpected(gainDb.error());
        levelMatchDb = plan_->settings.autoGain.measured.gainDb = *gainDb;
    }
    Result<pipeline::RunReport> done = pipeline::run(
        plan_->source(), plan_->settings, plan_->window, sinks, workers, context, options);
    if (!done)
        return done;
    if (done->frames == 0)
        return fail(ErrorCode::BadData,
                    io::quotedName(request_.input) + " holds no sound where the render begins",
                    "Nothing was written");
    done->timing.levelMatchDb = levelMatchDb;
    return done;
}

void Job::report()
{
    const OutputLevels &levels = output_->levels();
    report_.format = plan_->format;
    report_.writtenFrames = output_->frames();
    report_.writtenRateHz = plan_->written.sampleRateHz;
    report_.writtenLufs = levels.lufs;
    report_.writtenTruePeakDb = levels.truePeakDb;
    report_.appliedGainDb = levels.gainDb;
    report_.limiterReductionDb = levels.reductionDb;
    report_.holdsRecipe = plan_->recipe.has_value();
    report_.warnings = plan_->warnings;
    for (const io::ReadWarning &warning : plan_->reader->warnings())
        report_.warnings.push_back(warning.text);
    if (const auto text = loudnessWarning(plan_->target, levels))
        report_.warnings.push_back(*text);
    if (const std::int64_t clipped = output_->clippedSamples(); clipped > 0) {
        report_.warnings.push_back(
            std::to_string(clipped) +
            " samples were above full scale and were clipped; lower the output "
            "gain or write 32-bit float.");
    }
}

Result<RenderFileReport> Job::make()
{
    const Clock::time_point start = Clock::now();
    if (Status status = open(); !status)
        return tl::unexpected(status.error());
    const double openSeconds = secondsSince(start);
    // The taps' folder may be the output's too, and is made first.
    for (const auto step : {&Job::openTaps, &Job::openOutput, &Job::openTiming}) {
        if (Status status = (this->*step)(); !status)
            return tl::unexpected(status.error());
    }
    Result<pipeline::RunReport> rendered = run();
    if (!rendered)
        return tl::unexpected(rendered.error());

    const Clock::time_point saveStart = Clock::now();
    if (Status status = completeFiles(); !status)
        return tl::unexpected(status.error());
    if (!listener_) {
        if (Status status = publishFiles(); !status)
            return tl::unexpected(status.error());
    }
    report();
    report_.frames = rendered->frames;
    report_.timing = std::move(rendered->timing);
    report_.timing.preview = request_.preview.has_value();
    report_.timing.loadSeconds += openSeconds;
    report_.timing.saveSeconds += secondsSince(saveStart);
    report_.timing.totalSeconds = secondsSince(start);
    if (Status status = publishTiming(); !status)
        return tl::unexpected(status.error());
    return std::move(report_);
}

Result<RenderFileReport> Job::operator()()
{
    Result<RenderFileReport> made = make();
    if (!made && made.error().code == ErrorCode::Cancelled) {
        taps_.abandon();
        if (output_)
            output_->abandon();
    }
    return made;
}

} // namespace

Result<RenderFileReport> renderFile(const RenderFileRequest &request, const RunContext &context)
{
    return Job(request, context, nullptr)();
}

Result<RenderFileReport> rehearseFile(const RenderFileRequest &request, FileListener &listener,
                                      const RunContext &context)
{
    return Job(request, context, &listener)();
}

} // namespace engine::render
