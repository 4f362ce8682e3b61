// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Session.h"

#include "widgets/controls/ParameterPresentation.h"

namespace app {

using engine::pipeline::ParameterId;
using engine::pipeline::ParameterInfo;
using engine::pipeline::ParameterKind;
using engine::pipeline::Settings;

namespace {

QString valueInWords(const ParameterInfo &info, double value)
{
    switch (info.kind) {
    case ParameterKind::Number:
        return widgets::shownValueWithUnit(info, value);
    case ParameterKind::Switch:
        return value != 0.0 ? Session::tr("on") : Session::tr("off");
    case ParameterKind::Choice:
    case ParameterKind::PitchClass:
        return widgets::choiceLabel(info, static_cast<int>(value));
    case ParameterKind::NoteMask:
        break;
    }
    return {};
}

QString presetStepName(const PresetReference &preset)
{
    //: a step of undo: a preset was chosen
    return Session::tr("Preset %1").arg(preset.name);
}

} // namespace

QString changeInWords(const ParameterInfo &info, double before, double after)
{
    if (info.kind == ParameterKind::NoteMask)
        return Session::tr("Notes of the scale");
    //: Fold 4.8× → 5.0×
    return Session::tr("%1 %2 → %3")
        .arg(widgets::parameterLabel(info), valueInWords(info, before), valueInWords(info, after));
}

/// One step of the history: settings and preset before and after.
class SettingsStep final : public QUndoCommand {
public:
    SettingsStep(Session &session, Session::State before, Session::State after, const QString &name,
                 int gesture)
        : QUndoCommand(name), session_(session), before_(std::move(before)),
          after_(std::move(after)), gesture_(gesture)
    {}
    void undo() override
    {
        session_.lastChange_ = Session::tr("Undo %1").arg(text());
        session_.changedStage_.reset();
        session_.trial_.reset();
        session_.setState(before_);
    }
    void redo() override
    {
        session_.lastChange_ = text();
        session_.trial_.reset();
        session_.setState(after_);
    }
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand *other) override
    {
        const auto &next = static_cast<const SettingsStep &>(*other);
        if (next.gesture_ != gesture_ || !name_)
            return false;
        after_ = next.after_;
        if (next.name_)
            name_ = next.name_;
        setText(name_(before_.now(), after_.now()));
        setObsolete(before_.now().settings == after_.now().settings &&
                    before_.now().preset.name == after_.now().preset.name);
        return true;
    }
    /// How the merged step is called.
    using Naming = std::function<QString(const SlotState &, const SlotState &)>;
    void setNaming(Naming name) { name_ = std::move(name); }
    /// Its name says which slots it is about.
    void setNamesSlots() { namesSlots_ = true; }
    bool namesSlots() const { return namesSlots_; }
    Session::State &before() { return before_; }
    Session::State &after() { return after_; }

private:
    Session &session_;
    Session::State before_;
    Session::State after_;
    int gesture_;
    bool namesSlots_ = false;
    Naming name_;
};

Settings settingsWith(Settings settings, ParameterId id, double value)
{
    const ParameterInfo &info = engine::pipeline::parameterInfo(id);
    // Ending the link changes nothing that is heard: Post-Quant goes on with what it had.
    const bool unlinks = info.unlinksPost() || (id == ParameterId::PostLink && value == 0.0);
    if (unlinks && settings.postLink)
        settings.postQuant.classic = settings.preQuant.classic;
    engine::pipeline::applyParameter(settings, info, value);
    return settings;
}

Session::Session()
{
    state_.pair.fill(initSlot());
    undoStack_.setUndoLimit(mostUndoSteps);
}

void Session::setState(const State &state)
{
    const bool otherSlot = state.slot != state_.slot;
    const bool otherSettings = !(state.now().settings == state_.now().settings);
    const bool restDiffers = !(state.other().settings == state_.other().settings);
    state_ = state;
    if (otherSlot)
        emit slotChanged();
    if (otherSettings)
        emit settingsChanged();
    if (restDiffers)
        emit otherSettingsChanged();
    emit presetChanged();
}

void Session::setSlot(Slot slot)
{
    if (slot == state_.slot)
        return;
    keepTrial();
    State state = state_;
    state.slot = slot;
    //: what changed: the other slot is heard; %1 is A or B
    lastChange_ = tr("Slot %1").arg(slotName(slot));
    changedStage_.reset();
    endGesture();
    setState(state);
}

void Session::endGesture()
{
    ++gesture_;
    dragging_ = false;
    sweeping_ = false;
    nudged_.reset();
}

void Session::push(SettingsStep *step)
{
    keepTrial();
    undoStack_.push(step);
}

void Session::copySlot(Slot from)
{
    if (!slotsDiffer())
        return;
    State after = state_;
    after.pair[static_cast<std::size_t>(otherSlot(from))] = slotState(from);
    changedStage_.reset();
    endGesture();
    //: a step of undo: all of one slot was copied to the other
    const QString name = tr("Copy %1 to %2").arg(slotName(from), slotName(otherSlot(from)));
    const auto step = new SettingsStep(*this, state_, std::move(after), name, gesture_);
    step->setNamesSlots();
    push(step);
}

