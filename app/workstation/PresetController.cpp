// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PresetController.h"

#include "engine/io/SearchText.h"
#include "engine/pipeline/SettingsTools.h"
#include "widgets/threads/GuiThread.h"

#include <algorithm>
#include <future>

namespace app {

using namespace engine::io;
using engine::pipeline::Settings;

PresetReference presetReference(const Preset &preset, const std::filesystem::path &path,
                                bool factory)
{
    const Settings settings = preset.prototypeCompatible
                                  ? engine::pipeline::prototypeCompatible(preset.settings)
                                  : preset.settings;
    return {QString::fromStdString(preset.name), path, factory, settings, preset.uuid};
}

PresetController::PresetController(Session &session, const Locks &locks, PresetFolders folders)
    : session_(session), locks_(locks), folders_(std::move(folders)),
      library_(std::make_shared<const PresetLibrarySnapshot>())
{
    search();
    refresh();
}

PresetController::~PresetController()
{
    // What a person did last is not lost because the window closes. A disk that does not answer
    // does not keep the program either.
    constexpr auto patience = std::chrono::seconds(5);
    const auto done = std::make_shared<std::promise<void>>();
    const auto ended = done->get_future();
    jobs_.add([done](const std::stop_token &) { done->set_value(); });
    ended.wait_for(patience);
}

template <typename Work, typename Deliver>
void PresetController::run(Work work, Deliver deliver)
{
    jobs_.add(
        [this, work = std::move(work), deliver = std::move(deliver)](const std::stop_token &) {
            widgets::postToGui(this, [deliver, result = work()] { deliver(result); });
        });
}

template <typename Work, typename Deliver>
void PresetController::write(Work work, Deliver deliver)
{
    const auto both = [work = std::move(work), folders = folders_, before = library_] {
        auto result = work();
        return std::pair(std::move(result), loadPresetLibrary(folders, before));
    };
    run(both, [this, deliver = std::move(deliver)](const auto &results) {
        take(results.second);
        if (results.first)
            deliver(*results.first);
        else
            emit failed(results.first.error());
    });
}

void PresetController::refresh()
{
    struct Read {
        SharedPresetLibrary library;
        engine::Result<Favourites> favourites;
    };
    run(
        [folders = folders_, before = library_] {
            return Read{loadPresetLibrary(folders, before), loadFavourites(folders)};
        },
        [this, edits = favouriteEdits_](const Read &read) {
            const bool known = favouritesFault_.has_value();
            favouritesFault_.reset();
            if (!read.favourites)
                favouritesFault_ = read.favourites.error();
            else if (edits == favouriteEdits_)
                favourites_ = *read.favourites;
            take(read.library);
            if (favouritesFault_ && !known)
                emit failed(*favouritesFault_);
        });
}

void PresetController::take(const SharedPresetLibrary &library)
{
    library_ = library;
    search();
    emit libraryChanged();
}

bool PresetController::showsInit() const
{
    const std::string name = foldForSearch(initPreset().name.toStdString());
    return query_.tags.empty() && query_.authors.empty() && query_.category.empty() &&
           query_.bank != PresetBank::User && !query_.favouritesOnly &&
           std::ranges::all_of(query_.words, [&](const std::string &word) {
               return name.find(word) != std::string::npos;
           });
}

void PresetController::search()
{
    shown_ = findPresets(*library_, query_, favourites_);
    if (showsInit())
        shown_.insert(shown_.begin(), init);
}

void PresetController::setFilter(const PresetQuery &filter)
{
    PresetQuery query = filter;
    query.words = query_.words;
    query.tags = query_.tags;
    query.authors = query_.authors;
    if (query == query_)
        return;
    query_ = query;
    search();
    emit libraryChanged();
}

void PresetController::setSearchText(const QString &text)
{
    if (text == searchText_)
        return;
    searchText_ = text;
    const PresetQuery typed = parsePresetQuery(text.toStdString());
    query_.words = typed.words;
    query_.tags = typed.tags;
    query_.authors = typed.authors;
    search();
    emit libraryChanged();
}

std::optional<std::size_t> PresetController::current() const
{
    const PresetReference &preset = session_.preset();
    if (preset.path.empty() && preset.uuid.empty())
        return init;
    Preset key;
    key.uuid = preset.uuid;
    return library_->find(key, preset.path);
}

PresetReference PresetController::reference(std::size_t place) const
{
    if (place == init)
        return initPreset();
    return presetReference(at(place).preset, at(place).path, at(place).factory);
}

bool PresetController::isFavourite(std::size_t place) const
{
    return place != init && favourites_.contains(at(place).preset);
}

std::size_t PresetController::favouriteCount() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(library_->presets, [this](const LibraryPreset &entry) {
            return favourites_.contains(entry.preset);
        }));
}

void PresetController::setFavourite(std::size_t place, bool favourite)
{
    if (place == init || isFavourite(place) == favourite)
        return;
    if (favouritesFault_) { // what the file holds is worth more than one star
        emit failed(*favouritesFault_);
        return;
    }
    favourites_.set(at(place).preset, favourite);
    ++favouriteEdits_;
    run([favourites = favourites_,
         folders = folders_] { return saveFavourites(favourites, folders); },
        [this](const engine::Status &status) {
            if (!status)
                emit failed(status.error());
        });
    search();
    emit libraryChanged();
}

