// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Autosave.h"

#include "app/workstation/Preferences.h"
#include "engine/io/AtomicFile.h"

#include <QDir>

#include <algorithm>
#include <vector>

namespace app {

using engine::io::SavedSession;

namespace {
constexpr int idleMs = 500;
constexpr int mostPrograms = 16;

std::filesystem::path fileOf(const QString &folder, const char *name, int number)
{
    return toPath(
        QStringLiteral("%1/%2-%3.qdsession").arg(folder, QLatin1String(name)).arg(number));
}

/// What programs of one number left behind.
struct Kept {
    int number = 0;
    std::optional<SavedSession> last; ///< the newest that is worth going back to
    std::filesystem::path file;       ///< of it
    std::filesystem::file_time_type time;
    bool crashed() const { return last && !last->ended; }
};

Kept keptBy(const QString &folder, int number)
{
    Kept kept;
    kept.number = number;
    kept.file = fileOf(folder, "session", number);
    const auto session = engine::io::loadSessionFile(kept.file);
    if (session && isWorthReopening(*session)) {
        kept.last = *session;
    } else {
        kept.file = fileOf(folder, "last", number);
        if (const auto last = engine::io::loadSessionFile(kept.file)) {
            kept.last = *last;
            // That crash has been told to somebody who did something else since.
            kept.last->ended = kept.last->ended || session.has_value();
        }
    }
    std::error_code ignored;
    kept.time = std::filesystem::last_write_time(kept.file, ignored);
    return kept;
}

/// Crashes first, for nobody chose to leave those; then what is newer.
bool goesBefore(const Kept &a, const Kept &b)
{
    if (a.crashed() != b.crashed())
        return a.crashed();
    if (a.last.has_value() != b.last.has_value())
        return a.last.has_value();
    return a.last && a.time > b.time;
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
    : document_(document), jobs_(std::make_unique<engine::render::JobThread>())
{
    QDir().mkpath(folder);
    std::vector<Kept> all;
    for (int i = 1; i <= mostPrograms; ++i)
        all.push_back(keptBy(folder, i));
    std::ranges::stable_sort(all, goesBefore);
    for (const Kept &kept : all) {
        const std::filesystem::path file = fileOf(folder, "session", kept.number);
        auto lock = std::make_unique<QLockFile>(toQString(file) + QStringLiteral(".lock"));
        lock->setStaleLockTime(0);
        if (!lock->tryLock(0))
            continue; // of a program that is running
        lock_ = std::move(lock);
        file_ = file;
        last_ = kept.last;
        // Aside, so that it outlives a program in which nobody goes back to it.
        std::error_code ignored;
        if (last_ && kept.file == file_)
            std::filesystem::rename(file_, fileOf(folder, "last", kept.number), ignored);
        break;
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

SavedSession Autosave::state(bool ended) const
{
    SavedSession state = document_.saved(ended);
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
