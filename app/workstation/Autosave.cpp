// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Autosave.h"

#include "app/workstation/Preferences.h"
#include "engine/io/AtomicFile.h"
#include "widgets/threads/GuiThread.h"

#include <QDateTime>
#include <QDir>

#include <algorithm>

namespace app {

using engine::io::SavedSession;

namespace {

constexpr int idleMs = 500;
constexpr int mostPrograms = 16;
constexpr std::size_t mostKept = 8;
const QString ending = QStringLiteral(".qdsession");

/// "last-1700000000000-1.qdsession": the time makes it another one than those before.
std::filesystem::path asideName(const QString &folder, const char *what, qint64 timeMs, int number)
{
    return toPath(
        QStringLiteral("%1/%2-%3-%4").arg(folder, QLatin1String(what)).arg(timeMs).arg(number) +
        ending);
}

qint64 changedMs(const std::filesystem::path &file)
{
    return QFileInfo(toQString(file)).lastModified().toMSecsSinceEpoch();
}

engine::Status writeSession(const std::filesystem::path &file, const SavedSession &session)
{
    return engine::io::writeWholeFile(file, engine::io::sessionText(session),
                                      engine::io::OverwritePolicy::Replace);
}

} // namespace

QString Autosave::standardFolder()
{
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    const QString base =
        QDir::isAbsolutePath(state) ? state : QDir::homePath() + QStringLiteral("/.local/state");
    return base + QStringLiteral("/quantum-distortion");
}

Autosave::Autosave(SessionDocument &document, const QString &folder)
    : document_(document), folder_(folder), jobs_(std::make_unique<engine::render::JobThread>())
{
    QDir().mkpath(folder);
    takeFile();
    findKept();
    idle_.setSingleShot(true);
    idle_.setInterval(idleMs);
    connect(&idle_, &QTimer::timeout, this, &Autosave::save);
    connect(&document, &SessionDocument::changed, this, [this] { idle_.start(); });
}

Autosave::~Autosave()
{
    jobs_.reset(); // a save that is under way must not come after this one
    if (file_.empty() || !writeSession(file_, document_.kept(true)))
        return;
    std::error_code ignored;
    for (const std::filesystem::path &file : taken_)
        std::filesystem::remove(file, ignored);
}

/// The file of a crash, else the first that is free.
void Autosave::takeFile()
{
    for (int number = 1; number <= mostPrograms && !crash_; ++number) {
        const std::filesystem::path file =
            toPath(QStringLiteral("%1/session-%2").arg(folder_).arg(number) + ending);
        std::error_code ignored;
        const bool exists = std::filesystem::exists(file, ignored);
        if (!exists && !file_.empty())
            continue;
        auto lock = std::make_unique<QLockFile>(toQString(file) + QStringLiteral(".lock"));
        lock->setStaleLockTime(0);
        if (!lock->tryLock(0))
            continue; // of a program that is running
        if (exists)
            crash_ = clear(file, number);
        if (!crash_ && !file_.empty())
            continue;
        lock_ = std::move(lock);
        file_ = file;
    }
}

/// Sets aside what stands there. A place: that of what a program worked on that crashed.
std::optional<std::filesystem::path> Autosave::clear(const std::filesystem::path &file, int number)
{
    std::error_code ignored;
    const auto found = engine::io::loadSessionFile(file);
    if (!found) {
        const auto aside = asideName(folder_, "unreadable", changedMs(file), number);
        std::filesystem::rename(file, aside, ignored);
        unreadable_ = Unreadable{aside, found.error()};
        return {};
    }
    const bool crashed = !found->ended && (holdsWork(*found) || !found->sound.empty());
    if (!crashed && !holdsWork(*found))
        return {};
    const auto aside = asideName(folder_, "last", changedMs(file), number);
    std::filesystem::rename(file, aside, ignored);
    return crashed ? std::optional(aside) : std::nullopt;
}

void Autosave::findKept()
{
    const QDir folder(folder_);
    const QStringList names = folder.entryList({QStringLiteral("last-*") + ending}, QDir::Files,
                                               QDir::Time); // newest first
    for (const QString &name : names) {
        const std::filesystem::path file = toPath(folder.filePath(name));
        std::error_code ignored;
        if (kept_.size() == mostKept && file != crash_)
            std::filesystem::remove(file, ignored);
        else if (const auto session = engine::io::loadSessionFile(file))
            kept_.push_back({*session, file});
    }
    const auto crash =
        std::ranges::find_if(kept_, [this](const Kept &kept) { return kept.file == crash_; });
    if (crash != kept_.end())
        std::rotate(kept_.begin(), crash, crash + 1);
}

SavedSession Autosave::take(std::size_t index)
{
    const Kept kept = kept_.at(index);
    kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(index));
    taken_.push_back(kept.file);
    idle_.start();
    emit keptChanged();
    return kept.session;
}

void Autosave::setAside(const SavedSession &session)
{
    const auto file = asideName(folder_, "last", QDateTime::currentMSecsSinceEpoch(), 0);
    kept_.insert(kept_.begin() + (lastCrashed() ? 1 : 0), {session, file});
    jobs_->add([file, session](const std::stop_token &) { (void)writeSession(file, session); });
    emit keptChanged();
}

void Autosave::takeBack()
{
    if (const std::size_t newest = lastCrashed() ? 1 : 0; newest < kept_.size())
        take(newest);
}

void Autosave::save()
{
    if (file_.empty()) {
        tellFailure({engine::ErrorCode::CannotCreate, "The folder cannot be written", {}, {}, {}});
        return;
    }
    jobs_->add([this, file = file_, saved = document_.kept(),
                taken = std::exchange(taken_, {})](const std::stop_token &) {
        const engine::Status written = writeSession(file, saved);
        std::error_code ignored;
        for (const std::filesystem::path &old : taken) {
            if (written)
                std::filesystem::remove(old, ignored);
        }
        widgets::postToGui(this, [this, written] {
            if (written)
                failing_ = false;
            else
                tellFailure(written.error());
        });
    });
}

void Autosave::tellFailure(const engine::Error &error)
{
    if (std::exchange(failing_, true))
        return;
    emit failed(error);
}

} // namespace app
