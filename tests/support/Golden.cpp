// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Golden.h"

#include "engine/base/Text.h"
#include "engine/pipeline/ParameterText.h"
#include "engine/pipeline/Taps.h"

#include <cstdlib>
#include <fstream>
#include <memory>
#include <sndfile.h>
#include <stdexcept>

namespace tests::golden {

namespace {

using engine::pipeline::Settings;
using nlohmann::json;

json readJson(const std::string &name)
{
    std::ifstream file(folder() + "/" + name);
    if (!file)
        throw std::runtime_error("cannot open " + folder() + "/" + name);
    return json::parse(file);
}

std::string valueText(const json &value)
{
    if (value.is_boolean())
        return value.get<bool>() ? "on" : "off";
    return value.is_number() ? engine::numberText(value.get<double>()) : value.get<std::string>();
}

void applyValue(Settings &settings, const std::string &key, const json &value)
{
    const auto *info = engine::pipeline::findParameterByKey(key);
    if (!info)
        throw std::runtime_error("unknown parameter " + key);
    const auto parsed = engine::pipeline::parseParameter(*info, valueText(value));
    if (!parsed)
        throw std::runtime_error(key + ": " + parsed.error().oneLine());
    info->write(settings, *parsed);
}

void applyValues(Settings &settings, const json &values)
{
    for (const auto &[key, value] : values.items()) {
        if (value.is_object())
            applyValues(settings, value);
        else
            applyValue(settings, key, value);
    }
}

Tap readTap(const json &entry, const std::string &key, const std::string &file)
{
    const json &condition = entry.at("cond").at(key);
    Tap tap{engine::pipeline::tapCount, key, file, condition.at("tol_f32_db").get<double>(),
            condition.at("tol_f64_db").get<double>()};
    for (const engine::pipeline::TapInfo &info : engine::pipeline::tapTable) {
        if (info.key == key)
            tap.index = static_cast<std::size_t>(info.id);
    }
    if (tap.index == engine::pipeline::tapCount)
        throw std::runtime_error("unknown tap " + key);
    return tap;
}

} // namespace

std::string folder()
{
    const char *complete = std::getenv("QD_REFERENCE_DIR");
    return complete && *complete ? complete : QD_TEST_DATA_DIR "/reference";
}

std::vector<Case> cases()
{
    const json manifest = readJson("manifest.json");
    std::vector<Case> all;
    for (const json &entry : manifest.at("cases")) {
        Case one;
        one.id = entry.at("id").get<std::string>();
        const json &input = manifest.at("inputs").at(entry.at("input").get<std::string>());
        one.inputFile = input.at("file").get<std::string>();
        applyValues(one.settings, manifest.at("defaults"));
        applyValues(one.settings, entry.at("params"));
        one.settings = engine::pipeline::prototypeCompatible(one.settings);
        for (const auto &[key, file] : entry.at("files").items())
            one.taps.push_back(readTap(entry, key, file.get<std::string>()));
        all.push_back(std::move(one));
    }
    return all;
}

json functions()
{
    return readJson("functions.json");
}

engine::AudioBuffer readMono(const std::string &file)
{
    const std::string path = folder() + "/" + file;
    SF_INFO info{};
    const std::unique_ptr<SNDFILE, decltype(&sf_close)> sound(
        sf_open(path.c_str(), SFM_READ, &info), &sf_close);
    if (!sound)
        throw std::runtime_error("cannot open " + path);
    std::vector<float> samples(static_cast<std::size_t>(info.frames * info.channels));
    if (sf_readf_float(sound.get(), samples.data(), info.frames) != info.frames)
        throw std::runtime_error("cannot read all of " + path);

    engine::AudioBuffer mono({info.samplerate, 1}, info.frames);
    const auto channels = static_cast<std::size_t>(info.channels);
    for (std::size_t n = 0; n < mono.channel(0).size(); ++n) {
        double sum = 0.0;
        for (std::size_t c = 0; c < channels; ++c)
            sum += double{samples[n * channels + c]};
        mono.channel(0)[n] = static_cast<float>(sum / info.channels);
    }
    return mono;
}

} // namespace tests::golden
