// SPDX-License-Identifier: GPL-3.0-or-later
//
// A vocal tract: resonances in a row, as in a tube that is closed at one end.
// Shape: Vowel names five resonances; FormantBank adds the fixed upper ones and filters one frame
// at a time. Units: hertz for centres and bandwidths; unity gain at DC.
// Source: cascade form after Klatt, "Software for a cascade/parallel formant synthesizer", JASA 67,
// 1980; centres of the lower three after Peterson and Barney, "Control methods used in a study of
// the vowels", JASA 24, 1952 (men); the upper ones are those of a uniform tube of 17.5 cm.
#pragma once

#include "resources/demo-sounds/Envelopes.h"
#include "resources/demo-sounds/StateVariableFilter.h"

#include <array>
#include <cmath>

namespace demo {

struct Vowel {
    std::array<double, 5> centreHz;
    std::array<double, 5> bandwidthHz;
};

inline constexpr Vowel vowelAh{{730.0, 1090.0, 2440.0, 3400.0, 4350.0},
                               {80.0, 90.0, 120.0, 150.0, 200.0}};
inline constexpr Vowel vowelOh{{480.0, 800.0, 2400.0, 3250.0, 4200.0},
                               {65.0, 80.0, 110.0, 150.0, 200.0}};
inline constexpr Vowel vowelOo{{310.0, 870.0, 2240.0, 3150.0, 4100.0},
                               {60.0, 85.0, 110.0, 150.0, 200.0}};

inline Vowel between(const Vowel &from, const Vowel &to, double amount)
{
    Vowel vowel = from;
    for (std::size_t i = 0; i < vowel.centreHz.size(); ++i) {
        vowel.centreHz[i] = mixedHz(from.centreHz[i], to.centreHz[i], amount);
        vowel.bandwidthHz[i] = mixed(from.bandwidthHz[i], to.bandwidthHz[i], amount);
    }
    return vowel;
}

class FormantBank {
public:
    /// A tract longer than 1 lowers every resonance: a bigger throat.
    void set(const Vowel &vowel, double tractLength)
    {
        for (std::size_t i = 0; i < count; ++i) {
            const bool named = i < vowel.centreHz.size();
            const double centreHz =
                (named ? vowel.centreHz[i] : 1000.0 * (static_cast<double>(i) + 0.5)) / tractLength;
            const double bandwidthHz =
                named ? vowel.bandwidthHz[i] : 120.0 * (static_cast<double>(i) - 2.5);
            resonances_[i].set(centreHz, centreHz / bandwidthHz);
        }
    }
    double process(double input)
    {
        double value = input;
        for (StateVariableFilter &resonance : resonances_)
            value = resonance.low(value);
        return value;
    }

private:
    static constexpr std::size_t count = 9;
    std::array<StateVariableFilter, count> resonances_;
};

} // namespace demo
