// SPDX-License-Identifier: GPL-3.0-or-later
//
// One reading position in one sound. PlaybackCore has two: what is heard, and what it fades from.
// Shape: interleaved stereo out. Units: frames at the device's rate. Real-time: yes. Errors: none.
#pragma once

#include "engine/playback/PlaybackSound.h"

namespace engine::playback {

struct Voice {
    const PlaybackSound *sound = nullptr;
    std::int64_t position = 0;
    std::int64_t loopFirst = 0;
    std::int64_t loopEnd = 0; ///< exclusive; 0: no loop
    bool on = false;          ///< off: silent, and the position stays

    /// Behind the end of the loop it goes on at its first frame; from beyond the loop it reads to
    /// the end of the sound and then goes on there too. Without a loop it is off after the end.
    void read(float *to, int frames) noexcept
    {
        int done = 0;
        while (on && done < frames) {
            const std::int64_t end = position < loopEnd ? loopEnd : sound->frames();
            const auto count =
                static_cast<int>(std::min<std::int64_t>(frames - done, end - position));
            std::copy_n(sound->samples.data() + 2 * position, 2 * count, to + 2 * done);
            position += count;
            done += count;
            if (position < end)
                continue;
            if (loopEnd > 0)
                position = loopFirst;
            else
                on = false;
        }
        std::fill(to + 2 * done, to + 2 * frames, 0.0F);
    }
};

} // namespace engine::playback
