// SPDX-License-Identifier: GPL-3.0-or-later
//
// One octave of a keyboard on which the allowed notes of a scale are lit and the root carries a
// dot. A click or Space allows or forbids a note and tells the new mask; the last allowed note
// cannot be forbidden. Each key is a check box named "A flat, allowed"; arrow keys go from key to
// key, Tab leaves. Large keys carry their names, small ones are the keyboard's upper part only.
// Shape: 12 children, spelled for the key. Units: bits of a PitchClassMask. Real-time: no.
#pragma once

#include "engine/dsp/Scale.h"
#include "widgets/controls/ParameterControl.h"

#include <QWidget>

#include <array>

class QCheckBox;

namespace widgets {

class PianoKey;

class KeyStrip final : public QWidget, public ParameterControl {
    Q_OBJECT
public:
    enum class Look { Large, Small };

    KeyStrip(const engine::pipeline::ParameterInfo &info, Look look, QWidget *parent = nullptr);

    /// What is lit: the scale's notes, whatever its kind.
    void setScale(const engine::dsp::Scale &scale);
    /// A custom mask; setScale() shows every other kind.
    void showValue(double mask) override;
    double shownParameter() const override { return mask(); }
    engine::dsp::PitchClassMask mask() const;
    /// Dim: belongs to something else, but can be used.
    void setDim(bool dim);
    bool isDim() const { return dim_; }
    Look look() const { return look_; }
    int rootPitchClass() const { return scale_.rootPitchClass; }
    QCheckBox *key(int pitchClass) const;

signals:
    void edited(engine::pipeline::ParameterId id, double value, widgets::Edit edit);
    /// The last allowed note was asked to go.
    void refused();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    friend class PianoKey;
    void toggle(int pitchClass);
    void moveFocus(int from, int step);
    void showKeys();

    Look look_;
    bool dim_ = false;
    engine::dsp::Scale scale_;
    std::array<PianoKey *, 12> keys_{};
};

} // namespace widgets
