// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words on presets.
#include "app/workstation/WordParts.h"

namespace app::words {

using widgets::JobNotice;

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

} // namespace app::words
