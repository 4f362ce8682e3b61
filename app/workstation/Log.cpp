// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Log.h"

#include "app/workstation/Autosave.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QSysInfo>
#include <QThread>

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/rotating_file_sink.h>

namespace app {

Q_LOGGING_CATEGORY(happened, "quantum-distortion", QtWarningMsg)

namespace {

constexpr std::size_t mostBytes = 1 << 20; ///< of a file; the one before it is kept beside it
constexpr qsizetype mostFiles = 10;
constexpr std::size_t queuedLines = 1024;

struct Writer {
    std::shared_ptr<spdlog::details::thread_pool> thread;
    std::shared_ptr<spdlog::async_logger> lines;
};
Writer writer;
QtMessageHandler handlerBefore = nullptr;

spdlog::level::level_enum levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return spdlog::level::debug;
    case QtInfoMsg:
        return spdlog::level::info;
    case QtWarningMsg:
        return spdlog::level::warn;
    case QtCriticalMsg:
        return spdlog::level::err;
    case QtFatalMsg:
        break;
    }
    return spdlog::level::critical;
}

void keep(QtMsgType type, const QMessageLogContext &context, const QString &words)
{
    if (writer.lines) {
        // One line each, whatever is in a file's name.
        QString line = words;
        line.replace(u'\n', u' ');
        const QByteArray raw = line.toUtf8();
        writer.lines->log(
            levelOf(type),
            spdlog::string_view_t(raw.constData(), static_cast<std::size_t>(raw.size())));
    }
    if (type != QtInfoMsg && handlerBefore)
        handlerBefore(type, context, words);
}

void removeOld(const QDir &folder)
{
    const QStringList files =
        folder.entryList({QStringLiteral("*.log")}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString &file : files.mid(mostFiles - 1))
        QFile::remove(folder.filePath(file));
}

} // namespace

QString logFolder()
{
    return Autosave::standardFolder() + QStringLiteral("/logs");
}

Log::Log(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return;
    removeOld(QDir(folder));
    const QString name =
        QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH.mm.ss")) +
        QStringLiteral(" %1.log").arg(QCoreApplication::applicationPid());
    const QString path = QDir(folder).filePath(name);
    try {
        const auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
            QFile::encodeName(path).toStdString(), mostBytes, 1);
        writer.thread = std::make_shared<spdlog::details::thread_pool>(queuedLines, 1);
        writer.lines = std::make_shared<spdlog::async_logger>(
            "", sink, writer.thread, spdlog::async_overflow_policy::overrun_oldest);
    } catch (const spdlog::spdlog_ex &) {
        writer = {};
        return;
    }
    file_ = path;
    // A disk that is full ends no work and fills no terminal.
    writer.lines->set_error_handler([](const std::string &) {});
    writer.lines->set_pattern("%Y-%m-%d %H:%M:%S.%e %L %v");
    writer.lines->flush_on(spdlog::level::info); // it is there when the program is not
    QLoggingCategory::setFilterRules(QStringLiteral("quantum-distortion.info=true"));
    handlerBefore = qInstallMessageHandler(keep);
    qCInfo(happened).noquote() << QCoreApplication::applicationName()
                               << QCoreApplication::applicationVersion() << "with Qt" << qVersion()
                               << "on" << QSysInfo::prettyProductName()
                               << QSysInfo::currentCpuArchitecture() << "with"
                               << QThread::idealThreadCount() << "cores";
}

Log::~Log()
{
    if (file_.isEmpty())
        return;
    qCInfo(happened) << "Closed";
    qInstallMessageHandler(handlerBefore);
    QLoggingCategory::setFilterRules({});
    writer.lines->flush();
    writer = {};
}

} // namespace app
