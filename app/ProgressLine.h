// SPDX-License-Identifier: GPL-3.0-or-later
//
// One line on standard error that shows how far a render is and how long it will still take.
// Shape: percent and time left; redrawn at most ten times a second, cleared at the end.
// Real-time: no. Errors: none.
#pragma once

#include <chrono>
#include <optional>

namespace app {

class ProgressLine {
public:
    explicit ProgressLine(bool shown) : shown_(shown), start_(Clock::now()), drawn_(start_) {}
    ~ProgressLine();
    void update(std::optional<double> fraction);
    void clear(); ///< before something else is printed

private:
    using Clock = std::chrono::steady_clock;
    bool shown_;
    Clock::time_point start_;
    Clock::time_point drawn_;
    bool dirty_ = false;
};

} // namespace app
