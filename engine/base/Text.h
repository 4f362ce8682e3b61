// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text that is data: numbers, with a point in every locale, and words, the same in every locale
// (the C and C++ functions follow the locale and are not used on data). Errors: parseNumber gives
// nothing unless all of the text is one finite number. Real-time: no.
#pragma once

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

namespace engine {

/// A plain decimal number, "+" allowed in front; no spaces, no exponent-only or hex forms.
inline std::optional<double> parseNumber(std::string_view text)
{
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

/// The shortest text that reads back as the same value.
inline std::string numberText(double value)
{
    char buffer[32];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
    return {buffer, result.ptr};
}

/// Requires: |value| < 1e30.
inline std::string fixedText(double value, int decimals)
{
    char buffer[64];
    const auto result =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals);
    return {buffer, result.ptr};
}

/// Only A to Z change: in a Turkish locale tolower('I') is not 'i'.
inline std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    for (char &c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

} // namespace engine
