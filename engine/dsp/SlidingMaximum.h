// SPDX-License-Identifier: GPL-3.0-or-later
//
// The largest of the values that came within the last `window` frames, in O(1) a frame: only values
// that a later, larger one has not yet put in the shade are kept. Shape: one value a frame, or none
// where a value cannot matter. Real-time: prepare() allocates, the rest does not. Errors: none.
// Source: Lemire, "Streaming maximum-minimum filter using no more than three comparisons per
// element" (Nordic Journal of Computing 13, 2006).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::dsp {

template <typename Value>
class SlidingMaximum {
public:
    /// Requires: window >= 1.
    void prepare(int window)
    {
        candidates_.assign(static_cast<std::size_t>(window), {});
        reset();
    }
    void reset() noexcept { head_ = count_ = 0; }
    int window() const noexcept { return static_cast<int>(candidates_.size()); }
    bool empty() const noexcept { return count_ == 0; }
    /// Requires: !empty().
    Value largest() const noexcept { return candidates_[head_].value; }

    /// Forgets what has left the window that ends with frame `now`. Requires: called for each frame
    /// while not empty.
    void advance(std::int64_t now) noexcept
    {
        if (count_ > 0 && candidates_[head_].frame <= now - window()) {
            head_ = wrap(head_ + 1);
            --count_;
        }
    }
    /// The value of frame `now`, after advance(now).
    void push(std::int64_t now, Value value) noexcept
    {
        while (count_ > 0 && candidates_[wrap(head_ + count_ - 1)].value <= value)
            --count_;
        candidates_[wrap(head_ + count_)] = {value, now};
        ++count_;
    }

private:
    struct Candidate {
        Value value{};
        std::int64_t frame = 0;
    };
    std::size_t wrap(std::size_t i) const noexcept
    {
        return i >= candidates_.size() ? i - candidates_.size() : i;
    }

    std::vector<Candidate> candidates_; ///< ring, falling
    std::size_t head_ = 0;
    std::size_t count_ = 0;
};

} // namespace engine::dsp
