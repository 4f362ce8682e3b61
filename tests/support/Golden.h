// SPDX-License-Identifier: GPL-3.0-or-later
//
// The recorded vectors of the earlier prototype: renders with their settings and tolerances, and
// single functions. A subset lies with the tests; QD_REFERENCE_DIR names a folder with the complete
// set. Errors: data that cannot be read or is not understood ends the program with an exception;
// vectors that are skipped in silence would be no test.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "engine/pipeline/Settings.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace tests::golden {

struct Tap {
    std::size_t index; ///< in signal order, as engine::pipeline::TapId
    std::string key;
    std::string file;
    double engineToleranceDb; ///< for float32
    double oracleToleranceDb; ///< for float64
};

struct Case {
    std::string id;
    std::string inputFile;
    engine::pipeline::Settings settings;
    std::vector<Tap> taps;
};

std::string folder();
std::vector<Case> cases();
/// Named tables of single functions.
nlohmann::json functions();

/// A file of the folder; several channels are averaged in double and rounded to float.
engine::AudioBuffer readMono(const std::string &file);

} // namespace tests::golden
