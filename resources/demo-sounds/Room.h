// SPDX-License-Identifier: GPL-3.0-or-later
//
// A room around a dry sound: stereo reverberation with a dark tail.
// Shape: addRoom runs a whole buffer through eight delay lines that feed each other.
// Units: seconds to -60 dB, hertz, linear wet gain; size 1 is a small studio, 2 a hall.
// Source: Jot and Chaigne, "Digital delay networks for designing artificial reverberators", AES
// 90th convention, 1991; Householder feedback matrix; series all-pass diffusers after Schroeder,
// "Natural sounding artificial reverberation", JAES 10, 1962.
#pragma once

#include "resources/demo-sounds/StateVariableFilter.h"

#include <array>
#include <vector>

namespace demo {

struct RoomSettings {
    double t60S = 0.8;
    double dampingHz = 6000.0;
    double size = 1.0;
    double wet = 0.2;
    double lowCutHz = 180.0; ///< keeps bass out of the room
};

class DelayLine {
public:
    explicit DelayLine(double delayMs)
        : samples_(static_cast<std::size_t>(std::max(1, renderFrames(delayMs * 0.001))))
    {}
    double oldest() const { return samples_[position_]; }
    void replace(double value)
    {
        samples_[position_] = value;
        position_ = position_ + 1 == samples_.size() ? 0 : position_ + 1;
    }
    double frames() const { return static_cast<double>(samples_.size()); }

private:
    std::vector<double> samples_;
    std::size_t position_ = 0;
};

class Diffuser {
public:
    explicit Diffuser(double scale)
        : stages_{DelayLine(4.77 * scale), DelayLine(3.59 * scale), DelayLine(12.73 * scale),
                  DelayLine(9.31 * scale)}
    {}
    double process(double input)
    {
        double value = input;
        for (DelayLine &stage : stages_) {
            const double delayed = stage.oldest();
            const double fed = value + 0.62 * delayed;
            stage.replace(fed);
            value = delayed - 0.62 * fed;
        }
        return value;
    }

private:
    std::array<DelayLine, 4> stages_;
};

class Room {
public:
    explicit Room(const RoomSettings &settings)
        : diffuseLeft_(settings.size), diffuseRight_(1.07 * settings.size),
          lowCut_(settings.lowCutHz, 0.7071),
          smoothing_(1.0 - std::exp(-twoPi * settings.dampingHz / renderRateHz))
    {
        for (const double delayMs : {23.1, 29.7, 31.9, 37.3, 41.1, 43.7, 47.9, 53.3}) {
            lines_.emplace_back(delayMs * settings.size);
            feedback_.push_back(std::exp(-6.907755278982137 * lines_.back().frames() /
                                         renderRateHz / settings.t60S));
        }
    }
    StereoFrame process(StereoFrame dry)
    {
        const StereoFrame cut = lowCut_.high(dry);
        const StereoFrame in{diffuseLeft_.process(cut.left), diffuseRight_.process(cut.right)};
        double sum = 0.0;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            damped_[i] += smoothing_ * (lines_[i].oldest() - damped_[i]);
            sum += damped_[i];
        }
        StereoFrame out;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const bool leftSide = i % 2 == 0;
            (leftSide ? out.left : out.right) += (i % 4 < 2 ? 0.5 : -0.5) * damped_[i];
            lines_[i].replace((leftSide ? in.left : in.right) +
                              feedback_[i] * (damped_[i] - 0.25 * sum));
        }
        return out;
    }

private:
    Diffuser diffuseLeft_;
    Diffuser diffuseRight_;
    StereoFilter lowCut_;
    double smoothing_;
    std::vector<DelayLine> lines_;
    std::vector<double> feedback_;
    std::array<double, 8> damped_{};
};

inline void addRoom(StereoBuffer &buffer, const RoomSettings &settings)
{
    Room room(settings);
    for (int frame = 0; frame < buffer.frames(); ++frame)
        buffer.add(frame, settings.wet * room.process(buffer.at(frame)));
}

} // namespace demo
