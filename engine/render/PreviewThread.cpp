// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/PreviewThread.h"

#include "engine/base/FlushDenormals.h"

namespace engine::render {

PreviewThread::PreviewThread(std::function<void(PreviewOutcome)> deliver, int threads)
    : deliver_(std::move(deliver)), threads_(threads)
{
    thread_ = std::jthread([this](const std::stop_token &stop) { work(stop); });
}

PreviewThread::~PreviewThread()
{
    cancel();
}

std::uint64_t PreviewThread::request(PreviewRequest request)
{
    const std::scoped_lock lock(mutex_);
    request.id = ++newest_;
    running_.request_stop();
    waiting_ = std::move(request);
    wake_.notify_one();
    return newest_;
}

void PreviewThread::cancel()
{
    const std::scoped_lock lock(mutex_);
    ++newest_;
    waiting_.reset();
    running_.request_stop();
}

void PreviewThread::setThreads(int threads)
{
    const std::scoped_lock lock(mutex_);
    threads_ = threads;
}

bool PreviewThread::isNewest(std::uint64_t id)
{
    const std::scoped_lock lock(mutex_);
    return id == newest_;
}

void PreviewThread::work(const std::stop_token &stop)
{
    const FlushDenormals flush;
    std::unique_ptr<PreviewRenderer> renderer;
    int usedThreads = -1;
    while (true) {
        PreviewRequest request;
        std::stop_token running;
        int threads = 0;
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return waiting_.has_value(); }))
                return;
            request = std::move(*waiting_);
            waiting_.reset();
            running_ = std::stop_source();
            running = running_.get_token();
            threads = threads_;
        }
        if (!renderer || threads != usedThreads)
            renderer = std::make_unique<PreviewRenderer>(usedThreads = threads);
        Result<SharedPreview> result = renderer->render(request, {running, {}});
        if (!isNewest(request.id))
            continue;
        if (result)
            deliver_(std::move(*result));
        else if (result.error().code != ErrorCode::Cancelled)
            deliver_(PreviewFailure{std::move(request), std::move(result.error())});
    }
}

} // namespace engine::render
