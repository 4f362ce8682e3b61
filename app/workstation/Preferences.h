// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the program remembers from one start to the next beside the document: window, theme, device,
// folders, recent files. One QSettings file; a value that is missing, damaged or out of range is
// its default.
// Units: in the names. Real-time: no; GUI thread only. Errors: none; where nothing can be written
// (no home, read-only) the program works and remembers nothing.
#pragma once

#include "engine/playback/DeviceState.h"
#include "widgets/theme/Theme.h"

#include <QSettings>
#include <QStringList>

#include <filesystem>

namespace app {

struct RecentFile {
    std::filesystem::path path;
    double seconds = 0.0;
};

class Preferences {
public:
    static constexpr int mostRecentFiles = 10;

    Preferences();

    QByteArray geometry() const { return settings_.value("window/geometry").toByteArray(); }
    void setGeometry(const QByteArray &geometry)
    {
        settings_.setValue("window/geometry", geometry);
    }
    QByteArray splitter(const char *name) const;
    void setSplitter(const char *name, const QByteArray &state);
    /// Absent before the person chose: then it depends on the window's width.
    std::optional<bool> inspectorOpen() const;
    void setInspectorOpen(bool open) { settings_.setValue("window/inspector", open); }

    widgets::Theme::Mode theme() const;
    void setTheme(widgets::Theme::Mode mode);
    bool reducedMotion() const { return settings_.value("window/reducedMotion", false).toBool(); }
    void setReducedMotion(bool reduced) { settings_.setValue("window/reducedMotion", reduced); }
    /// 90…150.
    int scalePercent() const;
    void setScalePercent(int percent) { settings_.setValue("window/scalePercent", percent); }

    engine::playback::DeviceChoice device() const;
    void setDevice(const engine::playback::DeviceChoice &choice);
    double volumeDb() const;
    void setVolumeDb(double volumeDb) { settings_.setValue("audio/volumeDb", volumeDb); }
    bool matchesLevel() const { return settings_.value("audio/matchLevel", false).toBool(); }
    void setMatchesLevel(bool on) { settings_.setValue("audio/matchLevel", on); }
    bool alwaysHearsOutput() const { return settings_.value("audio/alwaysOutput", false).toBool(); }
    void setAlwaysHearsOutput(bool on) { settings_.setValue("audio/alwaysOutput", on); }
    bool looping() const { return settings_.value("audio/loop", true).toBool(); }
    void setLooping(bool looping) { settings_.setValue("audio/loop", looping); }

    /// 1…30.
    double previewSeconds() const;
    void setPreviewSeconds(double seconds) { settings_.setValue("preview/seconds", seconds); }
    /// 0: all.
    int previewThreads() const;
    void setPreviewThreads(int threads) { settings_.setValue("preview/threads", threads); }

    /// 64…8192: what previews may keep in memory.
    int cacheMegabytes() const;
    void setCacheMegabytes(int megabytes) { settings_.setValue("preview/cacheMB", megabytes); }

    /// What a person gave a command in place of its usual key: portable text, may be empty.
    std::optional<QString> key(const char *command) const;
    void setKey(const char *command, const QString &key);
    void forgetKeys() { settings_.remove(QStringLiteral("keys")); }

    /// Who made the presets that are saved from now on; may be empty.
    QString presetAuthor() const { return settings_.value("presets/author").toString(); }
    void setPresetAuthor(const QString &name) { settings_.setValue("presets/author", name); }

    QString openFolder() const { return folder("files/openFolder"); }
    void setOpenFolder(const QString &folder) { settings_.setValue("files/openFolder", folder); }
    QString renderFolder() const { return folder("files/renderFolder"); }
    void setRenderFolder(const QString &folder)
    {
        settings_.setValue("files/renderFolder", folder);
    }
    /// As ExportChoices keeps them.
    QString exportChoices() const { return settings_.value("files/export").toString(); }
    void setExportChoices(const QString &text) { settings_.setValue("files/export", text); }
    /// Newest first.
    std::vector<RecentFile> recentFiles() const;
    void addRecentFile(const std::filesystem::path &path, double seconds);
    void removeRecentFile(const std::filesystem::path &path);

    /// Panes, views and ranges, as StageArea keeps them.
    QVariantMap stage() const { return settings_.value("window/stage").toMap(); }
    void setStage(const QVariantMap &state) { settings_.setValue("window/stage", state); }
    bool inKeyLines() const { return settings_.value("window/inKeyLines", true).toBool(); }
    void setInKeyLines(bool shown) { settings_.setValue("window/inKeyLines", shown); }

    QString lastTap() const { return settings_.value("session/tap", "output").toString(); }
    void setLastTap(const QString &key) { settings_.setValue("session/tap", key); }

private:
    QString folder(const char *key) const;
    void writeRecentFiles(const std::vector<RecentFile> &files);

    QSettings settings_;
};

/// File names are bytes: bytes that are no UTF-8 do not survive the way through a QString, so a
/// path is kept as a path and becomes text only for showing and for Qt's own dialogs.
QString toQString(const std::filesystem::path &path);
std::filesystem::path toPath(const QString &path);

} // namespace app
