// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/SessionDocument.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

namespace app {

using engine::io::SavedSession;
using engine::io::SavedSlot;

namespace {

constexpr std::array bothSlots{Slot::A, Slot::B};
const QString stagePart = QStringLiteral("stage");

QVariantMap mapOf(const std::string &json)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(json)).object().toVariantMap();
}

std::string jsonOf(const QVariantMap &map)
{
    return QJsonDocument(QJsonObject::fromVariantMap(map))
        .toJson(QJsonDocument::Compact)
        .toStdString();
}

/// Without what nobody would save a file for.
SavedSession worthSaving(SavedSession session)
{
    session.views = "{}";
    session.viewTaps.clear();
    session.tap.clear();
    session.sounding = Slot::A;
    session.ended = false;
    return session;
}

} // namespace

SessionDocument::SessionDocument(Session &session) : session_(session)
{
    const auto told = [this] {
        if (!taking_)
            emit changed();
    };
    connect(&session, &Session::settingsChanged, this, told);
    connect(&session, &Session::otherSettingsChanged, this, told);
    connect(&session, &Session::slotChanged, this, told);
    connect(&session, &Session::presetChanged, this, told);
    connect(&session.undoStack(), &QUndoStack::indexChanged, this, told); // a trial was kept
    connect(&session, &Session::windowChanged, this, told);
    connect(&session, &Session::tapChanged, this, told);
    connect(&session, &Session::soundChanged, this, [this, told] {
        if (session_.sound())
            awaited_.reset();
        told();
    });
    connect(this, &SessionDocument::changed, this, &SessionDocument::noticeModified);
}

SavedSession SessionDocument::saved(bool ended) const
{
    SavedSession saved = origin_;
    if (session_.sound()) {
        saved.sound = session_.sound()->path;
        saved.windowFirstFrame = session_.window().firstFrame;
        saved.windowFrames = session_.window().frames;
    } else {
        const Sound awaited = awaited_.value_or(Sound{});
        saved.sound = awaited.path;
        saved.windowFirstFrame = awaited.window.firstFrame;
        saved.windowFrames = awaited.window.frames;
    }
    saved.tap = engine::pipeline::tapTable[static_cast<std::size_t>(session_.tap())].key;
    for (const Slot which : bothSlots) {
        SavedSlot slot = savedSlot(session_.keptSlotState(which));
        const SavedSlot &before = origin_.slot(which);
        slot.unknownParameters = before.unknownParameters;
        slot.unknownFields = before.unknownFields;
        // What another preset holds besides is not known here.
        if (slot.preset.uuid == before.preset.uuid && slot.preset.name == before.preset.name) {
            slot.preset.unknownParameters = before.preset.unknownParameters;
            slot.unknownHeld = before.unknownHeld;
        }
        saved.slot(which) = std::move(slot);
    }
    saved.sounding = session_.slot();
    saved.snapshots = snapshots_;
    saved.views = jsonOf(views_);
    saved.viewTaps.clear();
    for (const QString &tap : views(stagePart)[QStringLiteral("taps")].toStringList())
        saved.viewTaps.push_back(tap.toStdString());
    if (saved.viewTaps.empty())
        saved.viewTaps = origin_.viewTaps;
    saved.ended = ended;
    return saved;
}

SavedSession SessionDocument::kept(bool ended) const
{
    SavedSession kept = saved(ended);
    kept.file = file_;
    return kept;
}

void SessionDocument::take(const SavedSession &saved)
{
    taking_ = true;
    origin_ = saved;
    origin_.file.clear(); // setFile() tells
    snapshots_ = saved.snapshots;
    views_ = mapOf(saved.views);
    session_.restore({slotOf(saved.slot(Slot::A)), slotOf(saved.slot(Slot::B))}, saved.sounding);
    for (const engine::pipeline::TapInfo &tap : engine::pipeline::tapTable) {
        if (saved.tap == tap.key)
            session_.setTap(tap.id);
    }
    awaited_.reset();
    if (!saved.sound.empty())
        awaited_ = Sound{saved.sound, {saved.windowFirstFrame, saved.windowFrames}};
    emit viewsTaken();
    taking_ = false;
    emit snapshotsChanged();
    emit changed();
}

