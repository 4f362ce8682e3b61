// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/ScopePicture.h"

#include "engine/base/Units.h"

namespace widgets {

using engine::analysis::ChannelPick;
using engine::analysis::pickedWave;

namespace {

constexpr double reachMs = 50.0; ///< how far the trigger looks back: one period of 20 Hz

QPolygonF wave(const engine::AudioBuffer &sound, ChannelPick pick, double origin,
               const ScopePictureRequest &job)
{
    const double perMs = sound.format().sampleRateHz / 1000.0;
    const double width = job.pixels.width() / job.ratio;
    const double height = job.pixels.height() / job.ratio;
    const auto first = std::max<std::int64_t>(
        static_cast<std::int64_t>(std::floor(origin + job.ms.low * perMs)) - 1, 0);
    const auto end = static_cast<std::int64_t>(std::ceil(origin + job.ms.high * perMs)) + 2;
    QPolygonF line;
    std::int64_t frame = first;
    for (const float value : pickedWave(sound, pick, first, end)) {
        line << QPointF(toPixel((static_cast<double>(frame) - origin) / perMs, job.ms, 0, width),
                        toPixel(static_cast<double>(value), job.height, height, 0));
        ++frame;
    }
    return line;
}

/// Where the wave begins: the crossing that the trigger looks for, or the playhead.
double originOf(const ScopePictureRequest &job)
{
    if (job.trigger == ScopeTrigger::Off)
        return job.atFrame;
    const auto reach = engine::framesFromMs(reachMs, job.sound->format().sampleRateHz);
    const auto at = static_cast<std::int64_t>(std::floor(job.atFrame));
    const std::int64_t first = std::max<std::int64_t>(at - reach, 0);
    std::vector<float> before = pickedWave(*job.sound, job.pick, first, at + 1);
    if (job.trigger == ScopeTrigger::Falling)
        for (float &sample : before)
            sample = -sample;
    const auto crossing = engine::analysis::risingCrossing(
        before, static_cast<std::int64_t>(before.size()) - 1, reach);
    return crossing ? static_cast<double>(first) + *crossing : job.atFrame;
}

} // namespace

Picture drawScope(QPainter &painter, const ScopePictureRequest &job)
{
    const double origin = originOf(job);
    const auto stroke = [&](const engine::AudioBuffer &sound, ChannelPick pick,
                            const QColor &colour, double wide) {
        painter.setPen(QPen(colour, wide, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(wave(sound, pick, origin, job));
    };
    if (job.input)
        stroke(*job.input, job.pick, job.inputLine, job.thinWidth);
    if (job.both)
        stroke(*job.sound, ChannelPick::Right, job.rightLine, job.lineWidth);
    stroke(*job.sound, job.pick, job.accent, job.lineWidth);
    return {{}, origin, {}, {}};
}

} // namespace widgets
