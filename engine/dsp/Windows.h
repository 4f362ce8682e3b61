// SPDX-License-Identifier: GPL-3.0-or-later
//
// Window functions. Shape: one value a sample. Units: 1.0 at the centre. Computed in double.
// Source: periodic Hann as in Harris, "On the use of windows for harmonic analysis with the
// discrete Fourier transform" (Proc. IEEE 66, 1978), DFT-even form.
#pragma once

#include <cmath>
#include <numbers>
#include <vector>

namespace engine::dsp {

inline std::vector<double> periodicHann(int size)
{
    std::vector<double> window(static_cast<std::size_t>(size));
    for (int n = 0; n < size; ++n)
        window[static_cast<std::size_t>(n)] =
            0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * n / size);
    return window;
}

} // namespace engine::dsp
