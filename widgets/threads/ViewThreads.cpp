// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threads/ViewThreads.h"

#include "engine/base/FlushDenormals.h"

#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <deque>
#include <mutex>

namespace widgets {

namespace {

constexpr int leastPictureThreads =
    4; ///< a picture must not wait behind longer work of another view

/// What is to be done waits in a queue of ours; the pool is only told that there is one more, so
/// that nothing is handed over under locks inside Qt, which a thread sanitizer cannot see.
template <ViewWork kind>
class Threads {
public:
    static void start(std::function<void()> job)
    {
        Threads &threads = shared();
        {
            const std::lock_guard lock(threads.mutex_);
            threads.jobs_.push_back(std::move(job));
        }
        threads.pool_.start([] { shared().runNext(); });
    }

private:
    Threads()
    {
        if (kind == ViewWork::Picture)
            pool_.setMaxThreadCount(std::max(QThread::idealThreadCount(), leastPictureThreads));
    }

    static Threads &shared()
    {
        static Threads threads;
        return threads;
    }

    void runNext()
    {
        const engine::FlushDenormals flush;
        std::function<void()> job;
        {
            const std::lock_guard lock(mutex_);
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        job();
    }

    std::mutex mutex_;
    std::deque<std::function<void()>> jobs_; // guarded by mutex_
    QThreadPool pool_;                       // dies first: it waits for the jobs
};

} // namespace

void startViewWork(ViewWork kind, std::function<void()> job)
{
    if (kind == ViewWork::Picture)
        Threads<ViewWork::Picture>::start(std::move(job));
    else
        Threads<ViewWork::Numbers>::start(std::move(job));
}

} // namespace widgets