void SessionDocument::forgetSound()
{
    if (!awaited_)
        return;
    awaited_.reset();
    emit changed();
}

void SessionDocument::setFile(const std::filesystem::path &file, const SavedSession &content)
{
    file_ = file;
    content_ = worthSaving(content);
    modified_ = isModified();
    emit fileChanged();
}

bool SessionDocument::isModified() const
{
    return !file_.empty() && !(worthSaving(saved()) == content_);
}

void SessionDocument::noticeModified()
{
    const bool modified = isModified();
    if (modified == modified_)
        return;
    modified_ = modified;
    emit fileChanged();
}

TakenSnapshot SessionDocument::takeSnapshot(std::int64_t timeMs)
{
    while (findSnapshot(timeMs))
        ++timeMs;
    TakenSnapshot taken{timeMs, {}};
    if (snapshots_.size() == engine::io::mostSnapshots)
        taken.dropped = snapshots_.front();
    engine::io::addSnapshot(snapshots_, {{}, timeMs, session_.settings(), {}, {}});
    emit snapshotsChanged();
    emit changed();
    return taken;
}

std::optional<std::size_t> SessionDocument::findSnapshot(std::int64_t timeMs) const
{
    const auto found = std::ranges::find(snapshots_, timeMs, &Snapshot::timeMs);
    if (found == snapshots_.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - snapshots_.begin());
}

void SessionDocument::goToSnapshot(std::size_t index)
{
    const Snapshot &snapshot = snapshots_.at(index);
    //: a step of undo: the settings of a snapshot were taken
    session_.change(snapshot.settings, tr("Snapshot %1").arg(snapshotName(snapshot)));
}

void SessionDocument::renameSnapshot(std::size_t index, const QString &name)
{
    Snapshot &snapshot = snapshots_.at(index);
    std::string text = name.simplified().toStdString();
    if (name.simplified() == snapshotTime(snapshot))
        text.clear();
    if (text == snapshot.name)
        return;
    snapshot.name = std::move(text);
    emit snapshotsChanged();
    emit changed();
}

Snapshot SessionDocument::removeSnapshot(std::size_t index)
{
    Snapshot gone = std::move(snapshots_.at(index));
    snapshots_.erase(snapshots_.begin() + static_cast<std::ptrdiff_t>(index));
    emit snapshotsChanged();
    emit changed();
    return gone;
}

void SessionDocument::putBackSnapshot(const Snapshot &snapshot)
{
    if (snapshots_.size() == engine::io::mostSnapshots)
        return;
    const auto later = std::find_if(snapshots_.begin(), snapshots_.end(),
                                    [&](const Snapshot &s) { return s.timeMs > snapshot.timeMs; });
    snapshots_.insert(later, snapshot);
    emit snapshotsChanged();
    emit changed();
}

void SessionDocument::setViews(const QString &part, const QVariantMap &state)
{
    if (taking_)
        return; // it is being shown what was saved
    QVariantMap map = views(part);
    map.insert(state);
    views_[part] = map;
    emit changed();
}

QVariantMap SessionDocument::views(const QString &part) const
{
    return views_[part].toMap();
}

bool holdsWork(const SavedSession &session)
{
    return !session.snapshots.empty() || session.bothSlots != freshSession().bothSlots;
}

SavedSession freshSession()
{
    SavedSession fresh;
    for (SavedSlot &slot : fresh.bothSlots)
        slot = savedSlot(initSlot());
    return fresh;
}

QString snapshotTime(const Snapshot &snapshot)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(snapshot.timeMs);
    const QString clock = time.toString(QStringLiteral("HH:mm:ss"));
    if (time.date() == QDate::currentDate())
        return clock;
    return QLocale().toString(time.date(), QLocale::ShortFormat) + u' ' + clock;
}

QString snapshotName(const Snapshot &snapshot)
{
    return snapshot.name.empty() ? snapshotTime(snapshot) : QString::fromStdString(snapshot.name);
}

} // namespace app
