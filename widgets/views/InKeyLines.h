// SPDX-License-Identifier: GPL-3.0-or-later
//
// The notes of the key as lines of a plot: the root in every octave always, every other note of
// the key where a semitone has room. Names are spelled for the key.
// Units: Hz, cents, logical pixels. Real-time: no. Errors: none.
#pragma once

#include "engine/dsp/Scale.h"

#include <QString>

#include <vector>

namespace widgets {

struct InKeyNote {
    int midiNote = 0;
    double hz = 0.0;
    bool root = false;
};
/// The notes within [lowestHz, highestHz], ascending.
std::vector<InKeyNote> inKeyNotes(const engine::dsp::Scale &scale, double lowestHz,
                                  double highestHz);
/// Whether a semitone is large enough for a line at every note.
bool everyNoteShown(double pixelsPerSemitone);

/// "A♭5"
QString noteText(int midiNote, const engine::dsp::Scale &scale);
/// The nearest note and the distance from it: "A♭5 +3 ¢".
QString noteAndCentsText(double hz, const engine::dsp::Scale &scale);

} // namespace widgets
