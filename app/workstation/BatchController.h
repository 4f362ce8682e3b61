// SPDX-License-Identifier: GPL-3.0-or-later
//
// A batch as the window has it: what goes in, the plan that follows from it, and the run. The plan
// is made anew on a thread whenever something changes; the run reports at most thirty times a
// second.
// Real-time: no; GUI thread only, never waits except in the destructor, until the running renders
// have stopped. Errors: a plan that cannot be made says why; a run has an outcome for each item.
#pragma once

#include "engine/render/Batch.h"
#include "engine/render/JobThread.h"

#include <QObject>
#include <QTimer>

#include <mutex>

namespace app {

class BatchController final : public QObject {
    Q_OBJECT
public:
    BatchController();
    ~BatchController() override;

    const engine::render::BatchRequest &request() const { return request_; }
    /// Requires: not running.
    void setRequest(const engine::render::BatchRequest &request);
    const engine::render::BatchPlan &plan() const { return plan_; }
    /// Why there is no plan; absent: there is one.
    const std::optional<engine::Error> &planError() const { return planError_; }
    bool isPlanning() const { return planning_; }
    bool canRun() const;

    void start();
    void cancel();
    bool isRunning() const { return running_; }
    /// One for each item of the plan once a run has begun.
    const std::vector<engine::render::BatchOutcome> &outcomes() const { return outcomes_; }
    std::size_t count(engine::render::BatchState state) const;
    /// Of everything, 0…1.
    double fraction() const;

signals:
    void planChanged();
    void progressed();
    void ended();

private:
    struct News {
        std::size_t item;
        engine::render::BatchOutcome outcome;
    };
    void makePlan();
    void takeNews();

    engine::render::BatchRequest request_;
    engine::render::BatchPlan plan_;
    std::optional<engine::Error> planError_;
    std::uint64_t newestPlan_ = 0;
    bool planning_ = false;
    bool running_ = false;
    std::vector<engine::render::BatchOutcome> outcomes_;
    QTimer tell_;
    std::mutex mutex_;
    std::vector<News> news_;            ///< [gui, job] under mutex_
    engine::render::JobThread planner_; ///< it and the next: they end before what they deliver to
    engine::render::JobThread runner_;
};

} // namespace app
