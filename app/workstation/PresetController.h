// SPDX-License-Identifier: GPL-3.0-or-later
//
// The presets on disk and the way through them: which are shown, which have the star, previous and
// next among those shown, and everything that is written: save, rename, delete, import. Choosing
// one is one step of undo and never asks. Shape: places are those of library().presets; initPreset
// stands for the settings that the program begins with, which are no file. They hold until
// libraryChanged(). Real-time: no; GUI thread only, and never waits: files are read and written on
// a thread, one after the other, and what was asked for is still done when this ends. Errors:
// failed(); damaged files are in the library, apart.
#pragma once

#include "app/workstation/Locks.h"
#include "app/workstation/Session.h"
#include "engine/io/PresetFiles.h"
#include "engine/io/PresetQuery.h"
#include "engine/render/JobThread.h"

#include <limits>

namespace app {

/// What a person writes about a preset.
struct PresetWords {
    QString name;
    QString author;
    QString category;
    QStringList tags;
    QString note;
};

class PresetController final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t init = std::numeric_limits<std::size_t>::max();

    /// What is locked stays from one preset to the next.
    PresetController(Session &session, const Locks &locks, engine::io::PresetFolders folders);
    ~PresetController() override;

    const engine::io::PresetFolders &folders() const { return folders_; }
    const engine::io::PresetLibrarySnapshot &library() const { return *library_; }
    /// Looks whether anything on disk has changed.
    void refresh();

    const engine::io::PresetQuery &query() const { return query_; }
    const QString &searchText() const { return searchText_; }
    /// Bank, category, favourites and order.
    void setFilter(const engine::io::PresetQuery &filter);
    void setSearchText(const QString &text);
    const std::vector<std::size_t> &shown() const { return shown_; }
    /// Whether the beginning settings match.
    bool showsInit() const;
    /// The preset of the slot that is worked on; nothing where its file is gone.
    std::optional<std::size_t> current() const;
    /// Requires: not init.
    const engine::io::LibraryPreset &at(std::size_t place) const
    {
        return library_->presets[place];
    }
    PresetReference reference(std::size_t place) const;

    bool isFavourite(std::size_t place) const;
    void setFavourite(std::size_t place, bool favourite);
    std::size_t favouriteCount() const;

    void choose(std::size_t place);
    /// As one step together with those tried before, see Session::tryPreset().
    void tryOut(std::size_t place);
    /// To the next (+1) or previous (−1) of those shown; false where none is.
    bool step(int direction);
    /// A preset file that was dropped on the window or named on the command line.
    void openFile(const std::filesystem::path &path);

    /// The present preset is one of the user's own, so that it can be saved over.
    bool canSaveOver() const;
    /// Requires: canSaveOver().
    void saveOver();
    void saveAs(const PresetWords &words, engine::io::OverwritePolicy policy);
    /// One of the user's own has this name, in any case.
    bool isTaken(const QString &name) const;
    void rename(const std::filesystem::path &path, const QString &name);
    void remove(const std::filesystem::path &path);
    void putBack(const engine::io::TrashedFile &file);
    void importFile(const std::filesystem::path &path, engine::io::OverwritePolicy policy);

signals:
    /// Other presets, other favourites, or others shown.
    void libraryChanged();
    void saved(const QString &name);
    void removed(const QString &name, const engine::io::TrashedFile &file);
    void imported(const QString &name);
    void importRefused(const std::filesystem::path &path, const engine::Error &error);
    void failed(const engine::Error &error);

private:
    using Entry = engine::Result<engine::io::PresetEntry>;

    template <typename Work, typename Deliver>
    void run(Work work, Deliver deliver);
    /// Writes, then reads the library anew, then delivers.
    template <typename Work, typename Deliver>
    void write(Work work, Deliver deliver);
    void take(const engine::io::SharedPresetLibrary &library);
    void search();
    const engine::io::LibraryPreset *ownAt(const std::filesystem::path &path) const;
    engine::io::Preset present() const;
    engine::pipeline::Settings locked(const engine::pipeline::Settings &preset) const;

    Session &session_;
    const Locks &locks_;
    engine::io::PresetFolders folders_;
    engine::io::SharedPresetLibrary library_; ///< never null
    engine::io::Favourites favourites_;
    std::optional<engine::Error> favouritesFault_; ///< their file is left alone then
    int favouriteEdits_ = 0;
    engine::io::PresetQuery query_;
    QString searchText_;
    std::vector<std::size_t> shown_;
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

PresetReference presetReference(const engine::io::Preset &preset, const std::filesystem::path &path,
                                bool factory);

} // namespace app
