// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/HeaderPromise.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <vector>

namespace engine::io {
namespace {

constexpr std::int64_t unknownLength = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t placeholder32 = 0xFFFFFFFF;
constexpr int mostChunks = 20000; ///< more metadata than that is not searched

std::uint64_t number(std::span<const unsigned char> bytes, bool bigEndian)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        value = (value << 8U) | bytes[bigEndian ? i : bytes.size() - 1 - i];
    return value;
}

bool startsWith(std::span<const unsigned char> bytes, std::string_view text)
{
    return bytes.size() >= text.size() &&
           std::equal(text.begin(), text.end(), bytes.begin(),
                      [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; });
}

/// How a family of chunked containers lays out its chunks.
struct Layout {
    std::string_view magic;
    std::string_view soundId;
    std::size_t headerBytes;
    std::size_t idBytes;
    std::size_t sizeBytes;
    bool bigEndian;
    bool sizeIncludesHead;
    std::int64_t alignment;
    std::int64_t soundPrefixBytes;
};

constexpr std::array layouts{
    Layout{"RIFF", "data", 12, 4, 4, false, false, 2, 0},
    Layout{"RIFX", "data", 12, 4, 4, true, false, 2, 0},
    Layout{"RF64", "data", 12, 4, 4, false, false, 2, 0},
    Layout{"riff", "data", 40, 16, 8, false, true, 8, 0},
    Layout{"FORM", "SSND", 12, 4, 4, true, false, 2, 8},
    Layout{"caff", "data", 8, 4, 8, true, false, 1, 4},
};

std::int64_t asLength(std::uint64_t value)
{
    return value > static_cast<std::uint64_t>(unknownLength) ? unknownLength
                                                             : static_cast<std::int64_t>(value);
}

/// Streaming programs leave these where the length belongs when they cannot go back to write it.
bool isPlaceholder(std::int64_t length)
{
    return length == unknownLength || (length >= 0xFFFFF000 && length <= 0xFFFFFFFF) ||
           (length >= 0x7FFFF000 && length <= 0x7FFFFFFF);
}

std::optional<HeaderPromise> compare(std::int64_t promised, std::int64_t soundStart,
                                     std::int64_t fileBytes)
{
    const std::int64_t available = std::max<std::int64_t>(0, fileBytes - soundStart);
    HeaderPromise result;
    result.promisedBytes = promised;
    result.presentBytes = std::min(promised, available);
    result.unfinished = promised > available && isPlaceholder(promised);
    return result;
}

std::optional<HeaderPromise> walkChunks(const InputFile &file, const Layout &layout,
                                        std::int64_t wholeBytes)
{
    std::array<unsigned char, 24> head{};
    const std::size_t headBytes = layout.idBytes + layout.sizeBytes;
    const auto signedHead = static_cast<std::int64_t>(headBytes);
    std::int64_t longSoundBytes = -1;
    auto position = static_cast<std::int64_t>(layout.headerBytes);
    for (int chunk = 0; chunk < mostChunks; ++chunk) {
        if (file.readAt(position, std::span(head).first(headBytes)) != headBytes)
            return std::nullopt;
        const std::uint64_t size =
            number(std::span(head).subspan(layout.idBytes, layout.sizeBytes), layout.bigEndian);
        const std::int64_t start = position + signedHead;
        if (startsWith(head, layout.soundId)) {
            if (layout.magic == "caff" && size == std::numeric_limits<std::uint64_t>::max())
                return std::nullopt; // legal: the sound goes on to the end of the file
            std::int64_t length = asLength(size);
            if (longSoundBytes >= 0 && size == placeholder32)
                length = longSoundBytes;
            const std::int64_t prefix =
                layout.sizeIncludesHead ? signedHead : layout.soundPrefixBytes;
            const std::int64_t promised =
                length == unknownLength ? length : std::max<std::int64_t>(0, length - prefix);
            auto result = compare(promised, start + layout.soundPrefixBytes, file.sizeBytes());
            result->tailIsMissing = promised == result->presentBytes &&
                                    !isPlaceholder(wholeBytes) && wholeBytes > file.sizeBytes();
            return result;
        }
        if (layout.magic == "RF64" && startsWith(head, "ds64")) {
            std::array<unsigned char, 16> sizes{};
            if (file.readAt(start, sizes) == sizes.size())
                longSoundBytes = asLength(number(std::span(sizes).subspan(8), false));
        }
        const std::int64_t body =
            layout.sizeIncludesHead ? asLength(size) - signedHead : asLength(size);
        if (body < 0 || body > file.sizeBytes() - start)
            return std::nullopt;
        position = start + (body + layout.alignment - 1) / layout.alignment * layout.alignment;
    }
    return std::nullopt;
}

bool isMpegFrameHeader(std::span<const unsigned char> bytes)
{
    const bool sync = bytes[0] == 0xFF && (bytes[1] & 0xE0) == 0xE0;
    const bool version = (bytes[1] & 0x18) != 0x08;
    const bool layer = (bytes[1] & 0x06) != 0;
    const bool rates = (bytes[2] & 0xF0) != 0xF0 && (bytes[2] & 0x0C) != 0x0C;
    return sync && version && layer && rates;
}

} // namespace

