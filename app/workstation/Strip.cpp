// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Strip.h"

#include "app/workstation/Words.h"

namespace app {

namespace {
constexpr int shownAfterMs = 100;
}

Strip::Strip(widgets::JobStrip &strip, FileController &files, ExportController &exports)
    : strip_(strip), files_(files), exports_(exports)
{
    late_.setSingleShot(true);
    connect(&late_, &QTimer::timeout, this, &Strip::refresh);
    connect(&files_, &FileController::loadingChanged, this, [this] {
        if (!files_.isLoading()) {
            loading_.invalidate();
        } else if (!loading_.isValid()) {
            loading_.start();
            late_.start(shownAfterMs);
        }
        refresh();
    });
    connect(&exports_, &ExportController::startedOrEnded, this, &Strip::refresh);
    connect(&exports_, &ExportController::progressed, this, &Strip::refresh);
    connect(&strip_, &widgets::JobStrip::dismissed, this, &Strip::clearNotice);
    connect(&strip_, &widgets::JobStrip::cancelRequested, this, [this] {
        if (exports_.isRunning())
            exports_.cancel();
        else
            files_.cancel();
    });
    connect(&strip_, &widgets::JobStrip::dragStarted, this, [this] {
        // What is dragged away can be dragged again: the notice stays.
        if (const auto found = answers_.find(QLatin1String(words::dragOut)); found != answers_.end())
            found->second();
    });
    connect(&strip_, &widgets::JobStrip::actionTriggered, this, [this](const QString &id) {
        const auto found = answers_.find(id);
        const std::function<void()> answer = found == answers_.end() ? nullptr : found->second;
        clearNotice();
        if (answer)
            answer();
    });
}

void Strip::tell(const widgets::JobNotice &notice, Answers answers)
{
    notice_ = notice;
    answers_ = std::move(answers);
    strip_.setContent(notice);
}

void Strip::clearNotice()
{
    notice_.reset();
    answers_.clear();
    refresh();
}

void Strip::refresh()
{
    if (notice_)
        return; // it stays until it is answered
    if (exports_.isRunning())
        strip_.setContent(words::rendering(exports_.progress()));
    else if (files_.isLoading() && loading_.isValid() && loading_.elapsed() >= shownAfterMs)
        strip_.setContent(words::opening(files_.loadingPath(), files_.progress()));
    else
        strip_.setContent(std::nullopt);
}

} // namespace app
