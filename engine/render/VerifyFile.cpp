// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/VerifyFile.h"

#include "engine/base/Text.h"
#include "engine/io/AudioFileReader.h"
#include "engine/io/DisplayName.h"
#include "engine/io/Preset.h"
#include "engine/io/SampleSpool.h"
#include "engine/render/InputScan.h"
#include "engine/render/OutputFile.h"
#include "engine/render/RenderFile.h"

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace engine::render {

namespace {

/// How far a sound is from another, over all channels.
class Distance {
public:
    explicit Distance(int partFrames) : partFrames_(partFrames) {}
    void add(float sound, float other)
    {
        const double difference = double{other} - double{sound};
        soundEnergy_ += double{sound} * double{sound};
        inThisPart_ += difference * difference;
    }
    void endFrame()
    {
        if (++frames_ % partFrames_ == 0)
            endPart();
    }
    DifferenceLevel level()
    {
        if (frames_ % partFrames_ != 0)
            endPart();
        const double perPart = soundEnergy_ * partFrames_ / static_cast<double>(frames_);
        const auto relative = [perPart](double energy) { return decibels(energy / perPart); };
        return {relative(largest_), relative(median())};
    }

private:
    static constexpr double lowestDb = -400.0;
    static constexpr double binsPerDb = 10.0;
    static constexpr int bins = 8000; // to +400 dB

    static double decibels(double power) { return 10.0 * std::log10(power); }
    void endPart()
    {
        if (!(inThisPart_ <= largest_)) // NaN is more
            largest_ = inThisPart_;
        const double bin = (decibels(inThisPart_) - lowestDb) * binsPerDb;
        ++parts_;
        ++histogram_[bin > 0.0 ? static_cast<std::size_t>(std::min(bin, bins - 1.0)) : 0];
        inThisPart_ = 0.0;
    }
    /// The upper edge of its bin; zero where at least half of all parts are the same.
    double median() const
    {
        std::int64_t below = 0;
        for (std::size_t bin = 0; bin < histogram_.size(); ++bin) {
            below += histogram_[bin];
            if (2 * below >= parts_)
                return bin == 0 ? 0.0
                                : std::pow(10.0, 0.1 * (lowestDb + static_cast<double>(bin + 1) /
                                                                       binsPerDb));
        }
        return 0.0;
    }

    std::int64_t partFrames_;
    std::int64_t frames_ = 0;
    std::int64_t parts_ = 0;
    double soundEnergy_ = 0.0;
    double inThisPart_ = 0.0;
    double largest_ = 0.0;
    std::vector<std::int64_t> histogram_ = std::vector<std::int64_t>(bins);
};

/// Compares a file with the new one, frame by frame.
class Comparison final : public FileListener {
public:
    Comparison(io::AudioFileReader &file, int partFrames, Verdict &verdict)
        : file_(file), verdict_(verdict), partFrames_(partFrames), distance_(partFrames)
    {}

    void begin() override
    {
        started_ = file_.seek(0);
        verdict_.frames = 0;
        verdict_.differingFrames = 0;
        verdict_.firstDifference.reset();
        verdict_.largestDifference = 0.0;
        distance_ = Distance(partFrames_);
        sameLength_ = true;
    }

    Status write(ConstAudioBlock block) override
    {
        if (!started_)
            return started_;
        AudioBuffer held({file_.format().sampleRateHz, block.channels()}, block.frames());
        const Result<int> got = file_.read(held.block(0, block.frames()));
        if (!got)
            return tl::unexpected(got.error());
        for (int n = 0; n < *got; ++n)
            compare(block, held, n);
        miss(block.frames() - *got);
        return {};
    }

    /// Counts what the file holds beyond the new one.
    Status finish()
    {
        constexpr int blockFrames = 4096;
        AudioBuffer rest(file_.format(), blockFrames);
        for (int got = blockFrames; got == blockFrames;) {
            const Result<int> read = file_.read(rest.block(0, blockFrames));
            if (!read)
                return tl::unexpected(read.error());
            got = *read;
            miss(got);
        }
        if (sameLength_)
            verdict_.difference = distance_.level();
        return {};
    }

private:
    void compare(ConstAudioBlock made, const AudioBuffer &held, int n)
    {
        bool same = true;
        for (int c = 0; c < made.channels(); ++c) {
            const float x = made.data(c)[n];
            const float y = held.channel(c)[static_cast<std::size_t>(n)];
            const bool sameBits = std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
            distance_.add(x, sameBits ? x : y);
            if (sameBits)
                continue;
            same = false;
            verdict_.largestDifference =
                std::max(verdict_.largestDifference, std::abs(double{x} - double{y}));
        }
        distance_.endFrame();
        if (!same)
            differ(1);
        ++verdict_.frames;
    }
    void differ(std::int64_t frames)
    {
        if (!verdict_.firstDifference)
            verdict_.firstDifference = verdict_.frames;
        verdict_.differingFrames += frames;
    }
    /// Frames that one of the two has not.
    void miss(int frames)
    {
        if (frames <= 0)
            return;
        sameLength_ = false;
        verdict_.largestDifference = std::max(verdict_.largestDifference, 1.0);
        differ(frames);
        verdict_.frames += frames;
    }

    io::AudioFileReader &file_;
    Verdict &verdict_;
    int partFrames_;
    Status started_;
    Distance distance_;
    bool sameLength_ = true;
};

/// Keeps what a new file holds.
class Keeper final : public FileListener {
public:
    Keeper(const std::filesystem::path &beside, AudioFormat audio) : beside_(beside), audio_(audio)
    {}
    void begin() override
    {
        auto spool = io::SampleSpool::create(beside_, audio_, io::OverwritePolicy::Refuse);
        started_ = spool ? Status{} : tl::unexpected(spool.error());
        if (spool)
            spool_ = std::move(*spool);
    }
    Status write(ConstAudioBlock block) override
    {
        return started_ ? spool_->write(block) : started_;
    }
    io::SampleSpool &spool() { return *spool_; }

private:
    std::filesystem::path beside_;
    AudioFormat audio_;
    Status started_;
    std::unique_ptr<io::SampleSpool> spool_;
};

/// How far a new file is from what was kept.
class Deviation final : public FileListener {
public:
    Deviation(io::SampleSpool &kept, int partFrames)
        : kept_(kept), partFrames_(partFrames), distance_(partFrames)
    {}
    void begin() override
    {
        distance_ = Distance(partFrames_);
        frame_ = 0;
    }
    Status write(ConstAudioBlock block) override
    {
        const auto left = std::min<std::int64_t>(block.frames(), kept_.frames() - frame_);
        AudioBuffer held(kept_.format(), static_cast<int>(left));
        if (Status status = kept_.read(frame_, held.block(0, static_cast<int>(left))); !status)
            return status;
        for (int n = 0; n < left; ++n) {
            for (int c = 0; c < block.channels(); ++c)
                distance_.add(held.channel(c)[static_cast<std::size_t>(n)], block.data(c)[n]);
            distance_.endFrame();
        }
        frame_ += left;
        return {};
    }
    DifferenceLevel level() { return distance_.level(); }

private:
    io::SampleSpool &kept_;
    int partFrames_;
    Distance distance_;
    std::int64_t frame_ = 0;
};

/// What rounding alone does to this very sound: the same render of an input that differs in its last
/// bits.
Result<DifferenceLevel> roundingLevel(RenderFileRequest again, AudioFormat audio, int partFrames,
                                      const RunContext &context)
{
    Keeper keeper(again.output, audio);
    if (const auto done = rehearseFile(again, keeper, context); !done)
        return tl::unexpected(done.error());
    constexpr double none = -std::numeric_limits<double>::infinity();
    DifferenceLevel most{none, none};
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
        Deviation deviation(keeper.spool(), partFrames);
        again.nudgeSeed = seed;
        if (const auto done = rehearseFile(again, deviation, context); !done)
            return tl::unexpected(done.error());
        const DifferenceLevel level = deviation.level();
        most = {std::max(most.largestDb, level.largestDb), std::max(most.medianDb, level.medianDb)};
    }
    return most;
}

Result<bool> isSameInput(const RenderFileRequest &request, const io::Recipe &recipe,
                         const std::stop_token &stop)
{
    const auto reader = io::AudioFileReader::open(request.input);
    if (!reader)
        return tl::unexpected(reader.error());
    if ((*reader)->format() != recipe.input.format)
        return false;
    const Result<pipeline::Window> window = windowOf(request, **reader);
    if (!window)
        return false; // shorter than what was rendered
    const Result<InputScan> scan = scanInput(**reader, *window, false, false, {stop, {}});
    if (!scan && scan.error().code == ErrorCode::BadData)
        return false;
    if (!scan)
        return tl::unexpected(scan.error());
    return scan->input == recipe.input;
}

} // namespace

