// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PreviewController.h"

#include "engine/pipeline/StageTable.h"
#include "widgets/threads/GuiThread.h"

namespace app {

namespace {
constexpr int lateMs = 100;
constexpr int veryLateMs = 1000;
constexpr int restMs = 300;
} // namespace

PreviewController::PreviewController(Session &session)
    : session_(session), thread_([this](engine::render::PreviewOutcome outcome) {
          // From the render thread, as a value.
          widgets::postToGui(
              this, [this, result = std::move(outcome)]() mutable { receive(std::move(result)); });
      })
{
    for (QTimer *timer : {&late_, &veryLate_, &rest_})
        timer->setSingleShot(true);
    connect(&rest_, &QTimer::timeout, this, &PreviewController::rest);
    connect(&late_, &QTimer::timeout, this, [this] { emit lateness(lateMs); });
    connect(&veryLate_, &QTimer::timeout, this, [this] { emit lateness(veryLateMs); });
    connect(&session, &Session::settingsChanged, this, [this] {
        what_ = session_.lastChange();
        refresh();
    });
    connect(&session, &Session::otherSettingsChanged, this, [this] {
        otherFailed_ = false;
        if (!pending_)
            rest_.start(0);
    });
    connect(&session, &Session::windowChanged, this, [this] {
        what_ = tr("Preview window moved");
        refresh();
    });
    connect(&session, &Session::soundChanged, this, [this] {
        what_ = tr("Sound opened");
        cancel();
        current_.reset();
        other_.reset();
        refresh();
    });
}

PreviewController::~PreviewController() = default;

bool PreviewController::isOf(const engine::render::SharedPreview &preview, Slot slot) const
{
    return preview && preview->request.soundId == session_.soundId() &&
           preview->request.firstFrame == session_.window().firstFrame &&
           preview->request.frames == session_.window().frames &&
           preview->request.settings == session_.slotState(slot).settings;
}

engine::render::SharedPreview PreviewController::other() const
{
    const Slot slot = otherSlot(session_.slot());
    for (const engine::render::SharedPreview &preview : {other_, current_}) {
        if (isOf(preview, slot))
            return preview;
    }
    return nullptr;
}

/// The slots have changed places, and what is wanted now was rendered before.
bool PreviewController::takeOther()
{
    if (!isOf(other_, session_.slot()) || isOf(current_, session_.slot()))
        return false;
    thread_.cancel();
    running_ = 0;
    changed_ = false;
    pending_ = false;
    late_.stop();
    veryLate_.stop();
    emit lateness(0);
    std::swap(current_, other_);
    rest_.start(wantsQuantization_ ? 0 : restMs);
    emit previewReady(what_);
    return true;
}

void PreviewController::refresh()
{
    if (!session_.sound()) {
        cancel();
        current_.reset();
        other_.reset();
        return;
    }
    otherFailed_ = false;
    if (takeOther())
        return;
    if (!pending_)
        startWaiting();
    pending_ = true;
    rest_.stop();
    if (running_ == 0 || work_ != Work::Current)
        request(Work::Current);
    else
        changed_ = true;
}

void PreviewController::startWaiting()
{
    late_.start(lateMs);
    veryLate_.start(veryLateMs);
}

void PreviewController::setWantsQuantization(bool wanted)
{
    wantsQuantization_ = wanted;
    if (wanted && current_ && !pending_ && lacksTraces())
        rest_.start(0);
}

void PreviewController::cancel()
{
    thread_.cancel();
    for (QTimer *timer : {&late_, &veryLate_, &rest_})
        timer->stop();
    pending_ = false;
    changed_ = false;
    running_ = 0;
    emit lateness(0);
}

void PreviewController::request(Work work)
{
    const FrameWindow window = session_.window();
    const Slot slot = work == Work::Other ? otherSlot(session_.slot()) : session_.slot();
    work_ = work;
    changed_ = false;
    runningWhat_ = what_;
    engine::render::PreviewRequest wanted{0,
                                          session_.sound()->path,
                                          session_.soundId(),
                                          session_.slotState(slot).settings,
                                          window.firstFrame,
                                          window.frames,
                                          work == Work::Traces};
    wanted.stamp = session_.sound()->stamp;
    running_ = thread_.request(std::move(wanted));
}

bool PreviewController::lacksTraces() const
{
    const auto lacks = [&](engine::pipeline::StageId stage, const auto &trace) {
        return !trace && engine::pipeline::stageRow(stage).runs(current_->settings);
    };
    return lacks(engine::pipeline::StageId::PreQuant, current_->preQuantTrace) ||
           lacks(engine::pipeline::StageId::PostQuant, current_->postQuantTrace);
}

/// Nothing changes: time for what is wanted besides what is heard now.
void PreviewController::rest()
{
    if (running_ != 0 || pending_ || !session_.sound() || !current_)
        return;
    if (wantsQuantization_ && lacksTraces())
        request(Work::Traces);
    else if (!other() && !otherFailed_)
        request(Work::Other);
    else if (lacksTraces())
        request(Work::Traces);
}

void PreviewController::receive(engine::render::PreviewOutcome outcome)
{
    const auto *failure = std::get_if<engine::render::PreviewFailure>(&outcome);
    const std::uint64_t id = failure ? failure->request.id
                                     : std::get<engine::render::SharedPreview>(outcome)->request.id;
    if (id != running_)
        return; // overtaken on its way here
    running_ = 0;
    switch (std::exchange(work_, Work::Nothing)) {
    case Work::Traces: // without them the preview is right all the same
        if (!failure) {
            current_ = std::get<engine::render::SharedPreview>(std::move(outcome));
            emit tracesReady();
            if (!lacksTraces())
                rest_.start(0);
        }
        return;
    case Work::Other:
        otherFailed_ = failure != nullptr;
        if (!failure) {
            other_ = std::get<engine::render::SharedPreview>(std::move(outcome));
            emit otherReady();
        }
        rest_.start(restMs);
        return;
    case Work::Current:
    case Work::Nothing:
        receiveCurrent(std::move(outcome));
    }
}

void PreviewController::receiveCurrent(engine::render::PreviewOutcome outcome)
{
    late_.stop();
    veryLate_.stop();
    emit lateness(0);
    const QString what = runningWhat_;
    const bool goesOn = changed_;
    pending_ = goesOn;
    if (goesOn) {
        startWaiting();
        request(Work::Current);
    }
    if (auto *preview = std::get_if<engine::render::SharedPreview>(&outcome)) {
        // What the slot before has left is that of the other slot now.
        if (isOf(current_, otherSlot(session_.slot())))
            other_ = current_;
        current_ = std::move(*preview);
        if (!goesOn)
            rest_.start(wantsQuantization_ ? 0 : restMs);
        emit previewReady(what);
    } else if (!goesOn) {
        emit failed(std::get<engine::render::PreviewFailure>(outcome).error);
    }
}

} // namespace app
