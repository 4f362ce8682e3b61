// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/TapFiles.h"

#include "engine/io/DisplayName.h"

namespace engine::render {

namespace fs = std::filesystem;

fs::path TapFiles::path(const fs::path &folder, const pipeline::TapInfo &tap)
{
    return folder / (std::string(tap.key) + ".wav");
}

TapFiles::~TapFiles()
{
    if (madeFolder_.empty())
        return;
    for (auto &writer : writers_)
        writer.reset();
    std::error_code ignored;
    fs::remove(madeFolder_, ignored); // only what is empty
}

Status TapFiles::open(const fs::path &folder, AudioFormat audio,
                      std::optional<std::int64_t> expectedFrames, io::OverwritePolicy overwrite)
{
    std::error_code fault;
    if (fs::create_directories(folder, fault))
        madeFolder_ = folder;
    if (fault || !fs::is_directory(folder)) {
        return fail(ErrorCode::CannotCreate,
                    "The folder for the taps, " + io::quotedName(folder) + ", could not be made",
                    "Nothing was written", "Choose another folder", fault.message());
    }
    constexpr io::OutputFormat format{io::Container::Wav, io::SampleFormat::Float32,
                                      io::Dither::None};
    for (const pipeline::TapInfo &tap : pipeline::tapTable) {
        auto writer = io::AudioFileWriter::create(path(folder, tap), format, audio, expectedFrames,
                                                  overwrite);
        if (!writer)
            return tl::unexpected(writer.error());
        writers_[static_cast<std::size_t>(tap.id)] = std::move(*writer);
    }
    return {};
}

pipeline::TapSinks TapFiles::sinks() const
{
    pipeline::TapSinks sinks{};
    for (std::size_t i = 0; i < writers_.size(); ++i)
        sinks[i] = writers_[i].get();
    return sinks;
}

Status TapFiles::complete(const std::stop_token &stop)
{
    for (auto &writer : writers_) {
        if (!writer)
            continue;
        if (Status status = writer->complete(stop); !status)
            return status;
    }
    for (auto &writer : writers_) {
        if (!writer)
            continue;
        if (Status status = writer->sync(stop); !status)
            return status;
    }
    return {};
}

Status TapFiles::publish()
{
    madeFolder_.clear();
    for (auto &writer : writers_) {
        if (!writer)
            continue;
        if (Status status = writer->publish(); !status)
            return status;
    }
    return {};
}

void TapFiles::abandon()
{
    for (auto &writer : writers_) {
        if (writer)
            writer->abandon();
    }
}

} // namespace engine::render
