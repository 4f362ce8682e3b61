// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Preferences.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>
#include <cmath>

namespace app {

namespace {

/// A number that a damaged file cannot push out of its range.
double number(const QSettings &settings, const char *key, double usual, double least, double most)
{
    bool isNumber = false;
    const double value = settings.value(QLatin1String(key), usual).toDouble(&isNumber);
    return isNumber && std::isfinite(value) ? std::clamp(value, least, most) : usual;
}

} // namespace

QString toQString(const std::filesystem::path &path)
{
    return QFile::decodeName(QByteArray::fromStdString(path.string()));
}

std::filesystem::path toPath(const QString &path)
{
    return QFile::encodeName(path).toStdString();
}

Preferences::Preferences()
    : settings_(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("quantum-distortion"),
                QStringLiteral("quantum-distortion"))
{}

QByteArray Preferences::splitter(const char *name) const
{
    return settings_.value(QStringLiteral("window/splitter/") + QLatin1String(name)).toByteArray();
}

void Preferences::setSplitter(const char *name, const QByteArray &state)
{
    settings_.setValue(QStringLiteral("window/splitter/") + QLatin1String(name), state);
}

std::optional<bool> Preferences::inspectorOpen() const
{
    if (!settings_.contains("window/inspector"))
        return std::nullopt;
    return settings_.value("window/inspector").toBool();
}

widgets::Theme::Mode Preferences::theme() const
{
    const QString name = settings_.value("window/theme").toString();
    if (name == u"dark")
        return widgets::Theme::Mode::Dark;
    return name == u"light" ? widgets::Theme::Mode::Light : widgets::Theme::Mode::System;
}

void Preferences::setTheme(widgets::Theme::Mode mode)
{
    const char *const names[] = {"system", "dark", "light"};
    settings_.setValue("window/theme", QLatin1String(names[static_cast<int>(mode)]));
}

int Preferences::scalePercent() const
{
    return static_cast<int>(number(settings_, "window/scalePercent", 100, 90, 150));
}

engine::playback::DeviceChoice Preferences::device() const
{
    engine::playback::DeviceChoice choice;
    choice.name = settings_.value("audio/device").toString().toStdString();
    choice.hostApi = settings_.value("audio/hostApi").toString().toStdString();
    if (const int rate = static_cast<int>(number(settings_, "audio/rateHz", 0, 0, 768000)))
        choice.sampleRateHz = rate;
    choice.bufferMs = number(settings_, "audio/bufferMs", choice.bufferMs, 5, 500);
    return choice;
}

void Preferences::setDevice(const engine::playback::DeviceChoice &choice)
{
    settings_.setValue("audio/device", QString::fromStdString(choice.name));
    settings_.setValue("audio/hostApi", QString::fromStdString(choice.hostApi));
    settings_.setValue("audio/rateHz", choice.sampleRateHz.value_or(0));
    settings_.setValue("audio/bufferMs", choice.bufferMs);
}

double Preferences::volumeDb() const
{
    return number(settings_, "audio/volumeDb", 0, -60, 6);
}

double Preferences::previewSeconds() const
{
    return number(settings_, "preview/seconds", 10, 1, 30);
}

int Preferences::previewThreads() const
{
    return static_cast<int>(number(settings_, "preview/threads", 0, 0, 64));
}

int Preferences::cacheMegabytes() const
{
    return static_cast<int>(number(settings_, "preview/cacheMB", 512, 64, 8192));
}

std::optional<QString> Preferences::key(const char *command) const
{
    const QString name = QStringLiteral("keys/") + QLatin1String(command);
    return settings_.contains(name) ? std::optional(settings_.value(name).toString())
                                    : std::nullopt;
}

void Preferences::setKey(const char *command, const QString &key)
{
    settings_.setValue(QStringLiteral("keys/") + QLatin1String(command), key);
}

QString Preferences::folder(const char *key) const
{
    const QString folder = settings_.value(QLatin1String(key)).toString();
    if (!folder.isEmpty() && QDir(folder).exists())
        return folder;
    const QString music = QStandardPaths::writableLocation(QStandardPaths::MusicLocation);
    return QDir(music).exists() ? music : QDir::homePath();
}

std::vector<RecentFile> Preferences::recentFiles() const
{
    std::vector<RecentFile> files;
    for (const QVariant &entry : settings_.value("files/recent").toList()) {
        const QVariantMap row = entry.toMap();
        const QByteArray path = row.value(QStringLiteral("path")).toByteArray();
        if (!path.isEmpty() && files.size() < mostRecentFiles)
            files.push_back({path.toStdString(), row.value(QStringLiteral("seconds")).toDouble()});
    }
    return files;
}

void Preferences::writeRecentFiles(const std::vector<RecentFile> &files)
{
    QVariantList list;
    for (const RecentFile &file : files)
        list << QVariantMap{{QStringLiteral("path"), QByteArray::fromStdString(file.path.string())},
                            {QStringLiteral("seconds"), file.seconds}};
    settings_.setValue("files/recent", list);
}

void Preferences::addRecentFile(const std::filesystem::path &path, double seconds)
{
    std::vector<RecentFile> files = recentFiles();
    std::erase_if(files, [&](const RecentFile &file) { return file.path == path; });
    files.insert(files.begin(), {path, seconds});
    if (files.size() > mostRecentFiles)
        files.resize(mostRecentFiles);
    writeRecentFiles(files);
}

void Preferences::removeRecentFile(const std::filesystem::path &path)
{
    std::vector<RecentFile> files = recentFiles();
    std::erase_if(files, [&](const RecentFile &file) { return file.path == path; });
    writeRecentFiles(files);
}

} // namespace app
