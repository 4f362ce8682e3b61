// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/TruePeakLimiter.h"

#include "engine/base/Units.h"

namespace engine::dsp {

static_assert(TimeBlock<TruePeakLimiter>);

namespace {

constexpr int chunkFrames = 256;
/// Reductions are counted in these steps: far below what a float gain can tell, and small enough
/// for two moving averages of 2^14 samples each.
constexpr double step = 1.0 / (std::int64_t{1} << 32);
/// Covers what the detector misses above 0.49 of the sample rate: full-band noise then stays within
/// 0.2 dB of the ceiling, and anything that ends at 20 kHz under it.
constexpr double marginDb = 0.045;
/// The second pass is local: what is left lies within a few samples.
constexpr double localLookaheadMs = 1.0;
constexpr double localReleaseMs = 5.0;
/// From 1 down to one step.
constexpr double releaseTimeConstants = 22.5;

} // namespace

void TruePeakLimiter::GainComputer::prepare(double thresholdIn, int window, double releaseFrames)
{
    threshold = thresholdIn;
    windowFrames = window;
    releaseFactor = std::exp(-1.0 / releaseFrames);
    candidateValue.assign(static_cast<std::size_t>(window), 0);
    candidateTime.assign(static_cast<std::size_t>(window), 0);
    const int firstLength = (window + 1) / 2;
    const int secondLength = window + 1 - firstLength;
    first.ring.assign(static_cast<std::size_t>(firstLength), 0);
    second.ring.assign(static_cast<std::size_t>(secondLength), 0);
    scale = step / (static_cast<double>(firstLength) * secondLength);
    reset();
}

void TruePeakLimiter::GainComputer::reset() noexcept
{
    head = count = 0;
    now = held = 0;
    for (Average *average : {&first, &second}) {
        std::fill(average->ring.begin(), average->ring.end(), 0);
        average->position = 0;
        average->sum = 0;
    }
}

std::int64_t TruePeakLimiter::GainComputer::Average::next(std::int64_t value) noexcept
{
    sum += value - ring[position];
    ring[position] = value;
    position = position + 1 == ring.size() ? 0 : position + 1;
    return sum;
}

float TruePeakLimiter::GainComputer::next(float peak) noexcept
{
    const auto length = static_cast<std::size_t>(windowFrames);
    const auto wrap = [length](std::size_t i) { return i >= length ? i - length : i; };
    if (count > 0 && candidateTime[head] <= now - windowFrames) {
        head = wrap(head + 1);
        --count;
    }
    if (double{peak} > threshold) {
        // Rounded up: the gain may be a step too low, never too high.
        const auto needed = static_cast<std::int64_t>((1.0 - threshold / double{peak}) / step) + 1;
        while (count > 0 && candidateValue[wrap(head + count - 1)] <= needed)
            --count;
        const std::size_t slot = wrap(head + count);
        candidateValue[slot] = needed;
        candidateTime[slot] = now;
        ++count;
    }
    ++now;
    const std::int64_t largest = count > 0 ? candidateValue[head] : 0;
    held = std::max(largest, static_cast<std::int64_t>(static_cast<double>(held) * releaseFactor));
    const std::int64_t total = second.next(first.next(held));
    return total == 0 ? 1.0F : static_cast<float>(1.0 - static_cast<double>(total) * scale);
}

void TruePeakLimiter::preparePass(Pass &pass, const StreamSpec &spec, double lookaheadMs,
                                  double releaseMs)
{
    const auto frames = [&spec](double ms) {
        return static_cast<int>(framesFromMs(ms, spec.sampleRateHz, 1));
    };
    const int window = frames(lookaheadMs);
    pass.computer.prepare(ceiling_, window, frames(releaseMs));
    pass.detectors.assign(static_cast<std::size_t>(spec.channels), {});
    for (TruePeakDetector &detector : pass.detectors)
        detector.prepare(ceiling_, spec.sampleRateHz, chunkFrames);
    pass.latency = TruePeakDetector::latencyFrames + window - 1;
    pass.delay.assign(static_cast<std::size_t>(spec.channels),
                      std::vector<float>(static_cast<std::size_t>(pass.latency)));
    pass.gainDelay.assign(static_cast<std::size_t>(pass.latency), 1.0F);
    memoryFrames_ +=
        pass.latency + window + static_cast<int>(releaseTimeConstants * frames(releaseMs));
}

void TruePeakLimiter::prepare(const StreamSpec &spec, const Parameters &parameters)
{
    ceiling_ = gainFromDb(parameters.ceilingDb - marginDb);
    memoryFrames_ = 0;
    preparePass(passes_[0], spec, parameters.lookaheadMs, parameters.releaseMs);
    for (std::size_t i = 1; i < passes_.size(); ++i)
        preparePass(passes_[i], spec, localLookaheadMs, localReleaseMs);
    peaks_.assign(chunkFrames, 0.0F);
    channelPeaks_.assign(chunkFrames, 0.0F);
    gains_.assign(chunkFrames, 1.0F);
    reset();
}

void TruePeakLimiter::resetPass(Pass &pass) noexcept
{
    for (TruePeakDetector &detector : pass.detectors)
        detector.reset();
    pass.computer.reset();
    pass.unchangedFrames = 0;
    std::fill(pass.gainDelay.begin(), pass.gainDelay.end(), 1.0F);
    for (auto &channel : pass.delay)
        std::fill(channel.begin(), channel.end(), 0.0F);
    pass.position = 0;
}

void TruePeakLimiter::reset() noexcept
{
    for (Pass &pass : passes_)
        resetPass(pass);
    traceSkip_ = latencyFrames();
}

int TruePeakLimiter::latencyFrames() const noexcept
{
    int frames = 0;
    for (const Pass &pass : passes_)
        frames += pass.latency;
    return frames;
}

void TruePeakLimiter::runPass(Pass &pass, AudioBlock io, bool quiet) noexcept
{
    const int frames = io.frames();
    std::fill_n(peaks_.begin(), frames, 0.0F);
    for (int c = 0; c < io.channels(); ++c) {
        TruePeakDetector &detector = pass.detectors[static_cast<std::size_t>(c)];
        if (quiet) {
            detector.skip(io.data(c), frames);
            continue;
        }
        detector.process(io.data(c), frames, channelPeaks_.data());
        for (int n = 0; n < frames; ++n) {
            const auto i = static_cast<std::size_t>(n);
            peaks_[i] = std::max(peaks_[i], channelPeaks_[i]);
        }
    }
    const std::size_t length = pass.delay[0].size();
    std::size_t position = pass.position;
    for (int n = 0; n < frames; ++n) {
        const auto i = static_cast<std::size_t>(n);
        const float gain = pass.computer.next(peaks_[i]);
        pass.unchangedFrames = gain == 1.0F ? pass.unchangedFrames + 1 : 0;
        for (int c = 0; c < io.channels(); ++c) {
            float &delayed = pass.delay[static_cast<std::size_t>(c)][position];
            const float in = io.data(c)[n];
            io.data(c)[n] = delayed * gain;
            delayed = in;
        }
        // The gains of the passes before travel as late as the sound they were applied to.
        const float before = pass.gainDelay[position];
        pass.gainDelay[position] = gains_[i];
        gains_[i] = before * gain;
        position = position + 1 == length ? 0 : position + 1;
    }
    pass.position = position;
}

void TruePeakLimiter::process(AudioBlock io) noexcept
{
    for (int first = 0; first < io.frames(); first += chunkFrames) {
        const AudioBlock chunk = io.slice(first, std::min(chunkFrames, io.frames() - first));
        std::fill(gains_.begin(), gains_.end(), 1.0F);
        bool quiet = false;
        for (Pass &pass : passes_) {
            runPass(pass, chunk, quiet);
            // Where a pass changed nothing it has found that nothing is too high for the next one.
            quiet = pass.unchangedFrames > chunk.frames() + TruePeakDetector::historyFrames;
        }
        if (!trace_)
            continue;
        // The trace begins with the sound, which comes out latencyFrames() late.
        const int skipped = std::min(traceSkip_, chunk.frames());
        traceSkip_ -= skipped;
        for (int n = skipped; n < chunk.frames(); ++n)
            trace_->add(gains_[static_cast<std::size_t>(n)]);
    }
}

} // namespace engine::dsp
