// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/ExportFlow.h"

#include "app/workstation/Preferences.h"
#include "app/workstation/TapChoice.h"
#include "app/workstation/Words.h"
#include "engine/base/Units.h"
#include "engine/io/PresetLibrary.h"
#include "engine/render/ReadSound.h"
#include "widgets/panels/OpenOver.h"
#include "widgets/threads/GuiThread.h"

#include <QDesktopServices>
#include <QDrag>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>

namespace app {

using engine::pipeline::TapId;

namespace {

QString outputFilters()
{
    QStringList filters;
    for (const engine::io::ContainerInfo &container : engine::io::containers())
        filters << QStringLiteral("%1 (*.%2)")
                       .arg(QString::fromUtf8(container.name.data()),
                            QString::fromUtf8(container.endings[0].data()));
    return filters.join(QStringLiteral(";;"));
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

/// "growl" of "Controlled Dubstep Growl": enough to tell renders apart.
QString lastWord(const QString &name)
{
    return QString::fromStdString(
               engine::io::presetFileName(name.section(u' ', -1).toLower().toStdString()))
        .section(u'.', 0, 0);
}

} // namespace

void showFolderOf(const std::filesystem::path &file)
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(toQString(file.parent_path())));
}

ExportFlow::ExportFlow(QWidget &window, Session &session, PreviewController &previews,
                       PlaybackController &playback, ExportController &exports, ChainBinding &chain,
                       Preferences &preferences, Strip &strip)
    : window_(window), session_(session), previews_(previews), playback_(playback),
      exports_(exports), chain_(chain), preferences_(preferences), strip_(strip)
{
    connect(&exports_, &ExportController::ended, this, &ExportFlow::ended);
}

ExportFlow::~ExportFlow() = default;

ExportFacts ExportFlow::facts() const
{
    const engine::render::SoundScan &sound = *session_.sound();
    ExportFacts facts;
    facts.sound = sound.path;
    facts.slot = slotName(session_.slot());
    facts.format = sound.format;
    facts.seconds = sound.seconds();
    facts.windowStartSeconds =
        engine::secondsFromFrames(session_.window().firstFrame, sound.format.sampleRateHz);
    facts.windowSeconds =
        engine::secondsFromFrames(session_.window().frames, sound.format.sampleRateHz);
    facts.previewLufs = chain_.outputLufs();
    facts.inputLufs = sound.loudnessLufs;
    if (previews_.current())
        facts.timesRealTime = previews_.current()->timing.timesRealTime();
    facts.oversampling = session_.settings().distortion.oversampling;
    facts.folder = toPath(preferences_.renderFolder());
    const QString stem = toQString(sound.path.stem());
    facts.name = session_.preset().path.empty() ? stem + QStringLiteral("_out")
                                                : stem + u'_' + lastWord(session_.preset().name);
    return facts;
}

void ExportFlow::renderWithDialog()
{
    if (!session_.sound())
        return;
    const auto dialog =
        new ExportDialog(facts(), exportChoicesFrom(preferences_.exportChoices()), &window_);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { start(dialog->wish()); });
    dialog->openOver();
}

void ExportFlow::start(const ExportWish &wish)
{
    if (!session_.sound())
        return;
    preferences_.setRenderFolder(toQString(wish.request.output.parent_path()));
    preferences_.setExportChoices(exportChoicesText(wish.choices));
    engine::render::RenderFileRequest request = wish.request;
    request.settings = session_.settings();
    request.inputStamp = session_.sound()->stamp;
    if (request.preview && request.renderOversampling) // which is for whole files
        request.settings.distortion.oversampling = *request.renderOversampling;
    ExportAfterwards afterwards;
    afterwards.showInFolder = wish.choices.showInFolder;
    if (wish.choices.savePreset) {
        engine::io::Preset preset;
        preset.uuid = engine::io::newUuid();
        preset.name = session_.preset().name.toStdString();
        preset.settings = session_.settings();
        afterwards.preset = std::move(preset);
    }
    exports_.start(request,
                   request.preview ? request.preview->seconds : session_.sound()->seconds(),
                   afterwards);
}

void ExportFlow::renderTo(const std::filesystem::path &output)
{
    engine::render::RenderFileRequest request;
    request.input = session_.sound()->path;
    request.output = output;
    request.settings = session_.settings();
    request.inputStamp = session_.sound()->stamp;
    request.overwrite = engine::io::OverwritePolicy::Replace;
    exports_.start(request, session_.sound()->seconds());
}

void ExportFlow::saveTapWithDialog(TapId tap)
{
    if (!previews_.current())
        return;
    const QString name =
        QStringLiteral("%1_%2.wav").arg(toQString(session_.sound()->path.stem()), keyOfTap(tap));
    const auto dialog =
        saveDialog(&window_, tr("Save this tap of the preview"), preferences_.renderFolder(), name);
    dialog->setObjectName(QStringLiteral("saveTapDialog"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, tap](const QString &file) { saveTapTo(toPath(file), tap); });
    widgets::openOver(dialog);
}

/// The sound that is open, which nothing here may replace.
bool ExportFlow::isSound(const std::filesystem::path &path) const
{
    std::error_code ignored;
    return session_.sound() && std::filesystem::equivalent(path, session_.sound()->path, ignored);
}

