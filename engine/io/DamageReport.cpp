// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/DamageReport.h"

#include <algorithm>
#include <utility>

namespace engine::io {
namespace {

std::string padded(std::int64_t value, std::size_t digits)
{
    std::string text = std::to_string(value);
    return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

std::string counted(std::int64_t count, const std::string &one, const std::string &many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

} // namespace

DamageReport::DamageReport(std::string quotedName, int sampleRateHz)
    : quotedName_(std::move(quotedName)), sampleRateHz_(sampleRateHz)
{}

/// m:ss or h:mm:ss; milliseconds where they are not zero.
std::string DamageReport::time(std::int64_t frames) const
{
    const std::int64_t seconds = frames / sampleRateHz_;
    const std::int64_t ms = frames % sampleRateHz_ * 1000 / sampleRateHz_;
    std::string text = seconds >= 3600
                           ? std::to_string(seconds / 3600) + ":" + padded(seconds / 60 % 60, 2)
                           : std::to_string(seconds / 60);
    text += ":" + padded(seconds % 60, 2);
    return ms == 0 ? text : text + "." + padded(ms, 3);
}

void DamageReport::set(ReadWarning::Kind kind, const std::string &rest)
{
    const auto same = [kind](const ReadWarning &warning) { return warning.kind == kind; };
    const auto at = std::find_if(warnings_.begin(), warnings_.end(), same);
    std::string text = quotedName_ + " " + rest;
    if (at == warnings_.end())
        warnings_.push_back({kind, std::move(text)});
    else
        at->text = std::move(text);
}

void DamageReport::addRepairs(RepairCount count)
{
    pass_.nonFinite += count.nonFinite;
    pass_.tooLoud += count.tooLoud;
    if (pass_.nonFinite > most_.nonFinite) {
        most_.nonFinite = pass_.nonFinite;
        set(ReadWarning::Kind::NonFinite,
            "holds " + counted(most_.nonFinite, "invalid sample", "invalid samples") +
                " (infinite or not a number), replaced by silence.");
    }
    if (pass_.tooLoud > most_.tooLoud) {
        most_.tooLoud = pass_.tooLoud;
        set(ReadWarning::Kind::TooLoud,
            "holds " + counted(most_.tooLoud, "sample", "samples") +
                " more than 120 dB over full scale, replaced by silence.");
    }
}

void DamageReport::endsEarly(std::int64_t readFrames, std::optional<std::int64_t> total)
{
    const std::string read = time(readFrames);
    if (!total) {
        set(ReadWarning::Kind::Truncated, "ends early: " + read +
                                              " could be read, and its header promises an "
                                              "impossible length.");
        return;
    }
    const std::string all = time(*total);
    set(ReadWarning::Kind::Truncated,
        read == all ? "ends early: the last " +
                          counted(*total - readFrames, "frame is", "frames are") + " missing."
                    : "ends early: " + read + " of " + all +
                          " could be read; the rest is missing or unreadable.");
}

void DamageReport::nothingAfter(std::int64_t frame, std::int64_t total)
{
    set(ReadWarning::Kind::Truncated,
        "ends early: of " + time(total) + " nothing could be read from " + time(frame) + " on.");
}

void DamageReport::neverFinished(std::int64_t readFrames)
{
    set(ReadWarning::Kind::Truncated,
        "was never finished: its header does not tell how long it is; " + time(readFrames) +
            " can be read.");
}

void DamageReport::endsInsideFrame()
{
    set(ReadWarning::Kind::Truncated,
        "ends in the middle of a frame; the incomplete last frame was left out.");
}

void DamageReport::endIsUnsure(std::optional<std::int64_t> readFrames)
{
    const std::string read = readFrames ? time(*readFrames) + " could be read; " : std::string();
    set(ReadWarning::Kind::Truncated,
        "may end early: " + read + "it does not record where its sound should end.");
}

void DamageReport::partsAreLost(std::int64_t readFrames, std::optional<std::int64_t> total)
{
    const bool shorter = total && time(*total) != time(readFrames);
    set(ReadWarning::Kind::Damaged,
        "is damaged: " +
            (shorter ? time(readFrames) + " of " + time(*total) + " could be read; " : "") +
            "unreadable parts were left out or replaced by silence.");
}

void DamageReport::tailIsMissing()
{
    set(ReadWarning::Kind::Damaged,
        "is cut off behind its sound: the sound is complete, notes that followed it (such as "
        "markers or a title) are missing.");
}

} // namespace engine::io
