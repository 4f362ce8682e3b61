// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Autosave.h"

#include "app/workstation/Preferences.h"
#include "engine/io/AtomicFile.h"

#include <QDir>
#include <QStandardPaths>

namespace app {

namespace {
constexpr int idleMs = 500;
constexpr int mostPrograms = 16;
} // namespace

QString Autosave::standardFolder()
{
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    const QString base =
        QDir::isAbsolutePath(state) ? state : QDir::homePath() + QStringLiteral("/.local/state");
    return base + QStringLiteral("/quantum-distortion");
}

Autosave::Autosave(SessionDocument &document, const QString &folder)
    : document_(document), jobs_(std::make_unique<engine::render::JobThread>())
{
    QDir().mkpath(folder);
    for (int i = 1; i <= mostPrograms && file_.empty(); ++i) {
        const QString file = QStringLiteral("%1/session-%2.qdsession").arg(folder).arg(i);
        auto lock = std::make_unique<QLockFile>(file + QStringLiteral(".lock"));
        lock->setStaleLockTime(0);
        if (!lock->tryLock(0))
            continue;
        lock_ = std::move(lock);
        file_ = toPath(file);
        findLast(folder, i);
    }
    idle_.setSingleShot(true);
    idle_.setInterval(idleMs);
    connect(&idle_, &QTimer::timeout, this, &Autosave::save);
    connect(&document, &SessionDocument::changed, this, [this] { idle_.start(); });
}

Autosave::~Autosave()
{
    jobs_.reset(); // a save that is under way must not come after this one
    if (!file_.empty())
        (void)engine::io::writeWholeFile(file_, engine::io::sessionText(state(true)),
                                         engine::io::OverwritePolicy::Replace);
}

/// Set aside, so that it outlives a program that nobody goes back to it in.
void Autosave::findLast(const QString &folder, int number)
{
    const std::filesystem::path aside =
        toPath(QStringLiteral("%1/last-%2.qdsession").arg(folder).arg(number));
    const auto found = engine::io::loadSessionFile(file_);
    if (found && isWorthReopening(*found)) {
        last_ = *found;
        std::error_code ignored;
        std::filesystem::rename(file_, aside, ignored);
        return;
    }
    if (const auto before = engine::io::loadSessionFile(aside)) {
        last_ = *before;
        // That crash has been told to somebody who did something else since.
        last_->ended = last_->ended || found.has_value();
    }
}

engine::io::SavedSession Autosave::state(bool ended) const
{
    engine::io::SavedSession state = document_.saved(ended);
    state.file = document_.file();
    return state;
}

void Autosave::save()
{
    if (file_.empty())
        return;
    jobs_->add([file = file_, saved = state(false)](const std::stop_token &) {
        (void)engine::io::writeWholeFile(file, engine::io::sessionText(saved),
                                         engine::io::OverwritePolicy::Replace);
    });
}

} // namespace app
