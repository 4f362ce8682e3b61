// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandText.h"

#include "engine/io/DisplayName.h"
#include "engine/io/PresetLibrary.h"

#include <sstream>

namespace app {

std::string versionText(std::string_view program)
{
    return std::string(program) + " " QD_VERSION "\n";
}

std::string presetListText()
{
    std::string text;
    for (const engine::io::PresetEntry &entry :
         engine::io::listPresets(engine::io::standardPresetFolders()).presets)
        text += engine::io::printable(entry.preset.name) + "\n";
    return text;
}

std::string wrapped(const std::string &help)
{
    constexpr std::size_t width = 100;
    std::string result;
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);) {
        while (line.size() > width) {
            const std::size_t space = line.rfind(' ', width);
            if (space == std::string::npos || space <= helpColumn)
                break;
            result += line.substr(0, space) + "\n";
            line = std::string(helpColumn, ' ') + line.substr(space + 1);
        }
        result += line + "\n";
    }
    return result;
}

std::string helpFooter()
{
    return "Environment:\n"
           "  DSP_PREVIEW_MODE            1, true, yes or on: render a preview where neither\n"
           "                              --preview nor --full is given\n"
           "Exit codes:\n"
           "  0 done, 1 --verify found another sound, 64 wrong usage, 65 bad data,\n"
           "  66 cannot open the input, 73 cannot create the output, 74 cannot write it, 130 "
           "cancelled\n"
           "Examples:\n"
           "  quantum-distortion-render --preset \"Controlled Dubstep Growl\" reese.wav growl.wav\n"
           "  quantum-distortion-render --key F --scale minor --fold-amount 4 in.flac out.flac\n"
           "  quantum-distortion-render --loudness -14 --true-peak -1 --bit-depth 16 in.wav "
           "out.flac\n"
           "  quantum-distortion-render --batch out --preset \"Subtle Tube Glue\" --resume loops/\n"
           "  quantum-distortion-render --verify growl.wav --infile reese.wav\n"
           "  quantum-distortion-render --preview=5 --preview-start 30 --taps taps in.wav "
           "out.wav\n";
}

} // namespace app
