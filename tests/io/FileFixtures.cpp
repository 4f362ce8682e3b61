// SPDX-License-Identifier: GPL-3.0-or-later
#include "FileFixtures.h"

#include <QFile>
#include <QProcess>
#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>
#include <grp.h>
#include <numbers>
#include <sndfile.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tests::files {

namespace {

using engine::io::Container;
using engine::io::SampleFormat;

constexpr unsigned nobody = 65534;
constexpr int programTimeoutMs = 60000;

QString nameOf(const fs::path &path)
{
    return QFile::decodeName(path.c_str());
}

/// Little-endian integers of `bytes` bytes.
std::vector<double> rawSamples(const QByteArray &raw, int bytes)
{
    std::vector<double> samples;
    for (qsizetype at = 0; at + bytes <= raw.size(); at += bytes) {
        std::uint32_t value = 0;
        for (int i = 0; i < bytes; ++i)
            value |= std::uint32_t(static_cast<unsigned char>(raw[at + i]))
                     << (8 * (4 - bytes + i));
        samples.push_back(double(std::int32_t(value)) * 0x1p-31);
    }
    return samples;
}

QByteArray outputOf(const QString &program, const QStringList &arguments)
{
    const Run run = runProgram(program, arguments);
    if (run.exitCode != 0 || run.output.contains("WARNING"))
        throw std::runtime_error((program.toUtf8() + ": " + run.errors + run.output).toStdString());
    return run.output;
}

void becomeNobody()
{
    if (::geteuid() != 0)
        return;
    if (::setgroups(0, nullptr) != 0 || ::setresgid(nobody, nobody, nobody) != 0 ||
        ::setresuid(nobody, nobody, nobody) != 0)
        ::_exit(125);
}

} // namespace

Folder::Folder()
{
    if (!dir_.isValid())
        throw std::runtime_error("no temporary folder");
    fs::permissions(path(), fs::perms::all);
}

