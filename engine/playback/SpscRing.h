// SPDX-License-Identifier: GPL-3.0-or-later
//
// First in, first out between exactly two threads: one pushes, one pops. All or nothing: a push
// that does not fit leaves the ring as it was and says so.
// Shape: trivially copyable values; the capacity is rounded up to a power of two.
// Real-time: yes, both sides are wait-free and never allocate after construction.
// Source: Lamport, "Specifying concurrent program modules" (ACM TOPLAS 5, 1983). Not
// moodycamel::ReaderWriterQueue, which moves single values only (the meters need whole blocks) and
// whose fences ThreadSanitizer cannot follow.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace engine::playback {

template <typename T>
requires std::is_trivially_copyable_v<T>
class SpscRing {
public:
    explicit SpscRing(std::size_t capacity) : values_(std::bit_ceil(capacity)) {}

    /// [producer]
    [[nodiscard]] bool push(const T &value) noexcept { return push(std::span<const T>(&value, 1)); }
    /// [producer] False, and nothing was pushed, when there is not room for all.
    [[nodiscard]] bool push(std::span<const T> values) noexcept
    {
        if (values.size() > room())
            return false;
        const std::size_t head = head_.load(std::memory_order_relaxed);
        const std::size_t at = head & (values_.size() - 1);
        const std::size_t first = std::min(values.size(), values_.size() - at);
        std::copy_n(values.data(), first, values_.data() + at);
        std::copy_n(values.data() + first, values.size() - first, values_.data());
        head_.store(head + values.size(), std::memory_order_release);
        return true;
    }
    /// [producer] It can only grow until the next push.
    std::size_t room() const noexcept
    {
        return values_.size() -
               (head_.load(std::memory_order_relaxed) - tail_.load(std::memory_order_acquire));
    }
    /// [consumer] Fills `into` from its start with the oldest values; returns how many there were.
    std::size_t pop(std::span<T> into) noexcept
    {
        const std::size_t tail = tail_.load(std::memory_order_relaxed);
        const std::size_t count =
            std::min(into.size(), head_.load(std::memory_order_acquire) - tail);
        const std::size_t at = tail & (values_.size() - 1);
        const std::size_t first = std::min(count, values_.size() - at);
        std::copy_n(values_.data() + at, first, into.data());
        std::copy_n(values_.data(), count - first, into.data() + first);
        tail_.store(tail + count, std::memory_order_release);
        return count;
    }

private:
    std::vector<T> values_;
    alignas(64) std::atomic<std::size_t> head_{0}; // [producer] writes, [consumer] reads
    alignas(64) std::atomic<std::size_t> tail_{0}; // [consumer] writes, [producer] reads
};

} // namespace engine::playback
