// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/PresetQuery.h"

#include "engine/io/SearchText.h"

#include <algorithm>

namespace engine::io {

namespace {

/// One piece of what was typed: up to a space, except within quotation marks.
std::string takeToken(std::string_view &text)
{
    std::string token;
    bool quoted = false;
    while (!text.empty() && (quoted || text.front() != ' ')) {
        if (text.front() == '"')
            quoted = !quoted;
        else
            token += text.front();
        text.remove_prefix(1);
    }
    return token;
}

void replaceAll(std::string &text, std::string_view from, std::string_view to)
{
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
        text.replace(at, from.size(), to);
}

/// "f sharp" as "f#", "b flat" as "bb": the names of keys that people say.
void shortenAccidentals(std::string &text)
{
    for (const auto &[word, sign] : {std::pair{" sharp", '#'}, std::pair{" flat", 'b'}}) {
        const std::string_view said = word;
        for (std::size_t at = text.find(said); at != std::string::npos;
             at = text.find(said, at + 1)) {
            const bool alone = at == 1 || (at > 1 && (text[at - 2] == ' ' || text[at - 2] == '"'));
            const std::size_t end = at + said.size();
            const bool whole = end == text.size() || text[end] == ' ' || text[end] == '"';
            if (alone && whole && text[at - 1] >= 'a' && text[at - 1] <= 'g')
                text.replace(at, said.size(), 1, sign);
        }
    }
}

/// As LibraryPreset has texts: folded, accidentals in ASCII, tabs and line feeds as spaces.
std::string foldedQuery(std::string_view typed)
{
    std::string text(typed);
    for (char &c : text)
        c = c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
    replaceAll(text, "\u00A0", " ");
    replaceAll(text, "\u3000", " ");
    replaceAll(text, "♯", "#");
    replaceAll(text, "♭", "b");
    for (const std::string_view mark : {"“", "”", "„", "«", "»"})
        replaceAll(text, mark, "\"");
    text = foldForSearch(text);
    shortenAccidentals(text);
    return text;
}

bool isBoundary(char c)
{
    return c == ' ' || c == '\n' || c == '-' || c == '&' || c == '(' || c == '/';
}

/// Anywhere for three letters and more, else where a word begins.
bool holds(const std::string &text, const std::string &word)
{
    constexpr std::size_t anywhere = 3;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        if (word.size() >= anywhere || at == 0 || isBoundary(text[at - 1]))
            return true;
    }
    return false;
}

std::size_t categoryPlace(const std::string &category)
{
    const auto categories = presetCategories();
    const auto found = std::ranges::find(categories, category);
    if (category.empty())
        return categories.size() + 1;
    return static_cast<std::size_t>(found - categories.begin());
}

std::pair<int, int> keyPlace(const LibraryPreset &entry)
{
    const dsp::Scale &scale = entry.preset.settings.preQuant.classic.scale;
    constexpr int afterAllKeys = 12;
    const int root = scale.kind == dsp::ScaleKind::Chromatic ? afterAllKeys : scale.rootPitchClass;
    return {root, static_cast<int>(scale.kind)};
}

/// The library is sorted by name already, so a stable sort keeps that for equals.
void sortBy(PresetOrder order, const std::vector<LibraryPreset> &presets,
            std::vector<std::size_t> &indices)
{
    switch (order) {
    case PresetOrder::Name:
        break;
    case PresetOrder::Category:
        std::ranges::stable_sort(indices, {}, [&](std::size_t i) {
            const std::string &category = presets[i].preset.category;
            return std::pair(categoryPlace(category), foldForSearch(category));
        });
        break;
    case PresetOrder::Key:
        std::ranges::stable_sort(indices, {}, [&](std::size_t i) { return keyPlace(presets[i]); });
        break;
    case PresetOrder::Newest:
        std::ranges::stable_sort(indices, std::ranges::greater{},
                                 [&](std::size_t i) { return presets[i].stamp.modifiedNs; });
        break;
    }
}

} // namespace

PresetQuery parsePresetQuery(std::string_view typed)
{
    constexpr std::string_view by = "by:";
    PresetQuery query;
    const std::string folded = foldedQuery(typed);
    std::string_view rest = folded;
    while (!rest.empty()) {
        const std::string token = takeToken(rest);
        if (token.starts_with(by)) {
            if (token.size() > by.size())
                query.authors.push_back(token.substr(by.size()));
        } else if (token.starts_with('#')) {
            if (token.size() > 1)
                query.tags.push_back(token.substr(1));
        } else if (!token.empty()) {
            query.words.push_back(token);
        }
        if (!rest.empty())
            rest.remove_prefix(1);
    }
    return query;
}

bool matches(const LibraryPreset &entry, const PresetQuery &query, const Favourites &favourites)
{
    if ((query.bank == PresetBank::Factory && !entry.factory) ||
        (query.bank == PresetBank::User && entry.factory) ||
        (!query.category.empty() && entry.preset.category != query.category) ||
        (query.favouritesOnly && !favourites.contains(entry.preset)))
        return false;
    return std::ranges::all_of(query.words,
                               [&](const std::string &word) { return holds(entry.words, word); }) &&
           std::ranges::all_of(query.tags,
                               [&](const std::string &wanted) {
                                   return std::ranges::any_of(entry.tags, [&](const auto &tag) {
                                       return tag.starts_with(wanted);
                                   });
                               }) &&
           std::ranges::all_of(query.authors, [&](const std::string &author) {
               return entry.author.find(author) != std::string::npos;
           });
}

std::vector<std::size_t> findPresets(const PresetLibrarySnapshot &library, const PresetQuery &query,
                                     const Favourites &favourites)
{
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < library.presets.size(); ++i) {
        if (matches(library.presets[i], query, favourites))
            indices.push_back(i);
    }
    sortBy(query.order, library.presets, indices);
    return indices;
}

std::optional<std::size_t> stepAmong(std::span<const std::size_t> shown,
                                     std::optional<std::size_t> current, int direction)
{
    if (shown.empty())
        return std::nullopt;
    const auto count = static_cast<std::ptrdiff_t>(shown.size());
    const auto found = current ? std::ranges::find(shown, *current) : shown.end();
    std::ptrdiff_t place = direction >= 0 ? -1 : count;
    if (found != shown.end())
        place = found - shown.begin();
    place = ((place + direction) % count + count) % count;
    return shown[static_cast<std::size_t>(place)];
}

} // namespace engine::io