SameSoundRule sameSoundRule(bool lossy)
{
    if (lossy)
        return {2.0, 20.0, -50.0, {-15.0, -15.0}};
    return {0.02, 20.0, -100.0, {-25.0, -40.0}};
}

namespace {

bool isWithin(DifferenceLevel level, DifferenceLevel bound)
{
    return level.largestDb <= bound.largestDb && level.medianDb <= bound.medianDb; // NaN is not
}

Result<Verdict> compareFiles(const VerifyRequest &request, const RunContext &context)
{
    const Result<std::optional<io::Recipe>> recipe = io::readRecipe(request.file);
    if (!recipe)
        return tl::unexpected(recipe.error());
    if (!*recipe)
        return fail(ErrorCode::BadData, io::quotedName(request.file) + " holds no recipe",
                    "There is nothing to compare",
                    "Only files that were rendered with a recipe can be verified");
    const auto file = io::AudioFileReader::open(request.file);
    if (!file)
        return tl::unexpected(file.error());
    Verdict verdict;
    verdict.recipe = **recipe;
    verdict.lossy = io::isLossy(verdict.recipe.format.container);
    verdict.sameVersion = verdict.recipe.programVersion == QD_VERSION;
    RenderFileRequest again = requestOf(verdict.recipe, request.input);
    const Result<bool> sameInput = isSameInput(again, verdict.recipe, context.stop);
    if (!sameInput)
        return tl::unexpected(sameInput.error());
    if (!*sameInput)
        return verdict;
    const AudioFormat expected{verdict.recipe.sampleRateHz,
                               again.monoDownmix ? 1 : verdict.recipe.input.format.channels};
    if ((*file)->format() != expected)
        return fail(ErrorCode::BadData,
                    io::quotedName(request.file) + " is not the sound that its recipe describes: "
                                                   "sample rate or channels are others",
                    "There is nothing to compare");

    std::error_code fault;
    again.output = std::filesystem::temp_directory_path(fault) / ("verify-" + io::newUuid());
    again.embedRecipe = false;
    again.threads = request.threads;
    const SameSoundRule rule = sameSoundRule(verdict.lossy);
    const auto partFrames =
        static_cast<int>(std::ceil(rule.partSeconds * (*file)->format().sampleRateHz));
    Comparison comparison(**file, partFrames, verdict);
    const Result<RenderFileReport> done = rehearseFile(again, comparison, context);
    if (!done)
        return tl::unexpected(done.error());
    if (Status status = comparison.finish(); !status)
        return tl::unexpected(status.error());
    verdict.agreement =
        verdict.differingFrames == 0 ? Agreement::Identical : Agreement::Different;
    if (verdict.agreement == Agreement::Identical || !verdict.difference ||
        !isWithin(*verdict.difference, rule.highest))
        return verdict;
    const Result<DifferenceLevel> rounding =
        roundingLevel(again, (*file)->format(), partFrames, context);
    if (!rounding)
        return tl::unexpected(rounding.error());
    const auto bound = [&rule](double level, double highest) {
        return std::clamp(level + rule.marginDb, rule.lowestDb, highest);
    };
    verdict.bound = {bound(rounding->largestDb, rule.highest.largestDb),
                     bound(rounding->medianDb, rule.highest.medianDb)};
    if (isWithin(*verdict.difference, *verdict.bound))
        verdict.agreement = Agreement::SameSound;
    return verdict;
}

} // namespace

