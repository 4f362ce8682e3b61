// SPDX-License-Identifier: GPL-3.0-or-later
//
// A program as its manual page and its completions in bash and zsh describe it. No flag is named
// here; all come from the program itself.
// Shape: descriptions in, the text of a file out. Real-time: no. Errors: none.
#pragma once

#include "app/CommandLine.h"

#include <string>

namespace app {

/// What a manual page says beyond --help.
struct ManualText {
    std::string purpose;               ///< one line, for the page's head and for apropos
    std::vector<std::string> synopsis; ///< what may follow the program's name
    std::vector<std::string> paragraphs;
    std::string other; ///< the other program
};

/// In man(7), in UTF-8.
std::string manualPage(const ProgramInfo &program, const ManualText &text);
/// For bash-completion.
std::string bashCompletion(const ProgramInfo &program);
std::string zshCompletion(const ProgramInfo &program);

} // namespace app
