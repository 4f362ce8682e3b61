// SPDX-License-Identifier: GPL-3.0-or-later
//
// A WaveformView's words and values for documents.
#include "widgets/views/WavePainter.h"
#include "widgets/views/WaveformView.h"

#include <algorithm>
#include <cmath>

namespace widgets {

QString WaveformView::axisNames() const
{
    const QString names = ruler_ == Ruler::Decibels
                              ? tr("Across: time in s. Up: level in dB of full scale.")
                              : tr("Across: time in s. Up: amplitude, 1 is full scale.");
    return lanes() == 2 ? tr("%1 Left above right.").arg(names) : names;
}

QString WaveformView::pictureTitle() const
{
    //: Above a saved picture. %1: which sound.
    return title().isEmpty() ? tr("Waveform") : tr("Waveform: %1").arg(title());
}

QString WaveformView::laneName(int channel) const
{
    if (lanes() == 2)
        return channel == 0 ? QStringLiteral("Left") : QStringLiteral("Right");
    return QStringLiteral("Channel %1").arg(channel + 1);
}

QString WaveformView::valuesAsCsv() const
{
    if (!sound_)
        return {};
    const double firstFrame = shownX().low * rate();
    const double endFrame = shownX().high * rate();
    const int pixels = columnCount(plot().width(), 1.0);
    const bool dense = endFrame - firstFrame > pixels;
    QString text = QStringLiteral("Time (s)");
    for (int c = 0; c < lanes(); ++c)
        text += dense
                    ? QStringLiteral(",%1 least (full scale),%1 most (full scale)").arg(laneName(c))
                    : QStringLiteral(",%1 (full scale)").arg(laneName(c));
    text += u'\n';
    const auto number = [](float value) {
        return u',' + QString::number(static_cast<double>(value), 'f', 6);
    };
    const auto time = [&](double frame) {
        return QString::number(windowStart() + frame / rate(), 'f', 6);
    };
    if (!dense) {
        const auto last =
            std::min(static_cast<std::int64_t>(std::floor(endFrame)), sound_->frames() - 1);
        for (auto i = static_cast<std::int64_t>(std::ceil(firstFrame)); i <= last; ++i) {
            text += time(static_cast<double>(i));
            for (int c = 0; c < lanes(); ++c)
                text += number(sound_->channel(c)[static_cast<std::size_t>(i)]);
            text += u'\n';
        }
        return text;
    }
    std::vector<std::vector<engine::analysis::PeakColumn>> columns;
    for (int c = 0; c < lanes(); ++c)
        columns.push_back(engine::analysis::peakColumns(*sound_, c, firstFrame, endFrame, pixels));
    for (int x = 0; x < pixels; ++x) {
        text += time(firstFrame + (x + 0.5) * (endFrame - firstFrame) / pixels);
        for (const auto &lane : columns) {
            const auto &column = lane[static_cast<std::size_t>(x)];
            text += number(column.minimum) + number(column.maximum);
        }
        text += u'\n';
    }
    return text;
}

} // namespace widgets
