// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/BatchController.h"

#include "widgets/threads/GuiThread.h"

#include <algorithm>

namespace app {

using engine::render::BatchOutcome;
using engine::render::BatchPlan;
using engine::render::BatchState;

namespace {
constexpr int tellEveryMs = 33;
}

BatchController::BatchController()
{
    tell_.setInterval(tellEveryMs);
    connect(&tell_, &QTimer::timeout, this, &BatchController::takeNews);
}

BatchController::~BatchController()
{
    planner_.cancelAll();
    runner_.cancelAll();
}

void BatchController::setRequest(const engine::render::BatchRequest &request)
{
    request_ = request;
    outcomes_.clear();
    makePlan();
}

void BatchController::makePlan()
{
    planning_ = true;
    planner_.cancelAll();
    planner_.add([this, request = request_, number = ++newestPlan_](const std::stop_token &) {
        auto plan = engine::render::planBatch(request);
        widgets::postToGui(this, [this, plan = std::move(plan), number]() mutable {
            if (number != newestPlan_)
                return;
            planning_ = false;
            planError_.reset();
            if (plan)
                plan_ = std::move(*plan);
            else {
                plan_ = {};
                planError_ = plan.error();
            }
            emit planChanged();
        });
    });
    emit planChanged();
}

bool BatchController::canRun() const
{
    return !planning_ && !running_ && !planError_ && !plan_.items.empty() && plan_.clashes == 0;
}

void BatchController::start()
{
    if (!canRun())
        return;
    running_ = true;
    outcomes_.assign(plan_.items.size(), {});
    tell_.start();
    runner_.add([this, request = request_, plan = plan_](const std::stop_token &stop) {
        const auto changed = [this](std::size_t item, const BatchOutcome &outcome) {
            const std::scoped_lock lock(mutex_);
            if (!news_.empty() && news_.back().item == item)
                news_.back().outcome = outcome;
            else
                news_.push_back({item, outcome});
        };
        auto report = engine::render::runBatch(request, plan, stop, changed);
        widgets::postToGui(this, [this, report = std::move(report)]() mutable {
            tell_.stop();
            takeNews();
            running_ = false;
            if (report)
                outcomes_ = std::move(report->outcomes);
            else
                planError_ = report.error();
            emit progressed();
            emit ended();
        });
    });
    emit progressed();
}

void BatchController::cancel()
{
    runner_.cancelAll();
}

void BatchController::takeNews()
{
    std::vector<News> news;
    {
        const std::scoped_lock lock(mutex_);
        news.swap(news_);
    }
    for (News &one : news) {
        if (one.item < outcomes_.size())
            outcomes_[one.item] = std::move(one.outcome);
    }
    if (!news.empty())
        emit progressed();
}

std::size_t BatchController::count(BatchState state) const
{
    return static_cast<std::size_t>(std::ranges::count(outcomes_, state, &BatchOutcome::state));
}

double BatchController::fraction() const
{
    if (outcomes_.empty())
        return 0.0;
    double done = 0.0;
    for (const BatchOutcome &outcome : outcomes_) {
        if (outcome.state == BatchState::Running)
            done += outcome.fraction.value_or(0.0);
        else if (outcome.state != BatchState::Waiting)
            done += 1.0;
    }
    return done / static_cast<double>(outcomes_.size());
}

} // namespace app
