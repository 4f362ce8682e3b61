// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Words.h"

#include "app/workstation/Preferences.h"
#include "engine/io/DisplayName.h"
#include "widgets/views/TimeText.h"

#include <QCoreApplication>
#include <QDir>
#include <QStorageInfo>

#include <cerrno>
#include <cmath>

namespace app::words {

namespace {

using widgets::JobNotice;
using widgets::PanelAction;

constexpr int doneMs = 8000;
constexpr int cancelledMs = 4000;
constexpr double askFromSeconds = 30.0;
constexpr double knownAfterSeconds = 0.5;

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Words", text, comment, n);
}

QString text(const std::string &raw)
{
    return QString::fromStdString(raw);
}

QString sentences(const QStringList &parts)
{
    QString all;
    for (QString part : parts) {
        if (part.isEmpty())
            continue;
        if (!part.endsWith(u'.'))
            part += u'.';
        all += all.isEmpty() ? part : u' ' + part;
    }
    return all;
}

QString details(const std::filesystem::path &file, const engine::Error &error)
{
    QStringList lines{text(engine::io::printable(file.string()))};
    std::error_code fault;
    if (const auto bytes = std::filesystem::file_size(file, fault); !fault)
        lines << tr("%1 bytes").arg(QLocale().toString(static_cast<qulonglong>(bytes)));
    if (!error.details.empty())
        lines << text(error.details);
    return lines.join(u'\n');
}

QString megabytes(double bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 0, QLocale::DataSizeSIFormat);
}

bool isReadOnly(int systemErrno)
{
    return systemErrno == EROFS || systemErrno == EACCES || systemErrno == EPERM;
}

bool isFull(int systemErrno)
{
    return systemErrno == ENOSPC || systemErrno == EDQUOT;
}

/// 0 where the format does not tell.
double expectedBytes(const ExportOutcome &outcome)
{
    const auto container = engine::io::containerByEnding(outcome.request.output);
    if (!container ||
        engine::io::info(*container).sampleFormats.front() == engine::io::SampleFormat::Lossy)
        return 0.0;
    std::error_code fault;
    const auto bytes = std::filesystem::file_size(outcome.request.input, fault);
    return fault ? 0.0 : static_cast<double>(bytes);
}

} // namespace

QString folderName(const std::filesystem::path &file)
{
    QString folder = text(engine::io::printable(file.parent_path().string()));
    const QString home = QDir::homePath();
    if (folder == home || folder.startsWith(home + u'/'))
        folder.replace(0, home.size(), QStringLiteral("~"));
    return folder;
}

QString fileName(const std::filesystem::path &file)
{
    return text(engine::io::displayName(file));
}

widgets::ErrorContent openFailed(const std::filesystem::path &file, const engine::Error &error)
{
    widgets::ErrorContent content;
    content.title = tr("“%1” could not be opened").arg(fileName(file));
    content.consequence =
        sentences({text(error.problem), tr("Your preset and your settings are as they were.")});
    content.advice = sentences({text(error.advice), tr("Or open another file.")});
    content.actions = {{QLatin1String(openAnother), tr("Open another file…"), true},
                       {QLatin1String(showInFolder), tr("Show in folder"), false}};
    content.details = details(file, error);
    return content;
}

JobNotice openFailedNotice(const std::filesystem::path &file, const engine::Error &error,
                           bool recent)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Error;
    if (error.systemErrno == ENOENT && recent) {
        notice.title = tr("“%1” is no longer at %2.").arg(fileName(file), folderName(file));
        notice.actions = {{QLatin1String(locate), tr("Locate…"), true},
                          {QLatin1String(forgetRecent), tr("Remove from list"), false}};
        return notice;
    }
    if (error.systemErrno == EACCES || error.systemErrno == EPERM) {
        notice.title =
            tr("“%1” cannot be read: your account has no permission.").arg(fileName(file));
        notice.actions = {{QLatin1String(showInFolder), tr("Show in folder"), false}};
        return notice;
    }
    notice.title = tr("“%1” could not be opened").arg(fileName(file));
    notice.text = sentences({text(error.problem), text(error.advice)});
    notice.actions = {{QLatin1String(openAnother), tr("Open another file…"), true},
                      {QLatin1String(showInFolder), tr("Show in folder"), false}};
    return notice;
}

JobNotice damagedNotice(const engine::render::SoundScan &sound)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Warning;
    notice.title = text(sound.warnings.front().text);
    QStringList rest;
    for (std::size_t i = 1; i < sound.warnings.size(); ++i)
        rest << text(sound.warnings[i].text);
    notice.text = sentences(rest);
    notice.actions = {{QLatin1String(closeFile), tr("Close the file"), false}};
    if (sound.warnings.front().kind == engine::io::ReadWarning::Kind::Truncated)
        notice.actions.insert(notice.actions.begin(),
                              {QLatin1String(useWhatWasRead), tr("Use what was read"), true});
    return notice;
}

