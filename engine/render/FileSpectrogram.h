// SPDX-License-Identifier: GPL-3.0-or-later
//
// The spectrogram of a whole file while someone looks at it: tiles are worked out straight from the
// file, what is on the screen first, then what lies beside it; a rough picture of a long file comes
// before the exact one. Tiles are kept up to a limit and told as they come.
// Shape: immutable TileSets. Units: seconds from the start of the file; bytes.
// Memory: the limit, and a few MB for the tile at work, whatever the file's length.
// Real-time: no. The thread runs at low priority. Errors: those of the reader, told in the TileSet;
// what failed is tried again when the next wish comes.
// Threads: one owner gives wishes; `tell` is called on the working thread.
#pragma once

#include "engine/analysis/SpectrogramTiles.h"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace engine::render {

class FileSpectrogram {
public:
    using Tell = std::function<void(analysis::SharedTileSet)>;
    using Open = std::function<Result<std::unique_ptr<AudioSource>>()>;
    static constexpr std::size_t defaultBytes = std::size_t{96} << 20;

    explicit FileSpectrogram(Tell tell, std::size_t mostBytes = defaultBytes);
    /// Stops the work and waits.
    ~FileSpectrogram();

    /// [owner] Another file; forgets the tiles of the one before. `frames`: its length as a scan
    /// found it.
    void open(const std::filesystem::path &path, int sampleRateHz, std::int64_t frames);
    /// [owner] The same from another source, which is opened on the working thread.
    void open(Open open, int sampleRateHz, std::int64_t frames);
    /// [owner] No file; nothing is told any more.
    void close();
    /// [owner] The newest wish counts; a tile at work that it does not need is given up.
    void want(const analysis::TileWish &wish);
    /// [owner] Nobody looks: the work stops, the tiles stay.
    void rest();

    /// [any] Of the tiles that are kept.
    std::size_t bytes() const;
    /// [any] How many tiles were worked out since the file was opened.
    int computed() const;

private:
    struct Kept {
        analysis::SpectrogramTile tile;
        std::uint64_t used = 0;
    };
    struct Step {
        analysis::TileKey key;
        bool rough = false;
    };
    void work(const std::stop_token &stop);
    void replan();
    void keep(analysis::SpectrogramTile tile);
    void makeRoom();
    void tellNow(std::unique_lock<std::mutex> &lock);
    bool isWanted(const Step &step) const;
    std::optional<Step> nextStep() const;
    analysis::SharedTileSet snapshot() const;
    std::optional<Error> run(const Step &step, const std::stop_token &stop,
                             std::unique_lock<std::mutex> &lock);

    const Tell tell_;
    const std::size_t mostBytes_;

    mutable std::mutex mutex_; ///< guards everything below but source_
    std::condition_variable_any wake_;
    Open open_;
    std::uint64_t file_ = 0; ///< which one, 0: none
    analysis::TileGrid grid_{1, 0};
    std::optional<analysis::TileWish> wish_;
    std::uint64_t revision_ = 0;            ///< of file and wish
    std::vector<analysis::TileKey> wanted_; ///< most wanted first
    int level_ = 0;
    std::map<analysis::TileKey, Kept> exact_;
    std::map<analysis::TileKey, Kept> rough_;
    std::uint64_t clock_ = 0; ///< of use
    std::size_t bytes_ = 0;
    int computed_ = 0;
    std::optional<Error> error_;
    std::optional<Step> running_;
    std::stop_source stopRunning_;

    std::unique_ptr<AudioSource> source_; ///< [work]
    std::uint64_t sourceFile_ = 0;        ///< [work]
    std::jthread thread_;
};

} // namespace engine::render
