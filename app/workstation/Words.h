// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window says of things that went wrong or are done: what happened, what it means, what
// can be done. The engine's own words stay under Details.
// Shape: pure functions, text out. Real-time: no. Errors: none.
#pragma once

#include "app/workstation/ExportController.h"
#include "engine/io/SessionFile.h"
#include "engine/render/SaveTap.h"
#include "engine/render/SoundScan.h"
#include "widgets/panels/ErrorPanel.h"
#include "widgets/panels/JobStrip.h"
#include "widgets/panels/StartPanel.h"

#include <filesystem>

namespace app::words {

/// Ids of what a person can do about it; who shows the words knows what they mean.
inline constexpr char openAnother[] = "open_another";
inline constexpr char showInFolder[] = "show_in_folder";
inline constexpr char locate[] = "locate";
inline constexpr char forgetRecent[] = "forget_recent";
inline constexpr char useWhatWasRead[] = "use_what_was_read";
inline constexpr char closeFile[] = "close_file";
inline constexpr char saveElsewhere[] = "save_elsewhere";
inline constexpr char saveOver[] = "save_over";
inline constexpr char loadAgain[] = "load_again";
inline constexpr char tryAgain[] = "try_again";
inline constexpr char copyDetails[] = "copy_details";
inline constexpr char saveSession[] = "save_session";
inline constexpr char restore[] = "restore";
inline constexpr char undoRestore[] = "undo_restore";
inline constexpr char loadSettings[] = "load_settings";
inline constexpr char play[] = "play";
inline constexpr char goBack[] = "go_back";
inline constexpr char putBack[] = "put_back";
inline constexpr char unlockAll[] = "unlock_all";
inline constexpr char showSnapshots[] = "show_snapshots";
inline constexpr char undoSnapshot[] = "undo_snapshot";
inline constexpr char undoDelete[] = "undo_delete";
inline constexpr char replacePreset[] = "replace_preset";
inline constexpr char showAllPresets[] = "show_all_presets";
/// A handle rather than a button: it is dragged into another program.
inline constexpr char dragOut[] = "drag_out";
inline constexpr char stopAndClose[] = "stop_and_close";
inline constexpr char saveAndClose[] = "save_and_close";
inline constexpr char closeUnsaved[] = "close_unsaved";
inline constexpr char closeWhenDone[] = "close_when_done";
inline constexpr char keepWorking[] = "keep_working";

/// "~/a/b" for a folder below the home folder.
QString folderName(const std::filesystem::path &file);
QString fileName(const std::filesystem::path &file);

/// For the stage, where no other sound is open.
widgets::ErrorContent openFailed(const std::filesystem::path &file, const engine::Error &error);
/// For the strip, where one is. `recent`: it came from the list of recent files.
widgets::JobNotice openFailedNotice(const std::filesystem::path &file, const engine::Error &error,
                                    bool recent);
widgets::JobNotice damagedNotice(const engine::render::SoundScan &sound);
widgets::JobNotice previewFailed(const engine::Error &error);
widgets::JobNotice renderFailed(const ExportOutcome &outcome);
widgets::JobNotice renderDone(const ExportOutcome &outcome);
/// What is seen and heard is no longer what is on the disk.
widgets::JobNotice soundChanged(const std::filesystem::path &sound);
/// `output` is the sound that is open.
widgets::JobNotice wouldReplaceSound(const std::filesystem::path &output);
/// No program of the system shows a folder.
widgets::JobNotice folderNotShown(const QString &folder, bool exists);
widgets::JobNotice tapSaved(const std::filesystem::path &output,
                            const engine::render::SavedTap &saved);
widgets::JobNotice renderCancelled();
widgets::JobNotice recipeFound(const std::filesystem::path &file);
/// The window was to be closed while a render runs.
widgets::JobNotice closingStopsRender(const std::filesystem::path &output);
widgets::JobNotice closingStopsBatch();
/// Without a name: it has none, and cannot be kept for the next start either.
widgets::JobNotice closingLosesSession(const QString &name);
widgets::JobNotice restored();
/// Something else was opened at the start.
widgets::JobNotice canBeRestored();
/// Nothing is kept against a crash, or for the next start.
widgets::JobNotice workNotKept(const QString &folder, const engine::Error &error);
/// What a session holds, for the start panel.
widgets::SessionItem sessionItem(const engine::io::SavedSession &session);
widgets::JobNotice sessionFailed(const engine::Error &error);
/// What was open before was not saved.
widgets::JobNotice sessionOpened(const QString &what);
widgets::JobNotice sessionSaved(const std::filesystem::path &file);
/// Somebody else has written it since.
widgets::JobNotice sessionChanged(const std::filesystem::path &file);
widgets::JobNotice sessionNotSaved(const std::filesystem::path &file, const engine::Error &error);
widgets::JobNotice sessionSoundMissing(const std::filesystem::path &sound,
                                       const engine::Error &error);
/// A contact sheet has nothing to change.
widgets::JobNotice allLocked();
widgets::JobNotice snapshotTaken(const QString &name);
/// The oldest had to go.
widgets::JobNotice snapshotDropped(const QString &name);
widgets::JobNotice snapshotRemoved(const QString &name);
widgets::JobNotice pictureFailed(const std::filesystem::path &file, const engine::Error &error);
widgets::JobNotice presetFailed(const engine::Error &error);
widgets::JobNotice presetSaved(const QString &name);
widgets::JobNotice presetImported(const QString &name);
widgets::JobNotice presetRemoved(const QString &name);
/// `taken`: only its name is in the way.
widgets::JobNotice presetNotImported(const engine::Error &error, bool taken);
/// Previous and next have nowhere to go.
widgets::JobNotice noPresetShown(const QString &among);

widgets::JobProgress opening(const std::filesystem::path &file, std::optional<double> fraction);
widgets::JobProgress rendering(const ExportProgress &progress);
/// "17 s", "2 min": rounded so that it does not jitter.
QString timeLeft(double seconds);

} // namespace app::words
