// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/QuantizationWorker.h"

#include "widgets/threads/GuiThread.h"
#include "widgets/threads/ViewThreads.h"

#include <mutex>

namespace widgets {

struct QuantizationWorker::Wish {
    quint64 number = 0;
    Compute compute;
    std::optional<double> momentS;
};

struct QuantizationWorker::Shared {
    std::mutex mutex;
    QuantizationWorker *owner = nullptr; // guarded by mutex
    std::optional<Wish> whole;           // guarded by mutex
    std::optional<Wish> moment;          // guarded by mutex
    bool running = false;                // guarded by mutex
    std::stop_source stop;
};

QuantizationWorker::QuantizationWorker(QObject *parent)
    : QObject(parent), shared_(std::make_shared<Shared>())
{
    shared_->owner = this;
}

QuantizationWorker::~QuantizationWorker()
{
    shared_->stop.request_stop();
    const std::lock_guard lock(shared_->mutex);
    shared_->owner = nullptr;
    shared_->whole.reset();
    shared_->moment.reset();
}

void QuantizationWorker::setTrace(const Trace &trace)
{
    setSource(trace, [trace](std::optional<double> momentS, const std::stop_token &stop) {
        return engine::analysis::quantizationOf(*trace, momentS, stop);
    });
}

void QuantizationWorker::setChain(const Chain &chain)
{
    setSource(chain, [chain](std::optional<double> momentS, const std::stop_token &stop) {
        return engine::analysis::quantizationOf(*chain, momentS, stop);
    });
}

void QuantizationWorker::setSource(std::shared_ptr<const void> source, Compute compute)
{
    if (source == source_)
        return;
    source_ = std::move(source);
    compute_ = source_ ? std::move(compute) : nullptr;
    if (!source_) {
        emit inKeyChanged({});
        return;
    }
    request(true);
    if (atPlayhead_)
        request(false);
}

void QuantizationWorker::setAtPlayhead(bool atPlayhead)
{
    if (atPlayhead == atPlayhead_)
        return;
    atPlayhead_ = atPlayhead;
    request(!atPlayhead);
}

void QuantizationWorker::setPlayhead(double seconds)
{
    if (seconds == playhead_)
        return;
    playhead_ = seconds;
    if (atPlayhead_)
        request(false);
}

void QuantizationWorker::request(bool whole)
{
    if (!compute_)
        return;
    const std::lock_guard lock(shared_->mutex);
    Wish wish{++newest_, compute_, whole ? std::nullopt : std::optional(playhead_)};
    (whole ? shared_->whole : shared_->moment) = std::move(wish);
    if (!shared_->running) {
        shared_->running = true;
        startViewWork(ViewWork::Numbers, [shared = shared_] { work(shared); });
    }
}

void QuantizationWorker::work(const std::shared_ptr<Shared> &shared)
{
    for (;;) {
        std::optional<Wish> wish;
        {
            const std::lock_guard lock(shared->mutex);
            // The moment first: it is quick, and somebody looks at it.
            wish = std::exchange(shared->moment ? shared->moment : shared->whole, std::nullopt);
            if (!wish) {
                shared->running = false;
                return;
            }
        }
        const Snapshot snapshot = wish->compute(wish->momentS, shared->stop.get_token());
        const bool whole = !wish->momentS;
        const std::lock_guard lock(shared->mutex);
        if (QuantizationWorker *owner = shared->owner; owner && snapshot)
            postToGui(owner, [owner, number = wish->number, snapshot, whole] {
                owner->take(number, snapshot, whole);
            });
    }
}

void QuantizationWorker::take(quint64 number, const Snapshot &snapshot, bool whole)
{
    answered_ = std::max(answered_, number);
    if (!compute_)
        return; // switched off on the way here
    if (whole != atPlayhead_)
        emit ready(snapshot);
    if (!whole)
        return;
    if (snapshot->inKeyBefore && snapshot->inKeyAfter)
        emit inKeyChanged(std::pair(*snapshot->inKeyBefore, *snapshot->inKeyAfter));
    else
        emit inKeyChanged({});
}

} // namespace widgets