Folder::~Folder()
{
    std::error_code ignored;
    for (fs::recursive_directory_iterator at(path(), ignored), end; !ignored && at != end;
         at.increment(ignored)) {
        if (at->is_directory(ignored) && !at->is_symlink(ignored))
            fs::permissions(at->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
    }
    fs::remove_all(path(), ignored);
}

std::vector<std::string> Folder::names() const
{
    std::vector<std::string> found;
    for (const auto &entry : fs::directory_iterator(path()))
        found.push_back(entry.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
}

// Not QFile: a QString cannot hold every file name.
QByteArray readBytes(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("cannot read " + path.string());
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    return QByteArray::fromStdString(bytes);
}

void writeBytes(const fs::path &path, const QByteArray &bytes)
{
    std::ofstream file(path, std::ios::binary);
    if (!file.write(bytes.data(), bytes.size()).flush())
        throw std::runtime_error("cannot write " + path.string());
}

bool isClearSentence(const engine::Error &error, const std::string &shownName)
{
    const std::string &text = error.problem;
    // In the middle of a sentence a full stop is part of a name or number, never followed by space.
    std::string rest = text;
    if (const std::size_t at = rest.find(shownName); at != std::string::npos)
        rest.erase(at, shownName.size());
    else
        return false;
    const std::string line = error.oneLine();
    return std::ranges::none_of(line, [](unsigned char c) { return c < 32 || c == 127; }) &&
           rest.find(". ") == std::string::npos && rest.size() > 10 &&
           rest.find("libsndfile") == std::string::npos && rest.find("errno") == std::string::npos;
}

Sound readDirectly(const fs::path &path)
{
    SF_INFO info{};
    SNDFILE *file = sf_open(path.c_str(), SFM_READ, &info);
    if (!file)
        throw std::runtime_error("libsndfile cannot open " + path.string());
    Sound sound{info.samplerate, info.channels, info.format, {}};
    std::vector<double> part(std::size_t(4096 * info.channels));
    for (sf_count_t got; (got = sf_readf_double(file, part.data(), 4096)) > 0;)
        sound.samples.insert(sound.samples.end(), part.begin(),
                             part.begin() + std::ptrdiff_t(got * info.channels));
    sf_close(file);
    return sound;
}

void writeDirectly(const fs::path &path, int format, int rateHz, int channels,
                   const std::vector<double> &samples)
{
    SF_INFO info{};
    info.samplerate = rateHz;
    info.channels = channels;
    info.format = format;
    SNDFILE *file = sf_open(path.c_str(), SFM_WRITE, &info);
    if (!file)
        throw std::runtime_error("libsndfile cannot write " + path.string());
    // In pieces: some versions of the Vorbis encoder need a stack as large as one write.
    const std::size_t piece = std::size_t(1024) * std::size_t(channels);
    for (std::size_t at = 0; at < samples.size(); at += piece) {
        const auto count = sf_count_t(std::min(piece, samples.size() - at));
        if (sf_write_double(file, samples.data() + at, count) != count)
            throw std::runtime_error("libsndfile stopped writing " + path.string());
    }
    sf_close(file);
}

std::vector<double> interleaved(const engine::AudioBuffer &buffer)
{
    const auto channels = std::size_t(buffer.channels());
    std::vector<double> samples(std::size_t(buffer.frames()) * channels);
    for (std::size_t c = 0; c < channels; ++c) {
        const auto channel = buffer.channel(int(c));
        for (std::size_t n = 0; n < channel.size(); ++n)
            samples[n * channels + c] = double{channel[n]};
    }
    return samples;
}

engine::AudioBuffer sines(engine::AudioFormat format, int frames, double amplitude)
{
    engine::AudioBuffer buffer(format, frames);
    for (int c = 0; c < format.channels; ++c) {
        const double turn = 2.0 * std::numbers::pi * (60.0 + 5.0 * c) / format.sampleRateHz;
        const double level = amplitude * std::pow(0.85, c);
        for (int n = 0; n < frames; ++n)
            buffer.channel(c)[std::size_t(n)] = float(level * std::sin(turn * n + 0.3 * c));
    }
    return buffer;
}

engine::Result<std::vector<double>> readRest(engine::AudioSource &source, int blockFrames)
{
    engine::AudioBuffer block(source.format(), blockFrames);
    std::vector<double> samples;
    for (;;) {
        const engine::Result<int> got = source.read(block.block(0, blockFrames));
        if (!got)
            return tl::unexpected(got.error());
        for (int n = 0; n < *got; ++n) {
            for (int c = 0; c < block.channels(); ++c)
                samples.push_back(double{block.channel(c)[std::size_t(n)]});
        }
        if (*got < blockFrames)
            return samples;
    }
}

engine::Status writeSound(const fs::path &path, engine::io::OutputFormat format,
                          const engine::AudioBuffer &sound, int blockFrames,
                          engine::io::OverwritePolicy policy)
{
    auto writer =
        engine::io::AudioFileWriter::create(path, format, sound.format(), sound.frames(), policy);
    if (!writer)
        return tl::unexpected(writer.error());
    for (std::int64_t at = 0; at < sound.frames(); at += blockFrames) {
        const int count = int(std::min<std::int64_t>(blockFrames, sound.frames() - at));
        if (engine::Status status = (*writer)->write(sound.block(at, count)); !status)
            return status;
    }
    return (*writer)->finish();
}

std::int64_t step(double x, int bits)
{
    const double scaled = x * std::exp2(bits - 1);
    double whole = std::floor(scaled);
    const double rest = scaled - whole;
    if (rest > 0.5 || (rest == 0.5 && std::fmod(whole, 2.0) != 0.0))
        whole += 1.0;
    return std::int64_t(std::clamp(whole, -std::exp2(bits - 1), std::exp2(bits - 1) - 1.0));
}

int bitsOf(SampleFormat format)
{
    return format == SampleFormat::Pcm16 ? 16 : 24;
}

QByteArray storedBytes(const std::vector<double> &samples, SampleFormat format, bool bigEndian)
{
    const int size = engine::io::bytesPerSample(format);
    QByteArray bytes;
    bytes.reserve(qsizetype(samples.size()) * size);
    for (const double x : samples) {
        const std::uint64_t value = format == SampleFormat::Float32
                                        ? std::bit_cast<std::uint32_t>(float(x))
                                        : std::uint64_t(step(x, bitsOf(format)));
        for (int i = 0; i < size; ++i)
            bytes += char(value >> (8 * (bigEndian ? size - 1 - i : i)) & 0xFF);
    }
    return bytes;
}

Run runProgram(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.closeWriteChannel();
    Run run;
    if (!process.waitForFinished(programTimeoutMs)) {
        run.errors = process.errorString().toUtf8();
        process.kill();
        process.waitForFinished();
        return run;
    }
    if (process.exitStatus() == QProcess::NormalExit)
        run.exitCode = process.exitCode();
    run.output = process.readAllStandardOutput();
    run.errors = process.readAllStandardError();
    return run;
}

bool isDecodedElsewhere(Container container)
{
    return container != Container::Rf64 && container != Container::W64 &&
           container != Container::Caf;
}

std::vector<double> decodeElsewhere(const fs::path &path, const engine::io::OutputFormat &format,
                                    engine::AudioFormat audio)
{
    const QString name = nameOf(path);
    switch (format.container) {
    case Container::Flac:
        outputOf("flac", {"--totally-silent", "--test", name});
        return rawSamples(outputOf("flac", {"-s", "-d", "-c", "--force-raw-format",
                                            "--endian=little", "--sign=signed", name}),
                          engine::io::bytesPerSample(format.sampleFormat));
    case Container::OggVorbis:
        outputOf("ogginfo", {name});
        return rawSamples(
            outputOf("oggdec", {"-Q", "-R", "-b", "16", "-e", "0", "-s", "1", "-o", "-", name}), 2);
    case Container::Opus:
        outputOf("opusinfo", {name});
        outputOf("opusdec", {"--quiet", "--no-dither", "--rate",
                             QString::number(audio.sampleRateHz), name, name + ".raw"});
        return rawSamples(readBytes(path.string() + ".raw"), 2);
    case Container::Mp3:
        return rawSamples(outputOf("mpg123", {"-q", "-s", "-e", "s16", name}), 2);
    default:
        return rawSamples(
            outputOf("sox", {name, "-t", "raw", "-e", "signed-integer", "-b", "32", "-L", "-"}), 4);
    }
}

int inChild(const std::function<int(const Say &say)> &work, QByteArray *said, bool asNobody)
{
    int ends[2];
    if (::pipe(ends) != 0)
        throw std::runtime_error("no pipe");
    const pid_t child = ::fork();
    if (child < 0)
        throw std::runtime_error("no child process");
    if (child == 0) {
        ::close(ends[0]);
        if (asNobody)
            becomeNobody();
        const Say say = [&](const std::string &text) {
            if (::write(ends[1], text.data(), text.size()) < 0)
                ::_exit(124);
        };
        ::_exit(work(say));
    }
    ::close(ends[1]);
    char text[4096];
    for (ssize_t got; (got = ::read(ends[0], text, sizeof text)) > 0;) {
        if (said)
            said->append(text, int(got));
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::int64_t peakMemoryBytes()
{
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    return std::int64_t{usage.ru_maxrss} * 1024;
}

} // namespace tests::files
