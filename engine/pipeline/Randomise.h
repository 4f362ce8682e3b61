// SPDX-License-Identifier: GPL-3.0-or-later
//
// New settings by chance, which can be had again: the same seed gives the same settings on every
// machine and with every set of locks for what is not locked.
// Shape: a pure function of values. Units: amount 0…1. Real-time: yes (no allocation). Errors:
// none. Output (blend excepted), limiter, oversampling and DC block are never touched: chance must
// not make a sound louder than it may be, or slow. Continuous parameters move `amount` of the way
// to a value drawn from where they are musical (a folder that folds, a blend that can be heard);
// switches and choices are drawn anew with a chance that grows with the amount. At least one stage
// stays on. At amount 0 nothing changes.
// Source: SplitMix64 (Steele, Lea & Flood 2014); no std distribution, whose results differ between
// libraries.
#pragma once

#include "engine/pipeline/ParameterSet.h"

namespace engine::pipeline {

/// NaN and amounts below 0 count as 0, above 1 as 1.
Settings randomise(const Settings &settings, std::uint64_t seed, double amount,
                   const ParameterSet &locks);

/// What randomise may change when nothing is locked.
ParameterSet randomisable();

} // namespace engine::pipeline
