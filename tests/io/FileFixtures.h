// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the tests of file handling share: a folder of their own, sounds read and written past the
// engine (by libsndfile directly), other programs, and child processes that may be killed, starved
// or stripped of their rights.
// Shape: whole sounds, interleaved in double. Errors: what a test cannot go on without ends the
// program with an exception.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "engine/base/AudioStream.h"
#include "engine/base/Result.h"
#include "engine/io/AudioFileReader.h"
#include "engine/io/AudioFileWriter.h"

#include <QByteArray>
#include <QStringList>
#include <QTemporaryDir>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace tests::files {

namespace fs = std::filesystem;

/// A temporary folder that other users may enter and write to as well.
class Folder {
public:
    Folder();
    ~Folder();
    fs::path operator/(std::string_view name) const { return path() / name; }
    fs::path path() const { return dir_.path().toStdString(); }
    /// Everything in it, hidden files too, sorted.
    std::vector<std::string> names() const;

private:
    QTemporaryDir dir_;
};

QByteArray readBytes(const fs::path &path);
void writeBytes(const fs::path &path, const QByteArray &bytes);

/// "" for success, else the error in one line.
template <typename T>
QByteArray problemOf(const engine::Result<T> &result)
{
    return result ? QByteArray() : QByteArray::fromStdString(result.error().oneLine());
}

/// One line that names the file, does not hide what is wrong, and is not the library's own text.
bool isClearSentence(const engine::Error &error, const std::string &shownName);

/// What libsndfile itself reads.
struct Sound {
    int rateHz = 0;
    int channels = 0;
    int format = 0;
    std::vector<double> samples; ///< interleaved

    std::int64_t frames() const { return std::int64_t(samples.size()) / channels; }
};
Sound readDirectly(const fs::path &path);
void writeDirectly(const fs::path &path, int format, int rateHz, int channels,
                   const std::vector<double> &samples);

std::vector<double> interleaved(const engine::AudioBuffer &buffer);
/// Each channel its own sine below 100 Hz and its own level; the first peaks at `amplitude`.
engine::AudioBuffer sines(engine::AudioFormat format, int frames, double amplitude);

/// Everything from where the source stands, in blocks of `blockFrames`.
engine::Result<std::vector<double>> readRest(engine::AudioSource &source, int blockFrames);
engine::Status writeSound(const fs::path &path, engine::io::OutputFormat format,
                          const engine::AudioBuffer &sound, int blockFrames = 4096,
                          engine::io::OverwritePolicy policy = engine::io::OverwritePolicy::Refuse);

/// The step of 2^(1 − bits) that a sample becomes: half to even, held at full scale.
std::int64_t step(double x, int bits);
int bitsOf(engine::io::SampleFormat format);
/// The samples as an uncompressed file holds them.
QByteArray storedBytes(const std::vector<double> &samples, engine::io::SampleFormat format,
                       bool bigEndian);

struct Run {
    int exitCode = -1; ///< −1: not there, killed or too slow
    QByteArray output;
    QByteArray errors;
};
Run runProgram(const QString &program, const QStringList &arguments);

/// Whether there is a program that decodes it and is not made from libsndfile itself.
bool isDecodedElsewhere(engine::io::Container container);
/// By that program, and checked by its sibling where there is one. Integers keep full scale at 1.
std::vector<double> decodeElsewhere(const fs::path &path, const engine::io::OutputFormat &format,
                                    engine::AudioFormat audio);

/// Runs `work` in a child process, as nobody if asked for; what it returns, or −1 for a crash.
/// `work` reports by `say`, whose text comes back in `said`.
using Say = std::function<void(const std::string &)>;
int inChild(const std::function<int(const Say &say)> &work, QByteArray *said = nullptr,
            bool asNobody = false);

/// The most memory this process ever held.
std::int64_t peakMemoryBytes();

} // namespace tests::files
