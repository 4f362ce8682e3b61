// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PresetBinding.h"

#include "app/workstation/ExportFlow.h"
#include "app/workstation/PresetContent.h"
#include "app/workstation/Words.h"

#include <QGuiApplication>

namespace app {

using engine::pipeline::LockGroup;
using widgets::HeaderBar;
using widgets::PresetBrowser;

PresetBinding::PresetBinding(QWidget &window, Session &session, PresetController &presets,
                             Locks &locks, Preferences &preferences, ListenController &listening,
                             PlaybackController &playback, const PresetViews &views)
    : session_(session), presets_(presets), locks_(locks), listening_(listening),
      playback_(playback), views_(views), flow_(window, session, presets, preferences, views.strip),
      browser_(new PresetBrowser)
{
    views_.stage.setBrowser(browser_);
    connect(&presets_, &PresetController::libraryChanged, this, [this] {
        showHeader();
        showBrowser();
    });
    connect(&locks_, &Locks::changed, this, &PresetBinding::showBrowser);
    connect(&session_, &Session::presetChanged, this, [this] {
        showHeader();
        showRows();
    });
    // Files come and go while another program is in front.
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this,
            [this](Qt::ApplicationState state) {
                if (state == Qt::ApplicationActive && isOpen())
                    presets_.refresh();
            });
    connectBrowser();
    connectCommands();
    showHeader();
}

void PresetBinding::connectBrowser()
{
    connect(browser_, &PresetBrowser::searchEdited, &presets_, &PresetController::setSearchText);
    connect(browser_, &PresetBrowser::tagClicked, this, [this](const QString &tag) {
        presets_.setSearchText(withTagToggled(presets_.searchText(), tag));
    });
    connect(browser_, &PresetBrowser::orderChosen, this, [this](int order) {
        engine::io::PresetQuery query = presets_.query();
        query.order = static_cast<engine::io::PresetOrder>(order);
        presets_.setFilter(query);
    });
    connect(browser_, &PresetBrowser::filterChosen, this,
            [this](int filter) { presets_.setFilter(filteredBy(presets_, filter)); });
    connect(browser_, &PresetBrowser::showAllRequested, this, [this] {
        presets_.setSearchText({});
        presets_.setFilter(filteredBy(presets_, static_cast<int>(PresetShelf::All)));
        browser_->focusSearch();
    });
    connect(browser_, &PresetBrowser::lockToggled, this,
            [this](int lock, bool on) { locks_.lock(static_cast<LockGroup>(lock), on); });
    connect(browser_, &PresetBrowser::tried, this, &PresetBinding::tryRow);
    connect(browser_, &PresetBrowser::kept, this, &PresetBinding::keep);
    connect(browser_, &PresetBrowser::givenUp, this, &PresetBinding::giveUp);
    connect(browser_, &PresetBrowser::starClicked, this, [this](int row) {
        const std::size_t place = presets_.shown()[static_cast<std::size_t>(row)];
        presets_.setFavourite(place, !presets_.isFavourite(place));
    });
    connect(browser_, &PresetBrowser::folderOfRequested, this, [this](int row) {
        if (const auto *const damaged = damagedAt(presets_, row))
            showFolderOf(damaged->path);
    });
    connect(browser_, &PresetBrowser::ownFolderRequested, &flow_, &PresetFlow::showOwnFolder);
    connect(browser_, &PresetBrowser::saveAsRequested, &flow_, &PresetFlow::saveAs);
    connect(browser_, &PresetBrowser::revertRequested, &flow_, &PresetFlow::revert);
    connect(browser_, &PresetBrowser::menuRequested, this, [this](QPoint place) {
        const auto *const damaged = currentDamaged();
        flow_.showMenu(place, damaged ? damaged->path : std::filesystem::path());
    });
}

