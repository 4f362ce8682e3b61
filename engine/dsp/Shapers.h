// SPDX-License-Identifier: GPL-3.0-or-later
//
// The distortion curves, as plain functions of a driven value u.
// Shape: one sample. Units: 1.0 is full scale. Real-time: yes. Errors: none.
// Classic fold: reflects once at +1, then at −1, then clips; 3 < u ≤ 5 gives u − 4, u > 5 and u <
// −3 give 1. Triangle fold: reflects for ever. All are continuous. Source: the Classic pipeline for
// the fold; antiderivatives for Parker, Zavalishin & Le Bivic, "Reducing the aliasing of nonlinear
// waveshaping using continuous-time convolution" (DAFx-16).
#pragma once

#include <algorithm>
#include <cmath>

namespace engine::dsp {

template <typename Real>
Real classicFold(Real u)
{
    u = u > Real{1} ? Real{2} - u : u;
    u = u < Real{-1} ? Real{-2} - u : u;
    return std::min(std::max(u, Real{-1}), Real{1});
}

template <typename Real>
Real triangleFold(Real u)
{
    const Real v = u - Real{4} * std::floor((u + Real{1}) / Real{4});
    return v <= Real{1} ? v : Real{2} - v;
}

} // namespace engine::dsp
