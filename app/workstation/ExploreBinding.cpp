// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/ExploreBinding.h"

#include "app/workstation/ContactSheet.h"
#include "app/workstation/Words.h"
#include "engine/pipeline/SettingsTools.h"
#include "widgets/panels/ExplorePanel.h"
#include "widgets/theme/Theme.h"
#include "widgets/threads/GuiThread.h"

#include <QDateTime>

namespace app {

using engine::pipeline::LockGroup;
using engine::pipeline::Settings;
using widgets::ExplorePanel;

namespace {
constexpr int compareMs = 100;
constexpr int quietMs = 400;
constexpr QSize tilePictureSize(128, 72);
const QString explorePart = QStringLiteral("explore");
const QString contactPart = QStringLiteral("contact");
const QString locksField = QStringLiteral("locks");
} // namespace

ExploreBinding::ExploreBinding(QWidget &window, Session &session, SessionDocument &document,
                               Locks &locks, PreviewController &previews,
                               ListenController &listening, PlaybackController &playback,
                               const ChainViews &views, Actions &actions, Strip &strip)
    : window_(window), session_(session), document_(document), locks_(locks), previews_(previews),
      listening_(listening), playback_(playback), views_(views), actions_(actions), strip_(strip),
      exploration_(session, locks), renderer_(session)
{
    for (QTimer *timer : {&compare_, &quiet_})
        timer->setSingleShot(true);
    compare_.setInterval(compareMs);
    quiet_.setInterval(quietMs);
    connect(&compare_, &QTimer::timeout, this, &ExploreBinding::showSnapshots);
    connect(&quiet_, &QTimer::timeout, this, &ExploreBinding::makePictures);
    connectPanel();
    connectActions();
    const auto compareSoon = [this] {
        if (!compare_.isActive())
            compare_.start();
    };
    connect(&session_, &Session::settingsChanged, this, compareSoon);
    connect(&session_, &Session::slotChanged, this, compareSoon);
    connect(&document_, &SessionDocument::snapshotsChanged, this, [this] {
        showSnapshots();
        quiet_.start();
    });
    connect(&session_, &Session::soundChanged, this, [this] {
        renderer_.cancel();
        drawing_.clear();
        pictures_.clear();
        showSnapshots();
        showRolls();
    });
    connect(&previews_, &PreviewController::previewReady, this, [this] { quiet_.start(); });
    connect(&renderer_, &VariationRenderer::ready, this,
            [this](int, const SharedVariation &variation) {
                pictures_.push_back({variation->settings, variation->picture});
                showSnapshots();
            });
    connect(&widgets::Theme::shared(), &widgets::Theme::changed, this, [this] {
        pictures_.clear();
        drawing_.clear();
        quiet_.start();
    });
    showSnapshots();
    showRolls();
    showLocks();
}

/// The sheet uses what goes before the window's children do.
ExploreBinding::~ExploreBinding()
{
    delete sheet_;
}

void ExploreBinding::connectPanel()
{
    ExplorePanel &panel = views_.stage.explore();
    panel.history().setHistory(session_.undoStack(),
                               [this](int step) { return session_.slotsOfStep(step); });
    connect(&panel, &ExplorePanel::snapshotRequested, this, &ExploreBinding::takeSnapshot);
    connect(&panel.snapshots(), &widgets::SnapshotList::chosen, this,
            [this](int index) { document_.goToSnapshot(static_cast<std::size_t>(index)); });
    connect(&panel.snapshots(), &widgets::SnapshotList::renamed, this,
            [this](int index, const QString &name) {
                // The list is still writing its own row.
                widgets::postToGui(this, [this, index, name] {
                    document_.renameSnapshot(static_cast<std::size_t>(index), name);
                    showSnapshots();
                });
            });
    connect(&panel.snapshots(), &widgets::SnapshotList::removeRequested, this,
            &ExploreBinding::removeSnapshot);
    connect(&panel, &ExplorePanel::morphMoved, &exploration_, &Exploration::morph);
    const auto showMorph = [this] {
        using widgets::MorphHindrance;
        views_.stage.explore().setMorph(exploration_.morphPosition(),
                                        exploration_.canMorph()        ? MorphHindrance::None
                                        : exploration_.isMorphLocked() ? MorphHindrance::AllLocked
                                                                       : MorphHindrance::SameSlots);
    };
    connect(&exploration_, &Exploration::morphChanged, this, showMorph);
    showMorph();
    connect(&panel, &ExplorePanel::amountMoved, &exploration_, &Exploration::setAmount);
    connect(&panel, &ExplorePanel::rollRequested, &exploration_, qOverload<>(&Exploration::roll));
    connect(&panel, &ExplorePanel::seedTyped, &exploration_,
            qOverload<quint64>(&Exploration::roll));
    connect(&panel, &ExplorePanel::groupLockRequested, &locks_,
            qOverload<LockGroup, bool>(&Locks::lock));
    connect(&panel, &ExplorePanel::unlockRequested, &locks_, &Locks::clear);
    connect(&views_.chain, &widgets::ChainPanel::lockRequested, &locks_,
            qOverload<engine::pipeline::ParameterId, bool>(&Locks::lock));
    connect(&panel, &ExplorePanel::contactSheetRequested, this, &ExploreBinding::openContactSheet);
    const auto keep = [this] {
        QVariantMap state = exploration_.saveState();
        state[locksField] = locks_.keys();
        document_.setViews(explorePart, state);
    };
    connect(&exploration_, &Exploration::rollChanged, this, [this, keep] {
        showRolls();
        keep();
    });
    connect(&locks_, &Locks::changed, this, [this, keep] {
        showLocks();
        keep();
    });
    connect(&document_, &SessionDocument::viewsTaken, this, [this] {
        const QVariantMap state = document_.views(explorePart);
        exploration_.restoreState(state);
        locks_.setKeys(state[locksField].toStringList());
    });
}

void ExploreBinding::connectActions()
{
    const auto on = [this](const char *id, auto &&function) {
        connect(&actions_[id], &QAction::triggered, this,
                std::forward<decltype(function)>(function));
    };
    on("chain.snapshot", [this] { takeSnapshot(); });
    on("chain.randomise", [this] { exploration_.roll(); });
    on("chain.contact_sheet", [this] { openContactSheet(); });
    QMenu &menu = actions_.submenu("chain.snapshots");
    connect(&menu, &QMenu::aboutToShow, this, [this, &menu] {
        menu.clear();
        const std::vector<Snapshot> &all = document_.snapshots();
        for (std::size_t i = 0; i < all.size(); ++i) {
            QAction *const action = menu.addAction(snapshotName(all[i]), this,
                                                   [this, i] { document_.goToSnapshot(i); });
            action->setCheckable(true);
            action->setChecked(all[i].settings == session_.settings());
        }
        if (all.empty())
            menu.addAction(tr("None yet"))->setEnabled(false);
    });
}

void ExploreBinding::takeSnapshot()
{
    const TakenSnapshot taken = document_.takeSnapshot(QDateTime::currentMSecsSinceEpoch());
    const std::int64_t moment = taken.timeMs;
    if (const auto &dropped = taken.dropped) {
        strip_.tell(words::snapshotDropped(snapshotName(*dropped)),
                    {{QLatin1String(words::putBack),
                      [this, moment, old = *dropped] { keepDropped(moment, old); }}});
        return;
    }
    // Where the list is open the new row says it all.
    if (views_.stage.explore().snapshots().isVisible())
        return;
    strip_.tell(words::snapshotTaken(snapshotName(document_.snapshots().back())),
                {{QLatin1String(words::showSnapshots), [this] { openSnapshots(); }},
                 {QLatin1String(words::undoSnapshot), [this, moment] {
                      if (const auto place = document_.findSnapshot(moment))
                          document_.removeSnapshot(*place);
                  }}});
}

/// In place of the one it had to go for, if that is still there.
void ExploreBinding::keepDropped(std::int64_t taken, const Snapshot &dropped)
{
    const auto place = document_.findSnapshot(taken);
    if (!place)
        return;
    document_.removeSnapshot(*place);
    document_.putBackSnapshot(dropped);
}

void ExploreBinding::openSnapshots()
{
    if (!views_.stage.explore().snapshots().isVisible())
        actions_["view.snapshots"].trigger();
}

void ExploreBinding::removeSnapshot(int index)
{
    const Snapshot gone = document_.removeSnapshot(static_cast<std::size_t>(index));
    strip_.tell(
        words::snapshotRemoved(snapshotName(gone)),
        {{QLatin1String(words::putBack), [this, gone] { document_.putBackSnapshot(gone); }}});
}

QImage ExploreBinding::pictureOf(const Settings &settings) const
{
    for (const Picture &picture : pictures_) {
        if (picture.settings == settings)
            return picture.image;
    }
    return {};
}

void ExploreBinding::showSnapshots()
{
    std::vector<widgets::SnapshotRow> rows;
    for (const Snapshot &snapshot : document_.snapshots()) {
        const auto differ = static_cast<int>(
            engine::pipeline::differences(session_.settings(), snapshot.settings).size());
        const QString distance = differ == 0   ? tr("as it is now")
                                 : differ == 1 ? tr("1 value differs")
                                               : tr("%1 values differ").arg(differ);
        rows.push_back(
            {snapshotName(snapshot),
             snapshot.name.empty() ? distance : tr("%1, %2").arg(snapshotTime(snapshot), distance),
             pictureOf(snapshot.settings), differ == 0});
    }
    views_.stage.explore().setSnapshots(rows, static_cast<int>(engine::io::mostSnapshots));
}

void ExploreBinding::showRolls()
{
    ExplorePanel &panel = views_.stage.explore();
    panel.setAmount(exploration_.amount());
    panel.setSeed(exploration_.seed());
    const bool open = session_.sound() != nullptr;
    panel.setSoundOpen(open);
    actions_["chain.contact_sheet"].setEnabled(open);
}

void ExploreBinding::showLocks()
{
    ExplorePanel &panel = views_.stage.explore();
    views_.chain.setLocks(locks_.set());
    for (const LockGroup group : {LockGroup::Key, LockGroup::Scale, LockGroup::Output})
        panel.setGroupLocked(group, locks_.contains(group));
    panel.setLockCount(static_cast<int>(locks_.set().size()));
}

/// When nothing else is to be done: those that have none yet.
void ExploreBinding::makePictures()
{
    if (!session_.sound() || !previews_.isUpToDate())
        return;
    std::vector<Settings> missing;
    for (const Snapshot &snapshot : document_.snapshots()) {
        if (pictureOf(snapshot.settings).isNull())
            missing.push_back(snapshot.settings);
    }
    if (missing.empty() || (missing == drawing_ && renderer_.waiting() > 0))
        return;
    drawing_ = missing;
    renderer_.render(missing, tilePictureSize, false);
}

void ExploreBinding::openContactSheet()
{
    if (!session_.sound() || sheet_)
        return;
    if (!ContactSheet::canVary(locks_)) {
        strip_.tell(words::allLocked(),
                    {{QLatin1String(words::unlockAll), [this] { locks_.clear(); }}});
        return;
    }
    sheet_ = new ContactSheet(session_, locks_, listening_, playback_, document_.views(contactPart),
                              &window_);
    connect(sheet_, &ContactSheet::choicesChanged, this,
            [this] { document_.setViews(contactPart, sheet_->choices()); });
    sheet_->openOver();
}

} // namespace app
