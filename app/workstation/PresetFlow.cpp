// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PresetFlow.h"

#include "app/workstation/ExportFlow.h"
#include "app/workstation/Preferences.h"
#include "app/workstation/PresetSheet.h"
#include "app/workstation/Words.h"
#include "widgets/panels/OpenOver.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QMenu>
#include <QUrl>

namespace app {

using engine::io::LibraryPreset;
using engine::io::OverwritePolicy;

PresetFlow::PresetFlow(QWidget &window, Session &session, PresetController &presets,
                       Preferences &preferences, Strip &strip)
    : window_(window), session_(session), presets_(presets), preferences_(preferences),
      strip_(strip)
{
    connect(&presets_, &PresetController::saved, this,
            [this](const QString &name) { strip_.tell(words::presetSaved(name)); });
    connect(&presets_, &PresetController::imported, this,
            [this](const QString &name) { strip_.tell(words::presetImported(name)); });
    connect(&presets_, &PresetController::removed, this, &PresetFlow::tellRemoved);
    connect(&presets_, &PresetController::importRefused, this, &PresetFlow::tellRefused);
    connect(&presets_, &PresetController::failed, this,
            [this](const engine::Error &error) { strip_.tell(words::presetFailed(error)); });
}

/// Null for Init and for one whose file is gone.
const LibraryPreset *PresetFlow::present() const
{
    const auto place = presets_.current();
    return place && *place != PresetController::init ? &presets_.at(*place) : nullptr;
}

void PresetFlow::save()
{
    if (presets_.canSaveOver())
        presets_.saveOver();
    else
        saveAs();
}

void PresetFlow::saveAs()
{
    PresetWords words;
    words.author = preferences_.presetAuthor();
    if (const LibraryPreset *const preset = present()) {
        words.name = QString::fromStdString(preset->preset.name);
        words.category = QString::fromStdString(preset->preset.category);
        for (const std::string &tag : preset->preset.tags)
            words.tags << QString::fromStdString(tag);
        words.note = QString::fromStdString(preset->preset.description);
    } else if (!session_.preset().path.empty()) {
        words.name = session_.preset().name;
    }
    const auto sheet = new PresetSheet(PresetSheet::Purpose::SaveAs, presets_, words, &window_);
    connect(sheet, &QDialog::accepted, this, [this, sheet] {
        preferences_.setPresetAuthor(sheet->words().author);
        presets_.saveAs(sheet->words(),
                        sheet->replaces() ? OverwritePolicy::Replace : OverwritePolicy::Refuse);
    });
    sheet->openOver();
}

void PresetFlow::rename()
{
    const LibraryPreset *const preset = present();
    if (!preset)
        return;
    PresetWords words;
    words.name = QString::fromStdString(preset->preset.name);
    const auto sheet = new PresetSheet(PresetSheet::Purpose::Rename, presets_, words, &window_);
    connect(sheet, &QDialog::accepted, this,
            [this, sheet, path = preset->path] { presets_.rename(path, sheet->words().name); });
    sheet->openOver();
}

void PresetFlow::revert()
{
    if (session_.isEdited())
        //: a step of undo: what was changed since the preset was saved is taken back
        session_.change(session_.slotState(session_.slot()).taken(),
                        tr("Revert to %1").arg(session_.preset().name));
}

void PresetFlow::importWithDialog()
{
    const auto dialog = new QFileDialog(&window_, tr("Import a preset"), QString(),
                                        tr("Presets (%1)").arg(QStringLiteral("*.qdpreset")));
    dialog->setObjectName(QStringLiteral("importDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        presets_.importFile(toPath(file), OverwritePolicy::Refuse);
    });
    widgets::openOver(dialog);
}

void PresetFlow::showOwnFolder()
{
    const std::filesystem::path &folder = presets_.folders().user;
    if (const auto made =
            engine::io::makeUserFolder(presets_.folders(), "There is no folder to show");
        !made)
        strip_.tell(words::presetFailed(made.error()));
    else
        QDesktopServices::openUrl(QUrl::fromLocalFile(toQString(folder)));
}

void PresetFlow::showMenu(QPoint place, const std::filesystem::path &damaged)
{
    const LibraryPreset *const preset = damaged.empty() ? present() : nullptr;
    const bool own = preset && !preset->factory;
    const auto menu = new QMenu(&window_);
    menu->setObjectName(QStringLiteral("presets.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](const QString &text, bool possible, auto &&function) {
        menu->addAction(text, std::forward<decltype(function)>(function))->setEnabled(possible);
    };
    add(tr("Save"), own && !(session_.settings() == session_.preset().settings),
        [this] { save(); });
    add(tr("Rename…"), own, [this] { rename(); });
    const std::filesystem::path path = preset ? preset->path : damaged;
    add(tr("Delete"), own, [this, path] { presets_.remove(path); });
    menu->addSeparator();
    add(tr("Show in folder"), !path.empty(), [path] { showFolderOf(path); });
    add(tr("Import…"), true, [this] { importWithDialog(); });
    menu->popup(place);
}

void PresetFlow::tellRemoved(const QString &name, const engine::io::TrashedFile &file)
{
    strip_.tell(words::presetRemoved(name),
                {{QLatin1String(words::undoDelete), [this, file] { presets_.putBack(file); }}});
}

void PresetFlow::tellRefused(const std::filesystem::path &path, const engine::Error &error)
{
    const bool taken = error.code == engine::ErrorCode::CannotCreate && error.systemErrno == 0;
    strip_.tell(words::presetNotImported(error, taken),
                {{QLatin1String(words::replacePreset),
                  [this, path] { presets_.importFile(path, OverwritePolicy::Replace); }}});
}

} // namespace app
