// SPDX-License-Identifier: GPL-3.0-or-later
//
// A few threads that share one loop at a time. The caller works too, so one thread means no
// thread at all. Results never depend on how the indices fall on the workers: an index is
// handled by exactly one worker, and a worker owns only scratch memory.
// Real-time: no (waits). Errors: the function must not throw. Denormals are flushed on every
// worker; the caller holds its own FlushDenormals.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace engine {

class WorkerPool {
public:
    /// 0 = one worker for every hardware thread. Fewer where the system gives no more threads.
    explicit WorkerPool(int threads = 0);
    ~WorkerPool();
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    int workers() const { return static_cast<int>(threads_.size()) + 1; }
    /// Calls function(index, worker) for 0 <= index < count and returns when all are done.
    /// Requires: called by one thread at a time, and not from inside `function`.
    void forEach(int count, const std::function<void(int index, int worker)> &function);

private:
    void work(const std::stop_token &stop, int worker);
    void takeIndices(int worker);

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::condition_variable done_;
    const std::function<void(int, int)> *function_ = nullptr; // guarded by mutex_
    std::uint64_t round_ = 0;                                 // guarded by mutex_
    int busy_ = 0;                                            // guarded by mutex_
    int count_ = 0; // written before the round begins, constant during it
    std::atomic<int> next_{0};
    std::vector<std::jthread> threads_;
};

} // namespace engine
