// SPDX-License-Identifier: GPL-3.0-or-later
//
// measure-presets [--tune] [--window] FOLDER: renders every preset of a folder on the sounds it is
// made for and prints what it does to them, and which preset is nearest to it. With --tune the
// output gain of each is set so that it comes out as loud as it went in, and the file is written
// again.

#include "engine/base/Text.h"
#include "engine/io/PresetLibrary.h"
#include "tests/support/PresetMeasure.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace {

using namespace engine;
using tests::PresetNumbers;

using Sounds = std::map<std::string, AudioBuffer>;

std::vector<PresetNumbers> measure(const io::Preset &preset, const Sounds &sounds)
{
    std::vector<PresetNumbers> all;
    for (const std::string &material : preset.material)
        all.push_back(tests::measurePreset(preset, material, sounds.at(material)));
    return all;
}

/// What is left of the loudness change when both ends are equally far off.
double middleChange(const io::Preset &preset, const Sounds &sounds)
{
    double low = 1e9, high = -1e9;
    for (const std::string &material : preset.material) {
        const AudioBuffer &sound = sounds.at(material);
        for (const AudioBuffer &part : {sound, tests::loudestOf(sound)}) {
            const double change = tests::loudnessChange(preset, part);
            low = std::min(low, change);
            high = std::max(high, change);
        }
    }
    return 0.5 * (low + high);
}

void tune(io::PresetEntry &entry, const Sounds &sounds)
{
    double &gainDb = entry.preset.settings.gain.gainDb;
    for (int i = 0; i < 8; ++i) {
        const double change = middleChange(entry.preset, sounds);
        if (std::abs(change) < 0.06)
            break;
        gainDb = std::round(10.0 * std::clamp(gainDb - change, -12.0, 12.0)) / 10.0;
    }
    (void)io::writeWholeFile(entry.path, io::presetText(entry.preset),
                             io::OverwritePolicy::Replace);
}

void print(const io::Preset &preset, const PresetNumbers &n)
{
    std::printf(
        "%-26s %-13s LU %s  key %s>%s  tonal %s>%s  crest %s>%s  Hz %s>%s  TP %s  env %s\n",
        preset.name.c_str(), n.material.c_str(), fixedText(n.loudnessChange, 2).c_str(),
        fixedText(100 * n.before.inKey, 0).c_str(), fixedText(100 * n.after.inKey, 0).c_str(),
        fixedText(100 * n.before.tonal, 0).c_str(), fixedText(100 * n.after.tonal, 0).c_str(),
        fixedText(n.before.crestDb, 1).c_str(), fixedText(n.after.crestDb, 1).c_str(),
        fixedText(n.before.centroidHz, 0).c_str(), fixedText(n.after.centroidHz, 0).c_str(),
        fixedText(n.after.truePeakDb, 1).c_str(), fixedText(n.envelopeCorrelation, 2).c_str());
    std::fflush(stdout);
}

void printNearest(const std::vector<io::PresetEntry> &presets, const Sounds &sounds)
{
    const AudioBuffer probe = tests::probeOf(sounds);
    std::vector<tests::Fingerprint> prints;
    for (const io::PresetEntry &entry : presets)
        prints.push_back(tests::fingerprint(tests::renderPreset(entry.preset, probe)));
    for (std::size_t i = 0; i < presets.size(); ++i) {
        std::size_t heard = i, set = i;
        double leastHeard = 1e9, leastSet = 1e9;
        for (std::size_t j = 0; j < presets.size(); ++j) {
            if (j == i)
                continue;
            const double db = tests::distanceDb(prints[i], prints[j]);
            const double steps =
                tests::parameterDistance(presets[i].preset.settings, presets[j].preset.settings);
            if (db < leastHeard) {
                leastHeard = db;
                heard = j;
            }
            if (steps < leastSet) {
                leastSet = steps;
                set = j;
            }
        }
        std::printf("%-26s nearest heard %5s dB %-26s nearest set %5s %s\n",
                    presets[i].preset.name.c_str(), fixedText(leastHeard, 2).c_str(),
                    presets[heard].preset.name.c_str(), fixedText(leastSet, 2).c_str(),
                    presets[set].preset.name.c_str());
    }
}

} // namespace

int main(int count, char **arguments)
{
    bool tunes = false, window = false;
    std::filesystem::path folder;
    for (int i = 1; i < count; ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--tune")
            tunes = true;
        else if (argument == "--window")
            window = true;
        else
            folder = argument;
    }
    if (folder.empty()) {
        std::fputs("usage: measure-presets [--tune] [--window] FOLDER\n", stderr);
        return 64;
    }
    Sounds sounds = tests::demoSounds();
    io::PresetList list = io::listPresets({folder, {}});
    for (const Error &error : list.damaged)
        std::fprintf(stderr, "%s\n", error.oneLine().c_str());
    for (io::PresetEntry &entry : list.presets) {
        if (tunes)
            tune(entry, sounds);
    }
    if (window) {
        for (auto &[name, sound] : sounds)
            sound = tests::loudestOf(sound);
    }
    for (const io::PresetEntry &entry : list.presets) {
        for (const PresetNumbers &numbers : measure(entry.preset, sounds))
            print(entry.preset, numbers);
    }
    printNearest(list.presets, sounds);
    return list.damaged.empty() ? 0 : 1;
}
