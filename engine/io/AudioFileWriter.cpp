// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/AudioFileWriter.h"

#include "engine/io/CheckedFile.h"
#include "engine/io/DisplayName.h"
#include "engine/io/RecipeTag.h"
#include "engine/io/SampleQuantiser.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cmath>
#include <limits>
#include <tuple>
#include <unistd.h>
#include <utility>
#include <vector>
#include <xxhash.h>

namespace engine::io {
namespace {

constexpr int chunkFrames = 4096;
/// A header is far smaller; the rest keeps the sizes in it below their limit.
constexpr std::int64_t headerRoom = 65536;
constexpr std::int64_t twoGiB = std::int64_t{1} << 31;
constexpr std::int64_t fourGiB = std::int64_t{1} << 32;

class SampleHash {
public:
    SampleHash() : state_(XXH3_createState()) { XXH3_64bits_reset(state_.get()); }
    template <typename Sample>
    void add(std::span<const Sample> samples)
    {
        XXH3_64bits_update(state_.get(), samples.data(), samples.size_bytes());
    }
    std::uint64_t value() const { return XXH3_64bits_digest(state_.get()); }

private:
    struct Free {
        void operator()(XXH3_state_t *state) const { XXH3_freeState(state); }
    };
    std::unique_ptr<XXH3_state_t, Free> state_;
};

/// RF64, and a WAV that began as one, keep their PEAK chunk whatever one asks for; the time of day
/// in it becomes 0.
void clearPeakTime(CheckedFile &file)
{
    std::array<char, 512> header{};
    const ssize_t got = ::pread(file.descriptor, header.data(), header.size(), 0);
    const std::string_view text(header.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    const std::size_t chunk = text.substr(0, text.find("data")).find("PEAK");
    constexpr std::size_t timeOffset = 12; // after name, size and version
    constexpr std::array<char, 4> zero{};
    if (chunk != std::string_view::npos && (text.starts_with("RF64") || text.starts_with("RIFF")) &&
        ::pwrite(file.descriptor, zero.data(), zero.size(),
                 static_cast<off_t>(chunk + timeOffset)) != ssize_t{zero.size()})
        file.error = EIO;
}

std::optional<std::int64_t> largestFile(int soundFormat)
{
    const int major = soundFormat & SF_FORMAT_TYPEMASK;
    if (major == SF_FORMAT_WAV || major == SF_FORMAT_AIFF)
        return fourGiB;
    return {};
}

void applyQuality(SNDFILE *sound, const OutputFormat &format)
{
    double quality = format.quality.value_or(defaultQuality(format.container));
    if (format.container == Container::Mp3) {
        int mode = SF_BITRATE_MODE_VARIABLE;
        sf_command(sound, SFC_SET_BITRATE_MODE, &mode, sizeof mode);
    }
    sf_command(sound, SFC_SET_VBR_ENCODING_QUALITY, &quality, sizeof quality);
}

} // namespace

struct AudioFileWriter::State {
    State(AtomicFile atomicFile, const OutputFormat &wanted, AudioFormat shape)
        : target(std::move(atomicFile)), format(wanted), audio(shape),
          quantiser(wanted.sampleFormat == SampleFormat::Pcm16 ? 16 : 24, wanted.dither, shape),
          pending(static_cast<std::size_t>(chunkFrames) * static_cast<std::size_t>(shape.channels)),
          integers(isInteger() ? pending.size() : 0)
    {
        file.descriptor = target.descriptor();
    }
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State()
    {
        if (file.error == 0)
            file.error = ECANCELED; // what the encoder still has to write is thrown away
    }

    bool isInteger() const
    {
        return format.sampleFormat == SampleFormat::Pcm16 ||
               format.sampleFormat == SampleFormat::Pcm24;
    }
    bool isLossy() const { return format.sampleFormat == SampleFormat::Lossy; }
    int soundFormat(std::optional<std::int64_t> expectedFrames) const;
    Status open(std::optional<std::int64_t> expectedFrames, const std::string &recipe);
    void append(ConstAudioBlock block);
    Status flush();
    Status close();
    Status verify(const std::stop_token &stopToken, AudioSink *readBack);
    Status tell(AudioSink &readBack, sf_count_t count);
    Status stop(Error error);
    Status stopEncoder(std::string_view details);

