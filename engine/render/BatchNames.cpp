// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/BatchNames.h"

#include "engine/base/Text.h"
#include "engine/io/DisplayName.h"

#include <algorithm>
#include <array>

namespace engine::render {

namespace {

tl::unexpected<Error> refuse(std::string_view nameTemplate, const std::string &problem,
                             const std::string &fields)
{
    return fail(ErrorCode::Usage,
                "The name template “" + io::printable(nameTemplate) + "” " + problem,
                "Nothing was written", "Use text and these fields: " + fields);
}

std::string fieldList(std::span<const NameField> fields)
{
    std::string list;
    for (const auto &[name, text] : fields)
        list.append(list.empty() ? "{" : ", {").append(name).append("}");
    return list;
}

/// Where the character begins that this byte belongs to.
std::size_t characterStart(std::string_view name, std::size_t at)
{
    while (at > 0 && at < name.size() && (static_cast<unsigned char>(name[at]) & 0xC0U) == 0x80)
        --at;
    return at;
}

void shorten(std::string &name)
{
    if (name.size() > longestStem)
        name.resize(characterStart(name, longestStem));
}

} // namespace

std::string withoutMiddle(std::string_view name, std::size_t bytes)
{
    std::string text = io::printable(name);
    if (text.size() <= bytes)
        return text;
    constexpr std::string_view gap = "…";
    const std::size_t half = (bytes - gap.size()) / 2;
    const std::size_t first = characterStart(text, half);
    std::size_t last = text.size() - half;
    if (characterStart(text, last) != last) {
        do {
            ++last;
        } while (last < text.size() && characterStart(text, last) != last);
    }
    return text.substr(0, first).append(gap).append(text, last);
}

Result<std::string> fillTemplate(std::string_view nameTemplate, std::span<const NameField> fields)
{
    std::string name;
    for (std::string_view rest = nameTemplate; !rest.empty();) {
        const std::size_t brace = rest.find_first_of("{}");
        name += rest.substr(0, brace);
        if (brace == std::string_view::npos)
            break;
        const std::size_t end = rest.find_first_of("{}", brace + 1);
        if (rest[brace] == '}' || end == std::string_view::npos || rest[end] == '{')
            return refuse(nameTemplate, "has a brace without its counterpart", fieldList(fields));
        const std::string_view wanted = rest.substr(brace + 1, end - brace - 1);
        const auto field = std::ranges::find(fields, wanted, &NameField::first);
        if (field == fields.end())
            return refuse(nameTemplate,
                          "has the field {" + io::printable(wanted) + "}, which is not known",
                          fieldList(fields));
        name += field->second;
        rest.remove_prefix(end + 1);
    }
    if (nameTemplate.find_first_not_of(" .") == std::string_view::npos)
        return refuse(nameTemplate, "is empty", fieldList(fields));
    if (nameTemplate.find('/') != std::string_view::npos)
        return refuse(nameTemplate, "names a folder, and outputs go into one folder only",
                      fieldList(fields));
    return name;
}

std::string safeStem(std::string_view name)
{
    constexpr std::string_view refused =
        "/\\:*?\"<>|"; // printable() leaves '?' for what it removes
    std::string safe = io::printable(name);
    for (char &c : safe)
        c = refused.find(c) == std::string_view::npos ? c : '_';
    shorten(safe);
    const std::size_t last = safe.find_last_not_of(" .");
    safe.resize(last == std::string::npos ? 0 : last + 1);
    safe.erase(0, std::min(safe.find_first_not_of(' '), safe.size()));
    if (safe.starts_with('.') || safe.starts_with('-')) // hidden, or taken for a flag
        safe.front() = '_';
    constexpr std::array<std::string_view, 6> devices{"con", "prn", "aux", "nul", "com", "lpt"};
    const bool device = (safe.size() == 3 || safe.size() == 4) &&
                        std::ranges::count(devices, lowerCase(safe).substr(0, 3)) > 0;
    if (device || safe.empty())
        safe.insert(0, safe.empty() ? "untitled" : "_");
    return safe;
}

} // namespace engine::render
