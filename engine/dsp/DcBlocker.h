// SPDX-License-Identifier: GPL-3.0-or-later
//
// First-order high pass at 5 Hz that takes away a constant. Shape: one channel, in place.
// Units: Hz. Real-time: yes. Latency: none. Errors: none. At 40 Hz it costs 0.07 dB and 7°.
// Source: J. O. Smith, "Introduction to Digital Filters", "DC Blocker".
#pragma once

#include <cmath>
#include <numbers>
#include <span>

namespace engine::dsp {

class DcBlocker {
public:
    static constexpr double cornerHz = 5.0;

    void prepare(int sampleRateHz) noexcept
    {
        pole_ = std::exp(-2.0 * std::numbers::pi * cornerHz / sampleRateHz);
        reset();
    }
    void reset() noexcept { lastIn_ = lastOut_ = 0.0; }
    void process(std::span<float> samples) noexcept
    {
        for (float &sample : samples) {
            const double in = double{sample};
            lastOut_ = in - lastIn_ + pole_ * lastOut_;
            lastIn_ = in;
            sample = static_cast<float>(lastOut_);
        }
    }
    /// After this long less than −120 dB is left of how it began.
    static int memoryFrames(int sampleRateHz)
    {
        constexpr double timeConstants = 14.0;
        return static_cast<int>(timeConstants * sampleRateHz / (2.0 * std::numbers::pi * cornerHz));
    }

private:
    double pole_ = 0.0;
    double lastIn_ = 0.0;
    double lastOut_ = 0.0;
};

} // namespace engine::dsp
