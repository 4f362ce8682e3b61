// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/BackgroundClose.h"

#include <atomic>
#include <mutex>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace engine::io {

namespace {

class Closer {
public:
    void add(int descriptor);

private:
    void work();

    std::mutex mutex_;
    std::vector<int> waiting_; ///< guarded by mutex_
    bool working_ = false;     ///< guarded by mutex_
};

void Closer::add(int descriptor)
{
    {
        const std::scoped_lock lock(mutex_);
        waiting_.push_back(descriptor);
        if (working_)
            return;
        working_ = true;
    }
    try {
        std::thread([this] { work(); }).detach();
    } catch (const std::system_error &) {
        work();
    }
}

void Closer::work()
{
    while (true) {
        int descriptor = -1;
        {
            const std::scoped_lock lock(mutex_);
            working_ = !waiting_.empty();
            if (!working_)
                return;
            descriptor = waiting_.back();
            waiting_.pop_back();
        }
        ::close(descriptor);
    }
}

std::atomic<bool> keepsOpen{false};

} // namespace

void keepAbandonedOpen()
{
    keepsOpen = true;
}

void closeInBackground(int descriptor)
{
    if (keepsOpen)
        return;
    static Closer &closer = *new Closer; // outlives its thread
    closer.add(descriptor);
}

} // namespace engine::io