void Session::swapSlots()
{
    if (!slotsDiffer())
        return;
    State after = state_;
    std::swap(after.pair[0], after.pair[1]);
    changedStage_.reset();
    endGesture();
    //: a step of undo: A and B were exchanged
    const auto step =
        new SettingsStep(*this, state_, std::move(after), tr("Swap A and B"), gesture_);
    step->setNamesSlots();
    push(step);
}

void Session::edit(ParameterId id, double value, widgets::Edit kind)
{
    const ParameterInfo &info = engine::pipeline::parameterInfo(id);
    const bool goesOn = kind == widgets::Edit::NudgedOn
                            ? nudged_ == id
                            : dragging_ && !sweeping_ &&
                                  (kind == widgets::Edit::Moving || kind == widgets::Edit::Ended);
    if (!goesOn)
        ++gesture_;
    dragging_ = kind == widgets::Edit::Moving;
    sweeping_ = false;
    nudged_.reset();
    if (kind == widgets::Edit::Nudged || kind == widgets::Edit::NudgedOn)
        nudged_ = id;

    State after = state_;
    Settings &settings = after.now().settings;
    settings = settingsWith(settings, id, value);
    if (settings == now().settings)
        return;
    changedStage_ = info.stage;
    const auto naming = [&info](const SlotState &from, const SlotState &to) {
        return changeInWords(info, info.read(from.settings), info.read(to.settings));
    };
    const auto step = new SettingsStep(*this, state_, after, naming(now(), after.now()), gesture_);
    step->setNaming(naming);
    push(step);
}

void Session::sweep(const Settings &settings, const QString &name, widgets::Edit kind)
{
    const bool goesOn =
        sweeping_ &&
        (kind == widgets::Edit::NudgedOn
             ? !dragging_
             : dragging_ && (kind == widgets::Edit::Moving || kind == widgets::Edit::Ended));
    if (!goesOn)
        ++gesture_;
    dragging_ = kind == widgets::Edit::Moving;
    sweeping_ = true;
    nudged_.reset();
    if (settings == now().settings)
        return;
    changedStage_.reset();
    State after = state_;
    after.now().settings = settings;
    const auto step = new SettingsStep(*this, state_, std::move(after), name, gesture_);
    step->setNaming([name](const SlotState &, const SlotState &) { return name; });
    push(step);
}

void Session::changeSlot(Slot slot, const Settings &settings, const QString &name)
{
    if (slot == state_.slot && settings == now().settings)
        return;
    changedStage_.reset();
    State after = state_;
    after.slot = slot;
    after.now().settings = settings;
    endGesture();
    push(new SettingsStep(*this, state_, std::move(after), name, gesture_));
}

void Session::change(const Settings &settings, const QString &name)
{
    if (settings == now().settings)
        return;
    changedStage_.reset();
    State after = state_;
    after.now().settings = settings;
    endGesture();
    push(new SettingsStep(*this, state_, std::move(after), name, gesture_));
}

void Session::choosePreset(const PresetReference &preset)
{
    choosePreset(preset, preset.settings);
}

void Session::choosePreset(const PresetReference &preset, const Settings &settings)
{
    changedStage_.reset();
    State after = state_;
    after.now() = SlotState::of(preset, settings);
    endGesture();
    push(new SettingsStep(*this, state_, std::move(after), presetStepName(preset), gesture_));
}

void Session::tryPreset(const PresetReference &preset, const Settings &settings)
{
    if (!trial_)
        trial_ = state_;
    endGesture();
    changedStage_.reset();
    lastChange_ = presetStepName(preset);
    State after = state_;
    after.now() = SlotState::of(preset, settings);
    setState(after);
}

void Session::keepTrial()
{
    if (!trial_)
        return;
    const State before = *trial_;
    trial_.reset();
    if (before.now() == now())
        emit presetChanged(); // there is nothing to undo any more
    else
        // No gesture: nothing that follows goes on with it.
        undoStack_.push(new SettingsStep(*this, before, state_, presetStepName(preset()), 0));
}

void Session::dropTrial()
{
    if (!trial_)
        return;
    const State before = *trial_;
    trial_.reset();
    endGesture();
    lastChange_ = tr("Undo %1").arg(presetStepName(preset()));
    changedStage_.reset();
    setState(before);
}

void Session::undo()
{
    endGesture();
    if (isTrying())
        dropTrial();
    else
        undoStack_.undo();
}

void Session::redo()
{
    endGesture();
    dropTrial();
    undoStack_.redo();
}

QString Session::stepWords(const QString &text, int index) const
{
    const SettingsStep *const found = step(index);
    if (!found || found->namesSlots())
        return text;
    const auto [a, b] = slotsOfStep(index);
    const Slot slot = b ? Slot::B : Slot::A;
    if ((a && b) || slot == state_.slot)
        return text;
    //: a step of undo, and in which slot it is: "Fold 4.8 → 5.0 in B"
    return tr("%1 in %2").arg(text, slotName(slot));
}

