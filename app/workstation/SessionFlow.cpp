// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/SessionFlow.h"

#include "app/workstation/ExportFlow.h"
#include "app/workstation/Preferences.h"
#include "app/workstation/Words.h"
#include "engine/io/AtomicFile.h"
#include "engine/io/DisplayName.h"
#include "engine/io/PresetLibrary.h"
#include "widgets/panels/OpenOver.h"
#include "widgets/threads/GuiThread.h"

#include <QFileDialog>
#include <QFileInfo>

namespace app {

using engine::io::SavedSession;

namespace {

/// A folder that was moved or copied as a whole still has the sound beside the session.
void findSound(std::filesystem::path &sound, const std::filesystem::path &folder)
{
    std::error_code ignored;
    const std::filesystem::path beside = folder / sound.filename();
    if (!sound.empty() && !std::filesystem::exists(sound, ignored) &&
        std::filesystem::exists(beside, ignored))
        sound = beside;
}

struct ReadSession {
    SavedSession session;
    std::string text; ///< the file as it is
};

engine::Result<ReadSession> readSession(const std::filesystem::path &path)
{
    const auto text = engine::io::readSmallFile(path);
    if (!text)
        return tl::unexpected(text.error());
    const auto session = engine::io::parseSession(*text, engine::io::displayName(path));
    if (!session)
        return tl::unexpected(session.error());
    return ReadSession{*session, *text};
}

} // namespace

SessionFlow::SessionFlow(QWidget &window, Session &session, SessionDocument &document,
                         FileController &files, Preferences &preferences, Strip &strip)
    : window_(window), session_(session), document_(document), files_(files),
      preferences_(preferences), strip_(strip)
{}

SessionFlow::~SessionFlow() = default;

QString SessionFlow::name() const
{
    return document_.file().empty() ? QString() : words::fileName(document_.file().stem());
}

QString SessionFlow::folder() const
{
    if (!document_.file().empty())
        return toQString(document_.file().parent_path());
    return session_.sound() ? toQString(session_.sound()->path.parent_path())
                            : preferences_.openFolder();
}

void SessionFlow::openWithDialog()
{
    const auto dialog =
        new QFileDialog(&window_, tr("Open a session"), folder(), tr("Sessions (*.qdsession)"));
    dialog->setObjectName(QStringLiteral("openSessionDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &file) { open(toPath(file)); });
    widgets::openOver(dialog);
}

void SessionFlow::open(const std::filesystem::path &path)
{
    jobs_.add([this, path](const std::stop_token &) {
        auto read = readSession(path);
        if (read)
            findSound(read->session.sound, path.parent_path());
        widgets::postToGui(this, [this, path, read] {
            if (read) {
                show(path, read->session);
                text_ = read->text;
            } else {
                strip_.tell(words::sessionFailed(read.error()),
                            {{QLatin1String(words::showInFolder), [path] { showFolderOf(path); }}});
            }
        });
    });
}

void SessionFlow::show(const std::filesystem::path &path, const SavedSession &session)
{
    const std::optional<SavedSession> before = unsavedWork();
    strip_.clearNotice();
    take(session);
    document_.setFile(path, document_.saved());
    emit opened();
    tellOpened(QStringLiteral("“%1”").arg(words::fileName(path)), before);
}

void SessionFlow::reopen(const SavedSession &last)
{
    const std::optional<SavedSession> before = unsavedWork();
    strip_.clearNotice();
    resume(last);
    //: the beginning of a sentence: "Your last session is open."
    tellOpened(tr("Your last session"), before);
}

std::optional<SavedSession> SessionFlow::unsavedWork() const
{
    const bool losesWork = document_.file().empty()
                               ? session_.undoStack().count() > 0 || session_.isTrying() ||
                                     !document_.snapshots().empty()
                               : document_.isModified();
    if (!losesWork)
        return {};
    return document_.kept();
}

void SessionFlow::tellOpened(const QString &what, const std::optional<SavedSession> &unsavedBefore)
{
    if (!unsavedBefore)
        return;
    emit leftUnsaved(*unsavedBefore);
    strip_.tell(words::sessionOpened(what),
                {{QLatin1String(words::goBack), [this, before = *unsavedBefore] {
                      emit wentBack();
                      resume(before);
                  }}});
}

void SessionFlow::resume(const SavedSession &saved)
{
    take(saved);
    // All of it differs until it is known what the file holds; a file that has gone holds nothing.
    document_.setFile(saved.file, {});
    text_.reset();
    emit opened();
    if (saved.file.empty())
        return;
    jobs_.add([this, path = saved.file](const std::stop_token &) {
        const auto read = readSession(path);
        if (!read)
            return;
        widgets::postToGui(this, [this, path, read = *read] {
            if (document_.file() != path)
                return;
            document_.setFile(path, read.session);
            text_ = read.text;
        });
    });
}

void SessionFlow::take(const SavedSession &saved)
{
    if (files_.isLoading())
        files_.cancel();
    // The same sound is not read again.
    const engine::render::SharedScan open = session_.sound();
    if (open && open->path == saved.sound) {
        document_.take(saved);
        document_.forgetSound();
        session_.setWindow({saved.windowFirstFrame, saved.windowFrames});
        return;
    }
    if (open)
        session_.closeSound();
    document_.take(saved);
    if (const auto &sound = document_.awaitedSound())
        files_.openAt(sound->path, sound->window);
}

bool SessionFlow::tellMissing(const std::filesystem::path &sound, const engine::Error &error)
{
    if (!document_.awaitedSound() || document_.awaitedSound()->path != sound)
        return false;
    strip_.tell(words::sessionSoundMissing(sound, error),
                {{QLatin1String(words::locate), [this] { locateWithDialog(); }}});
    return true;
}

void SessionFlow::locateWithDialog()
{
    const std::optional<SessionDocument::Sound> wanted = document_.awaitedSound();
    if (!wanted)
        return;
    const auto dialog = new QFileDialog(
        &window_, tr("Where is “%1”?").arg(words::fileName(wanted->path)), folder());
    dialog->setObjectName(QStringLiteral("locateDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, wanted](const QString &file) { files_.openAt(toPath(file), wanted->window); });
    widgets::openOver(dialog);
}

void SessionFlow::save(std::function<void()> then)
{
    if (document_.file().empty())
        saveWithDialog(std::move(then));
    else
        write(document_.file(), std::move(then), text_);
}

void SessionFlow::saveWithDialog(std::function<void()> then)
{
    const auto dialog =
        new QFileDialog(&window_, tr("Save the session"), folder(), tr("Sessions (*.qdsession)"));
    dialog->setObjectName(QStringLiteral("saveSessionDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("qdsession"));
    QString suggested = name();
    if (suggested.isEmpty())
        suggested =
            session_.sound() ? words::fileName(session_.sound()->path.stem()) : tr("Untitled");
    dialog->selectFile(suggested + QStringLiteral(".qdsession"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, then = std::move(then)](const QString &file) { write(toPath(file), then); });
    widgets::openOver(dialog);
}

void SessionFlow::write(const std::filesystem::path &path, std::function<void()> then,
                        std::optional<std::string> known)
{
    jobs_.add([this, path, content = document_.saved(), then = std::move(then),
               known = std::move(known)](const std::stop_token &) {
        const auto there = known ? std::optional(engine::io::readSmallFile(path)) : std::nullopt;
        if (there && *there && **there != *known) {
            widgets::postToGui(this, [this, path, then] { tellChanged(path, then); });
            return;
        }
        const std::string text = engine::io::sessionText(content);
        const auto status =
            engine::io::writeWholeFile(path, text, engine::io::OverwritePolicy::Replace);
        widgets::postToGui(this, [this, path, content, text, status, then] {
            if (!status) {
                strip_.tell(
                    words::sessionNotSaved(path, status.error()),
                    {{QLatin1String(words::saveElsewhere), [this, then] { saveWithDialog(then); }},
                     {QLatin1String(words::tryAgain), [this, path, then] { write(path, then); }}});
                return;
            }
            document_.setFile(path, content);
            text_ = text;
            emit saved();
            if (then)
                then();
            else
                strip_.tell(words::sessionSaved(path),
                            {{QLatin1String(words::showInFolder), [path] { showFolderOf(path); }}});
        });
    });
}

void SessionFlow::tellChanged(const std::filesystem::path &path, const std::function<void()> &then)
{
    strip_.tell(words::sessionChanged(path),
                {{QLatin1String(words::saveElsewhere), [this, then] { saveWithDialog(then); }},
                 {QLatin1String(words::saveOver), [this, path, then] { write(path, then); }}});
}

} // namespace app
