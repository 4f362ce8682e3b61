// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/SoloSound.h"

#include "engine/base/MemoryStream.h"

namespace engine::render {

using pipeline::Settings;
using pipeline::StageId;
using pipeline::TapId;

namespace {

/// Those under which nothing but this quantizer runs behind its tap.
Settings quantizerOnly(const Settings &settings, StageId quantizer)
{
    Settings only;
    only.preQuant = settings.preQuant;
    only.postQuant = settings.postQuant;
    only.postLink = settings.postLink;
    (quantizer == StageId::PreQuant ? only.postQuant.on : only.preQuant.on) = false;
    only.distortionOn = false;
    only.limiter.on = false;
    only.mix.dryWet = 1.0;
    only.gain.gainDb = 0.0;
    return only;
}

} // namespace

Status runQuantizer(const Preview &preview, StageId quantizer, pipeline::TapSinks sinks,
                    const pipeline::RunOptions &options, WorkerPool &workers,
                    const RunContext &context)
{
    const TapId before = quantizer == StageId::PreQuant ? TapId::Input : TapId::PostDist;
    const auto recording = [&](TapId tap) -> const pipeline::TapRecording & {
        return *preview.taps[static_cast<std::size_t>(tap)];
    };
    const auto report = pipeline::resume({before, recording(before), recording(TapId::Input)},
                                         quantizerOnly(preview.settings, quantizer),
                                         {preview.request.firstFrame, preview.request.frames},
                                         sinks, workers, context, options);
    if (!report)
        return tl::unexpected(report.error());
    assert(report->sufficed); // the tap has served more stages than this one
    return {};
}

Result<AudioBuffer> soloSound(const Preview &preview, StageId quantizer,
                              const dsp::SoloRange &range, WorkerPool &workers,
                              const RunContext &context)
{
    const TapId after = quantizer == StageId::PreQuant ? TapId::PreQuant : TapId::PostQuant;
    BufferSink sound(preview.sound(TapId::Input).format(), preview.sound(TapId::Input).frames());
    pipeline::TapSinks sinks{};
    sinkOf(sinks, after) = &sound;
    pipeline::RunOptions options;
    options.solo = range;
    if (Status status = runQuantizer(preview, quantizer, sinks, options, workers, context); !status)
        return tl::unexpected(status.error());
    return sound.buffer();
}

} // namespace engine::render
