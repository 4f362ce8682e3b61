// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PreviewController.h"

#include "engine/pipeline/StageTable.h"

namespace app {

namespace {
constexpr int lateMs = 100;
constexpr int veryLateMs = 1000;
constexpr int restMs = 300;
} // namespace

PreviewController::PreviewController(Session &session)
    : session_(session), thread_([this](engine::render::PreviewOutcome outcome) {
          // From the render thread, as a value.
          QMetaObject::invokeMethod(
              this, [this, result = std::move(outcome)]() mutable { receive(std::move(result)); },
              Qt::QueuedConnection);
      })
{
    for (QTimer *timer : {&late_, &veryLate_, &complete_})
        timer->setSingleShot(true);
    connect(&complete_, &QTimer::timeout, this, &PreviewController::complete);
    connect(&late_, &QTimer::timeout, this, [this] { emit lateness(lateMs); });
    connect(&veryLate_, &QTimer::timeout, this, [this] { emit lateness(veryLateMs); });
    connect(&session, &Session::settingsChanged, this, [this] {
        what_ = session_.lastChange();
        refresh();
    });
    connect(&session, &Session::windowChanged, this, [this] {
        what_ = tr("Preview window moved");
        refresh();
    });
    connect(&session, &Session::soundChanged, this, [this] {
        what_ = tr("Sound opened");
        cancel();
        current_.reset();
        refresh();
    });
}

PreviewController::~PreviewController() = default;

void PreviewController::refresh()
{
    if (!session_.sound()) {
        cancel();
        current_.reset();
        return;
    }
    if (!pending_)
        startWaiting();
    pending_ = true;
    complete_.stop();
    if (running_ == 0 || std::exchange(completing_, false))
        request();
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
        complete_.start(0);
}

void PreviewController::cancel()
{
    thread_.cancel();
    for (QTimer *timer : {&late_, &veryLate_, &complete_})
        timer->stop();
    completing_ = false;
    pending_ = false;
    changed_ = false;
    running_ = 0;
    emit lateness(0);
}

void PreviewController::request()
{
    const FrameWindow window = session_.window();
    changed_ = false;
    runningWhat_ = what_;
    running_ = thread_.request({0, session_.sound()->path, session_.soundId(), session_.settings(),
                                window.firstFrame, window.frames, completing_});
}

bool PreviewController::lacksTraces() const
{
    const auto lacks = [&](engine::pipeline::StageId stage, const auto &trace) {
        return !trace && engine::pipeline::stageRow(stage).runs(current_->settings);
    };
    return lacks(engine::pipeline::StageId::PreQuant, current_->preQuantTrace) ||
           lacks(engine::pipeline::StageId::PostQuant, current_->postQuantTrace);
}

void PreviewController::complete()
{
    if (running_ != 0 || pending_ || !session_.sound())
        return;
    completing_ = true;
    request();
}

void PreviewController::receive(engine::render::PreviewOutcome outcome)
{
    const auto *failure = std::get_if<engine::render::PreviewFailure>(&outcome);
    const std::uint64_t id = failure ? failure->request.id
                                     : std::get<engine::render::SharedPreview>(outcome)->request.id;
    if (id != running_)
        return; // overtaken on its way here
    running_ = 0;
    if (std::exchange(completing_, false)) {
        if (!failure) { // else the preview is right all the same
            current_ = std::get<engine::render::SharedPreview>(std::move(outcome));
            emit tracesReady();
        }
        return;
    }
    late_.stop();
    veryLate_.stop();
    emit lateness(0);
    const QString what = runningWhat_;
    const bool goesOn = changed_;
    pending_ = goesOn;
    if (goesOn) {
        startWaiting();
        request();
    }
    if (!failure) {
        current_ = std::get<engine::render::SharedPreview>(std::move(outcome));
        if (!goesOn && lacksTraces())
            complete_.start(wantsQuantization_ ? 0 : restMs);
        emit previewReady(what);
    } else if (!goesOn) {
        emit failed(failure->error);
    }
}

} // namespace app