void PresetBinding::connectCommands()
{
    const auto toggle = [this] { isOpen() ? keep() : open(); };
    connect(&views_.header, &HeaderBar::presetsRequested, this, toggle);
    connect(&views_.header, &HeaderBar::presetPrevRequested, this, [this] { step(-1); });
    connect(&views_.header, &HeaderBar::presetNextRequested, this, [this] { step(1); });
    connect(&views_.header, &HeaderBar::presetSaveRequested, &flow_, &PresetFlow::save);
    connect(&views_.header, &HeaderBar::presetStarClicked, this, [this] {
        if (const auto place = presets_.current())
            presets_.setFavourite(*place, !presets_.isFavourite(*place));
    });
    const auto on = [this](const char *id, auto &&function) {
        connect(&views_.actions[id], &QAction::triggered, this,
                std::forward<decltype(function)>(function));
    };
    on("chain.presets", toggle);
    on("chain.save", [this] { flow_.save(); });
    on("chain.save_as", [this] { flow_.saveAs(); });
    on("chain.previous", [this] { step(-1); });
    on("chain.next", [this] { step(1); });
    // Whoever asks for a view wants to see it.
    for (const ViewRow &row : viewTable())
        on(row.id, [this] { isOpen() ? keep() : void(); });
}

void PresetBinding::open()
{
    heard_ = started_ = false;
    session_.keepTrial();
    presets_.refresh();
    views_.stage.setBrowserShown(true);
    showBrowser();
    browser_->focusSearch();
}

void PresetBinding::keep()
{
    session_.keepTrial();
    close();
}

void PresetBinding::giveUp()
{
    session_.dropTrial();
    if (started_)
        playback_.stop();
    close();
}

void PresetBinding::close()
{
    if (!isOpen())
        return;
    views_.stage.setBrowserShown(false);
    // Keys act on the whole window again.
    views_.stage.window()->setFocus(Qt::OtherFocusReason);
}

void PresetBinding::tryRow(int row)
{
    if (damagedAt(presets_, row)) { // there is nothing to hear
        showDetails();
        return;
    }
    presets_.tryOut(presets_.shown()[static_cast<std::size_t>(row)]);
    makeHeard();
}

/// A preset that is tried is meant to be heard. Whoever stops it meanwhile is left in peace.
void PresetBinding::makeHeard()
{
    if (!session_.sound())
        return;
    if (listening_.source() == ListenSource::Dry)
        listening_.setSource(session_.slot() == Slot::A ? ListenSource::A : ListenSource::B);
    if (!heard_ && !playback_.status().playWanted && playback_.hasDevice()) {
        started_ = true;
        playback_.playFromStart();
    }
    heard_ = true;
}

void PresetBinding::step(int direction)
{
    if (!isOpen()) {
        if (!presets_.step(direction))
            views_.strip.tell(words::noPresetShown(shownInWords(presets_)),
                              {{QLatin1String(words::showAllPresets),
                                [this] { emit browser_->showAllRequested(); }}});
        return;
    }
    const auto next = engine::io::stepAmong(presets_.shown(), presets_.current(), direction);
    if (!next)
        return;
    presets_.tryOut(*next);
    makeHeard();
}

void PresetBinding::showHeader()
{
    const auto place = presets_.current();
    const bool canHaveStar = place && *place != PresetController::init;
    views_.header.setPreset(session_.preset().name, session_.isEdited(),
                            canHaveStar ? std::optional(presets_.isFavourite(*place))
                                        : std::nullopt);
    views_.header.setPresetSteps(shownInWords(presets_));
}

void PresetBinding::showBrowser()
{
    if (!isOpen())
        return;
    browser_->setFilters(presetFilters(presets_), chosenFilter(presets_));
    browser_->setSearch(presets_.searchText());
    browser_->setTags(presetTags(presets_), searchedTags(presets_));
    browser_->setOrder(static_cast<int>(presets_.query().order));
    browser_->setLocks({locks_.contains(LockGroup::Key), locks_.contains(LockGroup::Scale),
                        locks_.contains(LockGroup::Output)});
    showRows();
}

void PresetBinding::showRows()
{
    if (!isOpen())
        return;
    const auto &shown = presets_.shown();
    const auto current = presets_.current();
    const auto found = current ? std::ranges::find(shown, *current) : shown.end();
    const int row = found == shown.end() ? -1 : static_cast<int>(found - shown.begin());
    browser_->setRows(presetRows(presets_, session_), row, noPresets(presets_));
    showDetails();
}

const engine::io::DamagedPreset *PresetBinding::currentDamaged() const
{
    const int row = browser_->currentRow();
    return row >= 0 ? damagedAt(presets_, row) : nullptr;
}

void PresetBinding::showDetails()
{
    const auto *const damaged = currentDamaged();
    browser_->setDetails(damaged ? damagedDetails(*damaged) : presetDetails(presets_, session_));
}

} // namespace app
