// SPDX-License-Identifier: GPL-3.0-or-later
//
// One thread that does long jobs in the order in which they were given: loads on one of these,
// exports on another.
// Shape: a job is a function of a RunContext; it delivers its own result. Real-time: no; adding
// and cancelling return at once. Denormals are flushed.
// Errors: a job must not throw; a cancelled job that has not begun is dropped, and cancel() says
// so.
#pragma once

#include "engine/base/RunContext.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>

namespace engine::render {

class JobThread {
public:
    using Job = std::function<void(const std::stop_token &)>;

    JobThread();
    /// Stops the running job, drops the others and waits.
    ~JobThread();

    /// [gui] The number by which it can be cancelled.
    std::uint64_t add(Job job);
    /// [gui] True if the job has neither begun nor ended and now never will.
    bool cancel(std::uint64_t id);
    /// [gui]
    void cancelAll();
    /// [gui] Jobs that have not ended.
    std::size_t unfinished();

private:
    struct Entry {
        std::uint64_t id;
        Job job;
    };
    void work(const std::stop_token &stop);

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<Entry> waiting_;   ///< [gui, job] guarded by mutex_
    std::uint64_t runningId_ = 0; ///< [gui, job] guarded by mutex_; 0: none
    std::stop_source running_;    ///< [gui, job] guarded by mutex_
    std::uint64_t lastId_ = 0;    ///< [gui]
    std::jthread thread_;
};

} // namespace engine::render
