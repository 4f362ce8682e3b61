// SPDX-License-Identifier: GPL-3.0-or-later
//
// The threads on which views work out what they show. Two kinds, so that a picture, which is quick
// and looked at, never waits behind numbers; neither waits behind other work of the program.
// Real-time: no. Errors: none. Threads: startViewWork() from any; denormals are flushed in jobs.
#pragma once

#include <functional>

namespace widgets {

enum class ViewWork { Picture, Numbers };

void startViewWork(ViewWork kind, std::function<void()> job);

} // namespace widgets