Settings PresetController::locked(const Settings &preset) const
{
    return engine::pipeline::applyPreset(session_.settings(), preset, locks_.set());
}

void PresetController::choose(std::size_t place)
{
    const PresetReference preset = reference(place);
    session_.choosePreset(preset, locked(preset.settings));
}

void PresetController::tryOut(std::size_t place)
{
    const PresetReference preset = reference(place);
    session_.tryPreset(preset, locked(preset.settings));
}

bool PresetController::step(int direction)
{
    const auto next = stepAmong(shown_, current(), direction);
    if (next)
        choose(*next);
    return next.has_value();
}

void PresetController::openFile(const std::filesystem::path &path)
{
    run([path] { return loadPresetFile(path); },
        [this, path](const engine::Result<Preset> &preset) {
            if (!preset) {
                emit failed(preset.error());
                return;
            }
            const auto known = library_->findPath(path);
            const PresetReference opened =
                presetReference(*preset, path, known && at(*known).factory);
            session_.choosePreset(opened, locked(opened.settings));
        });
}

const LibraryPreset *PresetController::ownAt(const std::filesystem::path &path) const
{
    const auto place = library_->findPath(path);
    return place && !at(*place).factory ? &at(*place) : nullptr;
}

bool PresetController::canSaveOver() const
{
    return ownAt(session_.preset().path) != nullptr;
}

/// The slot that is worked on as a preset, with all that is known of the one it came from.
Preset PresetController::present() const
{
    Preset preset;
    const auto place = current();
    if (place && *place != init)
        preset = at(*place).preset;
    preset.settings = session_.settings();
    preset.prototypeCompatible =
        preset.prototypeCompatible &&
        engine::pipeline::prototypeCompatible(preset.settings) == preset.settings;
    return preset;
}

void PresetController::saveOver()
{
    const LibraryPreset &own = *ownAt(session_.preset().path);
    write([entry = PresetEntry{own.preset, own.path, false},
           changed = present()] { return saveOverPreset(entry, changed); },
          [this, slot = session_.slot()](const PresetEntry &entry) {
              session_.presetSaved(slot, presetReference(entry.preset, entry.path, false));
              emit saved(QString::fromStdString(entry.preset.name));
          });
}

void PresetController::saveAs(const PresetWords &words, OverwritePolicy policy)
{
    Preset preset = present();
    preset.author = words.author.toStdString(); // not whoever made the one it came from
    preset.description = words.note.toStdString();
    preset.category = words.category.toStdString();
    preset.tags.clear();
    for (const QString &tag : words.tags)
        preset.tags.push_back(tag.toStdString());
    write([preset, name = words.name.toStdString(), folders = folders_,
           policy] { return savePresetAs(preset, name, folders, policy); },
          [this, slot = session_.slot()](const PresetEntry &entry) {
              session_.presetSaved(slot, presetReference(entry.preset, entry.path, false));
              emit saved(QString::fromStdString(entry.preset.name));
          });
}

bool PresetController::isTaken(const QString &name) const
{
    const std::string wanted = foldForSearch(name.toStdString());
    return std::ranges::any_of(library_->presets, [&](const LibraryPreset &entry) {
        return !entry.factory && entry.sortName == wanted;
    });
}

void PresetController::rename(const std::filesystem::path &path, const QString &name)
{
    const LibraryPreset *const own = ownAt(path);
    if (!own)
        return;
    write([entry = PresetEntry{own->preset, own->path, false}, name = name.toStdString(),
           folders = folders_] { return renamePreset(entry, name, folders); },
          [this, path](const PresetEntry &entry) {
              session_.presetMoved(path, presetReference(entry.preset, entry.path, false));
              emit libraryChanged();
          });
}

void PresetController::remove(const std::filesystem::path &path)
{
    const LibraryPreset *const own = ownAt(path);
    if (!own)
        return;
    write([entry = PresetEntry{own->preset, own->path, false}] { return deletePreset(entry); },
          [this, name = QString::fromStdString(own->preset.name)](const TrashedFile &file) {
              emit removed(name, file);
          });
}

void PresetController::putBack(const TrashedFile &file)
{
    write(
        [file]() -> engine::Result<TrashedFile> {
            if (const engine::Status status = restoreFromTrash(file); !status)
                return tl::unexpected(status.error());
            return file;
        },
        [](const TrashedFile &) {});
}

void PresetController::importFile(const std::filesystem::path &path, OverwritePolicy policy)
{
    struct Read {
        Entry entry;
        SharedPresetLibrary library;
    };
    run(
        [path, policy, folders = folders_, before = library_] {
            Entry entry = importPresetFile(path, folders, policy);
            return Read{std::move(entry), loadPresetLibrary(folders, before)};
        },
        [this, path](const Read &read) {
            take(read.library);
            if (!read.entry) {
                emit importRefused(path, read.entry.error());
                return;
            }
            if (const auto place = library_->findPath(read.entry->path))
                choose(*place);
            emit imported(QString::fromStdString(read.entry->preset.name));
        });
}

} // namespace app