    AtomicFile target;
    OutputFormat format;
    AudioFormat audio;
    SampleQuantiser quantiser;
    SampleHash hash;
    std::vector<float> pending; ///< interleaved
    std::vector<int> integers;
    int pendingFrames = 0;
    std::int64_t frames = 0;
    std::int64_t mostFrames = std::numeric_limits<std::int64_t>::max();
    std::int64_t clipped = 0;
    std::optional<Error> failure;
    CheckedFile file;
    Sound sound; ///< after `file`: closing it writes there
};

int AudioFileWriter::State::soundFormat(std::optional<std::int64_t> expectedFrames) const
{
    const int usual = sndfileFormat(format);
    if (format.container != Container::Wav)
        return usual;
    const std::int64_t frameBytes =
        std::int64_t{bytesPerSample(format.sampleFormat)} * audio.channels;
    if (expectedFrames && *expectedFrames <= (twoGiB - headerRoom) / frameBytes)
        return usual;
    return (usual & SF_FORMAT_SUBMASK) | SF_FORMAT_RF64;
}

Status AudioFileWriter::State::open(std::optional<std::int64_t> expectedFrames,
                                    const std::string &recipe)
{
    SF_INFO wanted{};
    wanted.samplerate = audio.sampleRateHz;
    wanted.channels = audio.channels;
    wanted.format = soundFormat(expectedFrames);
    if (const auto most = largestFile(wanted.format))
        mostFrames = (*most - headerRoom) / (bytesPerSample(format.sampleFormat) * audio.channels);
    sound.reset(openSound(file, SFM_WRITE, wanted));
    if (!sound)
        return stopEncoder(soundError(nullptr));
    if (!recipe.empty())
        embedRecipe(sound.get(), format.container, recipe);
    // The PEAK chunk holds the time of day, and equal sounds shall be equal files.
    if (format.sampleFormat == SampleFormat::Float32) {
        sf_command(sound.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
        shorten(file); // the header with that chunk was longer and has already been written
    }
    if (format.container == Container::Wav && !expectedFrames)
        sf_command(sound.get(), SFC_RF64_AUTO_DOWNGRADE, nullptr, SF_TRUE);
    if (isLossy())
        applyQuality(sound.get(), format);
    return {};
}

Status AudioFileWriter::State::stop(Error error)
{
    if (file.error == 0)
        file.error = ECANCELED;
    sound.reset();
    if (error.code == ErrorCode::Cancelled)
        target.abandon();
    else
        target.discard();
    failure = std::move(error);
    return tl::unexpected(*failure);
}

/// The system's fault if there was one, else the encoder's.
Status AudioFileWriter::State::stopEncoder(std::string_view details)
{
    if (file.error != 0)
        return stop(target.writeError(file.error));
    return stop(target.writeError("the encoder for " + std::string(info(format.container).name) +
                                      " stopped",
                                  "Choose another format or try again.", details));
}

void AudioFileWriter::State::append(ConstAudioBlock block)
{
    const auto stride = static_cast<std::size_t>(audio.channels);
    for (int c = 0; c < audio.channels; ++c) {
        std::size_t at =
            static_cast<std::size_t>(pendingFrames) * stride + static_cast<std::size_t>(c);
        for (const float sample : block.channel(c)) {
            assert(std::isfinite(sample));
            pending[at] = std::isfinite(sample) ? sample : 0.0F;
            at += stride;
        }
    }
    pendingFrames += block.frames();
    frames += block.frames();
}

/// Hands what is pending to the encoder: always whole chunks, except for the last.
Status AudioFileWriter::State::flush()
{
    if (pendingFrames == 0)
        return {};
    const std::span<float> samples = std::span(pending).first(
        static_cast<std::size_t>(pendingFrames) * static_cast<std::size_t>(audio.channels));
    sf_count_t written = 0;
    if (isInteger()) {
        const std::span<int> quantised = std::span(integers).first(samples.size());
        quantiser.run(samples, quantised);
        clipped = quantiser.clipped();
        hash.add(std::span<const int>(quantised));
        written = sf_writef_int(sound.get(), quantised.data(), pendingFrames);
    } else {
        if (isLossy()) {
            for (float &sample : samples) {
                const float held = std::clamp(sample, -1.0F, 1.0F);
                clipped += held != sample;
                sample = held;
            }
        }
        hash.add(std::span<const float>(samples));
        written = sf_writef_float(sound.get(), samples.data(), pendingFrames);
    }
    if (written != pendingFrames || file.error != 0)
        return stopEncoder(soundError(sound.get()));
    pendingFrames = 0;
    return {};
}

Status AudioFileWriter::State::close()
{
    const int closed = sf_close(sound.release());
    if (closed != 0 || file.error != 0)
        return stopEncoder("closing returned " + std::to_string(closed));
    if (format.sampleFormat == SampleFormat::Float32)
        clearPeakTime(file);
    if (file.error != 0)
        return stopEncoder({});
    return {};
}

/// What was read back last, which lies in `pending` or in `integers`.
Status AudioFileWriter::State::tell(AudioSink &readBack, sf_count_t count)
{
    AudioBuffer planar(audio, count);
    const auto stride = static_cast<std::size_t>(audio.channels);
    for (int c = 0; c < audio.channels; ++c) {
        std::size_t at = static_cast<std::size_t>(c);
        for (float &sample : planar.channel(c)) {
            sample = isInteger() ? static_cast<float>(integers[at]) * 0x1p-31F : pending[at];
            at += stride;
        }
    }
    return readBack.write(std::as_const(planar).block(0, static_cast<int>(count)));
}

Status AudioFileWriter::State::verify(const std::stop_token &stopToken, AudioSink *readBack)
{
    const auto broken = [this](std::string_view details) {
        if (file.error != 0)
            return stop(target.writeError(file.error));
        if (frames == 0) // FLAC, Opus and MP3 files without a single frame cannot be opened
            return stop(target.writeError(std::string(info(format.container).name) +
                                              " cannot hold an empty sound",
                                          "Choose WAV or a sound that is not empty."));
        return stop(target.writeError("what the disk holds is not what was written",
                                      "Choose another disk or format and try again.", details));
    };
    file.position = 0;
    SF_INFO found{};
    const Sound written(openSound(file, SFM_READ, found));
    if (!written)
        return broken(soundError(nullptr));
    if (found.channels != audio.channels || found.samplerate != audio.sampleRateHz)
        return broken("other sample rate or channel count");

    SampleHash readHash;
    std::int64_t readFrames = 0;
    for (sf_count_t part = chunkFrames; part > 0; readFrames += part) {
        if (stopToken.stop_requested())
            return stop({ErrorCode::Cancelled, "Cancelled", {}, {}, {}});
        const auto samples = [&] {
            return static_cast<std::size_t>(part) * static_cast<std::size_t>(audio.channels);
        };
        if (isInteger()) {
            part = sf_readf_int(written.get(), integers.data(), chunkFrames);
            readHash.add(std::span<const int>(integers).first(samples()));
        } else {
            part = sf_readf_float(written.get(), pending.data(), chunkFrames);
            const auto read = std::span<const float>(pending).first(samples());
            readHash.add(read);
            if (!std::ranges::all_of(read, [](float sample) { return std::isfinite(sample); }))
                return broken("samples that are not finite");
        }
        if (readBack && part > 0) {
            if (Status told = tell(*readBack, part); !told)
                return stop(told.error());
        }
    }
    if (file.error != 0 || readFrames != frames || found.frames != frames)
        return broken(std::to_string(readFrames) + " of " + std::to_string(frames) + " frames");
    if (!isLossy() && readHash.value() != hash.value())
        return broken("other samples");
    return {};
}

AudioFileWriter::AudioFileWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
AudioFileWriter::~AudioFileWriter() = default;

Result<std::unique_ptr<AudioFileWriter>>
AudioFileWriter::create(const std::filesystem::path &target, const OutputFormat &format,
                        AudioFormat audio, std::optional<std::int64_t> expectedFrames,
                        OverwritePolicy policy, const std::string &recipe)
{
    assert(audio.channels >= 1 && audio.channels <= info(format.container).maxChannels);
    Result<AtomicFile> file = AtomicFile::create(target, policy);
    if (!file)
        return tl::unexpected(file.error());
    auto state = std::make_unique<State>(std::move(*file), format, audio);
    if (Status opened = state->open(expectedFrames, recipe); !opened)
        return tl::unexpected(opened.error());
    if (expectedFrames && *expectedFrames > state->mostFrames)
        return fail(ErrorCode::CannotCreate,
                    "“" + displayName(target) +
                        "” cannot be created: " + std::string(info(format.container).name) +
                        " holds at most 4 GiB and the sound needs more",
                    "Nothing was written", "Choose WAV, RF64, Wave64, CAF or FLAC.");
    return std::unique_ptr<AudioFileWriter>(new AudioFileWriter(std::move(state)));
}

Status AudioFileWriter::write(ConstAudioBlock block)
{
    State &state = *state_;
    if (state.failure)
        return tl::unexpected(*state.failure);
    assert(state.sound && block.channels() == state.audio.channels);
    if (block.frames() > state.mostFrames - state.frames)
        return state.stop(
            state.target.writeError("it grew past the 4 GiB that the format holds",
                                    "Choose RF64, Wave64, CAF or FLAC and try again."));
    for (int first = 0; first < block.frames();) {
        const int count = std::min(block.frames() - first, chunkFrames - state.pendingFrames);
        state.append(block.slice(first, count));
        first += count;
        if (state.pendingFrames < chunkFrames)
            continue;
        if (Status flushed = state.flush(); !flushed)
            return flushed;
    }
    return {};
}

Status AudioFileWriter::complete(const std::stop_token &stopToken, AudioSink *readBack)
{
    State &state = *state_;
    if (state.failure)
        return tl::unexpected(*state.failure);
    assert(state.sound);
    return state.flush()
        .and_then([&] { return state.close(); })
        .and_then([&] { return state.verify(stopToken, readBack); })
        .map_error([&](Error error) {
            state.failure = error;
            return error;
        });
}

Status AudioFileWriter::sync(const std::stop_token &stopToken)
{
    assert(!state_->failure && !state_->sound);
    return state_->target.sync(stopToken).or_else(
        [this](Error error) { return state_->stop(std::move(error)); });
}

Status AudioFileWriter::publish()
{
    assert(!state_->failure && !state_->sound);
    return state_->target.commit();
}

void AudioFileWriter::abandon()
{
    std::ignore = state_->stop({ErrorCode::Cancelled, "Cancelled", {}, {}, {}});
}

Status AudioFileWriter::finish(const std::stop_token &stopToken)
{
    return complete(stopToken).and_then([this] { return publish(); });
}

std::int64_t AudioFileWriter::framesWritten() const
{
    return state_->frames;
}

std::int64_t AudioFileWriter::clippedSamples() const
{
    return state_->clipped;
}

} // namespace engine::io
