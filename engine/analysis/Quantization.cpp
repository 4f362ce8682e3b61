// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/Quantization.h"

#include "engine/analysis/QuantizationLines.h"
#include "engine/base/Units.h"

#include <algorithm>
#include <cmath>
#include <functional>
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

/// `Told`: a quantizer's trace or a sound's partials.
template <typename Told>
std::span<const typename Told::Frame> framesIn(const Told &told, std::optional<double> momentS)
{
    const std::span<const typename Told::Frame> all = told.frames;
    if (!momentS)
        return all;
    const double rate = told.sampleRateHz;
    const auto isBefore = [&](const typename Told::Frame &frame, double seconds) {
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

namespace {

double meanOver(std::size_t frames)
{
    return std::max<double>(1.0, static_cast<double>(frames));
}

/// What is gathered partial by partial, and the result that it becomes.
class Gathering {
public:
    explicit Gathering(const dsp::Scale &scale)
        : before_{dsp::allowedPitchClasses(scale)}, after_{before_.allowed}
    {
        result_->scale = scale;
        result_->axis = LogAxis::over(lowestHz, highestHz, rowsPerOctave);
        result_->curveBefore.resize(static_cast<std::size_t>(result_->axis.rows));
        result_->curveAfter.resize(static_cast<std::size_t>(result_->axis.rows));
    }
    void before(float hz, float power)
    {
        add(before_, result_->curveBefore, hz, power);
        moment_ += static_cast<double>(power) * std::log2(static_cast<double>(hz));
    }
    void after(float hz, float power) { add(after_, result_->curveAfter, hz, power); }
    /// Sorts the lines that it is given: strongest first.
    std::shared_ptr<Quantization> finish(std::vector<QuantizationLine> lines,
                                         std::size_t framesBefore, std::size_t framesAfter)
    {
        finishCurve(result_->curveBefore, meanOver(framesBefore));
        finishCurve(result_->curveAfter, meanOver(framesAfter));
        std::ranges::stable_sort(lines, std::greater(), &QuantizationLine::power);
        result_->lines = std::move(lines);
        result_->largest = largestMoves(result_->lines);
        result_->inKeyBefore = before_.share();
        result_->inKeyAfter = after_.share();
        result_->before = before_.shares();
        result_->after = after_.shares();
        result_->centroidHz = before_.sum > 0.0 ? std::exp2(moment_ / before_.sum) : 0.0;
        return result_;
    }

private:
    void add(Distances &distances, std::vector<float> &curve, float hz, float power)
    {
        distances.add(static_cast<double>(hz), static_cast<double>(power));
        addToCurve(curve, result_->axis, static_cast<double>(hz), static_cast<double>(power));
    }

    std::shared_ptr<Quantization> result_ = std::make_shared<Quantization>();
    Distances before_;
    Distances after_;
    double moment_ = 0.0;
};

/// None when stopped.
std::optional<std::vector<QuantizationLine>>
linesOf(const Trace &trace, std::span<const Trace::Frame> frames, const std::stop_token &stop)
{
    QuantizationLines lines;
    for (const Trace::Frame &frame : frames) {
        if (stop.stop_requested())
            return std::nullopt;
        for (const auto &move : std::span(trace.moves).subspan(frame.firstMove, frame.moves))
            lines.add(move);
    }
    return lines.take(meanOver(frames.size()));
}

} // namespace

std::shared_ptr<const Quantization>
quantizationOf(const Trace &trace, std::optional<double> momentS, const std::stop_token &stop)
{
    Gathering gathering(trace.scale);
    const auto frames = framesIn(trace, momentS);
    auto lines = linesOf(trace, frames, stop);
    if (!lines)
        return nullptr;
    for (const Trace::Frame &frame : frames) {
        for (const auto &move : std::span(trace.moves).subspan(frame.firstMove, frame.moves))
            gathering.before(move.fromHz, move.power);
        for (const auto &partial :
             std::span(trace.partialsAfter).subspan(frame.firstPartial, frame.partials))
            gathering.after(partial.hz, partial.power);
    }
    const auto result = gathering.finish(std::move(*lines), frames.size(), frames.size());
    result->snapStrength = trace.snapStrength;
    return result;
}

std::shared_ptr<const Quantization>
quantizationOf(const ChainTrace &trace, std::optional<double> momentS, const std::stop_token &stop)
{
    Gathering gathering(trace.scale);
    const auto gather = [&](const SoundPartials &sound, auto add) {
        const auto frames = framesIn(sound, momentS);
        for (const SoundPartials::Frame &frame : frames)
            for (const auto &partial :
                 std::span(sound.partials).subspan(frame.firstPartial, frame.partials))
                add(partial.hz, partial.power);
        return frames.size();
    };
    const std::size_t before =
        gather(*trace.input, [&](float hz, float power) { gathering.before(hz, power); });
    const std::size_t after =
        gather(*trace.output, [&](float hz, float power) { gathering.after(hz, power); });
    std::vector<QuantizationLine> all;
    for (const auto *leg : {&trace.preQuant, &trace.postQuant}) {
        if (!*leg)
            continue;
        auto lines = linesOf(**leg, framesIn(**leg, momentS), stop);
        if (!lines)
            return nullptr;
        for (QuantizationLine &line : *lines)
            line.leg = leg == &trace.postQuant ? 1 : 0;
        all.insert(all.end(), lines->begin(), lines->end());
    }
    const auto result = gathering.finish(std::move(all), before, after);
    result->legs = 2;
    return result;
}

} // namespace engine::analysis
