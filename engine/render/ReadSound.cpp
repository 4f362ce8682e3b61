// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/ReadSound.h"

#include "engine/io/AudioFileReader.h"

#include <cmath>

namespace engine::render {

Result<std::shared_ptr<const AudioBuffer>>
readSound(const std::filesystem::path &path, double mostSeconds, const std::stop_token &stop)
{
    constexpr int blockFrames = 16384;
    auto opened = io::AudioFileReader::open(path);
    if (!opened)
        return tl::unexpected(opened.error());
    io::AudioFileReader &reader = **opened;
    const auto sound = std::make_shared<AudioBuffer>(reader.format(), 0);
    AudioBuffer buffer(reader.format(), blockFrames);
    const std::int64_t most = std::llround(mostSeconds * reader.format().sampleRateHz);
    while (sound->frames() < most) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "Cancelled");
        const auto wanted =
            static_cast<int>(std::min<std::int64_t>(blockFrames, most - sound->frames()));
        const Result<int> got = reader.read(buffer.block(0, wanted));
        if (!got)
            return tl::unexpected(got.error());
        sound->append(buffer.block(0, *got));
        if (*got < wanted)
            break;
    }
    return std::shared_ptr<const AudioBuffer>(sound);
}

} // namespace engine::render
