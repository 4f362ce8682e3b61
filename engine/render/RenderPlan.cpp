// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/RenderPlan.h"

#include "engine/base/Text.h"
#include "engine/base/Units.h"
#include "engine/io/DisplayName.h"
#include "engine/render/InputScan.h"

namespace engine::render {

namespace {

Status openInput(const RenderFileRequest &request, RenderPlan &plan)
{
    if (Status status = io::checkUnchanged(request.input, request.inputStamp); !status)
        return status;
    auto reader = io::AudioFileReader::open(request.input);
    if (!reader)
        return tl::unexpected(reader.error());
    plan.reader = std::move(*reader);
    if (request.monoDownmix && plan.reader->format().channels > 1)
        plan.mono.emplace(*plan.reader);
    if (request.nudgeSeed)
        plan.nudged.emplace(plan.source(), *request.nudgeSeed);
    const Result<pipeline::Window> window = windowOf(request, *plan.reader);
    if (!window)
        return tl::unexpected(window.error());
    plan.window = *window;
    plan.settings = request.settings;
    plan.settings.autoGain.measured = {};
    if (request.renderOversampling && !request.preview)
        plan.settings.distortion.oversampling = *request.renderOversampling;
    return {};
}

/// The weighting of BS.1770 rises above 1.7 kHz: it means nothing where there is no sound up there.
Status checkLoudness(const RenderFileRequest &request, const RenderPlan &plan)
{
    constexpr int leastRateHz = 4000;
    if (std::holds_alternative<io::AsRendered>(request.loudness))
        return {};
    if (std::min(plan.written.sampleRateHz, plan.reader->format().sampleRateHz) < leastRateHz)
        return fail(ErrorCode::Usage,
                    "The loudness cannot be measured below a sample rate of " +
                        std::to_string(leastRateHz) + " Hz",
                    "Nothing was written", "Leave the loudness as rendered");
    return io::check(request.loudness);
}

/// A format that is asked for wins over the name, as it does with other tools; an ending that means
/// another one is told about all the same.
void compareEnding(const std::filesystem::path &output, io::Container container, RenderPlan &plan)
{
    using enum io::Container;
    const Result<io::Container> meant = io::containerByEnding(output);
    const auto are = [&](io::Container written, io::Container named) {
        return container == written && *meant == named;
    };
    if (!meant || *meant == container || are(Rf64, Wav) || are(Opus, OggVorbis))
        return;
    plan.warnings.push_back(io::quotedName(output) + " is written as " +
                            std::string(io::info(container).name) + ", although its ending means " +
                            std::string(io::info(*meant).name) + ".");
}

Status chooseFormat(const RenderFileRequest &request, RenderPlan &plan)
{
    const Result<io::Container> container =
        request.container ? *request.container : io::containerByEnding(request.output);
    if (!container)
        return tl::unexpected(container.error());
    compareEnding(request.output, *container, plan);
    const AudioFormat sound = plan.source().format();
    plan.written = sound;
    plan.written.sampleRateHz =
        request.sampleRateHz.value_or(io::nearestAllowedRate(*container, sound.sampleRateHz));
    if (!request.sampleRateHz && plan.written != sound) {
        plan.warnings.push_back(std::string(io::info(*container).name) + " does not take " +
                                std::to_string(sound.sampleRateHz) +
                                " Hz: the output was resampled to " +
                                std::to_string(plan.written.sampleRateHz) + " Hz.");
    }
    const Result<io::OutputFormat> format = io::resolve(
        *container, request.sampleFormat, request.dither, plan.written, request.quality);
    if (!format)
        return tl::unexpected(format.error());
    plan.format = *format;
    if (io::isLossy(*container) && !plan.format.quality)
        plan.format.quality = io::defaultQuality(*container);
    return checkLoudness(request, plan);
}

void chooseTarget(const RenderFileRequest &request, std::optional<double> inputLufs,
                  RenderPlan &plan)
{
    if (const auto *goal = std::get_if<io::TargetLoudness>(&request.loudness))
        plan.target = LoudnessTarget{goal->lufs, goal->truePeakDb};
    const auto *goal = std::get_if<io::MatchSource>(&request.loudness);
    if (goal && inputLufs)
        plan.target = LoudnessTarget{*inputLufs, goal->truePeakDb};
    else if (goal)
        plan.warnings.push_back(io::quotedName(request.input) +
                                " is silent, or softer than -70 LUFS, and has no loudness to "
                                "match: the output was written "
                                "as rendered.");
}

io::Recipe recipeFor(const RenderFileRequest &request, const RenderPlan &plan,
                     const io::RecipeInput &input)
{
    io::Recipe recipe;
    recipe.programVersion = QD_VERSION;
    recipe.libraries = io::librariesInUse();
    recipe.settings = plan.settings;
    recipe.monoDownmix = request.monoDownmix;
    recipe.input = input;
    recipe.firstFrame = plan.window.firstFrame;
    recipe.wholeFile = !request.preview.has_value();
    recipe.source = request.source;
    recipe.format = plan.format;
    recipe.sampleRateHz = plan.written.sampleRateHz;
    recipe.loudness = request.loudness;
    return recipe;
}

} // namespace

std::optional<std::int64_t> RenderPlan::expectedFrames() const
{
    if (recipe)
        return recipe->input.frames;
    const std::optional<std::int64_t> declared = reader->declaredFrames();
    if (!window.frames)
        return declared;
    return declared ? std::min(*window.frames, *declared - window.firstFrame) : *window.frames;
}

Result<std::unique_ptr<RenderPlan>> planRender(const RenderFileRequest &request)
{
    auto plan = std::make_unique<RenderPlan>();
    if (Status status = openInput(request, *plan); !status)
        return tl::unexpected(status.error());
    if (Status status = chooseFormat(request, *plan); !status)
        return tl::unexpected(status.error());
    return plan;
}

Status scanInput(const RenderFileRequest &request, RenderPlan &plan, const RunContext &context)
{
    const bool holds = request.embedRecipe && io::holdsRecipe(plan.format.container);
    const bool matches = std::holds_alternative<io::MatchSource>(request.loudness);
    std::optional<double> inputLufs;
    if (holds || matches) {
        const Result<InputScan> scan =
            scanInput(*plan.reader, plan.window, request.monoDownmix, matches, context);
        if (!scan)
            return tl::unexpected(scan.error());
        plan.scanned = true;
        inputLufs = scan->lufs;
        if (holds)
            plan.recipe = recipeFor(request, plan, scan->input);
    }
    chooseTarget(request, inputLufs, plan);
    return {};
}

Result<pipeline::Window> windowOf(const RenderFileRequest &request,
                                  const io::AudioFileReader &reader)
{
    if (!request.preview)
        return pipeline::Window{};
    const int rate = reader.format().sampleRateHz;
    const auto frames = [rate](double seconds) { return std::llround(seconds * rate); };
    const pipeline::Window window{frames(request.preview->startSeconds),
                                  std::max<std::int64_t>(1, frames(request.preview->seconds))};
    const std::optional<std::int64_t> declared = reader.declaredFrames();
    if (declared && window.firstFrame >= *declared) {
        return fail(ErrorCode::Usage,
                    "The preview begins at " + numberText(request.preview->startSeconds) +
                        " s, but " + io::quotedName(request.input) + " is only " +
                        fixedText(secondsFromFrames(*declared, rate), 3) + " s long",
                    "Nothing was written", "Choose an earlier start");
    }
    return window;
}

Result<io::Recipe> recipeOf(const RenderFileRequest &request, const RunContext &context)
{
    const Result<std::unique_ptr<RenderPlan>> plan = planRender(request);
    if (!plan)
        return tl::unexpected(plan.error());
    if (Status status = scanInput(request, **plan, context); !status)
        return tl::unexpected(status.error());
    if (!(*plan)->recipe)
        return fail(ErrorCode::Usage, io::quotedName(request.output) + " would hold no recipe", {},
                    "Choose another format or let the recipe be embedded");
    return *(*plan)->recipe;
}

RenderFileRequest requestOf(const io::Recipe &recipe, const std::filesystem::path &input)
{
    RenderFileRequest request;
    request.input = input;
    request.settings = recipe.settings;
    request.monoDownmix = recipe.monoDownmix;
    if (!recipe.wholeFile)
        request.preview =
            PreviewWindow{secondsFromFrames(recipe.firstFrame, recipe.input.format.sampleRateHz),
                          secondsFromFrames(recipe.input.frames, recipe.input.format.sampleRateHz)};
    request.source = recipe.source;
    request.container = recipe.format.container;
    if (!io::isLossy(recipe.format.container))
        request.sampleFormat = recipe.format.sampleFormat;
    request.dither = recipe.format.dither;
    request.quality = recipe.format.quality;
    request.sampleRateHz = recipe.sampleRateHz;
    request.loudness = recipe.loudness;
    return request;
}

} // namespace engine::render
