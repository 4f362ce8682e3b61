// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/SoundDecoder.h"

#include "engine/io/FormatWhitelist.h"
#include "engine/io/HeaderPromise.h"
#include "engine/io/QuietStderr.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace engine::io {
namespace {

// Without a stated length the MPEG decoder guesses one from the first frame and stops there, even
// if a later, lower bit rate makes the sound longer. No bit rate is 64 times another's.
constexpr std::int64_t mpegPretendedFactor = 64;
// The MPEG decoder looks ahead by a frame; a tag behind the sound makes it complain there already.
constexpr std::int64_t mpegLookAheadFrames = 2 * 1152;
// A call that meets damage loses what it had decoded already. Small pieces lose little, and pieces
// on one grid lose the same wherever decoding began.
constexpr std::int64_t mpegPieceFrames = 64;
constexpr std::size_t discardFrames = 4096;
constexpr int mostResumes = 4096;
// FLAC frames hold 4096 frames of sound as a rule and 65535 at most. The limits keep a hostile
// file from turning into hours of silence.
constexpr int mostFlacGaps = 64;
constexpr std::int64_t shortestGapFrames = 4096;
constexpr std::int64_t longestGapFrames = 1 << 20;

InputFile &fileOf(void *user)
{
    return *static_cast<InputFile *>(user);
}

SF_VIRTUAL_IO callbacks()
{
    SF_VIRTUAL_IO io = {};
    io.get_filelen = [](void *user) -> sf_count_t { return fileOf(user).sizeBytes(); };
    io.seek = [](sf_count_t offset, int whence, void *user) -> sf_count_t {
        return fileOf(user).seek(offset, whence);
    };
    io.read = [](void *into, sf_count_t count, void *user) -> sf_count_t {
        if (count <= 0)
            return 0;
        const std::span bytes(static_cast<unsigned char *>(into), static_cast<std::size_t>(count));
        return static_cast<sf_count_t>(fileOf(user).read(bytes));
    };
    io.write = [](const void *, sf_count_t, void *) -> sf_count_t { return 0; };
    io.tell = [](void *user) -> sf_count_t { return fileOf(user).seek(0, SEEK_CUR); };
    return io;
}

} // namespace

SoundDecoder::SoundDecoder(InputFile file) : file_(std::move(file))
{
    std::array<unsigned char, 64> first{};
    const std::size_t count = file_.readAt(0, first);
    mayBeMpeg_ = mayBeMpegAudio(std::span(first).first(count));
    if (mayBeMpeg_ && !mpegLengthIsStated(file_)) {
        lengthIsStated_ = false;
        file_.pretendSize(file_.sizeBytes() * mpegPretendedFactor);
    }
}

