// SPDX-License-Identifier: GPL-3.0-or-later
//
// make-documents FOLDER: writes the manual pages and the completions of both programs below it,
// laid out as in /usr/share. Run by the build.

#include "app/documents/Document.h"
#include "app/workstation/PlotCommand.h"

#include <cstdio>
#include <fstream>
#include <sysexits.h>

namespace {

namespace fs = std::filesystem;

const app::ManualText renderText{
    "snap a sound to a musical key, distort it, snap it again",
    {"[OPTION]... INPUT OUTPUT", "[OPTION]... --batch FOLDER INPUT..."},
    {"Reads a sound file, snaps its spectrum to a musical key, distorts it, snaps it again, blends "
     "and limits it, and writes the result. The ending of OUTPUT says which format it has.",
     "Reads WAV, RF64, W64, AIFF, CAF, AU, FLAC, Ogg Vorbis, Opus and MP3, one to eight channels, "
     "of any length. An existing file is only replaced with --force."},
    "quantum-distortion"};

const app::ManualText workstationText{
    "sound-design workstation that snaps sounds to a musical key",
    {"[FILE...]", "--plot LIST --plot-dir DIR [OPTION]... FILE"},
    {"Opens the workstation, with a sound, a session (.qdsession) or a preset (.qdpreset) if one "
     "is given, by its path or as a file:// URL. In the window F1 lists every key, and "
     "Help > Quick Tour shows what is where.",
     "With --plot it opens no window, needs no display and writes pictures of the sound, rendered "
     "with the settings that the options give. The options below go with --plot; --help and "
     "--version go without it, too."},
    "quantum-distortion-render"};

bool write(const fs::path &path, const std::string &text)
{
    std::error_code ignored;
    fs::create_directories(path.parent_path(), ignored);
    std::ofstream file(path, std::ios::binary);
    file << text << std::flush;
    if (!file)
        std::fprintf(stderr, "make-documents: cannot write %s\n", path.c_str());
    return static_cast<bool>(file);
}

bool writeAll(const fs::path &folder, const app::ProgramInfo &program, const app::ManualText &text)
{
    return write(folder / "man/man1" / (program.name + ".1"), app::manualPage(program, text)) &&
           write(folder / "bash-completion/completions" / program.name,
                 app::bashCompletion(program)) &&
           write(folder / "zsh/site-functions" / ("_" + program.name), app::zshCompletion(program));
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fputs("make-documents FOLDER\n", stderr);
        return EX_USAGE;
    }
    return writeAll(argv[1], app::renderProgramInfo(), renderText) &&
                   writeAll(argv[1], app::plotProgramInfo(), workstationText)
               ? EX_OK
               : EX_CANTCREAT;
}
