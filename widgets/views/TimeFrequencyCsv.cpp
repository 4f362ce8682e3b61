// SPDX-License-Identifier: GPL-3.0-or-later
//
// The values of a TimeFrequencyView as a table.
#include "engine/base/Units.h"
#include "widgets/views/InKeyLines.h"
#include "widgets/views/TimeFrequencyView.h"

namespace widgets {

using engine::analysis::Spectrogram;

namespace {

QString csvNumber(double value, int decimals)
{
    return QString::number(value, 'f', decimals);
}

struct NoteRange {
    int first;
    int last;
};

NoteRange noteRange()
{
    return {static_cast<int>(std::ceil(engine::midiNoteFromHz(Spectrogram::lowestHz) + 0.5)),
            static_cast<int>(std::floor(engine::midiNoteFromHz(Spectrogram::highestHz) - 0.5))};
}

/// What is picked of every semitone in one column.
QString csvColumn(const Spectrogram &from, int column, Pick pick)
{
    constexpr int rowsPerSemitone = Spectrogram::rowsPerOctave / 12;
    const NoteRange notes = noteRange();
    QString text;
    for (int note = notes.first; note <= notes.last; ++note) {
        const auto middle =
            static_cast<int>(std::lround(from.rowOfHz(engine::hzFromMidiNote(note))));
        float picked = from.levelDb(middle, column);
        for (int i = -rowsPerSemitone / 2; i < rowsPerSemitone / 2; ++i) {
            const float level = from.levelDb(middle + i, column);
            if (pick == Pick::Loudest ? level > picked : std::abs(level) > std::abs(picked))
                picked = level;
        }
        text += u',' + csvNumber(static_cast<double>(picked), 1);
    }
    return text + u'\n';
}

} // namespace

QString TimeFrequencyView::timeFrequencyCsv(const Spectrogram *from) const
{
    QString text = QStringLiteral("Time (s)");
    const NoteRange notes = noteRange();
    for (int note = notes.first; note <= notes.last; ++note)
        text += QStringLiteral(",%1 %2 Hz (dB)")
                    .arg(noteText(note, scale()), csvNumber(engine::hzFromMidiNote(note), 1));
    text += u'\n';
    for (int column = 0; from && column < from->columns(); ++column)
        text += csvNumber(windowStart() + from->timeOfColumn(column), 4) +
                csvColumn(*from, column, pick());
    for (int x = 0; !from && x < static_cast<int>(plot().width()); ++x) {
        const double seconds = valueAtX(plot().left() + x + 0.5);
        if (const auto layer = layerAt(seconds))
            text +=
                csvNumber(windowStart() + seconds, 4) +
                csvColumn(*layer->spectrogram, layer->spectrogram->nearestColumn(seconds), pick());
    }
    return text;
}

} // namespace widgets
