// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/RenderFile.h"

#include "engine/base/MonoSource.h"
#include "engine/base/Text.h"
#include "engine/base/Units.h"
#include "engine/io/AudioFileReader.h"
#include "engine/io/AudioFileWriter.h"
#include "engine/io/DisplayName.h"
#include "engine/io/ResamplingSink.h"
#include "engine/render/LevelMatch.h"

#include <chrono>

namespace engine::render {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The output file with what lies before it on the way.
struct Output {
    io::OutputFormat format;
    std::unique_ptr<io::AudioFileWriter> writer;
    std::unique_ptr<io::ResamplingSink> resampler; ///< null where the rate stays

    AudioSink &sink() { return resampler ? static_cast<AudioSink &>(*resampler) : *writer; }
    Status complete(const std::stop_token &stop)
    {
        if (resampler) {
            if (Status status = resampler->finish(); !status)
                return status;
        }
        return writer->complete(stop);
    }
};

class Job {
public:
    Job(const RenderFileRequest &request, const RunContext &context)
        : request_(request), context_(context)
    {}
    Result<RenderFileReport> operator()();

private:
    Status openInput();
    Status openOutput();
    Status checkPlaces() const;
    Status openTaps();
    Status openTiming();
    Status completeFiles();
    Status publishFiles();
    Status publishTiming();
    std::optional<std::int64_t> expectedFrames(const pipeline::Window &window) const;
    void collectWarnings();
    AudioSource &source() { return mono_ ? static_cast<AudioSource &>(*mono_) : *reader_; }

