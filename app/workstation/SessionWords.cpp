// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words on sessions and snapshots.
#include "app/workstation/WordParts.h"

namespace app::words {

using widgets::JobNotice;

JobNotice restored()
{
    JobNotice notice;
    notice.title = tr("Quantum Distortion closed unexpectedly. Your last settings were restored.");
    notice.actions = {{QLatin1String(undoRestore), tr("Undo restore"), false},
                      {QStringLiteral("dismiss"), tr("Dismiss"), false}};
    return notice;
}

JobNotice canBeRestored()
{
    JobNotice notice;
    notice.title =
        tr("Quantum Distortion closed unexpectedly. What was open then can be restored.");
    notice.actions = {{QLatin1String(restore), tr("Restore"), true},
                      {QStringLiteral("dismiss"), tr("Dismiss"), false}};
    return notice;
}

JobNotice workNotKept(const QString &folder, const engine::Error &error)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Warning;
    notice.title = tr("Your work cannot be kept against a crash.");
    notice.text =
        sentences({isFull(error.systemErrno) ? tr("The disk is full") : text(error.problem),
                   tr("It belongs in %1").arg(folder), tr("Save the session yourself.")});
    notice.actions = {{QLatin1String(saveSession), tr("Save session…"), true}};
    return notice;
}

widgets::SessionItem sessionItem(const engine::io::SavedSession &session)
{
    const std::filesystem::path &named = session.file.empty() ? session.sound : session.file;
    QStringList holds;
    if (!session.file.empty() && !session.sound.empty())
        holds << fileName(session.sound);
    holds << QString::fromStdString(session.slot(session.sounding).preset.name);
    if (const int snapshots = static_cast<int>(session.snapshots.size()); snapshots > 0)
        holds << (snapshots == 1 ? tr("1 snapshot") : tr("%n snapshots", nullptr, snapshots));
    return {named.empty() ? tr("Without a sound") : fileName(named),
            holds.join(QStringLiteral(", "))};
}

JobNotice closingLosesSession(const QString &name)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Warning;
    notice.title = name.isEmpty()
                       ? tr("Your work is not saved, and it cannot be kept for the next start.")
                       : tr("The session “%1” has changes that are not saved.").arg(name);
    notice.actions = {{QLatin1String(saveAndClose), tr("Save and close"), true},
                      {QLatin1String(closeUnsaved), tr("Close without saving"), false},
                      {QLatin1String(keepWorking), tr("Keep working"), false}};
    notice.dismissible = false;
    return notice;
}

JobNotice sessionFailed(const engine::Error &error)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Error;
    notice.title = text(error.problem);
    notice.text = sentences({tr("Your session is as it was."), text(error.advice)});
    notice.actions = {{QLatin1String(showInFolder), tr("Show in folder"), false}};
    return notice;
}

JobNotice sessionOpened(const QString &what)
{
    JobNotice notice;
    notice.title = tr("%1 is open. What was here before had not been saved.").arg(what);
    notice.actions = {{QLatin1String(goBack), tr("Go back to it"), false}};
    return notice;
}

JobNotice sessionSaved(const std::filesystem::path &file)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Done;
    notice.title = tr("Saved %1").arg(fileName(file));
    notice.actions = {{QLatin1String(showInFolder), tr("Show in folder"), false}};
    notice.autoHideMs = cancelledMs;
    return notice;
}

JobNotice sessionChanged(const std::filesystem::path &file)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Warning;
    notice.title = tr("“%1” was not saved: another window or program has changed it since.")
                       .arg(fileName(file));
    notice.actions = {{QLatin1String(saveElsewhere), tr("Save elsewhere…"), true},
                      {QLatin1String(saveOver), tr("Save over it"), false}};
    return notice;
}

JobNotice sessionNotSaved(const std::filesystem::path &file, const engine::Error &error)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Error;
    notice.title = isFull(error.systemErrno)
                       ? tr("The disk is full: “%1” was not written.").arg(fileName(file))
                       : tr("“%1” could not be saved in %2.").arg(fileName(file), folderName(file));
    notice.text = sentences(
        {text(error.problem), tr("An older file of that name is as it was"), text(error.advice)});
    notice.actions = {{QLatin1String(saveElsewhere), tr("Save elsewhere…"), true},
                      {QLatin1String(tryAgain), tr("Try again"), false}};
    return notice;
}

JobNotice sessionSoundMissing(const std::filesystem::path &sound, const engine::Error &error)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Warning;
    notice.title = error.systemErrno == ENOENT
                       ? tr("The session's sound “%1” is no longer at %2.")
                             .arg(fileName(sound), folderName(sound))
                       : tr("The session's sound “%1” could not be opened.").arg(fileName(sound));
    notice.text = sentences({error.systemErrno == ENOENT ? QString() : text(error.problem),
                             tr("Everything else of the session is here.")});
    notice.actions = {{QLatin1String(locate), tr("Locate…"), true}};
    return notice;
}

JobNotice allLocked()
{
    JobNotice notice;
    notice.title = tr("All controls are locked: every cell of a contact sheet would be the same.");
    notice.actions = {{QLatin1String(unlockAll), tr("Unlock all"), false}};
    notice.autoHideMs = doneMs;
    return notice;
}

JobNotice snapshotTaken(const QString &name)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Done;
    notice.title = tr("Snapshot %1 was taken.").arg(name);
    notice.actions = {{QLatin1String(showSnapshots), tr("Show"), false},
                      {QLatin1String(undoSnapshot), tr("Undo"), false}};
    notice.autoHideMs = cancelledMs;
    return notice;
}

JobNotice snapshotDropped(const QString &name)
{
    JobNotice notice;
    notice.title = tr("16 snapshots are kept: the oldest, “%1”, had to go.").arg(name);
    notice.actions = {{QLatin1String(putBack), tr("Keep the old one instead"), false}};
    notice.autoHideMs = doneMs;
    return notice;
}

JobNotice snapshotRemoved(const QString &name)
{
    JobNotice notice;
    notice.title = tr("The snapshot “%1” was deleted.").arg(name);
    notice.actions = {{QLatin1String(putBack), tr("Put it back"), false}};
    notice.autoHideMs = doneMs;
    return notice;
}

} // namespace app::words
