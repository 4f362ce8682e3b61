// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandValues.h"

#include "engine/base/Text.h"
#include "engine/io/DisplayName.h"
#include "engine/io/PresetLibrary.h"
#include "engine/pipeline/ParameterText.h"

#include <algorithm>

namespace app {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using engine::Status;
namespace io = engine::io;
namespace pipeline = engine::pipeline;
namespace render = engine::render;

namespace {

constexpr double longestPreviewSeconds = 86400.0 * 365.0;
constexpr int mostThreads = 256;

Result<double> numberIn(std::string_view flag, const std::string &text, double least, double most)
{
    const std::optional<double> value = engine::parseNumber(text);
    const std::string range = engine::numberText(least) + "…" + engine::numberText(most);
    if (!value)
        return usage(flag, "\"" + text + "\" is not a number in " + range);
    if (*value < least || *value > most)
        return usage(flag, text + " is outside " + range);
    return *value;
}

Result<int> wholeNumberIn(std::string_view flag, const std::string &text, int least, int most)
{
    const Result<double> value = numberIn(flag, text, least, most);
    if (!value)
        return tl::unexpected(value.error());
    if (*value != std::floor(*value))
        return usage(flag, text + " is not a whole number");
    return static_cast<int>(*value);
}

bool meansYes(std::string_view value)
{
    const std::string word = engine::lowerCase(value);
    return word == "1" || word == "true" || word == "yes" || word == "on";
}

} // namespace

tl::unexpected<engine::Error> usage(std::string_view flag, const std::string &problem)
{
    return fail(ErrorCode::Usage, "--" + std::string(flag) + ": " + problem);
}

Result<TypedSound> soundFrom(const Typed &typed, const std::string &name)
{
    TypedSound sound;
    pipeline::Settings &settings = sound.preset.settings;
    bool compat = typed.compat;
    if (!name.empty()) {
        const Result<io::Preset> preset = io::findPreset(name, io::standardPresetFolders());
        if (!preset)
            return tl::unexpected(preset.error());
        sound.preset.name = preset->name;
        settings = preset->settings;
        compat = compat || preset->prototypeCompatible;
        for (const auto &[key, value] : preset->unknownParameters)
            sound.warnings.push_back("The preset's parameter \"" + io::printable(key) +
                                     "\" is not known here and does nothing.");
    }
    // A flag that is given by name wins over what compatibility means.
    if (compat)
        settings = pipeline::prototypeCompatible(settings);
    const auto given = [&](pipeline::ParameterId id) -> const std::string & {
        return typed.parameters[static_cast<std::size_t>(id)];
    };
    for (const pipeline::ParameterInfo &info : pipeline::parameterTable()) {
        const std::string &text = given(info.id);
        if (text.empty())
            continue;
        const Result<double> value = pipeline::parseParameter(info, text);
        if (!value)
            return usage(info.flag, value.error().problem);
        pipeline::applyParameter(settings, info, *value);
    }
    using Id = pipeline::ParameterId;
    for (const auto &[scale, mask] :
         {std::pair(Id::ScaleName, Id::Mask), {Id::PostScale, Id::PostMask}}) {
        const auto custom = static_cast<double>(engine::dsp::ScaleKind::Custom);
        const pipeline::ParameterInfo &info = pipeline::parameterInfo(scale);
        if (!given(mask).empty() && !given(scale).empty() &&
            pipeline::parseParameter(info, given(scale)).value_or(custom) != custom)
            return usage(info.flag, given(scale) + " has its own notes; a mask goes with custom");
    }
    // Giving Post-Quant a setting of its own unlinks it, unless the link is asked for by name.
    if (!given(Id::PostLink).empty()) {
        const pipeline::ParameterInfo &link = pipeline::parameterInfo(Id::PostLink);
        link.write(settings, *pipeline::parseParameter(link, given(Id::PostLink)));
    }
    sound.preset.monoDownmix = compat || typed.mono;
    return sound;
}

Status readWindow(const Typed &typed, std::string_view previewMode, Request &request)
{
    const bool wanted = !typed.preview.empty() || !typed.previewStart.empty();
    if (typed.full && wanted)
        return fail(ErrorCode::Usage, "--full and --preview exclude each other");
    if (typed.full || (!wanted && !meansYes(previewMode)))
        return {};
    render::PreviewWindow window;
    if (!typed.preview.empty() && typed.preview != "true") {
        const Result<double> seconds =
            numberIn("preview", typed.preview, 0.001, longestPreviewSeconds);
        if (!seconds)
            return tl::unexpected(seconds.error());
        window.seconds = *seconds;
    }
    if (!typed.previewStart.empty()) {
        const Result<double> start =
            numberIn("preview-start", typed.previewStart, 0.0, longestPreviewSeconds);
        if (!start)
            return tl::unexpected(start.error());
        window.startSeconds = *start;
    }
    request.preview = window;
    return {};
}

namespace {

Status readFormat(const Typed &typed, Request &request)
{
    if (!typed.format.empty()) {
        const Result<io::Container> container = io::containerByKey(typed.format);
        if (!container)
            return usage("format", container.error().oneLine());
        request.container = *container;
    }
    if (!typed.bitDepth.empty()) {
        request.sampleFormat = io::sampleFormatByKey(typed.bitDepth);
        if (!request.sampleFormat || request.sampleFormat == io::SampleFormat::Lossy)
            return usage("bit-depth", "\"" + typed.bitDepth + "\" is not one of: 16, 24, 32f");
    }
    if (!typed.dither.empty()) {
        request.dither = io::ditherByKey(typed.dither);
        if (!request.dither)
            return usage("dither", "\"" + typed.dither + "\" is not one of: tpdf, shaped, none");
    }
    if (!typed.quality.empty()) {
        const Result<double> quality = numberIn("quality", typed.quality, 0.0, 1.0);
        if (!quality)
            return tl::unexpected(quality.error());
        request.quality = *quality;
    }
    if (!typed.sampleRate.empty()) {
        const Result<int> rate = wholeNumberIn("sample-rate", typed.sampleRate,
                                               engine::minSampleRateHz, engine::maxSampleRateHz);
        if (!rate)
            return tl::unexpected(rate.error());
        request.sampleRateHz = *rate;
    }
    return {};
}

Status readLoudness(const Typed &typed, Request &request)
{
    const bool wanted = typed.matchLoudness || !typed.loudness.empty();
    if (typed.matchLoudness && !typed.loudness.empty())
        return fail(ErrorCode::Usage, "--loudness and --match-loudness exclude each other");
    if (!wanted && !typed.truePeak.empty())
        return usage("true-peak", "it goes with --loudness or --match-loudness");
    if (!wanted)
        return {};
    double truePeakDb = io::TargetLoudness{}.truePeakDb;
    if (!typed.truePeak.empty()) {
        const Result<double> peak =
            numberIn("true-peak", typed.truePeak, io::leastTruePeakDb, io::mostTruePeakDb);
        if (!peak)
            return tl::unexpected(peak.error());
        truePeakDb = *peak;
    }
    if (typed.matchLoudness) {
        request.loudness = io::MatchSource{truePeakDb};
        return {};
    }
    const Result<double> lufs =
        numberIn("loudness", typed.loudness, io::leastTargetLufs, io::mostTargetLufs);
    if (!lufs)
        return tl::unexpected(lufs.error());
    request.loudness = io::TargetLoudness{*lufs, truePeakDb};
    return {};
}

Status readSource(const Typed &typed, Request &request)
{
    if (typed.source.empty())
        return {};
    const auto tap = std::ranges::find(pipeline::tapTable, typed.source, &pipeline::TapInfo::key);
    if (tap == pipeline::tapTable.end()) {
        std::string keys;
        for (const pipeline::TapInfo &info : pipeline::tapTable)
            keys.append(keys.empty() ? "" : ", ").append(info.key);
        return usage("source", "\"" + typed.source + "\" is not one of: " + keys);
    }
    request.source = tap->id;
    return {};
}

} // namespace

Status readOutput(const Typed &typed, Request &request)
{
    for (const auto read : {readFormat, readLoudness, readSource}) {
        if (Status status = read(typed, request); !status)
            return status;
    }
    if (!typed.renderOversampling.empty()) {
        const Result<double> factor = pipeline::parseParameter(
            pipeline::parameterInfo(pipeline::ParameterId::Oversampling), typed.renderOversampling);
        if (!factor)
            return usage("render-oversampling", factor.error().problem);
        request.renderOversampling =
            static_cast<engine::dsp::Oversampling>(static_cast<int>(*factor));
    }
    request.tapsFolder = typed.taps;
    request.timingJson = typed.timingJson;
    request.embedRecipe = !typed.noRecipe;
    request.overwrite = overwriteFrom(typed);
    return {};
}

Result<int> threadsFrom(const Typed &typed)
{
    if (typed.threads.empty())
        return 0;
    return wholeNumberIn("threads", typed.threads, 0, mostThreads);
}

io::OverwritePolicy overwriteFrom(const Typed &typed)
{
    return typed.force ? io::OverwritePolicy::Replace : io::OverwritePolicy::Refuse;
}

} // namespace app
