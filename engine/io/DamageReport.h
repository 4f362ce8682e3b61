// SPDX-License-Identifier: GPL-3.0-or-later
//
// Collects what was wrong with a file that was opened all the same, in plain words for its user.
// Shape: at most one warning of each kind; texts always hold the current counts. Samples are
// counted for each pass through the file and the greatest count is told, so that hearing a place
// twice does not count it twice. Units: frames, told as minutes and seconds.
// Real-time: no (strings); called per block only when something was found. Errors: none.
#pragma once

#include "engine/io/SampleRepair.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace engine::io {

struct ReadWarning {
    enum class Kind {
        Truncated, ///< the sound ends before its header says
        Damaged,   ///< parts inside could not be decoded
        NonFinite, ///< NaN or infinite samples became silence
        TooLoud,   ///< absurdly large samples became silence
    };
    Kind kind = Kind::Damaged;
    std::string text;
};

class DamageReport {
public:
    DamageReport(std::string quotedName, int sampleRateHz);

    const std::vector<ReadWarning> &warnings() const { return warnings_; }

    void beginPass() { pass_ = {}; }
    void addRepairs(RepairCount count);
    /// `total` is absent if the header does not tell it, or tells an impossible one.
    void endsEarly(std::int64_t readFrames, std::optional<std::int64_t> total);
    void nothingAfter(std::int64_t frame, std::int64_t total);
    void neverFinished(std::int64_t readFrames);
    void endsInsideFrame();
    void endIsUnsure(std::optional<std::int64_t> readFrames);
    void partsAreLost(std::int64_t readFrames, std::optional<std::int64_t> total);
    void tailIsMissing();

private:
    void set(ReadWarning::Kind kind, const std::string &rest);
    std::string time(std::int64_t frames) const;

    std::string quotedName_;
    int sampleRateHz_ = 1;
    RepairCount pass_;
    RepairCount most_;
    std::vector<ReadWarning> warnings_;
};

} // namespace engine::io
