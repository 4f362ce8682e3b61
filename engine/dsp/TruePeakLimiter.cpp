// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/TruePeakLimiter.h"

#include "engine/base/Units.h"

namespace engine::dsp {

static_assert(TimeBlock<TruePeakLimiter>);

namespace {

/// A few groups of the detector.
constexpr int chunkFrames = 240;
static_assert(chunkFrames <= TruePeakDetector::maxFrames);
/// Reductions are counted in these steps: far below what a float gain can tell, and small enough
/// for two moving averages of 2^14 samples each.
constexpr double step = 1.0 / (std::int64_t{1} << 32);
/// Covers what the detector misses: full-band noise then stays within 0.1 dB of the ceiling, and
/// anything that ends at 20 kHz under it.
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
    releaseFactor = std::exp(-1.0 / releaseFrames);
    needed.prepare(window);
    const int firstLength = (window + 1) / 2;
    const int secondLength = window + 1 - firstLength;
    first.ring.assign(static_cast<std::size_t>(firstLength), 0);
    second.ring.assign(static_cast<std::size_t>(secondLength), 0);
    scale = step / (static_cast<double>(firstLength) * secondLength);
    reset();
}

void TruePeakLimiter::GainComputer::reset() noexcept
{
    needed.reset();
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
    needed.advance(now);
    if (double{peak} > threshold) {
        // Rounded up: the gain may be a step too low, never too high.
        const auto reduction =
            static_cast<std::int64_t>((1.0 - threshold / double{peak}) / step) + 1;
        needed.push(now, reduction);
    }
    ++now;
    const std::int64_t largest = needed.empty() ? 0 : needed.largest();
    held = std::max(largest, static_cast<std::int64_t>(static_cast<double>(held) * releaseFactor));
    const std::int64_t total = second.next(first.next(held));
    return total == 0 ? 1.0F : static_cast<float>(1.0 - static_cast<double>(total) * scale);
}

bool TruePeakLimiter::GainComputer::isIdle() const noexcept
{
    // Nothing in the averages is negative: where a sum is 0 all of it is.
    return needed.empty() && held == 0 && first.sum == 0 && second.sum == 0;
}

void TruePeakLimiter::preparePass(Pass &pass, const StreamSpec &spec, const Tables &tables,
                                  double lookaheadMs, double releaseMs)
{
    const auto frames = [&spec](double ms) {
        return static_cast<int>(framesFromMs(ms, spec.sampleRateHz, 1));
    };
    const int window = frames(lookaheadMs);
    pass.computer.prepare(ceiling_, window, frames(releaseMs));
    pass.detectors.assign(static_cast<std::size_t>(spec.channels), {});
    for (TruePeakDetector &detector : pass.detectors)
        detector.prepare(tables, ceiling_);
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
    const auto tables = std::make_shared<const TruePeakDetector::Tables>(spec.sampleRateHz);
    preparePass(passes_[0], spec, tables, parameters.lookaheadMs, parameters.releaseMs);
    for (std::size_t i = 1; i < passes_.size(); ++i)
        preparePass(passes_[i], spec, tables, localLookaheadMs, localReleaseMs);
    peaks_.assign(chunkFrames, 0.0F);
    passGains_.assign(chunkFrames, 1.0F);
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

bool TruePeakLimiter::computeGains(Pass &pass, AudioBlock io, bool quiet) noexcept
{
    const auto frames = static_cast<std::size_t>(io.frames());
    std::fill_n(peaks_.begin(), frames, 0.0F);
    bool passes = false;
    for (int c = 0; c < io.channels(); ++c) {
        TruePeakDetector &detector = pass.detectors[static_cast<std::size_t>(c)];
        if (quiet)
            detector.skip(io.data(c), io.frames());
        else
            passes = detector.process(io.data(c), io.frames(), peaks_.data()) || passes;
    }
    if (!passes && pass.computer.isIdle()) {
        pass.computer.idle(io.frames());
        pass.unchangedFrames += io.frames();
        return false;
    }
    for (std::size_t n = 0; n < frames; ++n) {
        passGains_[n] = pass.computer.next(peaks_[n]);
        pass.unchangedFrames = passGains_[n] == 1.0F ? pass.unchangedFrames + 1 : 0;
    }
    return true;
}

void TruePeakLimiter::runPass(Pass &pass, AudioBlock io, bool quiet) noexcept
{
    const bool changes = computeGains(pass, io, quiet);
    const std::size_t length = pass.gainDelay.size();
    const auto frames = static_cast<std::size_t>(io.frames());
    for (std::size_t done = 0; done < frames;) {
        const std::size_t count = std::min(frames - done, length - pass.position);
        // What goes into a ring comes out when the ring has come round.
        const auto exchange = [&](std::vector<float> &ring, float *samples) {
            std::swap_ranges(samples, samples + count,
                             ring.begin() + static_cast<std::ptrdiff_t>(pass.position));
            if (!changes)
                return;
            for (std::size_t n = 0; n < count; ++n)
                samples[n] *= passGains_[done + n];
        };
        for (int c = 0; c < io.channels(); ++c)
            exchange(pass.delay[static_cast<std::size_t>(c)], io.data(c) + done);
        // The gains of the passes before travel as late as the sound they were applied to.
        exchange(pass.gainDelay, gains_.data() + done);
        done += count;
        pass.position = pass.position + count == length ? 0 : pass.position + count;
    }
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