Result<Verdict> verifyFile(const VerifyRequest &request, const RunContext &context)
{
    std::optional<io::AtomicFile> report;
    if (!request.json.empty()) {
        std::error_code ignored;
        for (const std::filesystem::path &read : {request.file, request.input}) {
            if (std::filesystem::equivalent(request.json, read, ignored))
                return fail(ErrorCode::Usage,
                            io::quotedName(request.json) +
                                " would be written over a file that is compared",
                            "Nothing was written", "Give the report a name of its own");
        }
        Result<io::AtomicFile> file = io::AtomicFile::create(request.json, request.overwrite);
        if (!file)
            return tl::unexpected(file.error());
        report = std::move(*file);
    }
    Result<Verdict> verdict = compareFiles(request, context);
    if (!verdict || !report)
        return verdict;
    const Status written =
        report->write(verdict->json()).and_then([&report] { return report->commit(); });
    if (!written)
        return tl::unexpected(written.error());
    return verdict;
}

std::string Verdict::text() const
{
    if (agreement == Agreement::DifferentInput)
        return "Different input: its samples in the rendered part are not those that the recipe "
               "names; nothing was compared.";
    const std::string compared =
        lossy ? "the decoded samples with those of the same sound encoded anew"
              : "the stored samples with those of a new render, bit for bit";
    if (agreement == Agreement::Identical)
        return "Identical: " + std::to_string(frames) + " frames; compared were " + compared + ".";
    std::string text = std::to_string(differingFrames) + " of " + std::to_string(frames) +
                       " frames differ, from frame " + std::to_string(firstDifference.value_or(0)) +
                       " on, by up to " + numberText(largestDifference) + " of full scale";
    const auto below = [](DifferenceLevel level) {
        const std::string median = std::isfinite(level.medianDb)
                                       ? fixedText(-level.medianDb, 1) + " dB in the median"
                                       : "nothing in the median";
        return fixedText(-level.largestDb, 1) + " dB below the sound where it is largest, " + median;
    };
    if (difference && std::isfinite(difference->largestDb))
        text += "; the difference lies " + below(*difference);
    if (bound)
        text += "; rounding explains " + below(*bound);
    text += "; compared were " + compared;
    if (!sameVersion)
        text += "; the file was made by version " + recipe.programVersion;
    if (const std::string others = io::differingLibraries(recipe.libraries, io::librariesInUse());
        !others.empty())
        text += "; it was made with " + others;
    return (agreement == Agreement::SameSound ? "Same sound up to rounding: " : "Different: ") +
           text + ".";
}

