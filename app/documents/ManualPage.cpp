// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/documents/Document.h"

#include <algorithm>
#include <sstream>

namespace app {

namespace {

/// Text whose every sign stands for itself.
std::string roff(std::string_view text)
{
    std::string result;
    for (const char sign : text) {
        switch (sign) {
        case '\\':
            result += "\\(rs";
            break;
        case '-':
            result += "\\-";
            break;
        case '\'':
            result += "\\(aq";
            break;
        case '"':
            result += "\\(dq";
            break;
        case '^':
            result += "\\(ha";
            break;
        case '~':
            result += "\\(ti";
            break;
        case '`':
            result += "\\(ga";
            break;
        default:
            result += sign;
        }
    }
    return result.starts_with('.') ? "\\&" + result : result;
}

std::string bold(std::string_view text)
{
    return "\\fB" + roff(text) + "\\fR";
}

std::string italic(std::string_view text)
{
    return "\\fI" + roff(text) + "\\fR";
}

std::string section(std::string title)
{
    for (char &sign : title)
        sign = sign >= 'a' && sign <= 'z' ? static_cast<char>(sign - 'a' + 'A') : sign;
    return ".SH " + roff(title) + "\n";
}

std::string entry(const FlagInfo &flag)
{
    const std::string value = italic(flag.value.empty() ? "VALUE" : flag.value);
    std::string text = ".TP\n";
    if (!flag.shortName.empty())
        text += bold(flag.shortName) + ", ";
    text += bold(flag.name);
    if (flag.takes == FlagInfo::Takes::Value)
        text += " " + value;
    else if (flag.takes == FlagInfo::Takes::ValueAfterEquals)
        text += "[=" + value + "]";
    text += "\n" + roff(flag.help) + ".\n";
    // Where help shortens the list ("C, C#, Db, … B").
    if (std::ranges::any_of(flag.words, [&](const std::string &word) {
            return flag.help.find(word) == std::string::npos;
        })) {
        std::string list;
        for (const std::string &word : flag.words)
            list += (list.empty() ? "" : ", ") + word;
        text += "One of: " + roff(list) + ".\n";
    }
    return text;
}

/// "Title:" begins a section; what is below it stays as it is.
std::string footerSections(const std::string &footer)
{
    std::string text;
    std::istringstream lines(footer);
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with(':') && !line.starts_with(' '))
            text +=
                (text.empty() ? "" : ".fi\n") + section(line.substr(0, line.size() - 1)) + ".nf\n";
        else
            text += roff(line.substr(std::min(line.size(), line.find_first_not_of(' ')))) + "\n";
    }
    return text.empty() ? text : text + ".fi\n";
}

} // namespace

std::string manualPage(const ProgramInfo &program, const ManualText &words)
{
    std::string text = ".\\\" Made by make-documents from the program's own flags.\n"
                       ".TH \"" +
                       roff(program.name) +
                       "\" 1 \"\" \"Quantum Distortion " QD_VERSION "\" \"User Commands\"\n";
    text += section("Name") + roff(program.name) + " \\- " + roff(words.purpose) + "\n";
    text += section("Synopsis");
    for (const std::string &form : words.synopsis)
        text += (form == words.synopsis.front() ? "" : ".br\n") + bold(program.name) + " " +
                roff(form) + "\n";
    text += section("Description");
    for (const std::string &paragraph : words.paragraphs)
        text += (paragraph == words.paragraphs.front() ? "" : ".PP\n") + roff(paragraph) + "\n";
    text += section("Options");
    std::string group;
    for (const FlagInfo &flag : program.flags) {
        if (flag.group != group)
            text += ".SS " + roff(flag.group) + "\n";
        group = flag.group;
        text += entry(flag);
    }
    text += footerSections(program.footer);
    text += section("See also") + bold(words.other) + "(1)\n";
    return text;
}

} // namespace app
