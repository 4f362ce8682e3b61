// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/FileSpectrogram.h"

#include "engine/io/AudioFileReader.h"

#include <algorithm>

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace engine::render {

using analysis::SpectrogramTile;
using analysis::TileKey;

namespace {

constexpr double besideShown = 0.5; ///< of what is shown, at either side, for panning
constexpr int leastKept = 2;        ///< tiles, whatever the limit

void lowerPriority()
{
#ifdef __linux__
    setpriority(PRIO_PROCESS, 0, 10); // of this thread only; a failure costs nothing
#endif
}

std::size_t bytesOf(const SpectrogramTile &tile)
{
    return tile.levels->memoryBytes() + sizeof(SpectrogramTile);
}

} // namespace

FileSpectrogram::FileSpectrogram(Tell tell, std::size_t mostBytes)
    : tell_(std::move(tell)), mostBytes_(mostBytes),
      thread_([this](const std::stop_token &stop) { work(stop); })
{}

FileSpectrogram::~FileSpectrogram()
{
    thread_.request_stop();
    {
        const std::scoped_lock lock(mutex_);
        stopRunning_.request_stop();
    }
    thread_.join();
}

void FileSpectrogram::open(const std::filesystem::path &path, int sampleRateHz, std::int64_t frames)
{
    open(
        [path]() -> Result<std::unique_ptr<AudioSource>> {
            auto reader = io::AudioFileReader::open(path);
            if (!reader)
                return tl::unexpected(std::move(reader.error()));
            return std::unique_ptr<AudioSource>(std::move(*reader));
        },
        sampleRateHz, frames);
}

void FileSpectrogram::open(Open open, int sampleRateHz, std::int64_t frames)
{
    const std::scoped_lock lock(mutex_);
    open_ = std::move(open);
    ++file_;
    grid_ = analysis::TileGrid(sampleRateHz, frames);
    exact_.clear();
    rough_.clear();
    bytes_ = 0;
    computed_ = 0;
    error_.reset();
    ++revision_;
    stopRunning_.request_stop();
    replan();
    wake_.notify_one();
}

void FileSpectrogram::close()
{
    rest();
    open(Open(), 1, 0);
}

void FileSpectrogram::want(const analysis::TileWish &wish)
{
    const std::scoped_lock lock(mutex_);
    wish_ = wish;
    error_.reset();
    ++revision_;
    replan();
    if (running_ && !isWanted(*running_))
        stopRunning_.request_stop();
    wake_.notify_one();
}

void FileSpectrogram::rest()
{
    const std::scoped_lock lock(mutex_);
    wish_.reset();
    replan();
    stopRunning_.request_stop();
}

std::size_t FileSpectrogram::bytes() const
{
    const std::scoped_lock lock(mutex_);
    return bytes_;
}

int FileSpectrogram::computed() const
{
    const std::scoped_lock lock(mutex_);
    return computed_;
}

/// What is shown from left to right, then what lies beside it from near to far, as much as fits.
void FileSpectrogram::replan()
{
    wanted_.clear();
    if (!wish_ || grid_.frames() == 0)
        return;
    level_ = grid_.levelFor(wish_->scale);
    wanted_ = grid_.keysIn(level_, wish_->fromS, wish_->toS);
    const double beside = besideShown * (wish_->toS - wish_->fromS);
    auto around = grid_.keysIn(level_, wish_->fromS - beside, wish_->toS + beside);
    const std::int64_t first = wanted_.front().index;
    const std::int64_t last = wanted_.back().index;
    std::erase_if(around, [&](TileKey key) { return key.index >= first && key.index <= last; });
    std::ranges::sort(around, {}, [&](TileKey key) {
        return key.index < first ? first - key.index : key.index - last;
    });
    wanted_.insert(wanted_.end(), around.begin(), around.end());
    const std::size_t tileBytes = std::size_t{2} * (analysis::TileGrid::columns + 2) * 1300;
    wanted_.resize(
        std::min(wanted_.size(), std::max<std::size_t>(mostBytes_ / tileBytes, leastKept)));
}

bool FileSpectrogram::isWanted(const Step &step) const
{
    return std::ranges::find(wanted_, step.key) != wanted_.end();
}

std::optional<FileSpectrogram::Step> FileSpectrogram::nextStep() const
{
    if (!open_ || error_)
        return std::nullopt;
    if (analysis::roughPays(grid_, level_))
        for (const TileKey &key : wanted_)
            if (!exact_.contains(key) && !rough_.contains(key))
                return Step{key, true};
    for (const TileKey &key : wanted_)
        if (!exact_.contains(key))
            return Step{key, false};
    return std::nullopt;
}

void FileSpectrogram::work(const std::stop_token &stop)
{
    lowerPriority();
    std::unique_lock lock(mutex_);
    std::uint64_t answered = 0;
    while (!stop.stop_requested()) {
        if (answered != revision_) { // also a wish that is fulfilled already is answered
            answered = revision_;
            tellNow(lock);
            continue;
        }
        const auto step = nextStep();
        if (!step) {
            wake_.wait(lock, stop, [&] { return answered != revision_; });
            continue;
        }
        if (auto error = run(*step, stop, lock); error && error->code != ErrorCode::Cancelled)
            error_ = std::move(error);
        if (answered == revision_)
            tellNow(lock);
    }
}

std::optional<Error> FileSpectrogram::run(const Step &step, const std::stop_token &stop,
                                          std::unique_lock<std::mutex> &lock)
{
    running_ = step;
    stopRunning_ = std::stop_source();
    const std::uint64_t file = file_;
    const analysis::TileGrid grid = grid_;
    const Open open = open_;
    const std::stop_token stopStep = stopRunning_.get_token();
    lock.unlock();
    std::optional<Error> error;
    std::optional<SpectrogramTile> tile;
    if (sourceFile_ != file) {
        source_ = nullptr;
        sourceFile_ = file;
    }
    if (!source_) {
        auto opened = open();
        if (opened)
            source_ = std::move(*opened);
        else
            error = opened.error();
    }
    if (source_ && !stop.stop_requested()) {
        auto made = analysis::computeTile(*source_, grid, step.key, step.rough, stopStep);
        if (made)
            tile = std::move(*made);
        else
            error = made.error();
        if (error && error->code != ErrorCode::Cancelled)
            source_ = nullptr; // it may be there again the next time
    }
    lock.lock();
    running_.reset();
    if (file != file_)
        return std::nullopt;
    if (tile)
        keep(std::move(*tile));
    return error;
}

void FileSpectrogram::keep(SpectrogramTile tile)
{
    const TileKey key = tile.key;
    if (!tile.rough)
        if (const auto old = rough_.find(key); old != rough_.end()) {
            bytes_ -= bytesOf(old->second.tile);
            rough_.erase(old);
        }
    ++computed_;
    bytes_ += bytesOf(tile);
    auto &tiles = tile.rough ? rough_ : exact_;
    tiles.insert_or_assign(key, Kept{std::move(tile), ++clock_});
    makeRoom();
}

/// Forgets what was used longest ago, and what is wanted last of all.
void FileSpectrogram::makeRoom()
{
    for (const TileKey &key : wanted_)
        for (auto *tiles : {&exact_, &rough_})
            if (const auto found = tiles->find(key); found != tiles->end())
                found->second.used = clock_ + 1;
    ++clock_;
    while (bytes_ > mostBytes_ && exact_.size() + rough_.size() > leastKept) {
        const auto used = [](const auto &entry) { return entry.second.used; };
        const auto exact = std::ranges::min_element(exact_, {}, used);
        const auto rough = std::ranges::min_element(rough_, {}, used);
        const bool fromRough =
            exact == exact_.end() || (rough != rough_.end() && used(*rough) < used(*exact));
        const auto oldest = fromRough ? rough : exact;
        bytes_ -= bytesOf(oldest->second.tile);
        (fromRough ? rough_ : exact_).erase(oldest);
    }
}

analysis::SharedTileSet FileSpectrogram::snapshot() const
{
    auto set = std::make_shared<analysis::TileSet>();
    set->durationS = grid_.durationS();
    set->error = error_;
    const double beside = besideShown * (wish_->toS - wish_->fromS);
    // Coarse ones below; a level finer than what is wished costs little, more would.
    std::vector<const SpectrogramTile *> tiles;
    for (const auto *kept : {&rough_, &exact_})
        for (const auto &[key, entry] : *kept)
            if (key.level >= level_ - 1 && entry.tile.toS >= wish_->fromS - beside &&
                entry.tile.fromS <= wish_->toS + beside)
                tiles.push_back(&entry.tile);
    const auto rank = [&](const SpectrogramTile *tile) {
        const int coarser = tile->key.level > level_ ? level_ - tile->key.level : 0;
        const int right = tile->key.level == level_ ? 2 : 1;
        return coarser != 0 ? coarser : tile->rough ? 0 : right;
    };
    std::ranges::stable_sort(tiles, {}, rank);
    for (const SpectrogramTile *tile : tiles)
        set->tiles.push_back(*tile);
    const auto shown = grid_.keysIn(level_, wish_->fromS, wish_->toS);
    const auto there =
        std::ranges::count_if(shown, [&](TileKey key) { return exact_.contains(key); });
    set->done =
        shown.empty() ? 1.0 : static_cast<double>(there) / static_cast<double>(shown.size());
    return set;
}

void FileSpectrogram::tellNow(std::unique_lock<std::mutex> &lock)
{
    if (!wish_ || !open_)
        return;
    const analysis::SharedTileSet set = snapshot();
    lock.unlock();
    tell_(set);
    lock.lock();
}

} // namespace engine::render
