// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sounds, snapshots and handles for the tests of the plots.
#pragma once

#include "engine/analysis/Spectrogram.h"
#include "tests/support/Sanitizers.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/PlotView.h"

#include <QTest>

#include <numbers>

namespace tests {

using engine::analysis::LogAxis;
using engine::analysis::Spectrogram;

inline constexpr int rate = 48000;

using Sound = std::shared_ptr<engine::AudioBuffer>;

inline Sound tone(double hz, double amplitude, double seconds = 1.0, int channels = 1,
                  double fromS = 0.0, double toS = 1e9)
{
    auto sound = std::make_shared<engine::AudioBuffer>(engine::AudioFormat{rate, channels},
                                                       static_cast<std::int64_t>(seconds * rate));
    for (int c = 0; c < channels; ++c)
        for (std::size_t i = 0; i < sound->channel(c).size(); ++i) {
            const double t = static_cast<double>(i) / rate;
            if (t >= fromS && t < toS)
                sound->channel(c)[i] =
                    static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * hz * t));
        }
    return sound;
}

/// A picture of one level, with single cells lit.
inline std::shared_ptr<const engine::analysis::Spectrogram>
cells(int columns, const std::vector<std::pair<int, int>> &lit, double litDb = -10.0)
{
    const LogAxis axis =
        LogAxis::over(Spectrogram::lowestHz, Spectrogram::highestHz, Spectrogram::rowsPerOctave);
    const auto step = [](double db) {
        return static_cast<std::int16_t>(db * static_cast<double>(Spectrogram::stepsPerDb));
    };
    std::vector<std::int16_t> levels(
        static_cast<std::size_t>(axis.rows) * static_cast<std::size_t>(columns), step(-100.0));
    for (const auto &[row, column] : lit)
        levels[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
               static_cast<std::size_t>(column)] = step(litDb);
    return std::make_shared<const Spectrogram>(axis, columns, 1.0, std::move(levels));
}

inline engine::dsp::Scale fMinor()
{
    engine::dsp::Scale scale;
    scale.rootPitchClass = 5;
    scale.kind = engine::dsp::ScaleKind::Minor;
    return scale;
}

inline bool near(QRgb a, QRgb b, int distance = 4)
{
    return std::abs(qRed(a) - qRed(b)) <= distance && std::abs(qGreen(a) - qGreen(b)) <= distance &&
           std::abs(qBlue(a) - qBlue(b)) <= distance;
}

/// The pixel of a saved picture at a place of the view.
inline QPoint inPicture(QPointF place, double ratio)
{
    const widgets::Theme &theme = widgets::Theme::shared();
    const QPointF offset(theme.number("space.scale.x3"), theme.number("size.visualizer_toolbar"));
    return {static_cast<int>(std::floor((place.x() + offset.x()) * ratio)),
            static_cast<int>(std::floor((place.y() + offset.y()) * ratio))};
}

template <typename View>
bool ready(View &view)
{
    return QTest::qWaitFor([&] { return view.settled(); }, patienceMs);
}
template <typename View>
void open(View &view, QSize size = {900, 400})
{
    view.resize(size);
    view.setTitle(QStringLiteral("After Distortion"), "stage.distortion");
    view.setScale(fMinor());
    view.show();
}

} // namespace tests
