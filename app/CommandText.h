// SPDX-License-Identifier: GPL-3.0-or-later
//
// The longer texts that the command line prints. Made from the tables where they list
// something. Real-time: no. Errors: none.
#pragma once

#include <string>
#include <string_view>

namespace app {

std::string versionText(std::string_view program);
std::string presetListText();
/// Where descriptions begin in --help.
inline constexpr int helpColumn = 32;
/// Breaks long lines between words and lets them go on at helpColumn.
std::string wrapped(const std::string &help);
/// Printed after the options by --help.
std::string helpFooter();

} // namespace app
