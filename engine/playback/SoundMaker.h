// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes playback sounds on a thread of its own; the latest request wins and stops the one before.
// Real-time: no; make() and take() return at once. Errors: inside Made.
#pragma once

#include "engine/playback/PlaybackSound.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace engine::playback {

class SoundMaker {
public:
    struct Request {
        std::shared_ptr<const AudioBuffer> tap;
        std::int64_t windowFirstFrame = 0;
        int deviceRateHz = 0;
        std::uint64_t id = 0;
    };
    struct Made {
        std::uint64_t id = 0;
        int deviceRateHz = 0;
        Result<std::shared_ptr<const PlaybackSound>> sound;
    };

    /// `notify` is called on the maker's thread whenever there is something to take; may be empty.
    explicit SoundMaker(std::function<void()> notify = {});
    /// Stops the work; waits for it less than the time that one block takes.
    ~SoundMaker();

    /// [gui] Requires: request.tap.
    void make(Request request);
    /// [gui] The newest sound, once.
    std::optional<Made> take();

private:
    void run(const std::stop_token &quit);

    std::function<void()> notify_; // [maker]
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<Request> waiting_; // [gui] [maker] under mutex_
    std::optional<Made> made_;       // [gui] [maker] under mutex_
    std::stop_source current_;       // [gui] [maker] under mutex_; stops the running request
    std::jthread thread_;            // last: it uses all the others
};

} // namespace engine::playback
