// SPDX-License-Identifier: GPL-3.0-or-later
//
// What long work is handed: a way to be stopped and a way to tell how far it is.
// Real-time: no. Units: progress is 0…1, or absent while the length is unknown.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>

namespace engine {

struct RunContext {
    std::stop_token stop;
    /// Called on the working thread, at most once a block. May be empty.
    std::function<void(std::optional<double> fraction)> progress;
};

} // namespace engine