std::optional<HeaderPromise> readHeaderPromise(const InputFile &file)
{
    std::array<unsigned char, 24> head{};
    if (file.readAt(0, head) != head.size())
        return std::nullopt;
    const auto word = [&head](std::size_t at, bool bigEndian) {
        return number(std::span(head).subspan(at, 4), bigEndian);
    };
    if (startsWith(head, ".snd") || startsWith(head, "dns.")) {
        const bool bigEndian = head[0] == '.';
        if (word(8, bigEndian) == placeholder32)
            return std::nullopt; // legal: length unknown
        return compare(asLength(word(8, bigEndian)), asLength(word(4, bigEndian)),
                       file.sizeBytes());
    }
    for (const Layout &layout : layouts) {
        if (!startsWith(head, layout.magic))
            continue;
        // Some programs count the eight bytes before the length too, hence no eight added here.
        const bool statesWhole = layout.magic == "RIFF" || layout.magic == "FORM";
        const std::int64_t whole = statesWhole ? asLength(word(4, layout.bigEndian)) : 0;
        return walkChunks(file, layout, whole);
    }
    return std::nullopt;
}

bool oggStreamIsClosed(const InputFile &file)
{
    constexpr std::int64_t longestPageBytes = 27 + 255 + 255 * 255;
    const std::int64_t tailStart = std::max<std::int64_t>(0, file.sizeBytes() - longestPageBytes);
    std::vector<unsigned char> tail(static_cast<std::size_t>(file.sizeBytes() - tailStart));
    tail.resize(file.readAt(tailStart, tail));

    constexpr std::string_view capture{"OggS\0", 5};
    const auto page =
        std::find_end(tail.begin(), tail.end(), capture.begin(), capture.end(),
                      [](unsigned char a, char b) { return a == static_cast<unsigned char>(b); });
    const std::span bytes(page, tail.end());
    if (bytes.size() < 27 || bytes.size() < 27U + bytes[26])
        return false;
    std::size_t pageBytes = 27U + bytes[26];
    for (std::size_t i = 0; i < bytes[26]; ++i)
        pageBytes += bytes[27 + i];
    constexpr unsigned char endOfStream = 0x04;
    return bytes.size() >= pageBytes && (bytes[5] & endOfStream) != 0;
}

bool mpegLengthIsStated(const InputFile &file)
{
    std::array<unsigned char, 4096> head{};
    const std::size_t count = file.readAt(0, head);
    for (std::size_t i = 0; i + 4 <= count; ++i) {
        const auto frame = std::span(head).subspan(i, count - i);
        if (!isMpegFrameHeader(frame))
            continue;
        // The tag follows the side information, at most 32 bytes long, and a checksum.
        const auto window = frame.first(std::min<std::size_t>(frame.size(), 4 + 2 + 32 + 4));
        for (const std::string_view name : {"Xing", "Info"}) {
            const auto tag = std::search(window.begin(), window.end(), name.begin(), name.end());
            const auto at = static_cast<std::size_t>(tag - window.begin());
            if (tag != window.end() && frame.size() >= at + 8)
                return (frame[at + 7] & 0x01) != 0;
        }
        return false;
    }
    return false;
}

} // namespace engine::io