    const RenderFileRequest &request_;
    const RunContext &context_;
    RenderFileReport report_;
    std::unique_ptr<io::AudioFileReader> reader_;
    std::optional<MonoSource> mono_;
    pipeline::Window window_;
    Output output_;
    std::array<std::unique_ptr<io::AudioFileWriter>, pipeline::tapCount> taps_;
    std::optional<io::AtomicFile> timingFile_;
};

fs::path tapPath(const fs::path &folder, const pipeline::TapInfo &tap)
{
    return folder / (std::string(tap.key) + ".wav");
}

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
            written.push_back(tapPath(request_.tapsFolder, tap));
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

Status Job::openInput()
{
    auto reader = io::AudioFileReader::open(request_.input);
    if (!reader)
        return tl::unexpected(reader.error());
    reader_ = std::move(*reader);
    if (request_.monoDownmix && reader_->format().channels > 1)
        mono_.emplace(*reader_);
    const Result<pipeline::Window> window = windowOf(request_, *reader_);
    if (!window)
        return tl::unexpected(window.error());
    window_ = *window;
    return {};
}

std::optional<std::int64_t> Job::expectedFrames(const pipeline::Window &window) const
{
    const std::optional<std::int64_t> declared = reader_->declaredFrames();
    if (!window.frames)
        return declared;
    return declared ? std::min(*window.frames, *declared - window.firstFrame) : *window.frames;
}

Status Job::openOutput()
{
    Result<io::Container> container =
        request_.container ? *request_.container : io::containerByEnding(request_.output);
    if (!container)
        return tl::unexpected(container.error());
    const AudioFormat sound = source().format();
    AudioFormat written = sound;
    written.sampleRateHz =
        request_.sampleRateHz.value_or(io::nearestAllowedRate(*container, sound.sampleRateHz));
    if (!request_.sampleRateHz && written != sound) {
        report_.warnings.push_back(std::string(io::info(*container).name) + " does not take " +
                                   std::to_string(sound.sampleRateHz) +
                                   " Hz: the output was resampled to " +
                                   std::to_string(written.sampleRateHz) + " Hz.");
    }
    Result<io::OutputFormat> format =
        io::resolve(*container, request_.sampleFormat, request_.dither, written);
    if (!format)
        return tl::unexpected(format.error());
    report_.format = output_.format = *format;

    std::optional<std::int64_t> frames = expectedFrames(window_);
    if (frames)
        frames =
            std::llround(static_cast<double>(*frames) * written.sampleRateHz / sound.sampleRateHz);
    auto writer =
        io::AudioFileWriter::create(request_.output, *format, written, frames, request_.overwrite);
    if (!writer)
        return tl::unexpected(writer.error());
    output_.writer = std::move(*writer);
    if (written.sampleRateHz != sound.sampleRateHz) {
        auto resampler = io::ResamplingSink::create(sound, written.sampleRateHz, *output_.writer);
        if (!resampler)
            return tl::unexpected(resampler.error());
        output_.resampler = std::move(*resampler);
    }
    return {};
}

Status Job::openTaps()
{
    if (request_.tapsFolder.empty())
        return {};
    std::error_code fault;
    fs::create_directories(request_.tapsFolder, fault);
    if (fault || !fs::is_directory(request_.tapsFolder)) {
        return fail(ErrorCode::CannotCreate,
                    "The folder for the taps, " + io::quotedName(request_.tapsFolder) +
                        ", could not be made",
                    "Nothing was written", "Choose another folder", fault.message());
    }
    constexpr io::OutputFormat format{io::Container::Wav, io::SampleFormat::Float32,
                                      io::Dither::None};
    for (const pipeline::TapInfo &tap : pipeline::tapTable) {
        auto writer = io::AudioFileWriter::create(tapPath(request_.tapsFolder, tap), format,
                                                  source().format(), expectedFrames(window_),
                                                  request_.overwrite);
        if (!writer)
            return tl::unexpected(writer.error());
        taps_[static_cast<std::size_t>(tap.id)] = std::move(*writer);
    }
    return {};
}

Status Job::completeFiles()
{
    for (auto &tap : taps_) {
        if (!tap)
            continue;
        if (Status status = tap->complete(context_.stop); !status)
            return status;
    }
    return output_.complete(context_.stop);
}

Status Job::publishFiles()
{
    for (auto &tap : taps_) {
        if (!tap)
            continue;
        if (Status status = tap->publish(); !status)
            return status;
    }
    return output_.writer->publish();
}

Status Job::publishTiming()
{
    if (!timingFile_)
        return {};
    return timingFile_->write(pipeline::timingJson(report_.timing)).and_then([this] {
        return timingFile_->commit();
    });
}

void Job::collectWarnings()
{
    for (const io::ReadWarning &warning : reader_->warnings())
        report_.warnings.push_back(warning.text);
    if (const std::int64_t clipped = output_.writer->clippedSamples(); clipped > 0) {
        report_.warnings.push_back(
            std::to_string(clipped) +
            " samples were above full scale and were clipped; lower the output "
            "gain or write 32-bit float.");
    }
}

/// Hands the output tap to the output file and to its tap file.
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

Result<RenderFileReport> Job::operator()()
{
    const Clock::time_point start = Clock::now();
    if (Status status = checkPlaces(); !status)
        return tl::unexpected(status.error());
    if (Status status = openInput(); !status)
        return tl::unexpected(status.error());
    const double openSeconds = secondsSince(start);
    // The taps' folder may be the output's too, and is made first.
    for (const auto step : {&Job::openTaps, &Job::openOutput, &Job::openTiming}) {
        if (Status status = (this->*step)(); !status)
            return tl::unexpected(status.error());
    }

    pipeline::TapSinks sinks{};
    for (std::size_t i = 0; i < taps_.size(); ++i)
        sinks[i] = taps_[i].get();
    TeeSink outputs(output_.sink(), pipeline::sinkOf(sinks, pipeline::TapId::Output));
    pipeline::sinkOf(sinks, pipeline::TapId::Output) = &outputs;

    WorkerPool workers(request_.threads);
    pipeline::Settings settings = request_.settings;
    if (request_.renderOversampling && !request_.preview)
        settings.distortion.oversampling = *request_.renderOversampling;
    if (settings.autoGain.on) {
        const Result<double> gainDb =
            measureLevelMatchDb(source(), settings, window_, workers, context_);
        if (!gainDb)
            return tl::unexpected(gainDb.error());
        report_.timing.levelMatchDb = settings.autoGain.measured.gainDb = *gainDb;
    }
    Result<pipeline::RunReport> run =
        pipeline::run(source(), settings, window_, sinks, workers, context_);
    if (!run)
        return tl::unexpected(run.error());
    if (run->frames == 0)
        return fail(ErrorCode::BadData,
                    io::quotedName(request_.input) + " holds no sound where the render begins",
                    "Nothing was written");

    const Clock::time_point saveStart = Clock::now();
    if (Status status = completeFiles(); !status)
        return tl::unexpected(status.error());
    if (Status status = publishFiles(); !status)
        return tl::unexpected(status.error());
    collectWarnings();
    report_.frames = run->frames;
    run->timing.levelMatchDb = report_.timing.levelMatchDb;
    report_.timing = std::move(run->timing);
    report_.timing.preview = request_.preview.has_value();
    report_.timing.loadSeconds += openSeconds;
    report_.timing.saveSeconds += secondsSince(saveStart);
    report_.timing.totalSeconds = secondsSince(start);
    if (Status status = publishTiming(); !status)
        return tl::unexpected(status.error());
    return std::move(report_);
}

} // namespace

Result<pipeline::Window> windowOf(const RenderFileRequest &request,
                                  const io::AudioFileReader &reader)
{
    if (!request.preview)
        return pipeline::Window{};
    const int rate = reader.format().sampleRateHz;
    const auto frames = [rate](double seconds) { return std::llround(seconds * rate); };
    const pipeline::Window window{frames(request.preview->startSeconds),
                                  std::max<std::int64_t>(1, frames(request.preview->seconds))};
    const std::optional<std::int64_t> declared = reader.declaredFrames();
    if (declared && window.firstFrame >= *declared) {
        return fail(ErrorCode::Usage,
                    "The preview begins at " + numberText(request.preview->startSeconds) +
                        " s, but " + io::quotedName(request.input) + " is only " +
                        fixedText(secondsFromFrames(*declared, rate), 3) + " s long",
                    "Nothing was written", "Choose an earlier start");
    }
    return window;
}

Result<RenderFileReport> renderFile(const RenderFileRequest &request, const RunContext &context)
{
    return Job(request, context)();
}

} // namespace engine::render
