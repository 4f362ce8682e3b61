// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/ExportChoices.h"

#include "widgets/views/TimeText.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace app {

using namespace engine::io;
using engine::pipeline::TapId;

namespace {

QString text(std::string_view key)
{
    return QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
}

std::string key(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toString().toStdString();
}

double number(const QJsonObject &object, const char *name, double usual, double least, double most)
{
    const double value = object.value(QLatin1String(name)).toDouble(usual);
    return std::clamp(value, least, most);
}

/// Bits for one second and channel of a middling sound at quality 0 and at 1.
struct BitRates {
    double least;
    double most;
};
BitRates bitRates(Container container)
{
    switch (container) {
    case Container::OggVorbis:
        return {32000.0, 250000.0};
    case Container::Opus:
        return {24000.0, 128000.0};
    default:
        return {32000.0, 130000.0}; // MP3, variable rate
    }
}
constexpr double flacShare = 0.65;
constexpr double headerBytes = 4096.0;

} // namespace

QString exportChoicesText(const ExportChoices &choices)
{
    QJsonObject object;
    object["container"] = text(info(choices.container).key);
    object["depth"] = text(engine::io::key(choices.depth));
    if (choices.dither)
        object["dither"] = text(engine::io::key(*choices.dither));
    if (choices.quality)
        object["quality"] = *choices.quality;
    if (choices.sampleRateHz)
        object["sampleRateHz"] = *choices.sampleRateHz;
    object["source"] =
        text(engine::pipeline::tapTable[static_cast<std::size_t>(choices.source)].key);
    object["allTaps"] = choices.allTaps;
    object["previewOnly"] = choices.previewOnly;
    object["loudness"] = static_cast<int>(choices.loudness);
    object["targetLufs"] = choices.targetLufs;
    object["truePeakDb"] = choices.truePeakDb;
    if (choices.oversampling)
        object["oversampling"] = static_cast<int>(*choices.oversampling);
    object["embedRecipe"] = choices.embedRecipe;
    object["showInFolder"] = choices.showInFolder;
    object["savePreset"] = choices.savePreset;
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

ExportChoices exportChoicesFrom(const QString &saved)
{
    const QJsonObject object = QJsonDocument::fromJson(saved.toUtf8()).object();
    const ExportChoices usual;
    ExportChoices choices;
    choices.container = containerByKey(key(object, "container")).value_or(usual.container);
    choices.depth = sampleFormatByKey(key(object, "depth")).value_or(usual.depth);
    if (choices.depth == SampleFormat::Lossy)
        choices.depth = usual.depth;
    choices.dither = ditherByKey(key(object, "dither"));
    if (object.contains("quality"))
        choices.quality = number(object, "quality", 0.5, 0.0, 1.0);
    if (const int rateHz = object.value("sampleRateHz").toInt();
        rateHz >= engine::minSampleRateHz && rateHz <= engine::maxSampleRateHz)
        choices.sampleRateHz = rateHz;
    for (const engine::pipeline::TapInfo &tap : engine::pipeline::tapTable) {
        if (key(object, "source") == tap.key)
            choices.source = tap.id;
    }
    choices.allTaps = object.value("allTaps").toBool(usual.allTaps);
    choices.previewOnly = object.value("previewOnly").toBool(usual.previewOnly);
    choices.loudness =
        static_cast<LoudnessChoice>(std::clamp(object.value("loudness").toInt(), 0, 2));
    choices.targetLufs =
        number(object, "targetLufs", usual.targetLufs, leastTargetLufs, mostTargetLufs);
    choices.truePeakDb =
        number(object, "truePeakDb", usual.truePeakDb, leastTruePeakDb, mostTruePeakDb);
    if (object.contains("oversampling"))
        choices.oversampling = static_cast<engine::dsp::Oversampling>(
            std::clamp(object.value("oversampling").toInt(), 0, 4));
    choices.embedRecipe = object.value("embedRecipe").toBool(usual.embedRecipe);
    choices.showInFolder = object.value("showInFolder").toBool(usual.showInFolder);
    choices.savePreset = object.value("savePreset").toBool(usual.savePreset);
    return choices;
}

SampleFormat writtenDepth(const ExportChoices &choices)
{
    const auto allowed = info(choices.container).sampleFormats;
    const bool has = std::find(allowed.begin(), allowed.end(), choices.depth) != allowed.end();
    return has ? choices.depth : allowed.front();
}

Dither writtenDither(const ExportChoices &choices)
{
    const SampleFormat depth = writtenDepth(choices);
    if (depth != SampleFormat::Pcm16 && depth != SampleFormat::Pcm24)
        return Dither::None;
    return choices.dither.value_or(depth == SampleFormat::Pcm16 ? Dither::Tpdf : Dither::None);
}

std::size_t qualityStep(const ExportChoices &choices)
{
    const double quality = choices.quality.value_or(defaultQuality(choices.container));
    const auto nearest = std::ranges::min_element(
        shownQualities, {}, [quality](double shown) { return std::abs(shown - quality); });
    return static_cast<std::size_t>(nearest - shownQualities.begin());
}

QStringList qualityNames()
{
    return {QCoreApplication::translate("ExportChoices", "Small"),
            QCoreApplication::translate("ExportChoices", "Medium"),
            QCoreApplication::translate("ExportChoices", "High"),
            QCoreApplication::translate("ExportChoices", "Best")};
}

int writtenRateHz(const ExportChoices &choices, int soundRateHz)
{
    return nearestAllowedRate(choices.container, choices.sampleRateHz.value_or(soundRateHz));
}

Loudness loudnessOf(const ExportChoices &choices)
{
    switch (choices.loudness) {
    case LoudnessChoice::Target:
        return TargetLoudness{choices.targetLufs, choices.truePeakDb};
    case LoudnessChoice::MatchSource:
        return MatchSource{choices.truePeakDb};
    case LoudnessChoice::AsRendered:
        break;
    }
    return AsRendered{};
}

SizeEstimate estimateSize(const ExportChoices &choices, engine::AudioFormat sound, double seconds)
{
    if (isLossy(choices.container)) {
        const BitRates rates = bitRates(choices.container);
        const double quality = choices.quality.value_or(defaultQuality(choices.container));
        const double bits = rates.least + quality * (rates.most - rates.least);
        return {seconds * sound.channels * bits / 8.0 + headerBytes, false};
    }
    const double bytes = seconds * writtenRateHz(choices, sound.sampleRateHz) * sound.channels *
                         bytesPerSample(writtenDepth(choices));
    const bool flac = choices.container == Container::Flac;
    return {bytes * (flac ? flacShare : 1.0), !flac};
}

std::filesystem::path tapsBeside(const std::filesystem::path &output)
{
    return output.parent_path() / (output.stem().string() + "_taps");
}

QString formatSummary(const ExportChoices &choices)
{
    QStringList parts{text(info(choices.container).name)};
    switch (writtenDepth(choices)) {
    case SampleFormat::Pcm16:
        parts << QCoreApplication::translate("ExportChoices", "16 bit");
        break;
    case SampleFormat::Pcm24:
        parts << QCoreApplication::translate("ExportChoices", "24 bit");
        break;
    case SampleFormat::Float32:
        parts << QCoreApplication::translate("ExportChoices", "32 bit float");
        break;
    case SampleFormat::Lossy:
        parts << qualityNames()[static_cast<qsizetype>(qualityStep(choices))];
        break;
    }
    if (choices.sampleRateHz)
        parts << QCoreApplication::translate("ExportChoices", "%1 kHz")
                     .arg(QLocale().toString(writtenRateHz(choices, 0) / 1000.0, 'g', 5));
    if (choices.loudness == LoudnessChoice::Target)
        parts << QCoreApplication::translate("ExportChoices", "%1 LUFS")
                     .arg(widgets::numberText(choices.targetLufs, 1));
    else if (choices.loudness == LoudnessChoice::MatchSource)
        parts << QCoreApplication::translate("ExportChoices", "as loud as its source");
    return parts.join(QStringLiteral(", "));
}

engine::render::RenderFileRequest batchOptionsOf(const ExportChoices &choices)
{
    engine::render::RenderFileRequest request = requestOf(choices, 0);
    request.sampleRateHz.reset();
    if (choices.sampleRateHz)
        request.sampleRateHz = writtenRateHz(choices, *choices.sampleRateHz);
    return request;
}

engine::render::RenderFileRequest requestOf(const ExportChoices &choices, int soundRateHz)
{
    engine::render::RenderFileRequest request;
    request.container = choices.container;
    if (!isLossy(choices.container)) {
        request.sampleFormat = writtenDepth(choices);
        request.dither = writtenDither(choices);
    } else {
        request.quality = choices.quality;
    }
    const int rateHz = writtenRateHz(choices, soundRateHz);
    if (rateHz != soundRateHz)
        request.sampleRateHz = rateHz;
    request.source = choices.source;
    request.loudness = loudnessOf(choices);
    request.renderOversampling = choices.oversampling;
    request.embedRecipe = choices.embedRecipe;
    return request;
}

} // namespace app
