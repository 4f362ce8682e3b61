// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/Quantization.h"

#include "engine/analysis/QuantizationLines.h"
#include "engine/base/Units.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace engine::analysis {

namespace {

constexpr double lowestHz = 20.0;
constexpr double highestHz = 20000.0;
constexpr int rowsPerOctave = 120;
constexpr double curveRows = 1.2; ///< standard deviation of a partial in a curve
constexpr double leastMovedCents = 0.5;

using Trace = dsp::QuantizationTrace;

/// Energy by its distance from the allowed notes.
struct Distances {
    dsp::PitchClassMask allowed;
    double sum = 0.0;
    double inKey = 0.0;
    Quantization::Histogram bins{};

    void add(double hz, double power)
    {
        const double cents = centsFromAllowedNote(hz, allowed);
        sum += power;
        if (std::abs(cents) <= Quantization::inKeyCents)
            inKey += power;
        const double place =
            std::floor(cents / Quantization::centsPerBin) + Quantization::histogramBins / 2.0;
        bins[static_cast<std::size_t>(std::clamp(place, 0.0, Quantization::histogramBins - 1.0))] +=
            power;
    }
    Quantization::Histogram shares() const
    {
        Quantization::Histogram result{};
        for (std::size_t i = 0; i < bins.size(); ++i)
            result[i] = sum > 0.0 ? bins[i] / sum : 0.0;
        return result;
    }
    std::optional<double> share() const
    {
        return sum > 0.0 ? std::optional(inKey / sum) : std::nullopt;
    }
};

void addToCurve(std::vector<float> &curve, const LogAxis &axis, double hz, double power)
{
    const double row = std::nearbyint(axis.row(hz));
    if (row >= 0.0 && row < axis.rows)
        curve[static_cast<std::size_t>(row)] += static_cast<float>(power);
}

/// Spreads every row over its neighbours and makes the sum a mean.
void finishCurve(std::vector<float> &curve, double frames)
{
    constexpr int reach = 4;
    std::array<float, 2 * reach + 1> kernel{};
    for (int i = -reach; i <= reach; ++i)
        kernel[static_cast<std::size_t>(i + reach)] =
            static_cast<float>(std::exp(-0.5 * i * i / (curveRows * curveRows)) / frames);
    std::vector<float> spread(curve.size());
    const auto rows = static_cast<int>(curve.size());
    for (int row = 0; row < rows; ++row) {
        for (int i = std::max(-reach, -row); i <= std::min(reach, rows - 1 - row); ++i)
            spread[static_cast<std::size_t>(row)] += kernel[static_cast<std::size_t>(i + reach)] *
                                                     curve[static_cast<std::size_t>(row + i)];
    }
    curve = std::move(spread);
}

std::span<const Trace::Frame> framesIn(const Trace &trace, std::optional<double> momentS)
{
    std::span<const Trace::Frame> all = trace.frames;
    if (!momentS)
        return all;
    const double rate = trace.sampleRateHz;
    const auto isBefore = [&](const Trace::Frame &frame, double seconds) {
        return static_cast<double>(frame.centreFrame) < seconds * rate;
    };
    const auto at = [&](double seconds) {
        return std::lower_bound(all.begin(), all.end(), seconds, isBefore) - all.begin();
    };
    const auto first = static_cast<std::size_t>(at(*momentS - momentSeconds));
    return all.subspan(first, static_cast<std::size_t>(at(*momentS + momentSeconds)) - first);
}

std::vector<std::size_t> largestMoves(const std::vector<QuantizationLine> &lines)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (std::abs(lines[i].movedCents) > leastMovedCents)
            order.push_back(i);
    }
    const auto weight = [&](std::size_t i) {
        return lines[i].power * std::abs(lines[i].movedCents);
    };
    const auto count = std::min(order.size(), Quantization::mostLargest);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count),
                      order.end(),
                      [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
    order.resize(count);
    return order;
}

} // namespace

double QuantizationLine::powerDb() const
{
    return dbFromPower(std::max(power, 1e-20));
}

double centsFromAllowedNote(double hz, dsp::PitchClassMask allowed)
{
    const double note = midiNoteFromHz(hz);
    const double middle = std::nearbyint(note);
    double nearest = std::numeric_limits<double>::infinity();
    for (int away = -12; away <= 12; ++away) {
        const int candidate = static_cast<int>(middle) + away;
        const double cents = 100.0 * (note - candidate);
        if ((allowed >> (candidate % 12 + 12) % 12 & 1) != 0 && std::abs(cents) < std::abs(nearest))
            nearest = cents;
    }
    return nearest;
}

std::shared_ptr<const Quantization> quantizationOf(const dsp::QuantizationTrace &trace,
                                                   std::optional<double> momentS,
                                                   const std::stop_token &stop)
{
    const auto result = std::make_shared<Quantization>();
    result->scale = trace.scale;
    result->snapStrength = trace.snapStrength;
    result->axis = LogAxis::over(lowestHz, highestHz, rowsPerOctave);
    result->curveBefore.resize(static_cast<std::size_t>(result->axis.rows));
    result->curveAfter.resize(static_cast<std::size_t>(result->axis.rows));

    const dsp::PitchClassMask allowed = dsp::allowedPitchClasses(trace.scale);
    Distances before{allowed};
    Distances after{allowed};
    QuantizationLines lines;
    double moment = 0.0;
    const auto frames = framesIn(trace, momentS);
    for (const Trace::Frame &frame : frames) {
        if (stop.stop_requested())
            return nullptr;
        for (const auto &move : std::span(trace.moves).subspan(frame.firstMove, frame.moves)) {
            const double hz = static_cast<double>(move.fromHz);
            const double power = static_cast<double>(move.power);
            before.add(hz, power);
            addToCurve(result->curveBefore, result->axis, hz, power);
            moment += power * std::log2(hz);
            lines.add(move);
        }
        for (const auto &partial :
             std::span(trace.partialsAfter).subspan(frame.firstPartial, frame.partials)) {
            const double hz = static_cast<double>(partial.hz);
            after.add(hz, static_cast<double>(partial.power));
            addToCurve(result->curveAfter, result->axis, hz, static_cast<double>(partial.power));
        }
    }
    const double count = std::max<double>(1.0, static_cast<double>(frames.size()));
    finishCurve(result->curveBefore, count);
    finishCurve(result->curveAfter, count);
    result->lines = lines.take(count);
    result->largest = largestMoves(result->lines);
    result->inKeyBefore = before.share();
    result->inKeyAfter = after.share();
    result->before = before.shares();
    result->after = after.shares();
    result->centroidHz = before.sum > 0.0 ? std::exp2(moment / before.sum) : 0.0;
    return result;
}

} // namespace engine::analysis
