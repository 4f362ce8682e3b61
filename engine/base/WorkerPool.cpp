// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/WorkerPool.h"

#include "engine/base/FlushDenormals.h"

#include <algorithm>
#include <system_error>

namespace engine {

WorkerPool::WorkerPool(int threads)
{
    const int wanted =
        threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    threads_.reserve(static_cast<std::size_t>(wanted - 1));
    for (int worker = 1; worker < wanted; ++worker) {
        try {
            threads_.emplace_back(
                [this, worker](const std::stop_token &stop) { work(stop, worker); });
        } catch (const std::system_error &) {
            return; // the system gives no more threads; fewer do the same work
        }
    }
}

WorkerPool::~WorkerPool()
{
    for (std::jthread &thread : threads_)
        thread.request_stop();
    wake_.notify_all();
}

void WorkerPool::forEach(int count, const std::function<void(int, int)> &function)
{
    if (threads_.empty() || count <= 1) {
        for (int index = 0; index < count; ++index)
            function(index, 0);
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        function_ = &function;
        count_ = count;
        next_.store(0, std::memory_order_relaxed);
        busy_ = static_cast<int>(threads_.size());
        ++round_;
    }
    wake_.notify_all();
    takeIndices(0);
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return busy_ == 0; });
    function_ = nullptr;
}

void WorkerPool::takeIndices(int worker)
{
    for (int index; (index = next_.fetch_add(1, std::memory_order_relaxed)) < count_;)
        (*function_)(index, worker);
}

void WorkerPool::work(const std::stop_token &stop, int worker)
{
    const FlushDenormals flush;
    std::uint64_t seen = 0;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [&] { return round_ != seen; }))
                return;
            seen = round_;
        }
        takeIndices(worker);
        const std::lock_guard lock(mutex_);
        if (--busy_ == 0)
            done_.notify_one();
    }
}

} // namespace engine
