// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/SoloBinding.h"

#include "engine/base/WorkerPool.h"
#include "engine/pipeline/StageTable.h"
#include "engine/render/SoloSound.h"
#include "widgets/threads/GuiThread.h"

namespace app {

SoloBinding::SoloBinding(Session &session, PreviewController &previews,
                         PlaybackController &playback, StageArea &stage)
    : session_(session), previews_(previews), playback_(playback), stage_(stage)
{
    connect(&stage, &StageArea::soloRequested, this, &SoloBinding::ask);
    connect(&session, &Session::tapChanged, this, &SoloBinding::end);
    connect(&session, &Session::soundChanged, this, &SoloBinding::end);
    connect(&previews, &PreviewController::previewReady, this, [this] {
        if (wish_)
            compute(false);
    });
}

void SoloBinding::ask(const std::optional<Solo> &solo)
{
    if (!solo) {
        end();
        return;
    }
    wish_ = solo;
    stage_.setSolo(solo);
    compute(true);
}

void SoloBinding::compute(bool begins)
{
    const engine::render::SharedPreview preview = previews_.current();
    const auto &row = engine::pipeline::stageRow(wish_->quantizer);
    if (!preview || !row.runs(preview->request.settings)) {
        end();
        return;
    }
    jobs_.cancelAll();
    jobs_.add([this, preview, solo = *wish_, number = ++newest_,
               begins](const std::stop_token &stop) {
        engine::WorkerPool workers;
        auto sound =
            engine::render::soloSound(*preview, solo.quantizer, solo.range, workers, {stop, {}});
        if (stop.stop_requested())
            return;
        std::shared_ptr<const engine::AudioBuffer> heard;
        if (sound)
            heard = std::make_shared<const engine::AudioBuffer>(std::move(*sound));
        widgets::postToGui(this, [this, heard, number, begins] {
            if (number != newest_ || !wish_)
                return;
            if (!heard) {
                end();
                return;
            }
            playback_.setSolo(heard);
            if (!begins || playback_.status().playWanted)
                return;
            started_ = true;
            playback_.togglePlay();
        });
    });
}

void SoloBinding::end()
{
    jobs_.cancelAll();
    ++newest_;
    if (!wish_)
        return;
    wish_.reset();
    stage_.setSolo(std::nullopt);
    playback_.setSolo(nullptr);
    if (started_)
        playback_.stop();
    started_ = false;
}

} // namespace app
