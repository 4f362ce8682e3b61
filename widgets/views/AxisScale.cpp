// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/AxisScale.h"

#include "widgets/views/TimeText.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace widgets {

AxisRange within(AxisRange range, AxisRange limits, double least)
{
    const double span = std::clamp(range.span(), std::min(least, limits.span()), limits.span());
    const double low = std::clamp(range.low, limits.low, limits.high - span);
    return {low, low + span};
}

AxisRange zoomed(AxisRange range, double pivot, double factor, AxisRange limits, double least)
{
    const double span =
        std::clamp(range.span() * factor, std::min(least, limits.span()), limits.span());
    const double low = pivot - (pivot - range.low) / range.span() * span;
    return within({low, low + span}, limits, least);
}

std::vector<double> frequencyTicks(AxisRange octaves, double pixels, double apart)
{
    const double pixelsPerOctave = pixels / octaves.span();
    // The closest neighbours of 1, 2, 5 are an octave apart; of 1 and 10 more than three.
    std::vector<double> mantissas{1.0};
    if (pixelsPerOctave >= apart / 4.0)
        mantissas = {1.0, 2.0, 5.0};
    if (pixelsPerOctave >= apart * 6.0)
        mantissas = {1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0};
    else if (pixelsPerOctave >= apart * 3.0)
        mantissas = {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0};
    std::vector<double> ticks;
    for (double decade = 1.0; decade < 1e6; decade *= 10.0)
        for (const double mantissa : mantissas) {
            const double hz = mantissa * decade;
            const double octave = octavesOfHz(hz);
            if (octave >= octaves.low - 1e-9 && octave <= octaves.high + 1e-9)
                ticks.push_back(hz);
        }
    return ticks;
}

QString frequencyTickText(double hz)
{
    if (hz < 1000.0)
        return numberText(hz, hz == std::round(hz) ? 0 : 1);
    const double kilo = hz / 1000.0;
    //: kilohertz in short, at a frequency axis
    return QCoreApplication::translate("widgets::Frequency", "%1k")
        .arg(numberText(kilo, kilo == std::round(kilo) ? 0 : 1));
}

QString frequencyText(double hz)
{
    if (hz < 1000.0)
        return QCoreApplication::translate("widgets::Frequency", "%1 Hz").arg(numberText(hz, 1));
    return QCoreApplication::translate("widgets::Frequency", "%1 kHz")
        .arg(numberText(hz / 1000.0, 3));
}

std::vector<double> decibelTicks(AxisRange db, double pixels, double apart)
{
    constexpr std::array steps{1.0, 2.0, 3.0, 6.0, 12.0, 18.0, 24.0, 36.0, 48.0};
    double step = steps.back();
    for (const double candidate : steps)
        if (candidate / db.span() * pixels >= apart) {
            step = candidate;
            break;
        }
    std::vector<double> ticks;
    for (double tick = std::ceil(db.low / step - 1e-9) * step; tick <= db.high + 1e-9; tick += step)
        ticks.push_back(tick);
    return ticks;
}

} // namespace widgets
