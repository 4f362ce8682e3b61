// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/Leveller.h"

#include "engine/analysis/LevelMeter.h"
#include "engine/base/FlushDenormals.h"
#include "engine/base/Units.h"
#include "engine/dsp/TruePeakLimiter.h"

#include <algorithm>

namespace engine::render {

namespace {

constexpr int levelBlockFrames = 4096;
constexpr int mostSearches = 6;
constexpr double closeEnoughLu = 0.02;
constexpr double leastSlope = 0.2;
/// Below this the finished file is not written again.
constexpr double goodEnoughLu = 0.06;
/// The limiter aims so much lower: dither and a coder's noise come after it.
constexpr double peakMarginDb = 0.02;
constexpr double peakToleranceDb = 0.03;
/// A coder that needs so much room under the limit gets no more gain.
constexpr double hardCeilingDb = 0.5;
/// What a limiter would find higher than the meter does.
constexpr double meterErrorDb = 0.1;

} // namespace

Status Leveller::writeTo(AudioSink &sink, const RunContext &context)
{
    const FlushDenormals flush;
    const AudioFormat audio = spool_.format();
    const std::int64_t total = spool_.frames();
    const double gain = gainFromDb(gainDb_);
    dsp::TruePeakLimiter limiter;
    dsp::GainReduction trace;
    std::int64_t skip = 0;
    if (limits_) {
        limiter.prepare({audio.sampleRateHz, audio.channels, levelBlockFrames},
                        {.ceilingDb = ceilingDb_});
        limiter.recordTo(&trace);
        skip = limiter.latencyFrames();
    }
    AudioBuffer buffer(audio, levelBlockFrames);
    const std::int64_t end = total + skip;
    for (std::int64_t position = 0; position < end; position += levelBlockFrames) {
        if (context.stop.stop_requested())
            return fail(ErrorCode::Cancelled, "Cancelled");
        const auto count = static_cast<int>(std::min<std::int64_t>(levelBlockFrames, end - position));
        const auto held = static_cast<int>(std::clamp<std::int64_t>(total - position, 0, count));
        const AudioBlock block = buffer.block(0, count);
        if (Status status = spool_.read(std::min(position, total - held), block.slice(0, held));
            !status)
            return status;
        clear(block.slice(held, count - held));
        for (int c = 0; c < audio.channels; ++c) {
            for (float &sample : block.channel(c))
                sample = static_cast<float>(double{sample} * gain);
        }
        if (limits_)
            limiter.process(block);
        const auto late = static_cast<int>(std::clamp<std::int64_t>(skip - position, 0, count));
        if (late < count) {
            if (Status status = sink.write(block.slice(late, count - late)); !status)
                return status;
        }
        if (context.progress)
            context.progress(static_cast<double>(position + count) / static_cast<double>(end));
    }
    trace.finish();
    reductionDb_ = trace.db.empty() ? 0.0 : double{*std::ranges::max_element(trace.db)};
    return {};
}

Result<bool> Leveller::plan(const RunContext &context)
{
    analysis::LevelMeter plain(spool_.format());
    if (Status status = writeTo(plain, context); !status)
        return tl::unexpected(status.error());
    const std::optional<double> lufs = plain.integratedLufs();
    if (!lufs)
        return false;
    gainDb_ = target_.lufs - *lufs;
    mostGainDb_ = gainDb_ + mostPushDb;
    ceilingDb_ = target_.truePeakDb - peakMarginDb;
    limits_ = plain.truePeakDb().value_or(-1000.0) + gainDb_ > ceilingDb_ - meterErrorDb;
    double slope = 1.0; // of the loudness over the gain: less the harder the limiter works
    std::optional<double> lastMissing;
    double lastGainDb = gainDb_;
    for (int search = 0; limits_ && search < mostSearches; ++search) {
        analysis::LoudnessMeter limited(spool_.format());
        if (Status status = writeTo(limited, context); !status)
            return tl::unexpected(status.error());
        const double missing = target_.lufs - limited.integratedLufs().value_or(target_.lufs);
        if (std::abs(missing) < closeEnoughLu || (missing > 0.0 && gainDb_ >= mostGainDb_))
            break;
        if (lastMissing && gainDb_ != lastGainDb)
            slope = std::clamp((*lastMissing - missing) / (gainDb_ - lastGainDb), leastSlope, 1.0);
        lastMissing = missing;
        lastGainDb = gainDb_;
        gainDb_ = std::min(gainDb_ + missing / slope, mostGainDb_);
    }
    return true;
}

bool Leveller::improve(std::optional<double> lufs, std::optional<double> truePeakDb)
{
    // The limit comes first: the gain moves only while it holds.
    const double over = truePeakDb.value_or(target_.truePeakDb) - target_.truePeakDb;
    if (over > peakToleranceDb) {
        limits_ = true;
        ceilingDb_ -=
            1.2 * over + peakMarginDb; // a coder's overshoot is a little different each time
        return true;
    }
    const double missing = target_.lufs - lufs.value_or(target_.lufs);
    if (std::abs(missing) <= goodEnoughLu || (missing > 0.0 && gainDb_ >= mostGainDb_))
        return false;
    // Under a hard-working limiter more gain brings little more loudness and more overshoot.
    if (missing > 0.0 && ceilingDb_ < target_.truePeakDb - hardCeilingDb)
        return false;
    gainDb_ = std::min(gainDb_ + missing, mostGainDb_);
    return true;
}

} // namespace engine::render