bool SoundDecoder::isMpeg() const
{
    return (info_.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_MPEG;
}

bool SoundDecoder::isOgg() const
{
    return (info_.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_OGG;
}

bool SoundDecoder::open()
{
    QuietStderr quiet(mayBeMpeg_);
    handle_.reset();
    file_.seek(0, SEEK_SET);
    info_ = {};
    SF_VIRTUAL_IO io = callbacks();
    handle_.reset(sf_open_virtual(&io, SFM_READ, &info_, &file_));
    if (!handle_)
        libraryText_ = sf_strerror(nullptr);
    position_ = 0;
    complaintAt_ = -1;
    sequential_ = true;
    silentFrames_ = 0;
    resumedAt_ = -1;
    const std::string text = handle_ ? log() : std::string();
    logRead_ = text.size();
    if (text.find("Sample count may be wrong") != std::string::npos)
        lengthIsStated_ = false;
    return handle_ != nullptr;
}

std::string SoundDecoder::log()
{
    std::vector<char> text(4096);
    const int length =
        sf_command(handle_.get(), SFC_GET_LOG_INFO, text.data(), static_cast<int>(text.size()));
    return {text.data(), static_cast<std::size_t>(std::max(0, length))};
}

bool SoundDecoder::complains(const std::string &remarks)
{
    if (isMpeg())
        return remarks.find("Illegal Audio-MPEG-Header") != std::string::npos ||
               remarks.find("error:") != std::string::npos;
    const int container = info_.format & SF_FORMAT_TYPEMASK;
    if (container != SF_FORMAT_FLAC && container != SF_FORMAT_OGG)
        return false;
    const std::string all = log();
    const std::string fresh = all.substr(std::min(logRead_, all.size()));
    logRead_ = all.size();
    for (const char *sign : {"ERROR", "Error", "Corrupted", "hole"}) {
        if (fresh.find(sign) != std::string::npos)
            return true;
    }
    return sf_error(handle_.get()) != SF_ERR_NO_ERROR;
}

std::int64_t SoundDecoder::read(std::span<float> interleaved)
{
    if (!handle_)
        return 0;
    std::int64_t frames = decode(interleaved);
    for (int attempt = 0; frames == 0 && attempt < mostResumes && resume(); ++attempt)
        frames = decode(interleaved);
    return frames;
}

std::int64_t SoundDecoder::decode(std::span<float> interleaved)
{
    const auto room = static_cast<std::int64_t>(interleaved.size()) / info_.channels;
    if (silentFrames_ > 0) {
        const std::int64_t frames = std::min(room, silentFrames_);
        std::fill_n(interleaved.begin(), frames * info_.channels, 0.0F);
        silentFrames_ -= frames;
        position_ += frames;
        return frames;
    }
    QuietStderr quiet(isMpeg());
    std::int64_t frames = 0;
    for (std::int64_t got = 1; got > 0 && frames < room; frames += got) {
        const std::int64_t aligned = mpegPieceFrames - (position_ + frames) % mpegPieceFrames;
        const std::int64_t wanted = isMpeg() ? std::min(aligned, room - frames) : room - frames;
        float *into = interleaved.data() + frames * info_.channels;
        got = std::clamp<sf_count_t>(sf_readf_float(handle_.get(), into, wanted), 0, wanted);
    }
    const std::string remarks = quiet.finish();
    const bool first = position_ == 0;
    position_ += frames;
    // A stream that was cut out of a longer one legally begins with frames that lack their past,
    // and so does every decoder after a jump.
    if (sequential_ && complaintAt_ < 0 && !(isMpeg() && first) && complains(remarks))
        complaintAt_ = position_;
    // How far the decoder searches behind damage depends on where it came from.
    if (isMpeg() && complaintAt_ >= 0)
        jumpsAreExact_ = false;
    return frames;
}

/// Goes on behind damage that stopped the decoder.
bool SoundDecoder::resume()
{
    if (isMpeg()) {
        // The decoder gives up after 1 KiB without a frame, and searches on when asked again.
        const std::int64_t cursor = file_.seek(0, SEEK_CUR);
        return cursor < file_.sizeBytes() && cursor != std::exchange(resumedAt_, cursor);
    }
    const bool flac = (info_.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_FLAC;
    const bool stoppedEarly =
        info_.frames == SF_COUNT_MAX ? complaintAt_ >= 0 : position_ < info_.frames;
    if (!flac || !stoppedEarly || resumes_ >= mostFlacGaps)
        return false;
    // Only a new decoder recovers; each of its frames tells its own place, so time stays right.
    ++resumes_;
    const std::int64_t stopped = position_;
    const std::int64_t complaint = complaintAt_;
    for (std::int64_t gap = shortestGapFrames; gap <= longestGapFrames; gap *= 2) {
        if (stopped + gap >= info_.frames || !reopen())
            break;
        if (!jump(stopped + gap))
            continue;
        silentFrames_ = gap;
        position_ = stopped;
        complaintAt_ = stopped;
        return true;
    }
    handle_.reset();
    position_ = stopped;
    complaintAt_ = complaint;
    return false;
}

bool SoundDecoder::isDamaged() const
{
    if (complaintAt_ < 0)
        return false;
    if (isMpeg())
        return position_ > complaintAt_ + mpegLookAheadFrames;
    const bool lengthIsUnknown = info_.frames == SF_COUNT_MAX;
    return lengthIsUnknown || position_ > complaintAt_ || position_ >= info_.frames;
}

bool SoundDecoder::jump(std::int64_t frame)
{
    QuietStderr quiet(isMpeg());
    if (sf_seek(handle_.get(), frame, SEEK_SET) != frame)
        return false;
    position_ = frame;
    silentFrames_ = 0;
    sequential_ = false;
    return true;
}

bool SoundDecoder::discardTo(std::int64_t frame)
{
    std::vector<float> scratch(discardFrames * static_cast<std::size_t>(info_.channels));
    while (position_ < frame) {
        const auto wanted =
            static_cast<std::size_t>(std::min<std::int64_t>(discardFrames, frame - position_));
        const std::size_t samples = wanted * static_cast<std::size_t>(info_.channels);
        if (read(std::span(scratch).first(samples)) == 0)
            return false;
    }
    return true;
}

bool SoundDecoder::moveTo(std::int64_t frame)
{
    const std::int64_t runIn = isMpeg() ? info_.samplerate : 0;
    const bool ahead = position_ <= frame && (isOgg() || frame - position_ <= runIn);
    if (handle_ && ahead)
        return discardTo(frame);
    if (handle_ && jumpsAreExact_ && !isOgg() && frame > runIn && jump(frame - runIn))
        return discardTo(frame);
    resumes_ = 0;
    return reopen() && discardTo(frame);
}

bool SoundDecoder::reopen()
{
    const SF_INFO before = info_;
    const bool same = open() && info_.channels == before.channels &&
                      info_.samplerate == before.samplerate && info_.format == before.format;
    info_ = before;
    if (!same)
        handle_.reset();
    return same;
}

} // namespace engine::io
