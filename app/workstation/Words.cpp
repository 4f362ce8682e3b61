// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Words.h"

#include "app/workstation/Preferences.h"
#include "app/workstation/WordParts.h"
#include "engine/io/DisplayName.h"
#include "widgets/views/TimeText.h"

#include <QDir>
#include <QStorageInfo>

#include <cmath>

namespace app::words {

namespace {

using widgets::JobNotice;
using widgets::PanelAction;

constexpr double askFromSeconds = 30.0;
constexpr double knownAfterSeconds = 0.5;

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
    if (error.systemErrno == ESTALE) {
        const JobNotice changed = soundChanged(outcome.request.input);
        notice.title = tr("“%1” was not rendered. %2").arg(fileName(output), changed.title);
        notice.text = changed.text;
        notice.actions = changed.actions;
        return notice;
    }
    if (error.code == engine::ErrorCode::CannotOpen && outcome.request.input != output) {
        notice.title =
            tr("“%1” was not rendered: its source cannot be read.").arg(fileName(output));
        notice.text = sentences({text(error.problem),
                                 tr("Put it back, or open it where it is now, and render again.")});
        notice.actions = {{QLatin1String(tryAgain), tr("Try again"), true}};
        return notice;
    }
    if (!engine::io::containerByEnding(output)) {
        notice.title =
            tr("“%1” was not written: no sound format has this ending.").arg(fileName(output));
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

JobNotice soundChanged(const std::filesystem::path &sound)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Warning;
    notice.title = tr("“%1” has been changed by another program.").arg(fileName(sound));
    notice.text = tr("What you see and hear is the sound as it was when it was opened.");
    notice.actions = {{QLatin1String(loadAgain), tr("Load it again"), true}};
    return notice;
}

JobNotice wouldReplaceSound(const std::filesystem::path &output)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Warning;
    notice.title = tr("“%1” is the sound that you are working on.").arg(fileName(output));
    notice.text = tr("It was left as it is. Choose another name.");
    notice.actions = {{QLatin1String(saveElsewhere), tr("Save elsewhere…"), true}};
    return notice;
}

JobNotice folderNotShown(const QString &folder, bool exists)
{
    JobNotice notice;
    notice.title = exists ? tr("The log is in %1").arg(folder)
                          : tr("There is no log: %1 cannot be written.").arg(folder);
    notice.text = exists ? tr("There is no program here that shows folders.") : QString();
    notice.actions = {{QLatin1String(copyDetails), tr("Copy the path"), false}};
    return notice;
}

JobNotice tapSaved(const std::filesystem::path &output, const engine::render::SavedTap &saved)
{
    JobNotice notice;
    notice.severity = JobNotice::Severity::Done;
    notice.title = tr("Saved %1").arg(fileName(output));
    if (saved.clippedSamples > 0) {
        notice.severity = JobNotice::Severity::Warning;
        notice.text =
            tr("%n samples were above full scale and were clipped. WAV and AIFF keep them.",
               nullptr, static_cast<int>(saved.clippedSamples));
    } else if (saved.sampleFormat == engine::io::SampleFormat::Float32) {
        notice.text = tr("As 32-bit float, because it goes above full scale.");
    }
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
