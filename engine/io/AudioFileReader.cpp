// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/AudioFileReader.h"

#include "engine/io/DisplayName.h"
#include "engine/io/HeaderPromise.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <system_error>
#include <utility>

namespace engine::io {
namespace {

constexpr std::int64_t blockFrames = 4096;
constexpr std::size_t contentBytes = 512;
// No codec on the list stores more frames in a byte: a FLAC frame of constants takes 9 bytes for
// 65535, an Opus packet of 120 ms at 48 kHz one byte and its length another.
constexpr std::int64_t mostFramesPerByte = 8192;
// Some encoders count their own information frame, or the decoder's delay, as sound.
constexpr std::int64_t mpegLengthTolerance = 3 * 1152;

constexpr const char *nothingLoaded = "Nothing was loaded.";
constexpr const char *convertAdvice = "Convert it to WAV or FLAC with another program.";

tl::unexpected<Error> refuseSound(const std::filesystem::path &path, const std::string &what,
                             const std::string &advice, const std::string &details = {})
{
    return fail(ErrorCode::BadData, quotedName(path) + " " + what + ".", nothingLoaded, advice,
                details);
}

std::string missingCopyAdvice()
{
    return "Get a complete copy of the file.";
}

tl::unexpected<Error> refuseDiskFault(const std::filesystem::path &path, int errorNumber)
{
    return fail(
        ErrorCode::BadData, quotedName(path) + " cannot be read: its disk reports an error.", {},
        "Copy it to another disk and try again.", std::generic_category().message(errorNumber));
}

/// Why the decoder could not open the file, judged by its bytes rather than the library's words.
tl::unexpected<Error> refuseUndecodable(const std::filesystem::path &path,
                                        const SoundDecoder &decoder)
{
    if (decoder.file().failure() != 0)
        return refuseDiskFault(path, decoder.file().failure());
    const std::string &details = decoder.libraryText();
    const auto promise = readHeaderPromise(decoder.file());
    if (promise && promise->promisedBytes > promise->presentBytes)
        return refuseSound(path, "is cut off and cannot be decoded without its end", missingCopyAdvice(),
                      details);
    std::array<unsigned char, contentBytes> first{};
    const std::size_t count = decoder.file().readAt(0, first);
    const std::string contents(describeContents(std::span(first).first(count)));
    if (contents.empty())
        return refuseSound(path, "holds no sound of a known format", convertAdvice, details);
    return refuseSound(path, "cannot be used: it is " + contents,
                  count == 0 ? missingCopyAdvice()
                             : "Choose a sound file, or convert it to WAV or FLAC.",
                  details);
}

Status checkLimits(const std::filesystem::path &path, const SF_INFO &info)
{
    if (info.channels < 1 || info.channels > maxChannels)
        return refuseSound(path,
                      "has " + std::to_string(info.channels) + " channels; between 1 and " +
                          std::to_string(maxChannels) + " can be used",
                      "Split or mix it down with another program.");
    if (info.samplerate < minSampleRateHz || info.samplerate > maxSampleRateHz)
        return refuseSound(path,
                      "has a sample rate of " + std::to_string(info.samplerate) + " Hz; " +
                          std::to_string(minSampleRateHz) + " to " +
                          std::to_string(maxSampleRateHz) + " Hz can be used",
                      "Resample it with another program, or repair its header.");
    return {};
}

} // namespace

Result<std::unique_ptr<AudioFileReader>> AudioFileReader::open(const std::filesystem::path &path)
{
    auto file = InputFile::open(path);
    if (!file)
        return tl::unexpected(std::move(file.error()));
    auto decoder = std::make_unique<SoundDecoder>(std::move(*file));
    if (!decoder->open())
        return refuseUndecodable(path, *decoder);
    const SF_INFO &info = decoder->info();
    const auto accepted = acceptedFormat(info.format);
    if (!accepted)
        return refuseSound(path,
                      "is stored as " + std::string(refusedFormatName(info.format)) +
                          ", which is not supported",
                      convertAdvice);
    if (auto limits = checkLimits(path, info); !limits)
        return tl::unexpected(std::move(limits.error()));
    std::unique_ptr<AudioFileReader> reader(
        new AudioFileReader(path, std::move(decoder), *accepted));
    if (auto first = reader->fill(); !first)
        return tl::unexpected(std::move(first.error()));
    if (reader->pendingEnd_ == 0)
        return refuseSound(path, "holds no sound that could be read", missingCopyAdvice(),
                      reader->decoder_->libraryText());
    return reader;
}

AudioFileReader::AudioFileReader(const std::filesystem::path &path,
                                 std::unique_ptr<SoundDecoder> decoder,
                                 const AcceptedFormat &accepted)
    : path_(path), decoder_(std::move(decoder)), accepted_(accepted),
      report_(quotedName(path), decoder_->info().samplerate)
{
    interleaved_.resize(static_cast<std::size_t>(blockFrames * decoder_->info().channels));
    judgeLength();
    compareWithHeader();
}

AudioFormat AudioFileReader::format() const
{
    return {decoder_->info().samplerate, decoder_->info().channels};
}

void AudioFileReader::judgeLength()
{
    const std::int64_t stated = decoder_->info().frames;
    if (stated <= 0 || stated == SF_COUNT_MAX || !decoder_->lengthIsStated())
        return;
    claimedFrames_ = stated;
    const std::int64_t fileBytes = decoder_->file().sizeBytes();
    const std::int64_t frameBytes =
        std::int64_t{accepted_.bytesPerSample} * decoder_->info().channels;
    const bool possible =
        frameBytes > 0 ? stated <= fileBytes / frameBytes : stated / mostFramesPerByte <= fileBytes;
    if (possible)
        declaredFrames_ = stated;
}

void AudioFileReader::compareWithHeader()
{
    const SF_INFO &info = decoder_->info();
    const bool ogg = (info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_OGG;
    if (ogg && (!decoder_->lengthIsStated() || !oggStreamIsClosed(decoder_->file()))) {
        cutByHeader_ = true;
        report_.endIsUnsure({});
    }
    const auto promise = readHeaderPromise(decoder_->file());
    if (!promise)
        return;
    const std::int64_t frameBytes = std::int64_t{accepted_.bytesPerSample} * info.channels;
    const bool understood = frameBytes > 0 && promise->presentBytes / frameBytes == info.frames;
    const bool cut = promise->promisedBytes > promise->presentBytes;
    cutByHeader_ = cutByHeader_ || cut;
    if (cut && promise->unfinished)
        report_.neverFinished(info.frames);
    else if (cut && understood && promise->promisedBytes / frameBytes > info.frames)
        report_.endsEarly(info.frames, promise->promisedBytes / frameBytes);
    else if (cut || (understood && promise->presentBytes % frameBytes != 0))
        report_.endsInsideFrame();
    else if (promise->tailIsMissing)
        report_.tailIsMissing();
}

Status AudioFileReader::fill()
{
    pendingFirst_ = 0;
    pendingEnd_ = decoder_->read(interleaved_);
    if (decoder_->file().failure() != 0)
        return refuseDiskFault(path_, decoder_->file().failure());
    const auto samples = static_cast<std::size_t>(pendingEnd_ * decoder_->info().channels);
    const RepairCount repairs = repairSamples(std::span(interleaved_).first(samples));
    if (repairs.nonFinite > 0 || repairs.tooLoud > 0)
        report_.addRepairs(repairs);
    if (pendingEnd_ == 0)
        finish();
    return {};
}

/// Called when the decoder gives no more: compares what came with what was promised.
void AudioFileReader::finish()
{
    ended_ = true;
    const std::int64_t end = decoder_->position();
    if (decoder_->isDamaged()) {
        report_.partsAreLost(end, declaredFrames_);
        return;
    }
    const bool ogg = (decoder_->info().format & SF_FORMAT_TYPEMASK) == SF_FORMAT_OGG;
    if (ogg && cutByHeader_)
        report_.endIsUnsure(end);
    const bool mpeg = (decoder_->info().format & SF_FORMAT_TYPEMASK) == SF_FORMAT_MPEG;
    const std::int64_t tolerance = mpeg ? mpegLengthTolerance : 0;
    if (cutByHeader_ || !claimedFrames_ || end >= *claimedFrames_ - tolerance)
        return;
    if (end > passStart_ || !declaredFrames_)
        report_.endsEarly(end, declaredFrames_);
    else
        report_.nothingAfter(end, *declaredFrames_);
}

Result<int> AudioFileReader::read(AudioBlock into)
{
    const int channels = decoder_->info().channels;
    assert(into.channels() == channels);
    int done = 0;
    while (done < into.frames()) {
        if (pendingFirst_ == pendingEnd_) {
            if (ended_)
                break;
            if (auto filled = fill(); !filled)
                return tl::unexpected(std::move(filled.error()));
            continue;
        }
        const auto count = static_cast<int>(
            std::min<std::int64_t>(into.frames() - done, pendingEnd_ - pendingFirst_));
        const float *from = interleaved_.data() + pendingFirst_ * channels;
        for (int c = 0; c < channels; ++c) {
            float *to = into.data(c) + done;
            for (int i = 0; i < count; ++i)
                to[i] = from[i * channels + c];
        }
        pendingFirst_ += count;
        done += count;
    }
    return done;
}

Status AudioFileReader::seek(std::int64_t frame)
{
    assert(frame >= 0);
    const std::int64_t pendingStart = decoder_->position() - pendingEnd_;
    if (frame >= pendingStart && frame < decoder_->position()) {
        pendingFirst_ = frame - pendingStart;
        return {};
    }
    pendingFirst_ = pendingEnd_ = 0;
    ended_ = declaredFrames_ && frame >= *declaredFrames_;
    if (ended_)
        return {};
    report_.beginPass();
    passStart_ = frame;
    if (!decoder_->moveTo(frame)) {
        if (decoder_->file().failure() != 0)
            return refuseDiskFault(path_, decoder_->file().failure());
        finish();
    }
    return {};
}

} // namespace engine::io
