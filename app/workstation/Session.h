// SPDX-License-Identifier: GPL-3.0-or-later
//
// The document: which sound is open, which window of it is worked on, the settings, the preset they
// came from, the tap that is heard, and the history of all steps. Controllers and the window read
// it and hear of changes; nothing else holds state that would have to agree with it.
// Units: frames of the file. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/io/Preset.h"
#include "engine/pipeline/Taps.h"
#include "engine/render/SoundScan.h"
#include "widgets/controls/Edit.h"

#include <QElapsedTimer>
#include <QObject>
#include <QUndoStack>

namespace app {

/// Which preset the settings began as.
struct PresetReference {
    QString name;
    std::filesystem::path path; ///< empty: none, such as Init
    bool factory = true;
    engine::pipeline::Settings settings;
};

struct FrameWindow {
    std::int64_t firstFrame = 0;
    std::int64_t frames = 0;
    bool operator==(const FrameWindow &) const = default;
};

class Session final : public QObject {
    Q_OBJECT
public:
    static constexpr int mostUndoSteps = 500;
    static constexpr double leastWindowSeconds = 1.0;
    static constexpr double mostWindowSeconds = 30.0;
    static constexpr double usualWindowSeconds = 10.0;

    Session();

    const engine::pipeline::Settings &settings() const { return state_.settings; }
    const PresetReference &preset() const { return state_.preset; }
    /// Some value differs from the preset's.
    bool isEdited() const { return !(state_.settings == state_.preset.settings); }
    /// What the last change of the settings was, in words: "Fold 4.8 → 5.0".
    const QString &lastChange() const { return lastChange_; }
    /// Whose parameter it was; absent where several may have changed.
    std::optional<engine::pipeline::StageId> lastChangedStage() const { return changedStage_; }

    /// One gesture is one step of undo.
    void edit(engine::pipeline::ParameterId id, double value, widgets::Edit kind);
    /// Any other change of the settings, as one step.
    void change(const engine::pipeline::Settings &settings, const QString &name);
    void choosePreset(const PresetReference &preset);
    void resetStage(engine::pipeline::StageId stage, const QString &name);
    QUndoStack &undoStack() { return undoStack_; }
    /// Settings and preset without a step of undo: at the start of the program.
    void restore(const engine::pipeline::Settings &settings, const PresetReference &preset);

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
    void presetChanged();
    void soundChanged();
    void soundUpdated();
    void windowChanged();
    void tapChanged();

private:
    friend class SettingsStep;
    struct State {
        engine::pipeline::Settings settings;
        PresetReference preset;
    };
    void setState(const State &state);
    void push(State after, const QString &name, int gesture);
    FrameWindow cut(FrameWindow window) const;

    State state_;
    QUndoStack undoStack_;
    QString lastChange_;
    std::optional<engine::pipeline::StageId> changedStage_;
    int gesture_ = 0; ///< number of the running or last gesture; steps of one number are one step
    bool dragging_ = false;
    std::optional<engine::pipeline::ParameterId> nudged_;
    QElapsedTimer sinceNudge_;

    engine::render::SharedScan sound_;
    std::uint64_t soundId_ = 0;
    FrameWindow window_;
    double usualSeconds_ = usualWindowSeconds;
    engine::pipeline::TapId tap_ = engine::pipeline::TapId::Output;
};

/// The settings of a program that nobody has touched.
PresetReference initPreset();

} // namespace app
