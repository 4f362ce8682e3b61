// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/ListenBinding.h"

#include "app/workstation/BlindTestDialog.h"
#include "app/workstation/Preferences.h"

namespace app {

using widgets::ListenPanel;

namespace {
constexpr std::array sourceActions{"listen.source_a", "listen.source_b", "listen.source_dry",
                                   "listen.source_delta"};
} // namespace

ListenBinding::ListenBinding(Session &session, PreviewController &previews,
                             ListenController &listening, Preferences &preferences,
                             const ChainViews &views, ListenPanel &panel, Actions &actions)
    : session_(session), previews_(previews), listening_(listening), preferences_(preferences),
      views_(views), panel_(panel), actions_(actions)
{
    connect(&panel_, &ListenPanel::sourceChosen, &listening_,
            [this](int source) { listening_.setSource(static_cast<ListenSource>(source)); });
    connect(&panel_, &ListenPanel::slotActionChosen, &session_,
            [this](ListenPanel::SlotAction action) {
                switch (action) {
                case ListenPanel::SlotAction::CopyAToB:
                    return session_.copySlot(Slot::A);
                case ListenPanel::SlotAction::CopyBToA:
                    return session_.copySlot(Slot::B);
                case ListenPanel::SlotAction::Swap:
                    return session_.swapSlots();
                }
            });
    connect(&panel_, &ListenPanel::matchToggled, this, &ListenBinding::setMatch);
    connect(&listening_, &ListenController::sourceChanged, this, &ListenBinding::showSource);
    connect(&listening_, &ListenController::matchChanged, this, &ListenBinding::showMatch);
    connect(&session_, &Session::tapChanged, this, &ListenBinding::showSource);
    connect(&session_, &Session::presetChanged, this, &ListenBinding::showOtherSlot);
    connect(&session_, &Session::soundChanged, this, &ListenBinding::showOtherSlot);
    connect(&panel_, &ListenPanel::blindTestRequested, this, &ListenBinding::blindTestRequested);
    connect(&session_, &Session::presetChanged, this, &ListenBinding::showHindrance);
    connect(&session_, &Session::soundChanged, this, &ListenBinding::showHindrance);
    connect(&previews_, &PreviewController::previewReady, this, &ListenBinding::showHindrance);
    connect(&previews_, &PreviewController::otherReady, this, &ListenBinding::showHindrance);
    connectActions();
    listening_.setPinned(preferences_.alwaysHearsOutput());
    listening_.setMatchesLevel(preferences_.matchesLevel());
    showSource();
    showMatch();
    showOtherSlot();
    showHindrance();
}

void ListenBinding::connectActions()
{
    const auto on = [this](const char *id, auto &&function) {
        connect(&actions_[id], &QAction::triggered, this,
                std::forward<decltype(function)>(function));
    };
    for (std::size_t i = 0; i < sourceActions.size(); ++i)
        on(sourceActions[i], [this, i] { listening_.setSource(static_cast<ListenSource>(i)); });
    on("listen.toggle", [this] { toggleSlots(); });
    on("listen.match", [this](bool match) { setMatch(match); });
    on("listen.copy_ab", [this] { session_.copySlot(Slot::A); });
    on("listen.copy_ba", [this] { session_.copySlot(Slot::B); });
    on("listen.swap", [this] { session_.swapSlots(); });
    on("listen.abx", [this] { emit blindTestRequested(); });
    on("listen.pin", [this](bool pinned) {
        listening_.setPinned(pinned);
        preferences_.setAlwaysHearsOutput(pinned);
    });
}

/// From Dry or Δ to the slot that was heard before.
void ListenBinding::toggleSlots()
{
    const bool hearsSlot =
        listening_.source() == ListenSource::A || listening_.source() == ListenSource::B;
    const Slot to = hearsSlot ? otherSlot(session_.slot()) : session_.slot();
    listening_.setSource(to == Slot::A ? ListenSource::A : ListenSource::B);
}

void ListenBinding::setMatch(bool on)
{
    listening_.setMatchesLevel(on);
    preferences_.setMatchesLevel(on);
}

void ListenBinding::showHindrance()
{
    const QString why = BlindTestDialog::hindrance(session_, previews_);
    panel_.setBlindTestHindrance(why);
    actions_["listen.abx"].setEnabled(why.isEmpty());
}

void ListenBinding::showSource()
{
    const auto source = static_cast<std::size_t>(listening_.source());
    panel_.setSource(static_cast<int>(source));
    actions_[sourceActions[source]].setChecked(true);
    actions_["listen.pin"].setChecked(listening_.isPinned());
    views_.rail.setHeardTap(listening_.heardTap());
}

void ListenBinding::showMatch()
{
    panel_.setMatch(listening_.matchesLevel(), listening_.appliedGainDb());
    actions_["listen.match"].setChecked(listening_.matchesLevel());
}

void ListenBinding::showOtherSlot()
{
    const bool open = session_.sound() != nullptr;
    panel_.setSourcesEnabled(open);
    actions_["listen.source_dry"].setEnabled(open);
    actions_["listen.source_delta"].setEnabled(open);
    const bool differ = !session_.slotsAreEqual();
    views_.chain.setOtherSettings(
        differ ? std::optional(session_.slotState(otherSlot(session_.slot())).settings)
               : std::nullopt);
    panel_.setSlotsDiffer(session_.slotsDiffer());
    for (const char *id : {"listen.copy_ab", "listen.copy_ba", "listen.swap"})
        actions_[id].setEnabled(session_.slotsDiffer());
}

} // namespace app