JobNotice previewFailed(const engine::Error &error)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Error;
    notice.title = tr("The preview could not be computed; you hear the last good one.");
    notice.text = sentences({text(error.problem), text(error.advice)});
    notice.actions = {{QLatin1String(tryAgain), tr("Try again"), true},
                      {QLatin1String(copyDetails), tr("Copy details"), false}};
    return notice;
}

JobNotice renderFailed(const ExportOutcome &outcome)
{
    const engine::Error &error = outcome.result.error();
    const std::filesystem::path &output = outcome.request.output;
    JobNotice notice;
    notice.severity = JobNotice::Severity::Error;
    notice.actions = {{QLatin1String(saveElsewhere), tr("Save elsewhere…"), true},
                      {QLatin1String(tryAgain), tr("Try again"), false}};
    if (isFull(error.systemErrno)) {
        const QStorageInfo disk(toQString(output.parent_path()));
        const double needed = expectedBytes(outcome);
        notice.title = tr("The disk is full: “%1” was not written.").arg(fileName(output));
        const QString free = megabytes(static_cast<double>(disk.bytesAvailable()));
        const QString room = needed > 0.0 ? tr("It needs %1 and %2 has %3 free.")
                                                .arg(megabytes(needed), folderName(output), free)
                                          : tr("%1 has %2 free.").arg(folderName(output), free);
        notice.text = sentences({room, tr("The unfinished file was removed."),
                                 tr("Free some space or save it elsewhere.")});
        return notice;
    }
    if (isReadOnly(error.systemErrno)) {
        notice.title = tr("“%1” could not be saved in %2: the folder is read-only.")
                           .arg(fileName(output), folderName(output));
        notice.actions.pop_back();
        return notice;
    }
    if (!engine::io::containerByEnding(output)) {
        notice.title =
            tr("“%1” was not rendered: no sound format has this ending.").arg(fileName(output));
        notice.text = tr("Choose a name that ends in .wav, .aiff, .flac, .ogg, .opus or .mp3.");
        notice.actions = {{QLatin1String(saveElsewhere), tr("Choose another name…"), true}};
        return notice;
    }
    notice.title = text(error.problem);
    notice.text = sentences({text(error.consequence), text(error.advice)});
    return notice;
}

JobNotice renderDone(const ExportOutcome &outcome)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Done;
    notice.title =
        tr("Rendered %1 in %2")
            .arg(fileName(outcome.request.output), widgets::durationText(outcome.elapsedSeconds));
    const engine::render::RenderFileReport &report = *outcome.result;
    const bool wished = !std::holds_alternative<engine::io::AsRendered>(outcome.request.loudness);
    if (wished && report.writtenLufs && report.writtenTruePeakDb)
        notice.title += u' ' + tr("at %1 LUFS, true peak %2 dB")
                                   .arg(widgets::numberText(*report.writtenLufs, 1),
                                        widgets::numberText(*report.writtenTruePeakDb, 1));
    QStringList warnings;
    for (const std::string &warning : outcome.result->warnings)
        warnings << text(warning);
    notice.text = warnings.join(u' ');
    if (!warnings.isEmpty())
        notice.severity = JobNotice::Severity::Warning;
    notice.actions = {{QLatin1String(showInFolder), tr("Show in folder"), false},
                      {QLatin1String(play), tr("Play"), false}};
    notice.dragHint = tr("Drag the file into another program");
    notice.autoHideMs = warnings.isEmpty() ? doneMs : 0;
    return notice;
}

JobNotice recipeFound(const std::filesystem::path &file)
{
    JobNotice notice;
    notice.title = tr("“%1” remembers the settings it was made with.").arg(fileName(file));
    notice.actions = {
        {QLatin1String(loadSettings), tr("Load the settings it was made with"), true}};
    return notice;
}

JobNotice tapSaved(const std::filesystem::path &output)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Done;
    notice.title = tr("Saved %1").arg(fileName(output));
    notice.actions = {{QLatin1String(showInFolder), tr("Show in folder"), false}};
    notice.autoHideMs = doneMs;
    return notice;
}

JobNotice renderCancelled()
{
    JobNotice notice;
    notice.title = tr("Render cancelled. Nothing was written.");
    notice.autoHideMs = cancelledMs;
    return notice;
}

JobNotice closingStopsRender(const std::filesystem::path &output)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Warning;
    notice.title = tr("“%1” is still being rendered.").arg(fileName(output));
    notice.text = tr("Closing now stops it, and nothing of it is kept.");
    notice.actions = {{QLatin1String(closeWhenDone), tr("Close when done"), true},
                      {QLatin1String(stopAndClose), tr("Stop and close"), false},
                      {QLatin1String(keepWorking), tr("Keep working"), false}};
    notice.dismissible = false;
    return notice;
}