QString Session::undoWords() const
{
    return isTrying() ? presetStepName(preset())
                      : stepWords(undoStack_.undoText(), undoStack_.index() - 1);
}

QString Session::redoWords() const
{
    return stepWords(undoStack_.redoText(), undoStack_.index());
}

std::array<bool, 2> Session::slotsOfStep(int index) const
{
    SettingsStep *const found = step(index);
    if (!found)
        return {};
    const State &before = found->before();
    const State &after = found->after();
    std::array changed{!(before.pair[0] == after.pair[0]), !(before.pair[1] == after.pair[1])};
    if (!changed[0] && !changed[1]) // it only goes there
        changed[static_cast<std::size_t>(after.slot)] = true;
    return changed;
}

/// Null where there is none.
SettingsStep *Session::step(int index) const
{
    // The stack hands out its steps as constants; their words and values are ours to keep true.
    return static_cast<SettingsStep *>(const_cast<QUndoCommand *>(undoStack_.command(index)));
}

void Session::forEverySlot(const std::function<void(SlotState &)> &function)
{
    for (SlotState &slot : state_.pair)
        function(slot);
    if (trial_) {
        for (SlotState &slot : trial_->pair)
            function(slot);
    }
    for (int i = 0; i < undoStack_.count(); ++i) {
        for (State *const state : {&step(i)->before(), &step(i)->after()}) {
            for (SlotState &slot : state->pair)
                function(slot);
        }
    }
}

void Session::presetSaved(Slot slot, const PresetReference &preset)
{
    const auto save = [&](State &state) {
        SlotState &saved = state.pair[static_cast<std::size_t>(slot)];
        saved.preset = preset;
        saved.held.clear();
    };
    save(state_);
    // What is tried is saved as it is; what was before it is not.
    if (!trial_ || slot != state_.slot) {
        if (trial_)
            save(*trial_);
        // The moment between two steps is the end of one and the beginning of the other.
        if (SettingsStep *const last = step(undoStack_.index() - 1))
            save(last->after());
        if (SettingsStep *const next = step(undoStack_.index()))
            save(next->before());
    }
    presetMoved(preset.path, preset);
}

void Session::presetMoved(const std::filesystem::path &from, const PresetReference &to)
{
    forEverySlot([&](SlotState &slot) {
        if (!from.empty() && slot.preset.path == from)
            slot.preset = to;
    });
    emit presetChanged();
}

void Session::resetStage(engine::pipeline::StageId stage, const QString &name)
{
    Settings settings = now().settings;
    const Settings fresh;
    for (const ParameterInfo &info : engine::pipeline::parameterTable()) {
        // The output card holds three stages.
        const bool sameCard = stage >= engine::pipeline::StageId::AutoGain &&
                              stage <= engine::pipeline::StageId::Gain &&
                              info.stage >= engine::pipeline::StageId::AutoGain &&
                              info.stage <= engine::pipeline::StageId::Gain;
        if (info.stage == stage || sameCard)
            info.write(settings, info.read(fresh));
    }
    change(settings, name);
}

void Session::restore(const std::array<SlotState, 2> &pair, Slot slot)
{
    undoStack_.clear();
    trial_.reset();
    lastChange_.clear();
    setState({pair, slot});
}

void Session::openSound(engine::render::SharedScan sound)
{
    sound_ = std::move(sound);
    ++soundId_;
    window_ = cut({0, std::llround(usualSeconds_ * sound_->format.sampleRateHz)});
    emit soundChanged();
    emit windowChanged();
}

void Session::updateSound(engine::render::SharedScan sound)
{
    sound_ = std::move(sound);
    const FrameWindow window = cut(window_);
    const bool changes = !(window == window_);
    window_ = window;
    emit soundUpdated();
    if (changes)
        emit windowChanged();
}

void Session::closeSound()
{
    sound_.reset();
    ++soundId_;
    window_ = {};
    emit soundChanged();
    emit windowChanged();
}

FrameWindow Session::cut(FrameWindow window) const
{
    if (!sound_)
        return {};
    const double rateHz = sound_->format.sampleRateHz;
    // While the length is unknown anything may come.
    const std::int64_t total = sound_->frames();
    const bool known = sound_->complete || sound_->declaredFrames;
    window.frames =
        std::clamp(window.frames, static_cast<std::int64_t>(std::ceil(leastWindowSeconds * rateHz)),
                   static_cast<std::int64_t>(mostWindowSeconds * rateHz));
    if (known) {
        window.frames = std::min(window.frames, std::max<std::int64_t>(total, 1));
        window.firstFrame = std::min(window.firstFrame, total - window.frames);
    }
    window.firstFrame = std::max<std::int64_t>(0, window.firstFrame);
    return window;
}

void Session::setWindow(FrameWindow window)
{
    window = cut(window);
    if (window == window_)
        return;
    window_ = window;
    emit windowChanged();
}

void Session::setTap(engine::pipeline::TapId tap)
{
    if (tap == tap_)
        return;
    tap_ = tap;
    emit tapChanged();
}

} // namespace app
