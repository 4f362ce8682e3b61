// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/ClassicLimiter.h"

#include "engine/base/Units.h"

namespace engine::dsp {

static_assert(TimeBlock<ClassicLimiter>);

void ClassicLimiter::prepare(const StreamSpec &spec, const Parameters &parameters)
{
    ceiling_ = gainFromDb(parameters.ceilingDb);
    const auto window =
        static_cast<int>(framesFromMs(parameters.lookaheadMs, spec.sampleRateHz, 1));
    releaseFrames_ = static_cast<int>(framesFromMs(parameters.releaseMs, spec.sampleRateHz, 1));
    releaseFactor_ = std::exp(-1.0 / releaseFrames_);
    delay_.assign(static_cast<std::size_t>(spec.channels),
                  std::vector<float>(static_cast<std::size_t>(window)));
    peaks_.prepare(window);
    reset();
}

void ClassicLimiter::reset() noexcept
{
    for (auto &ring : delay_)
        std::fill(ring.begin(), ring.end(), 0.0F);
    peaks_.reset();
    position_ = 0;
    now_ = 0;
    gain_ = 1.0;
}

double ClassicLimiter::nextGain(float peak) noexcept
{
    // The window ends with the newest sample. Only samples above the ceiling can matter.
    peaks_.advance(now_);
    if (double{peak} > ceiling_)
        peaks_.push(now_, peak);
    ++now_;
    if (now_ < peaks_.window())
        return 0.0; // the first window is not complete: no sample of the sound comes out yet
    // Far from any peak the gain stays exactly 1. It never leaves 0…1, so it needs no clipping.
    if (peaks_.empty() && gain_ == 1.0)
        return 1.0;
    if (!peaks_.empty())
        gain_ = std::min(gain_, ceiling_ / double{peaks_.largest()});
    gain_ = 1.0 - (1.0 - gain_) * releaseFactor_;
    return gain_;
}

void ClassicLimiter::process(AudioBlock io) noexcept
{
    for (int n = 0; n < io.frames(); ++n) {
        float peak = 0.0F;
        for (int c = 0; c < io.channels(); ++c)
            peak = std::max(peak, std::abs(io.data(c)[n]));
        const double gain = nextGain(peak);
        const std::size_t next = position_ + 1 == delay_[0].size() ? 0 : position_ + 1;
        for (int c = 0; c < io.channels(); ++c) {
            std::vector<float> &ring = delay_[static_cast<std::size_t>(c)];
            ring[position_] = io.data(c)[n];
            io.data(c)[n] = static_cast<float>(double{ring[next]} * gain);
        }
        position_ = next;
    }
}

} // namespace engine::dsp
