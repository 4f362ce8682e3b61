// SPDX-License-Identifier: GPL-3.0-or-later
//
// synthesise-demo-sounds: renders the demo sounds and writes them as WAV files.
// Shape: reads its options, then renders and writes one sound after the other; stops at the first
// that cannot be written. Exit codes: 0, 64 (wrong usage), 70 (out of memory and the like),
// 73 (cannot create), 74 (cannot write).

#include "resources/demo-sounds/Finishing.h"
#include "resources/demo-sounds/SoundTable.h"
#include "resources/demo-sounds/WaveFile.h"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

constexpr int exitUsage = 64;
constexpr int exitCannotCreate = 73;
constexpr int exitInternal = 70;

constexpr const char *usage = "Usage: synthesise-demo-sounds OUTPUT_FOLDER [--list]\n"
                              "Writes the demo sounds as stereo 24-bit WAV files at 48 kHz.\n"
                              "  --list  print file name, seconds, title and description of each\n"
                              "          sound, separated by tabs, and write nothing\n"
                              "  --help  print this text\n";

void printList()
{
    for (const demo::DemoSound &sound : demo::demoSounds())
        std::printf("%s\t%.3f\t%s\t%s\n", sound.fileName, sound.durationS, sound.title,
                    sound.description);
}

int writeAll(const std::filesystem::path &folder)
{
    std::error_code fault;
    std::filesystem::create_directories(folder, fault);
    std::error_code unreadable;
    if (!std::filesystem::is_directory(folder, unreadable)) {
        std::fprintf(stderr, "Cannot create the folder %s: %s\n", folder.string().c_str(),
                     fault ? fault.message().c_str() : "it is a file");
        return exitCannotCreate;
    }
    for (const demo::DemoSound &sound : demo::demoSounds()) {
        const std::vector<double> samples =
            demo::finished(sound.synthesise(sound.durationS), sound.peakDb);
        if (const auto error = demo::writeWaveFile(folder / sound.fileName, samples)) {
            std::fprintf(stderr, "%s\n", error->message.c_str());
            return error->exitCode;
        }
    }
    return 0;
}

} // namespace

int main(int argumentCount, char **arguments)
{
    bool list = false;
    std::optional<std::filesystem::path> folder;
    for (int i = 1; i < argumentCount; ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--help") {
            std::fputs(usage, stdout);
            return 0;
        }
        if (argument == "--list") {
            list = true;
        } else if (argument.empty() || argument.front() == '-' || folder) {
            std::fprintf(stderr, "Unexpected argument \"%s\".\n%s", arguments[i], usage);
            return exitUsage;
        } else {
            folder = argument;
        }
    }
    if (list) {
        printList();
        return 0;
    }
    if (!folder) {
        std::fputs(usage, stderr);
        return exitUsage;
    }
    try {
        return writeAll(*folder);
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "Cannot render the demo sounds: %s\n", problem.what());
        return exitInternal;
    }
}
