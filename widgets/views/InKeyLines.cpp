// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/InKeyLines.h"

#include "engine/base/Units.h"
#include "widgets/controls/NoteNames.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QCoreApplication>

namespace widgets {

namespace {

int pitchClassOf(int midiNote)
{
    return ((midiNote % 12) + 12) % 12;
}

} // namespace

std::vector<InKeyNote> inKeyNotes(const engine::dsp::Scale &scale, double lowestHz,
                                  double highestHz)
{
    const engine::dsp::PitchClassMask allowed = engine::dsp::allowedPitchClasses(scale);
    std::vector<InKeyNote> notes;
    const auto last = static_cast<int>(std::floor(engine::midiNoteFromHz(highestHz) + 1e-9));
    for (auto note = static_cast<int>(std::ceil(engine::midiNoteFromHz(lowestHz) - 1e-9));
         note <= last; ++note) {
        const int pitchClass = pitchClassOf(note);
        const bool root = pitchClass == scale.rootPitchClass;
        if (root || (allowed >> pitchClass & 1) != 0)
            notes.push_back({note, engine::hzFromMidiNote(note), root});
    }
    return notes;
}

bool everyNoteShown(double pixelsPerSemitone)
{
    return pixelsPerSemitone >= Theme::shared().number("plot.every_note_px");
}

QString noteText(int midiNote, const engine::dsp::Scale &scale)
{
    const int octave = static_cast<int>(std::floor(midiNote / 12.0)) - 1;
    const QString number = octave < 0 ? numberText(octave, 0) : QString::number(octave);
    return noteName(pitchClassOf(midiNote), scale) + number;
}

QString noteAndCentsText(double hz, const engine::dsp::Scale &scale)
{
    const double note = engine::midiNoteFromHz(hz);
    const auto nearest = static_cast<int>(std::lround(note));
    //: %1: a note such as A♭5. %2: how far a tone is from it, in cents, with its sign.
    return QCoreApplication::translate("widgets::Notes", "%1 %2 ¢")
        .arg(noteText(nearest, scale), numberText(100.0 * (note - nearest), 0, true));
}

} // namespace widgets
