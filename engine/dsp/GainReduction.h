// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a limiter took away, over time, for drawing. Shape: the largest reduction of every hopFrames
// frames. Units: dB, 0 or more. Real-time: no (grows). Errors: none.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace engine::dsp {

struct GainReduction {
    static constexpr int hopFrames = 256;
    std::vector<float> db;

    void add(float gain)
    {
        lowest_ = std::min(lowest_, gain);
        if (++frames_ < hopFrames)
            return;
        finish();
    }
    /// Closes a last hop that is not full.
    void finish()
    {
        if (frames_ > 0)
            db.push_back(lowest_ < 1.0F ? -20.0F * std::log10(lowest_) : 0.0F);
        frames_ = 0;
        lowest_ = 1.0F;
    }

private:
    int frames_ = 0;
    float lowest_ = 1.0F;
};

} // namespace engine::dsp
