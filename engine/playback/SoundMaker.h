// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes playback sounds on a thread of its own; the latest request wins and stops the one before.
// What may be asked for next can be prepared: it is made when nothing else is wanted, and a request
// for it is answered at once.
// Real-time: no; make(), prepare() and take() return at once. Errors: inside Made.
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
        PlaybackSource source;
        int deviceRateHz = 0;
        std::uint64_t id = 0;
    };
    struct Made {
        std::uint64_t id = 0;
        int deviceRateHz = 0;
        Result<std::shared_ptr<const PlaybackSound>> sound;
    };

    /// `notify` is called on the maker's thread whenever there is something to take that was not
    /// there when it was asked for; may be empty.
    explicit SoundMaker(std::function<void()> notify = {});
    /// Stops the work; waits for it less than the time that one block takes.
    ~SoundMaker();

    /// [gui] Requires: request.source.tap. What was prepared can be taken at once.
    void make(Request request);
    /// [gui] All that is kept ready from here on. Requires: every source has a tap.
    void prepare(std::vector<PlaybackSource> sources, int deviceRateHz);
    /// [gui] The newest sound, once.
    std::optional<Made> take();

private:
    struct Ready {
        PlaybackSource source;
        int deviceRateHz = 0;
        std::shared_ptr<const PlaybackSound> sound; ///< null: to be made
        bool failed = false;                        ///< not tried again until it is asked for
    };
    Ready *nextToPrepare();
    void answer(std::unique_lock<std::mutex> &lock);
    void prepareOne(std::unique_lock<std::mutex> &lock, Ready &ready);
    void run(const std::stop_token &quit);

    std::function<void()> notify_; // [maker]
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<Request> waiting_; // [gui] [maker] under mutex_
    std::optional<Made> made_;       // [gui] [maker] under mutex_
    std::vector<Ready> ready_;       // [gui] [maker] under mutex_
    std::stop_source current_;       // [gui] [maker] under mutex_; stops what is being made
    std::jthread thread_;            // last: it uses all the others
};

} // namespace engine::playback