void ExportFlow::saveTapTo(const std::filesystem::path &output, TapId tap)
{
    if (!previews_.current())
        return;
    if (isSound(output)) {
        strip_.tell(words::wouldReplaceSound(output), {{QLatin1String(words::saveElsewhere),
                                                        [this, tap] { saveTapWithDialog(tap); }}});
        return;
    }
    jobs_.add([this, output, preview = previews_.current(), tap](const std::stop_token &stop) {
        const auto saved = engine::render::saveTap(*preview, tap, output,
                                                   engine::io::OverwritePolicy::Replace, stop);
        widgets::postToGui(this, [this, output, tap, saved] { tellSaved(output, tap, saved); });
    });
}

void ExportFlow::tellSaved(const std::filesystem::path &output, TapId tap,
                           const engine::Result<engine::render::SavedTap> &saved)
{
    if (saved) {
        strip_.tell(words::tapSaved(output, *saved),
                    {{QLatin1String(words::showInFolder), [output] { showFolderOf(output); }}});
        return;
    }
    ExportOutcome outcome;
    outcome.request.output = output;
    outcome.request.input = output;
    outcome.result = tl::unexpected(saved.error());
    strip_.tell(
        words::renderFailed(outcome),
        {{QLatin1String(words::saveElsewhere), [this, tap] { saveTapWithDialog(tap); }},
         {QLatin1String(words::tryAgain), [this, output, tap] { saveTapTo(output, tap); }}});
}

void ExportFlow::dragTap(TapId tap)
{
    const engine::render::SharedPreview preview = previews_.current();
    if (!preview || !session_.sound())
        return;
    if (!dragged_)
        dragged_ = std::make_unique<QTemporaryDir>();
    const QString name = QStringLiteral("%1_%2_%3.wav")
                             .arg(toQString(session_.sound()->path.stem()),
                                  lastWord(session_.preset().name), keyOfTap(tap));
    const std::filesystem::path file = toPath(dragged_->path()) / toPath(name);
    jobs_.add([this, file, preview, tap](const std::stop_token &stop) {
        const auto saved = engine::render::saveTap(*preview, tap, file,
                                                   engine::io::OverwritePolicy::Replace, stop);
        widgets::postToGui(this, [this, file, tap, saved] {
            if (!saved)
                tellSaved(file, tap, saved);
            else if (QGuiApplication::mouseButtons() & Qt::LeftButton)
                dragFile(file);
        });
    });
}

void ExportFlow::dragFile(const std::filesystem::path &file)
{
    const auto drag = new QDrag(&window_);
    const auto data = new QMimeData;
    data->setUrls({QUrl::fromLocalFile(toQString(file))});
    drag->setMimeData(data);
    drag->exec(Qt::CopyAction);
}

void ExportFlow::ended(const ExportOutcome &outcome)
{
    if (outcome.result) {
        succeeded(outcome);
        return;
    }
    emit notDone();
    if (outcome.result.error().code == engine::ErrorCode::Cancelled) {
        strip_.tell(words::renderCancelled());
        return;
    }
    const auto again = [this, outcome] {
        exports_.start(outcome.request, session_.sound() ? session_.sound()->seconds() : 0.0,
                       outcome.afterwards);
    };
    strip_.tell(words::renderFailed(outcome),
                {{QLatin1String(words::tryAgain), again},
                 {QLatin1String(words::loadAgain), [this] { emit reloadWanted(); }},
                 {QLatin1String(words::saveElsewhere), [this, outcome] { elsewhere(outcome); }}});
}

void ExportFlow::succeeded(const ExportOutcome &outcome)
{
    const std::filesystem::path output = outcome.request.output;
    chain_.addFullRender(outcome.result->timing, words::fileName(output));
    strip_.tell(words::renderDone(outcome),
                {{QLatin1String(words::showInFolder), [output] { showFolderOf(output); }},
                 {QLatin1String(words::play), [this, output] { audition(output); }},
                 {QLatin1String(words::dragOut), [this, output] { dragFile(output); }}});
    if (outcome.afterwards.showInFolder)
        showFolderOf(output);
    if (!exports_.isRunning())
        emit allDone();
}

void ExportFlow::elsewhere(const ExportOutcome &outcome)
{
    const auto dialog =
        saveDialog(&window_, tr("Save the render elsewhere"), preferences_.renderFolder(),
                   toQString(outcome.request.output.filename()));
    connect(dialog, &QFileDialog::fileSelected, this, [this, outcome](const QString &file) {
        engine::render::RenderFileRequest moved = outcome.request;
        moved.output = toPath(file);
        if (isSound(moved.output)) {
            strip_.tell(
                words::wouldReplaceSound(moved.output),
                {{QLatin1String(words::saveElsewhere), [this, outcome] { elsewhere(outcome); }}});
            return;
        }
        if (!moved.tapsFolder.empty())
            moved.tapsFolder = tapsBeside(moved.output);
        exports_.start(moved, session_.sound() ? session_.sound()->seconds() : 0.0,
                       outcome.afterwards);
    });
    widgets::openOver(dialog);
}

void ExportFlow::audition(const std::filesystem::path &path)
{
    jobs_.add([this, path](const std::stop_token &stop) {
        const auto sound = engine::render::readSound(path, Session::mostWindowSeconds, stop);
        if (sound)
            widgets::postToGui(this, [this, buffer = *sound] { playback_.audition(buffer); });
    });
}

} // namespace app
