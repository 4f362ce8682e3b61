// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Autosave.h"

#include "app/workstation/Preferences.h"
#include "engine/io/AtomicFile.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace app {

namespace {
constexpr int idleMs = 500;
constexpr int mostPrograms = 16;
constexpr qint64 mostBytes = 1 << 20;
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
        QFile saved(file);
        if (!saved.open(QIODevice::ReadOnly))
            break;
        const auto before =
            engine::io::parseSession(saved.read(mostBytes).toStdString(), file.toStdString());
        if (before && !before->ended)
            crashed_ = *before;
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
        (void)engine::io::writeWholeFile(file_, engine::io::sessionText(document_.saved(true)),
                                         engine::io::OverwritePolicy::Replace);
}

std::optional<engine::io::SavedSession> Autosave::takeCrashed()
{
    return std::exchange(crashed_, std::nullopt);
}

void Autosave::save()
{
    if (file_.empty())
        return;
    jobs_->add([file = file_, saved = document_.saved()](const std::stop_token &) {
        (void)engine::io::writeWholeFile(file, engine::io::sessionText(saved),
                                         engine::io::OverwritePolicy::Replace);
    });
}

} // namespace app
