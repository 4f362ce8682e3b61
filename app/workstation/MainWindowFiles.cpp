// SPDX-License-Identifier: GPL-3.0-or-later
//
// The part of the window that opens and writes files and tells how it went.
#include "app/workstation/MainWindow.h"

#include "app/workstation/BatchWindow.h"
#include "app/workstation/Log.h"
#include "app/workstation/Words.h"
#include "engine/io/Recipe.h"
#include "widgets/panels/OpenOver.h"
#include "widgets/threads/GuiThread.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>

#include <cerrno>

namespace app {

namespace {

QString inputFilter()
{
    QStringList endings;
    for (const engine::io::ContainerInfo &container : engine::io::containers()) {
        for (const std::string_view ending : container.endings) {
            if (!ending.empty())
                endings << QStringLiteral("*.") + QString::fromUtf8(ending.data());
        }
    }
    endings << QStringLiteral("*.au") << QStringLiteral("*.mp2");
    endings.removeDuplicates();
    return MainWindow::tr("Sounds (%1)").arg(endings.join(u' ')) + QStringLiteral(";;") +
           MainWindow::tr("All files (*)");
}

} // namespace

void MainWindow::openPath(const std::filesystem::path &named)
{
    // Sessions and lists remember where it is, whichever folder the program is started in.
    std::error_code fault;
    const std::filesystem::path whole = std::filesystem::absolute(named, fault).lexically_normal();
    const std::filesystem::path &path = fault ? named : whole;
    openedFromRecent_ = false;
    if (path.extension() == engine::io::presetEnding) {
        presets_.openFile(path);
    } else if (path.extension() == engine::io::sessionEnding) {
        sessionFlow_->open(path);
    } else {
        document_.forgetSound();
        files_.open(path);
    }
}

void MainWindow::openWithDialog()
{
    const auto dialog =
        new QFileDialog(this, tr("Open a sound"), preferences_.openFolder(), inputFilter());
    dialog->setObjectName(QStringLiteral("openDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        preferences_.setOpenFolder(QFileInfo(file).absolutePath());
        openPath(toPath(file));
    });
    widgets::openOver(dialog);
}

void MainWindow::openFailed(const std::filesystem::path &path, const engine::Error &error)
{
    if (sessionFlow_->tellMissing(path, error))
        return;
    const auto openAnother = [this] { openWithDialog(); };
    const auto show = [path] { showFolderOf(path); };
    const auto forget = [this, path] {
        preferences_.removeRecentFile(path);
        showRecent();
    };
    if (session_.sound() || (openedFromRecent_ && error.systemErrno != 0)) {
        strip_->tell(words::openFailedNotice(path, error, openedFromRecent_),
                     {{QLatin1String(words::openAnother), openAnother},
                      {QLatin1String(words::locate), openAnother},
                      {QLatin1String(words::forgetRecent), forget},
                      {QLatin1String(words::showInFolder), show}});
        return;
    }
    presetBinding_->keep();
    stage_->error().setContent(words::openFailed(path, error));
    stage_->error().disconnect(this);
    connect(&stage_->error(), &widgets::ErrorPanel::actionTriggered, this,
            [this, path](const QString &id) {
                if (id == QLatin1String(words::openAnother))
                    openWithDialog();
                else
                    showFolderOf(path);
            });
    stage_->showError();
    overview_->setEmptyText(widgets::OverviewView::noFileText());
}

void MainWindow::connectOutcomes()
{
    connect(&files_, &FileController::failed, this, &MainWindow::openFailed);
    connect(&files_, &FileController::loadingStarted, this, [this] { strip_->clearNotice(); });
    connect(
        &files_, &FileController::opened, this, [this](const engine::render::SharedScan &sound) {
            if (!sound->warnings.empty())
                strip_->tell(words::damagedNotice(*sound), {{QLatin1String(words::closeFile),
                                                             [this] { session_.closeSound(); }}});
            else
                offerRecipe(sound->path);
        });
    connect(&files_, &FileController::recentFilesChanged, this, &MainWindow::showRecent);
    connect(&files_, &FileController::changedOnDisk, this, [this](const auto &path) {
        // What was not done because of it has been said, and says more.
        if (!strip_->offers(words::loadAgain))
            tellChanged(path);
    });
    connect(exportFlow_.get(), &ExportFlow::reloadWanted, &files_, &FileController::reload);
    connect(&previews_, &PreviewController::failed, this, [this](const engine::Error &error) {
        const QString details = QString::fromStdString(error.oneLine() + "\n" + error.details);
        qCInfo(happened).noquote() << "No preview:" << details;
        if (error.systemErrno == ESTALE && session_.sound()) {
            tellChanged(session_.sound()->path);
            return;
        }
        strip_->tell(words::previewFailed(error),
                     {{QLatin1String(words::tryAgain), [this] { previews_.refresh(); }},
                      {QLatin1String(words::copyDetails),
                       [details] { QGuiApplication::clipboard()->setText(details); }}});
    });
    connect(exportFlow_.get(), &ExportFlow::notDone, this, [this] { closeWhenDone_ = false; });
    connect(exportFlow_.get(), &ExportFlow::allDone, this, [this] {
        if (closeWhenDone_)
            close();
    });
    connect(&exports_, &ExportController::startedOrEnded, this, [this] {
        header_->setRendering(exports_.isRunning());
        (*commands_)["file.render"].setEnabled(session_.sound() && !exports_.isRunning());
        showRenderProgress();
    });
    connect(&exports_, &ExportController::progressed, this, &MainWindow::showRenderProgress);
    connect(&session_, &Session::soundChanged, this, [this] {
        overview_->setEmptyText(widgets::OverviewView::invitation());
        showStage();
    });
}

void MainWindow::tellChanged(const std::filesystem::path &path)
{
    strip_->tell(words::soundChanged(path),
                 {{QLatin1String(words::loadAgain), [this] { files_.reload(); }}});
}

/// Beside this window; with what is open and heard to begin with.
void MainWindow::showBatch()
{
    std::vector<engine::render::BatchPreset> first;
    for (const Slot slot : {session_.slot(), otherSlot(session_.slot())}) {
        if (slot != session_.slot() && session_.slotsAreEqual())
            continue;
        const SlotState &state = session_.slotState(slot);
        //: the settings of slot A or B as they are now, and the preset they came from
        first.push_back({tr("Slot %1, %2").arg(slotName(slot), state.preset.name).toStdString(),
                         state.settings, false});
    }
    if (batch_) {
        batch_->setFirst(std::move(first));
    } else {
        batch_ = new BatchWindow(preferences_, std::move(first), this);
        if (session_.sound())
            batch_->addInputs({session_.sound()->path});
    }
    batch_->show();
    batch_->raise();
    batch_->activateWindow();
}

/// What a file that this program wrote remembers is offered, not taken.
void MainWindow::offerRecipe(const std::filesystem::path &path)
{
    recipeJobs_.cancelAll();
    recipeJobs_.add([this, path](const std::stop_token &) {
        const auto recipe = engine::io::readRecipe(path);
        if (!recipe || !*recipe)
            return;
        widgets::postToGui(this, [this, path, settings = (*recipe)->settings] {
            if (!session_.sound() || session_.sound()->path != path)
                return;
            strip_->tell(words::recipeFound(path),
                         {{QLatin1String(words::loadSettings), [this, settings] {
                               session_.change(settings, tr("Settings of the file"));
                           }}});
        });
    });
}

void MainWindow::connectSessions()
{
    connect(&document_, &SessionDocument::viewsTaken, this, [this] {
        if (const QVariantMap views = document_.views(QStringLiteral("stage")); !views.isEmpty())
            stage_->restoreState(views);
    });
    connect(&document_, &SessionDocument::fileChanged, this, [this] {
        showTitle();
        if (!document_.isModified())
            strip_->withdraw(words::closingLosesSession(sessionFlow_->name()));
    });
    connect(&stage_->start(), &widgets::StartPanel::sessionRequested, this,
            [this](int index) { reopenSession(static_cast<std::size_t>(index)); });
    connect(&autosave_, &Autosave::keptChanged, this, &MainWindow::showKeptSessions);
    connect(sessionFlow_.get(), &SessionFlow::leftUnsaved, &autosave_, &Autosave::setAside);
    connect(sessionFlow_.get(), &SessionFlow::wentBack, &autosave_, &Autosave::takeBack);
    connect(&autosave_, &Autosave::failed, this, [this](const engine::Error &error) {
        strip_->keepTelling(words::workNotKept(Autosave::standardFolder(), error),
                            {{QLatin1String(words::saveSession),
                              [this] { (*commands_)["file.save_session"].trigger(); }}});
    });
    showKeptSessions();
}

void MainWindow::begin(const std::vector<std::filesystem::path> &files)
{
    for (const std::filesystem::path &file : files)
        openPath(file);
    if (const auto &unreadable = autosave_.unreadable())
        strip_->keepTelling(words::sessionFailed(unreadable->error),
                            {{QLatin1String(words::showInFolder),
                              [file = unreadable->file] { showFolderOf(file); }}});
    if (!autosave_.lastCrashed())
        return;
    if (files.empty())
        restoreCrashed();
    else
        strip_->keepTelling(words::canBeRestored(),
                            {{QLatin1String(words::restore), [this] { reopenSession(0); }}});
}

/// After a crash the person goes on where they were.
void MainWindow::restoreCrashed()
{
    const engine::io::SavedSession crashed = autosave_.take(0);
    sessionFlow_->resume(crashed);
    strip_->keepTelling(words::restored(), {{QLatin1String(words::undoRestore), [this, crashed] {
                                                 autosave_.setAside(crashed);
                                                 sessionFlow_->resume(freshSession());
                                             }}});
}

void MainWindow::reopenSession(std::size_t index)
{
    if (index >= autosave_.kept().size())
        return;
    const engine::io::SavedSession session = autosave_.take(index);
    if (!autosave_.lastCrashed())
        strip_->withdraw(words::canBeRestored());
    sessionFlow_->reopen(session);
}

void MainWindow::showKeptSessions()
{
    constexpr std::size_t most = 3;
    std::vector<widgets::SessionItem> items;
    for (const Autosave::Kept &kept : autosave_.kept()) {
        if (items.size() < most)
            items.push_back(words::sessionItem(kept.session));
    }
    (*commands_)["file.reopen_session"].setEnabled(!items.empty());
    stage_->start().setSessions(items);
}

/// "loop.wav — song — Quantum Distortion", with the dash that Qt puts before the program's name in
/// the titles of dialogs; the star of a session that is not saved is the system's.
void MainWindow::showTitle()
{
    QStringList parts;
    if (session_.sound())
        parts << words::fileName(session_.sound()->path);
    if (const QString session = sessionFlow_->name(); !session.isEmpty())
        parts << session + QStringLiteral("[*]");
    parts << tr("Quantum Distortion");
    setWindowTitle(parts.join(QStringLiteral(" — ")));
    setWindowModified(document_.isModified());
}

/// Only a session that has a name asks: a sound that was only tried leaves nothing behind.
bool MainWindow::mayClose()
{
    const bool lost =
        document_.file().empty() && autosave_.isFailing() && holdsWork(document_.saved());
    if (closing_ || !(document_.isModified() || lost))
        return true;
    strip_->tell(words::closingLosesSession(sessionFlow_->name()),
                 {{QLatin1String(words::saveAndClose),
                   [this] { sessionFlow_->save([this] { closeNow(); }); }},
                  {QLatin1String(words::closeUnsaved), [this] { closeNow(); }},
                  {QLatin1String(words::keepWorking), [] {}}});
    return false;
}

void MainWindow::showRenderProgress()
{
    overview_->setRenderProgress(exports_.isRunning() ? exports_.progress().fraction
                                                      : std::nullopt);
}

} // namespace app