JobNotice closingStopsBatch()
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Warning;
    notice.title = tr("A batch is still being rendered.");
    notice.text = tr("Closing now stops it. What is finished stays, and it can be gone on with.");
    notice.actions = {{QLatin1String(stopAndClose), tr("Stop and close"), false},
                      {QLatin1String(keepWorking), tr("Keep working"), true}};
    notice.dismissible = false;
    return notice;
}

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
    notice.title = tr("The session “%1” has changes that are not saved.").arg(name);
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

JobNotice pictureFailed(const std::filesystem::path &file, const engine::Error &error)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Error;
    const QString unchanged = tr("Nothing else has changed.");
    if (error.code == engine::ErrorCode::Usage) {
        notice.title = tr("“%1” was not saved: its ending says no format that a picture can have.")
                           .arg(fileName(file));
        notice.text = sentences({unchanged, tr("Choose a name that ends in .png, .svg or .pdf.")});
        return notice;
    }
    notice.title = isReadOnly(error.systemErrno)
                       ? tr("“%1” could not be saved in %2: the folder is read-only.")
                             .arg(fileName(file), folderName(file))
                       : tr("“%1” could not be saved in %2.").arg(fileName(file), folderName(file));
    notice.text = sentences({unchanged, tr("Choose another folder and save it again.")});
    return notice;
}

JobNotice presetFailed(const engine::Error &error)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Error;
    notice.title = text(error.problem);
    notice.text = sentences({tr("Your sound is as it was."), text(error.advice)});
    return notice;
}

JobNotice presetSaved(const QString &name)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Done;
    notice.title = tr("Saved the preset “%1”").arg(name);
    notice.autoHideMs = cancelledMs;
    return notice;
}

JobNotice presetImported(const QString &name)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Done;
    notice.title = tr("Imported the preset “%1”").arg(name);
    notice.autoHideMs = doneMs;
    return notice;
}

JobNotice presetRemoved(const QString &name)
{
    JobNotice notice;
    notice.title = tr("The preset “%1” is in the trash.").arg(name);
    notice.text = tr("Your sound is as it was.");
    notice.actions = {{QLatin1String(undoDelete), tr("Undo"), false}};
    return notice;
}

JobNotice presetNotImported(const engine::Error &error, bool taken)
{
    JobNotice notice = presetFailed(error);
    if (taken)
        notice.actions = {{QLatin1String(replacePreset), tr("Replace it"), false}};
    return notice;
}

JobNotice noPresetShown(const QString &among)
{
    JobNotice notice;
    notice.title = tr("There is no preset %1.").arg(among);
    notice.text = tr("Previous and next go through what the preset browser shows.");
    notice.actions = {{QLatin1String(showAllPresets), tr("Show all presets"), false}};
    return notice;
}

widgets::JobProgress opening(const std::filesystem::path &file, std::optional<double> fraction)
{
    widgets::JobProgress progress;
    progress.icon = "open";
    progress.title = tr("Opening");
    progress.file = fileName(file);
    progress.fraction = fraction;
    if (fraction)
        progress.percent = tr("%1 %").arg(qFloor(*fraction * 100.0));
    return progress;
}

QString timeLeft(double seconds)
{
    if (seconds >= 90.0)
        return tr("%1 min").arg(qRound(seconds / 60.0));
    return tr("%1 s").arg(qCeil(std::max(seconds, 1.0)));
}

widgets::JobProgress rendering(const ExportProgress &now)
{
    widgets::JobProgress progress;
    progress.title = tr("Rendering");
    progress.file = fileName(now.output);
    progress.fraction = now.fraction.value_or(0.0);
    const int percent = qFloor(*progress.fraction * 100.0);
    progress.percent = tr("%1 %").arg(percent);
    if (now.soundSeconds > 0.0) {
        progress.position = tr("%1 of %2")
                                .arg(widgets::clockText(*progress.fraction * now.soundSeconds),
                                     widgets::clockText(now.soundSeconds));
    }
    if (now.elapsedSeconds >= knownAfterSeconds && now.fraction) {
        progress.speed = tr("%1×").arg(qRound(now.timesRealTime));
        if (now.secondsLeft)
            progress.timeLeft = tr("%1 left").arg(timeLeft(*now.secondsLeft));
    }
    if (now.waiting > 0)
        progress.timeLeft += (progress.timeLeft.isEmpty() ? QString() : QStringLiteral(", ")) +
                             tr("%n waiting", nullptr, now.waiting);
    if (now.elapsedSeconds > askFromSeconds)
        progress.question = tr("Stop? %1 % is done.").arg(percent);
    return progress;
}

} // namespace app::words
