// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/JobThread.h"

#include "engine/base/FlushDenormals.h"

#include <algorithm>

namespace engine::render {

JobThread::JobThread()
{
    thread_ = std::jthread([this](const std::stop_token &stop) { work(stop); });
}

JobThread::~JobThread()
{
    cancelAll();
}

std::uint64_t JobThread::add(Job job)
{
    const std::scoped_lock lock(mutex_);
    waiting_.push_back({++lastId_, std::move(job)});
    wake_.notify_one();
    return lastId_;
}

bool JobThread::cancel(std::uint64_t id)
{
    const std::scoped_lock lock(mutex_);
    if (id == runningId_)
        running_.request_stop();
    return std::erase_if(waiting_, [id](const Entry &entry) { return entry.id == id; }) > 0;
}

void JobThread::cancelAll()
{
    const std::scoped_lock lock(mutex_);
    waiting_.clear();
    running_.request_stop();
}

std::size_t JobThread::unfinished()
{
    const std::scoped_lock lock(mutex_);
    return waiting_.size() + (runningId_ != 0 ? 1 : 0);
}

void JobThread::work(const std::stop_token &stop)
{
    const FlushDenormals flush;
    while (true) {
        Entry entry;
        std::stop_token running;
        {
            std::unique_lock lock(mutex_);
            runningId_ = 0;
            if (!wake_.wait(lock, stop, [this] { return !waiting_.empty(); }))
                return;
            entry = std::move(waiting_.front());
            waiting_.pop_front();
            runningId_ = entry.id;
            running_ = std::stop_source();
            running = running_.get_token();
        }
        entry.job(running);
    }
}

} // namespace engine::render
