// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/NoteNames.h"

#include <QCoreApplication>

namespace widgets {

using engine::dsp::Scale;
using engine::dsp::ScaleKind;

namespace {

enum class Accidental { Natural, Sharp, Flat };

struct Spelling {
    QChar letter;
    Accidental accidental;
};

constexpr char16_t sharpLetters[] = u"CCDDEFFGGAAB";
constexpr char16_t flatLetters[] = u"CDDEEFGGAABB";

/// Semitones from the root up to the root of the major key with the same signature.
int toRelativeMajor(ScaleKind kind)
{
    switch (kind) {
    case ScaleKind::Minor:
    case ScaleKind::HarmonicMinor:
    case ScaleKind::MinorPentatonic:
        return 3;
    case ScaleKind::Dorian:
        return 10;
    case ScaleKind::Mixolydian:
        return 5;
    case ScaleKind::Major:
    case ScaleKind::MajorPentatonic:
    case ScaleKind::Chromatic:
    case ScaleKind::Custom:
        break;
    }
    return 0;
}

Spelling spell(int pitchClass, const Scale &scale)
{
    const auto index = static_cast<std::size_t>(pitchClass);
    if (!isBlackKey(pitchClass))
        return {QChar(sharpLetters[index]), Accidental::Natural};
    const bool raisedSeventh =
        scale.kind == ScaleKind::HarmonicMinor && pitchClass == (scale.rootPitchClass + 11) % 12;
    if (keyHasFlats(scale) && !raisedSeventh)
        return {QChar(flatLetters[index]), Accidental::Flat};
    return {QChar(sharpLetters[index]), Accidental::Sharp};
}

} // namespace

bool keyHasFlats(const Scale &scale)
{
    const int major = (scale.rootPitchClass + toRelativeMajor(scale.kind)) % 12;
    if (major == 6) // six sharps or six flats
        return toRelativeMajor(scale.kind) != 0;
    return major == 5 || major == 10 || major == 3 || major == 8 || major == 1;
}

QString noteName(int pitchClass, const Scale &scale)
{
    const Spelling spelling = spell(pitchClass, scale);
    switch (spelling.accidental) {
    case Accidental::Sharp:
        return QString(spelling.letter) + QChar(0x266F);
    case Accidental::Flat:
        return QString(spelling.letter) + QChar(0x266D);
    case Accidental::Natural:
        break;
    }
    return spelling.letter;
}

QString spokenNoteName(int pitchClass, const Scale &scale)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Notes", text); };
    const Spelling spelling = spell(pitchClass, scale);
    switch (spelling.accidental) {
    case Accidental::Sharp:
        return tr("%1 sharp").arg(spelling.letter);
    case Accidental::Flat:
        return tr("%1 flat").arg(spelling.letter);
    case Accidental::Natural:
        break;
    }
    return spelling.letter;
}

QString rootName(int pitchClass, ScaleKind kind)
{
    Scale scale;
    scale.rootPitchClass = pitchClass;
    scale.kind = kind;
    return noteName(pitchClass, scale);
}

} // namespace widgets
