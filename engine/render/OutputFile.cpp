// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/OutputFile.h"

#include "engine/analysis/LevelMeter.h"

#include <algorithm>
#include <cmath>

namespace engine::render {

namespace {

class MeterAndListener final : public AudioSink {
public:
    MeterAndListener(AudioFormat format, FileListener *listener)
        : meter_(format), listener_(listener)
    {
        if (listener_)
            listener_->begin();
    }
    Status write(ConstAudioBlock block) override
    {
        (void)meter_.write(block);
        return listener_ ? listener_->write(block) : Status{};
    }
    analysis::LevelMeter &meter() { return meter_; }

private:
    analysis::LevelMeter meter_;
    FileListener *listener_;
};

} // namespace

Result<std::unique_ptr<OutputFile>> OutputFile::create(OutputWish wish)
{
    std::unique_ptr<OutputFile> file(new OutputFile(std::move(wish)));
    const OutputWish &asked = file->wish_;
    // Opened at once in any case: what cannot be written is told before the work.
    if (Status status = file->openWriter(); !status)
        return tl::unexpected(status.error());
    if (asked.target) {
        auto spool = io::SampleSpool::create(asked.path, file->written(), asked.overwrite);
        if (!spool)
            return tl::unexpected(spool.error());
        file->spool_ = std::move(*spool);
    }
    if (asked.sampleRateHz != asked.sound.sampleRateHz) {
        AudioSink &next = file->sink();
        auto resampler = io::ResamplingSink::create(asked.sound, asked.sampleRateHz, next);
        if (!resampler)
            return tl::unexpected(resampler.error());
        file->resampler_ = std::move(*resampler);
    }
    return file;
}

AudioSink &OutputFile::sink()
{
    if (resampler_)
        return *resampler_;
    if (spool_)
        return *spool_;
    return *writer_;
}

Status OutputFile::openWriter()
{
    std::optional<std::int64_t> frames = wish_.frames;
    if (frames)
        frames = std::llround(static_cast<double>(*frames) * wish_.sampleRateHz /
                              wish_.sound.sampleRateHz);
    auto writer = io::AudioFileWriter::create(wish_.path, wish_.format, written(), frames,
                                              wish_.overwrite, wish_.recipe);
    if (!writer)
        return tl::unexpected(writer.error());
    writer_ = std::move(*writer);
    return {};
}

Status OutputFile::completeWriter(const std::stop_token &stop, FileListener *listener)
{
    MeterAndListener readBack(written(), listener);
    if (Status status = writer_->complete(stop, &readBack); !status)
        return status;
    levels_.truePeakDb = readBack.meter().truePeakDb();
    levels_.lufs = readBack.meter().integratedLufs();
    return {};
}

Status OutputFile::level(const RunContext &context, FileListener *listener)
{
    // How many passes there will be is not known: each takes half of what is left.
    double done = 0.0;
    double share = 0.5;
    double told = 0.0;
    RunContext pass = context;
    if (context.progress)
        pass.progress = [&](std::optional<double> part) {
            told = std::max(told, done + share * part.value_or(0.0));
            context.progress(told);
        };
    const auto passed = [&] {
        done += share;
        share *= 0.5;
    };

    Leveller leveller(*spool_, *wish_.target);
    const Result<bool> planned = leveller.plan(pass);
    if (!planned)
        return tl::unexpected(planned.error());
    levels_.silent = !*planned;
    for (int attempt = 1;; ++attempt) {
        passed();
        if (Status status = leveller.writeTo(*writer_, pass); !status)
            return status;
        if (Status status = completeWriter(context.stop, listener); !status)
            return status;
        levels_.gainDb = leveller.gainDb();
        levels_.reductionDb = leveller.reductionDb();
        if (levels_.silent || attempt == mostAttempts ||
            !leveller.improve(levels_.lufs, levels_.truePeakDb))
            return {};
        writer_.reset();
        if (Status status = openWriter(); !status)
            return status;
    }
}

Status OutputFile::complete(const RunContext &context, FileListener *listener)
{
    if (resampler_) {
        if (Status status = resampler_->finish(); !status)
            return status;
    }
    return (spool_ ? level(context, listener) : completeWriter(context.stop, listener))
        .and_then([&] { return listener ? Status{} : writer_->sync(context.stop); });
}

void OutputFile::abandon()
{
    writer_->abandon();
    if (spool_)
        spool_->abandon();
}

} // namespace engine::render
