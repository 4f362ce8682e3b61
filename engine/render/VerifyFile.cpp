// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/VerifyFile.h"

#include "engine/base/Text.h"
#include "engine/io/AudioFileReader.h"
#include "engine/io/DisplayName.h"
#include "engine/io/Preset.h"
#include "engine/render/InputScan.h"
#include "engine/render/OutputFile.h"
#include "engine/render/RenderFile.h"

#include <bit>
#include <cmath>

namespace engine::render {

namespace {

/// Reads the file along with the new one and counts where they differ.
class Comparison final : public FileListener {
public:
    Comparison(io::AudioFileReader &file, Verdict &verdict) : file_(file), verdict_(verdict) {}
    void begin() override
    {
        started_ = file_.seek(0);
        verdict_.frames = 0;
        verdict_.differingFrames = 0;
        verdict_.firstDifference.reset();
        verdict_.largestDifference = 0.0;
    }
    Status write(ConstAudioBlock block) override
    {
        if (!started_)
            return started_;
        AudioBuffer held({file_.format().sampleRateHz, block.channels()}, block.frames());
        const Result<int> got = file_.read(held.block(0, block.frames()));
        if (!got)
            return tl::unexpected(got.error());
        for (int n = 0; n < block.frames(); ++n) {
            double difference = n < *got ? 0.0 : 1.0;
            bool same = n < *got;
            for (int c = 0; c < block.channels() && n < *got; ++c) {
                const float x = block.data(c)[n];
                const float y = held.channel(c)[static_cast<std::size_t>(n)];
                same = same && std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
                difference = std::max(difference, std::abs(double{x} - double{y}));
            }
            if (same)
                continue;
            ++verdict_.differingFrames;
            verdict_.largestDifference = std::max(verdict_.largestDifference, difference);
            if (!verdict_.firstDifference)
                verdict_.firstDifference = verdict_.frames + n;
        }
        verdict_.frames += block.frames();
        return {};
    }

private:
    io::AudioFileReader &file_;
    Verdict &verdict_;
    Status started_;
};

/// Counts what the file holds beyond the new one.
Status countRest(io::AudioFileReader &file, Verdict &verdict)
{
    AudioBuffer rest(file.format(), 4096);
    for (int got = 4096; got == 4096;) {
        const Result<int> read = file.read(rest.block(0, 4096));
        if (!read)
            return tl::unexpected(read.error());
        got = *read;
        if (got > 0 && !verdict.firstDifference)
            verdict.firstDifference = verdict.frames;
        verdict.differingFrames += got;
        verdict.frames += got;
        if (got > 0)
            verdict.largestDifference = std::max(verdict.largestDifference, 1.0);
    }
    return {};
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

Result<Verdict> verifyFile(const VerifyRequest &request, const RunContext &context)
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
    verdict.sameInput = *sameInput;
    if (!verdict.sameInput)
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
    Comparison comparison(**file, verdict);
    const Result<RenderFileReport> done = rehearseFile(again, comparison, context);
    if (!done)
        return tl::unexpected(done.error());
    if (Status status = countRest(**file, verdict); !status)
        return tl::unexpected(status.error());
    verdict.identical = verdict.differingFrames == 0;
    return verdict;
}

std::string Verdict::text() const
{
    if (!sameInput)
        return "Different input: its samples in the rendered part are not those that the recipe "
               "names; nothing was compared.";
    const std::string compared =
        lossy ? "the decoded samples with those of the same sound encoded anew"
              : "the stored samples with those of a new render, bit for bit";
    if (identical)
        return "Identical: " + std::to_string(frames) + " frames; compared were " + compared + ".";
    std::string text = "Different: " + std::to_string(differingFrames) + " of " +
                       std::to_string(frames) + " frames, from frame " +
                       std::to_string(firstDifference.value_or(0)) + " on, by up to " +
                       numberText(largestDifference) + " of full scale; compared were " + compared;
    if (!sameVersion)
        text += "; the file was made by version " + recipe.programVersion;
    return text + ".";
}

} // namespace engine::render
