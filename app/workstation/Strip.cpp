// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Strip.h"

#include "app/workstation/Log.h"
#include "app/workstation/Words.h"

#include <algorithm>

namespace app {

namespace {
constexpr int shownAfterMs = 100;

void keep(const widgets::JobNotice &notice)
{
    qCInfo(happened).noquote() << "Told:" << notice.title << (notice.text.isEmpty() ? "" : "|")
                               << notice.text;
}
} // namespace

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
    connect(&strip_, &widgets::JobStrip::dismissed, this, &Strip::takeShown);
    connect(&strip_, &widgets::JobStrip::cancelRequested, this, [this] {
        if (exports_.isRunning())
            exports_.cancel();
        else
            files_.cancel();
    });
    connect(&strip_, &widgets::JobStrip::dragStarted, this, [this] {
        if (!shown())
            return;
        // What is dragged away can be dragged again: the notice stays.
        const Answers &answers = shown()->answers;
        if (const auto found = answers.find(QLatin1String(words::dragOut)); found != answers.end())
            found->second();
    });
    connect(&strip_, &widgets::JobStrip::actionTriggered, this, [this](const QString &id) {
        const Message answered = takeShown();
        const auto found = answered.answers.find(id);
        if (found != answered.answers.end() && found->second)
            found->second();
    });
}

void Strip::tell(const widgets::JobNotice &notice, Answers answers)
{
    keep(notice);
    message_ = Message{notice, std::move(answers)};
    showMessage();
}

void Strip::keepTelling(const widgets::JobNotice &notice, Answers answers)
{
    keep(notice);
    lasting_ = Message{notice, std::move(answers)};
    showMessage();
}

bool Strip::offers(const char *action) const
{
    return shown() && std::ranges::any_of(shown()->notice.actions, [&](const auto &offered) {
        return offered.id == QLatin1String(action);
    });
}

void Strip::clearNotice()
{
    message_.reset();
    showMessage();
}

void Strip::withdraw(const widgets::JobNotice &notice)
{
    for (std::optional<Message> *message : {&message_, &lasting_}) {
        if (*message && (*message)->notice.title == notice.title)
            message->reset();
    }
    showMessage();
}

bool Strip::keepWorking()
{
    if (!message_)
        return false;
    const auto found = message_->answers.find(QLatin1String(words::keepWorking));
    if (found == message_->answers.end())
        return false;
    const std::function<void()> answer = found->second;
    clearNotice();
    answer();
    return true;
}

const Strip::Message *Strip::shown() const
{
    if (message_)
        return &*message_;
    return lasting_ ? &*lasting_ : nullptr;
}

Strip::Message Strip::takeShown()
{
    Message taken;
    if (std::optional<Message> &from = message_ ? message_ : lasting_)
        taken = *std::exchange(from, std::nullopt);
    showMessage();
    return taken;
}

void Strip::showMessage()
{
    if (const Message *message = shown())
        strip_.setContent(message->notice);
    else
        refresh();
}

void Strip::refresh()
{
    if (shown())
        return; // it stays until it is answered
    if (exports_.isRunning())
        strip_.setContent(words::rendering(exports_.progress()));
    else if (files_.isLoading() && loading_.isValid() && loading_.elapsed() >= shownAfterMs)
        strip_.setContent(words::opening(files_.loadingPath(), files_.progress()));
    else
        strip_.setContent(std::nullopt);
}

} // namespace app
