// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/PreviewThread.h"

#include "engine/base/FlushDenormals.h"

namespace engine::render {

PreviewThread::PreviewThread(std::function<void(PreviewOutcome)> deliver)
    : deliver_(std::move(deliver))
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

void PreviewThread::setResources(const Resources &resources)
{
    const std::scoped_lock lock(mutex_);
    resources_ = resources;
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
    Resources used;
    while (true) {
        PreviewRequest request;
        std::stop_token running;
        Resources resources;
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return waiting_.has_value(); }))
                return;
            request = std::move(*waiting_);
            waiting_.reset();
            running_ = std::stop_source();
            running = running_.get_token();
            resources = resources_;
        }
        if (!renderer || resources != used) {
            renderer.reset(); // never both in memory
            renderer =
                std::make_unique<PreviewRenderer>(resources.threads, resources.mostKeptBytes);
            used = resources;
        }
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
