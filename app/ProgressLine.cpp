// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ProgressLine.h"

#include "engine/base/Text.h"

#include <cstdio>

namespace app {

namespace {

std::string timeLeft(double seconds)
{
    if (seconds < 60.0)
        return std::to_string(static_cast<int>(std::ceil(seconds))) + " s left";
    return std::to_string(static_cast<int>(std::ceil(seconds / 60.0))) + " min left";
}

} // namespace

void ProgressLine::update(std::optional<double> fraction)
{
    if (!shown_)
        return;
    const Clock::time_point now = Clock::now();
    if (dirty_ && now - drawn_ < std::chrono::milliseconds(100))
        return;
    drawn_ = now;
    const double elapsed = std::chrono::duration<double>(now - start_).count();
    std::string text = "Rendering";
    if (fraction) {
        const double done = std::min(std::max(*fraction, 0.0), 1.0);
        text += " " + std::to_string(static_cast<int>(done * 100.0)) + " %";
        if (elapsed > 0.5 && done > 0.0)
            text += ", " + timeLeft(elapsed * (1.0 - done) / done);
    } else {
        text += ", " + engine::fixedText(elapsed, 0) + " s so far";
    }
    std::fprintf(stderr, "\r\033[K%s", text.c_str());
    std::fflush(stderr);
    dirty_ = true;
}

void ProgressLine::clear()
{
    if (dirty_)
        std::fputs("\r\033[K", stderr);
    dirty_ = false;
}

ProgressLine::~ProgressLine()
{
    clear();
}

} // namespace app