std::string Verdict::json() const
{
    constexpr std::array<std::string_view, 4> keys{"identical", "same_sound", "different",
                                                   "different_input"};
    const auto decibels = [](const std::optional<DifferenceLevel> &level,
                             double DifferenceLevel::*measure) {
        return level && std::isfinite(*level.*measure) ? nlohmann::ordered_json(*level.*measure)
                                                       : nullptr;
    };
    const auto versions = [](const io::LibraryVersions &libraries) {
        nlohmann::ordered_json json = nlohmann::ordered_json::object();
        for (const io::LibraryVersion &library : libraries)
            json[library.name] = library.version;
        return json;
    };
    nlohmann::ordered_json json;
    json["verdict"] = keys[static_cast<std::size_t>(agreement)];
    json["lossy"] = lossy;
    json["frames"] = frames;
    json["differing_frames"] = differingFrames;
    json["first_difference"] =
        firstDifference ? nlohmann::ordered_json(*firstDifference) : nullptr;
    json["largest_difference"] = largestDifference;
    json["largest_difference_db"] = decibels(difference, &DifferenceLevel::largestDb);
    json["median_difference_db"] = decibels(difference, &DifferenceLevel::medianDb);
    json["largest_rounding_db"] = decibels(bound, &DifferenceLevel::largestDb);
    json["median_rounding_db"] = decibels(bound, &DifferenceLevel::medianDb);
    json["made_by"] = {{"program", recipe.programVersion}, {"libraries", versions(recipe.libraries)}};
    json["compared_by"] = {{"program", QD_VERSION}, {"libraries", versions(io::librariesInUse())}};
    return json.dump(2) + "\n";
}

} // namespace engine::render
