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
constexpr QSize pictureSize(128, 72);
const QString explorePart = QStringLiteral("explore");
const QString contactPart = QStringLiteral("contact");
} // namespace

ExploreBinding::ExploreBinding(QWidget &window, Session &session, SessionDocument &document,
                               PreviewController &previews, ListenController &listening,
                               PlaybackController &playback, const ChainViews &views,
                               Actions &actions, Strip &strip)
    : window_(window), session_(session), document_(document), previews_(previews),
      listening_(listening), playback_(playback), views_(views), actions_(actions), strip_(strip),
      exploration_(session), renderer_(session)
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
    panel.history().setHistory(&session_.undoStack());
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
        views_.stage.explore().setMorph(exploration_.morphPosition(), exploration_.canMorph());
    };
    connect(&exploration_, &Exploration::morphChanged, this, showMorph);
    showMorph();
    connect(&panel, &ExplorePanel::amountMoved, &exploration_, &Exploration::setAmount);
    connect(&panel, &ExplorePanel::rollRequested, &exploration_, qOverload<>(&Exploration::roll));
    connect(&panel, &ExplorePanel::seedTyped, &exploration_,
            qOverload<quint64>(&Exploration::roll));
    connect(&panel, &ExplorePanel::groupLockRequested, &exploration_,
            qOverload<LockGroup, bool>(&Exploration::setLocked));
    connect(&views_.chain, &widgets::ChainPanel::lockRequested, &exploration_,
            qOverload<engine::pipeline::ParameterId, bool>(&Exploration::setLocked));
    connect(&panel, &ExplorePanel::contactSheetRequested, this, &ExploreBinding::openContactSheet);
    const auto keep = [this] { document_.setViews(explorePart, exploration_.saveState()); };
    connect(&exploration_, &Exploration::rollChanged, this, [this, keep] {
        showRolls();
        keep();
    });
    connect(&exploration_, &Exploration::locksChanged, this, [this, keep] {
        showLocks();
        keep();
    });
    connect(&document_, &SessionDocument::viewsTaken, this,
            [this] { exploration_.restoreState(document_.views(explorePart)); });
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
    const auto dropped = document_.takeSnapshot(QDateTime::currentMSecsSinceEpoch());
    if (!dropped)
        return;
    strip_.tell(words::snapshotDropped(snapshotName(*dropped)),
                {{QLatin1String(words::putBack), [this, dropped] {
                      document_.removeSnapshot(document_.snapshots().size() - 1);
                      document_.putBackSnapshot(*dropped);
                  }}});
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
    views_.chain.setLocks(exploration_.locks());
    for (const LockGroup group : {LockGroup::Key, LockGroup::Scale, LockGroup::Output})
        panel.setGroupLocked(group, exploration_.isLocked(group));
    panel.setLockCount(static_cast<int>(exploration_.locks().size()));
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
    renderer_.render(missing, pictureSize, false);
}

void ExploreBinding::openContactSheet()
{
    if (!session_.sound() || sheet_)
        return;
    sheet_ =
        new ContactSheet(session_, listening_, playback_, document_.views(contactPart), &window_);
    connect(sheet_, &ContactSheet::choicesChanged, this,
            [this] { document_.setViews(contactPart, sheet_->choices()); });
    sheet_->openOver();
}

} // namespace app
