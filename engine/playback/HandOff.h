// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hands constant objects from one control thread into the audio callback and takes them back: the
// callback never allocates, frees, locks or waits, and every object dies on the control thread.
// The latest wins: an object that the callback never took is freed by the next offer.
// Shape: the callback may hold several objects at a time (two, while it fades from one to another).
// Real-time: take() and giveBack() are wait-free; offer() and collect() free objects.
// Errors: none. As long as nobody collects, take() leaves new objects where they are instead of
// holding more than there is room to give back.
// Source: the object goes back to be freed, as in chowdsp_utils chowdsp_UIToAudioPipeline.h.
#pragma once

#include "engine/playback/SpscRing.h"

#include <cassert>
#include <memory>

namespace engine::playback {

template <typename T>
class HandOff {
public:
    HandOff() = default;
    HandOff(const HandOff &) = delete;
    HandOff &operator=(const HandOff &) = delete;
    /// [gui] Requires: the callback runs no more and what it held has been given back.
    ~HandOff()
    {
        delete offered_.exchange(nullptr, std::memory_order_acquire);
        collect();
    }

    /// [gui] The callback will find `object`, unless another is offered before it looks.
    void offer(std::unique_ptr<const T> object)
    {
        delete offered_.exchange(object.release(), std::memory_order_acq_rel);
        collect();
    }
    /// [gui] Frees what the callback gave back.
    void collect()
    {
        for (const T *object = nullptr; retired_.pop({&object, 1}) == 1;)
            delete object;
    }

    /// [audio] The newest object that was not taken yet, or null. The callback owns it until it
    /// gives it back.
    const T *take() noexcept
    {
        if (offered_.load(std::memory_order_relaxed) == nullptr || retired_.room() <= held_)
            return nullptr;
        const T *object = offered_.exchange(nullptr, std::memory_order_acq_rel);
        if (object != nullptr)
            ++held_;
        return object;
    }
    /// [audio] Requires: `object` came from take() and was not given back yet. Null is allowed.
    void giveBack(const T *object) noexcept
    {
        if (object == nullptr)
            return;
        [[maybe_unused]] const bool fits = retired_.push(object);
        assert(fits); // take() kept room for everything that is held
        --held_;
    }

private:
    static constexpr std::size_t retiredCapacity = 16;

    std::atomic<const T *> offered_{nullptr};      // [gui] [audio]
    SpscRing<const T *> retired_{retiredCapacity}; // [audio] pushes, [gui] pops
    std::size_t held_ = 0;                         // [audio]
};

} // namespace engine::playback
