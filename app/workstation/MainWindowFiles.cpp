// SPDX-License-Identifier: GPL-3.0-or-later
//
// The part of the window that opens and writes files and tells how it went.
#include "app/workstation/MainWindow.h"
#include "app/workstation/TapChoice.h"
#include "app/workstation/Words.h"
#include "engine/render/ReadSound.h"
#include "engine/render/SaveSound.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>

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

QString outputFilters()
{
    QStringList filters;
    for (const engine::io::ContainerInfo &container : engine::io::containers())
        filters << QStringLiteral("%1 (*.%2)")
                       .arg(QString::fromUtf8(container.name.data()),
                            QString::fromUtf8(container.endings[0].data()));
    return filters.join(QStringLiteral(";;"));
}

void showFolderOf(const std::filesystem::path &file)
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(toQString(file.parent_path())));
}

/// Made per use, so that nothing waits for it: the program goes on while it is open.
QFileDialog *saveDialog(QWidget *parent, const QString &title, const QString &folder,
                        const QString &name)
{
    const auto dialog = new QFileDialog(parent, title, folder, outputFilters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("wav"));
    dialog->selectFile(name);
    // The ending follows the chosen format.
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        const qsizetype dot = filter.lastIndexOf(u'.');
        dialog->setDefaultSuffix(filter.mid(dot + 1).chopped(1));
    });
    return dialog;
}

} // namespace

void MainWindow::openPath(const std::filesystem::path &path)
{
    openedFromRecent_ = false;
    if (path.extension() == engine::io::presetEnding)
        presets_.openFile(path);
    else
        files_.open(path);
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
    dialog->open();
}

void MainWindow::renderWithDialog()
{
    if (!session_.sound())
        return;
    const QString stem = toQString(session_.sound()->path.stem());
    const auto dialog = saveDialog(this, tr("Render the whole sound"), preferences_.renderFolder(),
                                   stem + QStringLiteral("_out.wav"));
    dialog->setObjectName(QStringLiteral("renderDialog"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        preferences_.setRenderFolder(QFileInfo(file).absolutePath());
        renderTo(toPath(file));
    });
    dialog->open();
}

void MainWindow::renderTo(const std::filesystem::path &output)
{
    engine::render::RenderFileRequest request;
    request.input = session_.sound()->path;
    request.output = output;
    request.settings = session_.settings();
    request.overwrite = engine::io::OverwritePolicy::Replace; // the dialog has asked
    exports_.start(request, session_.sound()->seconds());
}

void MainWindow::saveTapWithDialog(engine::pipeline::TapId tap)
{
    if (!previews_.current())
        return;
    const QString name =
        QStringLiteral("%1_%2.wav").arg(toQString(session_.sound()->path.stem()), keyOfTap(tap));
    const auto dialog =
        saveDialog(this, tr("Save this tap of the preview"), preferences_.renderFolder(), name);
    dialog->setObjectName(QStringLiteral("saveTapDialog"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, tap](const QString &file) { saveTapTo(toPath(file), tap); });
    dialog->open();
}

void MainWindow::saveTapTo(const std::filesystem::path &output, engine::pipeline::TapId tap)
{
    if (!previews_.current())
        return;
    tapJobs_.add([this, output, preview = previews_.current(), tap](const std::stop_token &stop) {
        const engine::Status status = engine::render::saveSound(
            preview->sound(tap), output, engine::io::OverwritePolicy::Replace, stop);
        QMetaObject::invokeMethod(
            this,
            [this, output, tap, status] {
                ExportOutcome outcome;
                outcome.request.output = output;
                outcome.request.input = output;
                if (!status)
                    outcome.result = tl::unexpected(status.error());
                const auto again = [this, output, tap] { saveTapTo(output, tap); };
                if (status)
                    strip_->tell(words::tapSaved(output), {{QLatin1String(words::showInFolder),
                                                            [output] { showFolderOf(output); }}});
                else
                    strip_->tell(words::renderFailed(outcome),
                                 {{QLatin1String(words::saveElsewhere),
                                   [this, tap] { saveTapWithDialog(tap); }},
                                  {QLatin1String(words::tryAgain), again}});
            },
            Qt::QueuedConnection);
    });
}

void MainWindow::openFailed(const std::filesystem::path &path, const engine::Error &error)
{
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

void MainWindow::renderEnded(const ExportOutcome &outcome)
{
    closeWhenDone_ = closeWhenDone_ && outcome.result;
    if (closeWhenDone_ && !exports_.isRunning()) {
        close();
        return;
    }
    if (outcome.result) {
        chainBinding_->addFullRender(outcome.result->timing,
                                     words::fileName(outcome.request.output));
        const std::filesystem::path output = outcome.request.output;
        strip_->tell(words::renderDone(outcome),
                     {{QLatin1String(words::showInFolder), [output] { showFolderOf(output); }},
                      {QLatin1String(words::play), [this, output] { auditionFile(output); }}});
        return;
    }
    if (outcome.result.error().code == engine::ErrorCode::Cancelled) {
        strip_->tell(words::renderCancelled());
        return;
    }
    const auto again = [this, request = outcome.request] {
        exports_.start(request, session_.sound() ? session_.sound()->seconds() : 0.0);
    };
    const auto elsewhere = [this, request = outcome.request] {
        const auto dialog =
            saveDialog(this, tr("Save the render elsewhere"), preferences_.renderFolder(),
                       toQString(request.output.filename()));
        connect(dialog, &QFileDialog::fileSelected, this, [this, request](const QString &file) {
            engine::render::RenderFileRequest moved = request;
            moved.output = toPath(file);
            exports_.start(moved, session_.sound() ? session_.sound()->seconds() : 0.0);
        });
        dialog->open();
    };
    strip_->tell(words::renderFailed(outcome), {{QLatin1String(words::tryAgain), again},
                                                {QLatin1String(words::saveElsewhere), elsewhere}});
}

void MainWindow::auditionFile(const std::filesystem::path &path)
{
    tapJobs_.add([this, path](const std::stop_token &stop) {
        const auto sound = engine::render::readSound(path, Session::mostWindowSeconds, stop);
        if (sound)
            QMetaObject::invokeMethod(
                this, [this, buffer = *sound] { playback_.audition(buffer); },
                Qt::QueuedConnection);
    });
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
        });
    connect(&files_, &FileController::recentFilesChanged, this, &MainWindow::showRecent);
    connect(&previews_, &PreviewController::failed, this, [this](const engine::Error &error) {
        const QString details = QString::fromStdString(error.oneLine() + "\n" + error.details);
        strip_->tell(words::previewFailed(error),
                     {{QLatin1String(words::tryAgain), [this] { previews_.refresh(); }},
                      {QLatin1String(words::copyDetails),
                       [details] { QGuiApplication::clipboard()->setText(details); }}});
    });
    connect(&presets_, &PresetController::failed, this,
            [this](const engine::Error &error) { strip_->tell(words::presetFailed(error)); });
    connect(&exports_, &ExportController::ended, this, &MainWindow::renderEnded);
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

void MainWindow::showRenderProgress()
{
    overview_->setRenderProgress(exports_.isRunning() ? exports_.progress().fraction
                                                      : std::nullopt);
}

} // namespace app
