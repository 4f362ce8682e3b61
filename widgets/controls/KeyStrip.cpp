// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/KeyStrip.h"

#include "widgets/controls/NoteNames.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/PianoKey.h"
#include "widgets/theme/Theme.h"

#include <bit>

namespace widgets {

using engine::dsp::PitchClassMask;
using engine::dsp::ScaleKind;

KeyStrip::KeyStrip(const engine::pipeline::ParameterInfo &info, Look look, QWidget *parent)
    : QWidget(parent), ParameterControl(info.id), look_(look)
{
    //: Name of a group for screen readers: what is set, and the stage it belongs to.
    setAccessibleName(tr("%1, %2").arg(parameterLabel(info), stageName(info.stage)));
    setAccessibleDescription(
        tr("Click a key to allow or forbid it. Changing one turns the scale to Custom"));
    setToolTip(accessibleDescription());
    for (const bool black : {false, true}) { // black keys lie above white ones
        for (int pitchClass = 0; pitchClass < 12; ++pitchClass) {
            if (isBlackKey(pitchClass) == black)
                keys_[static_cast<std::size_t>(pitchClass)] = new PianoKey(pitchClass, this);
        }
    }
    showKeys();
    connect(&Theme::shared(), &Theme::changed, this, [this] {
        for (PianoKey *key : keys_)
            key->update();
    });
}

QCheckBox *KeyStrip::key(int pitchClass) const
{
    return keys_[static_cast<std::size_t>(pitchClass)];
}

PitchClassMask KeyStrip::mask() const
{
    return engine::dsp::allowedPitchClasses(scale_);
}

void KeyStrip::setScale(const engine::dsp::Scale &scale)
{
    scale_ = scale;
    showKeys();
}

void KeyStrip::showValue(double mask)
{
    scale_.customMask = static_cast<PitchClassMask>(mask);
    if (scale_.kind == ScaleKind::Custom)
        showKeys();
}

void KeyStrip::setDim(bool dim)
{
    dim_ = dim;
    showKeys();
}

void KeyStrip::showKeys()
{
    const unsigned allowed = mask();
    bool reachable = false;
    for (PianoKey *key : keys_)
        reachable = reachable || key->hasFocus();
    for (PianoKey *key : keys_) {
        const int pitchClass = key->pitchClass();
        const bool on = (allowed >> pitchClass & 1U) != 0;
        key->setChecked(on);
        const QString note = spokenNoteName(pitchClass, scale_);
        //: Name of a piano key for screen readers: "A flat, allowed".
        key->setAccessibleName(on ? tr("%1, allowed").arg(note) : tr("%1, not allowed").arg(note));
        //: Tooltip of a piano key. %1: the note's name.
        key->setToolTip(on ? tr("%1: allowed").arg(noteName(pitchClass, scale_))
                           : tr("%1: not allowed").arg(noteName(pitchClass, scale_)));
        // The strip is one stop of the Tab key: the root, or the key that has the focus.
        if (!reachable)
            key->setFocusPolicy(pitchClass == scale_.rootPitchClass ? Qt::TabFocus : Qt::NoFocus);
        key->update();
    }
}

void KeyStrip::toggle(int pitchClass)
{
    const unsigned changed = mask() ^ (1U << pitchClass);
    if (changed == 0) {
        emit refused();
        return;
    }
    scale_.kind = ScaleKind::Custom;
    scale_.customMask = static_cast<PitchClassMask>(changed);
    showKeys();
    emit edited(parameter(), changed, Edit::Set);
}

void KeyStrip::moveFocus(int from, int step)
{
    const int to = (from + step + 12) % 12;
    for (PianoKey *key : keys_)
        key->setFocusPolicy(key->pitchClass() == to ? Qt::TabFocus : Qt::NoFocus);
    key(to)->setFocus(Qt::TabFocusReason);
}

void KeyStrip::resizeEvent(QResizeEvent *)
{
    const Theme &theme = Theme::shared();
    const double pitch = width() / 7.0;
    const double seam = theme.number("keys.seam") / 2;
    const double blackWidth = pitch * theme.number("keys.black_width");
    const double blackHeight = height() * theme.number("keys.black_height");
    int white = 0;
    for (PianoKey *key : keys_) {
        if (isBlackKey(key->pitchClass())) {
            key->setFace(QRectF(white * pitch - blackWidth / 2, 0, blackWidth, blackHeight)
                             .adjusted(-seam, 0, seam, seam));
        } else {
            key->setFace(QRectF(white * pitch, 0, pitch, height()));
            ++white;
        }
    }
}

} // namespace widgets
