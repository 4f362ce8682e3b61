// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small value that one thread keeps rewriting and another reads: the reader always sees one whole
// value, the newest. Shape: trivially copyable. Real-time: yes, both sides are wait-free and never
// allocate. Source: the triple buffer; three slots of which writer and reader own one each and
// exchange it for the middle one.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <type_traits>

namespace engine::playback {

template <typename T>
requires std::is_trivially_copyable_v<T>
class LatestValue {
public:
    /// [writer]
    void publish(const T &value) noexcept
    {
        slots_[back_] = value;
        back_ = middle_.exchange(back_ | fresh, std::memory_order_acq_rel) & slotMask;
    }
    /// [reader] The value last published; a default one before that.
    const T &read() noexcept
    {
        if ((middle_.load(std::memory_order_relaxed) & fresh) != 0)
            front_ = middle_.exchange(front_, std::memory_order_acq_rel) & slotMask;
        return slots_[front_];
    }

private:
    static constexpr std::uint32_t slotMask = 3;
    static constexpr std::uint32_t fresh = 4;

    std::array<T, 3> slots_{};
    std::uint32_t back_ = 0;               // [writer]
    std::atomic<std::uint32_t> middle_{1}; // [writer] [reader] slot number, and whether it is newer
    std::uint32_t front_ = 2;              // [reader]
};

} // namespace engine::playback
