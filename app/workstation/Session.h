// SPDX-License-Identifier: GPL-3.0-or-later
//
// The document: which sound is open, which window of it is worked on, two slots of settings to
// compare with the presets they came from, the tap that is heard, and the history of all steps.
// Controllers and the window read it and hear of changes; nothing else holds state that would have
// to agree with it.
// One history over both slots: a step of undo also goes to the slot that it changes. Going from
// slot to slot is listening, not a step.
// Units: frames of the file. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/SlotState.h"
#include "engine/pipeline/Taps.h"
#include "engine/render/SoundScan.h"
#include "widgets/controls/Edit.h"

#include <QObject>
#include <QUndoStack>

#include <array>
#include <functional>

namespace app {

struct FrameWindow {
    std::int64_t firstFrame = 0;
    std::int64_t frames = 0;
    bool operator==(const FrameWindow &) const = default;
};

class SettingsStep;

class Session final : public QObject {
    Q_OBJECT
public:
    static constexpr int mostUndoSteps = 500;
    static constexpr double leastWindowSeconds = 1.0;
    static constexpr double mostWindowSeconds = 30.0;
    static constexpr double usualWindowSeconds = 10.0;

    Session();

    /// Those of the slot that is worked on.
    const engine::pipeline::Settings &settings() const { return now().settings; }
    const PresetReference &preset() const { return now().preset; }
    bool isEdited() const { return now().isEdited(); }
    Slot slot() const { return state_.slot; }
    const SlotState &slotState(Slot slot) const
    {
        return state_.pair[static_cast<std::size_t>(slot)];
    }
    /// The same without what is only tried.
    const SlotState &keptSlotState(Slot slot) const
    {
        return (trial_ ? *trial_ : state_).pair[static_cast<std::size_t>(slot)];
    }
    bool slotsAreEqual() const
    {
        return slotState(Slot::A).settings == slotState(Slot::B).settings;
    }
    /// In settings or preset.
    bool slotsDiffer() const { return !(slotState(Slot::A) == slotState(Slot::B)); }
    /// What the last change of the settings was, in words: "Fold 4.8 → 5.0".
    const QString &lastChange() const { return lastChange_; }
    /// Whose parameter it was; absent where several may have changed.
    std::optional<engine::pipeline::StageId> lastChangedStage() const { return changedStage_; }

    /// One gesture is one step of undo.
    void edit(engine::pipeline::ParameterId id, double value, widgets::Edit kind);
    /// Any other change of the settings, as one step.
    void change(const engine::pipeline::Settings &settings, const QString &name);
    /// The same while something moves: what goes on from press to release is one step.
    void sweep(const engine::pipeline::Settings &settings, const QString &name, widgets::Edit kind);
    /// One step that puts settings into a slot and goes there.
    void changeSlot(Slot slot, const engine::pipeline::Settings &settings, const QString &name);
    void choosePreset(const PresetReference &preset);
    /// The same with some settings that are not the preset's, such as locked ones.
    void choosePreset(const PresetReference &preset, const engine::pipeline::Settings &settings);
    /// While presets are tried one after the other they are no step yet, and the history is as it
    /// was. keepTrial() makes one step of it, dropTrial() and undo() take it back, after which it
    /// has never been; any other step ends it too, and keeps it.
    void tryPreset(const PresetReference &preset, const engine::pipeline::Settings &settings);
    void keepTrial();
    void dropTrial();
    bool isTrying() const { return trial_.has_value(); }
    /// The slot was saved as this preset; that is no step, and the history knows of it as well.
    void presetSaved(Slot slot, const PresetReference &preset);
    /// The preset has another name and place.
    void presetMoved(const std::filesystem::path &from, const PresetReference &to);
    void resetStage(engine::pipeline::StageId stage, const QString &name);
    void setSlot(Slot slot);
    /// No step where the slots hold the same already.
    void copySlot(Slot from);
    void swapSlots();
    /// One step back or forth, also from what is only tried; nothing where there is none.
    void undo();
    void redo();
    bool canUndo() const { return isTrying() || undoStack_.canUndo(); }
    bool canRedo() const { return undoStack_.canRedo(); }
    /// What they go over; with the slot, where that is not the one that is worked on.
    QString undoWords() const;
    QString redoWords() const;
    /// Whether a step of the history changes A, and B.
    std::array<bool, 2> slotsOfStep(int index) const;
    QUndoStack &undoStack() { return undoStack_; }
    /// Both slots without a step of undo: at the start of the program.
    void restore(const std::array<SlotState, 2> &pair, Slot slot);

    const engine::render::SharedScan &sound() const { return sound_; }
    /// Changes whenever a file was opened.
    std::uint64_t soundId() const { return soundId_; }
    void openSound(engine::render::SharedScan sound);
    /// More is known of the same sound.
    void updateSound(engine::render::SharedScan sound);
    void closeSound();

    const FrameWindow &window() const { return window_; }
    /// Cut to what the sound and the limits allow.
    void setWindow(FrameWindow window);
    /// Seconds of the window for files that are opened from now on.
    void setUsualWindowSeconds(double seconds) { usualSeconds_ = seconds; }

    engine::pipeline::TapId tap() const { return tap_; }
    void setTap(engine::pipeline::TapId tap);

signals:
    void settingsChanged();
    void slotChanged();
    /// The settings of the slot that is not worked on.
    void otherSettingsChanged();
    void presetChanged();
    void soundChanged();
    void soundUpdated();
    void windowChanged();
    void tapChanged();

private:
    friend class SettingsStep;
    struct State {
        std::array<SlotState, 2> pair;
        Slot slot = Slot::A;

        const SlotState &now() const { return pair[static_cast<std::size_t>(slot)]; }
        SlotState &now() { return pair[static_cast<std::size_t>(slot)]; }
        const SlotState &other() const { return pair[static_cast<std::size_t>(otherSlot(slot))]; }
    };
    const SlotState &now() const { return state_.now(); }
    void setState(const State &state);
    /// What follows is another gesture than what was.
    void endGesture();
    void push(SettingsStep *step);
    QString stepWords(const QString &text, int index) const;
    FrameWindow cut(FrameWindow window) const;
    SettingsStep *step(int index) const;
    /// All that is and was in the slots.
    void forEverySlot(const std::function<void(SlotState &)> &function);

    State state_;
    QUndoStack undoStack_;
    QString lastChange_;
    std::optional<engine::pipeline::StageId> changedStage_;
    int gesture_ = 0; ///< number of the running or last gesture; steps of one number are one step
    std::optional<State> trial_; ///< what was there before it
    bool dragging_ = false;
    bool sweeping_ = false; ///< the last gesture was a sweep
    std::optional<engine::pipeline::ParameterId> nudged_;

    engine::render::SharedScan sound_;
    std::uint64_t soundId_ = 0;
    FrameWindow window_;
    double usualSeconds_ = usualWindowSeconds;
    engine::pipeline::TapId tap_ = engine::pipeline::TapId::Output;
};

/// With one value changed as a person changes it, and what follows from that.
engine::pipeline::Settings settingsWith(engine::pipeline::Settings settings,
                                        engine::pipeline::ParameterId id, double value);
/// "Fold 4.8× → 5.0×" as the history names it.
QString changeInWords(const engine::pipeline::ParameterInfo &info, double before, double after);

} // namespace app
