// SPDX-License-Identifier: GPL-3.0-or-later
//
// quantum-distortion: the workstation.

#include "app/workstation/EndSignals.h"
#include "app/workstation/Log.h"
#include "app/workstation/MainWindow.h"
#include "app/workstation/PlotCommand.h"
#include "app/workstation/Preferences.h"
#include "app/workstation/WatchedApplication.h"
#include "widgets/theme/Theme.h"

#include <QCommandLineParser>
#include <QFile>
#include <QIcon>
#include <QPainter>
#include <QSvgRenderer>
#include <QUrl>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sysexits.h>

namespace {

void setNames()
{
    QCoreApplication::setApplicationName(QStringLiteral("quantum-distortion"));
    QCoreApplication::setOrganizationName(QStringLiteral("quantum-distortion"));
    QCoreApplication::setApplicationVersion(QStringLiteral(QD_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Quantum Distortion"));
    QGuiApplication::setDesktopFileName(QStringLiteral("quantum-distortion"));
}

void configureScreen()
{
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(
        Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    const int percent = app::Preferences().scalePercent();
    if (percent != 100 && !qEnvironmentVariableIsSet("QT_SCALE_FACTOR"))
        qputenv("QT_SCALE_FACTOR", QByteArray::number(percent / 100.0));
}

/// Drawn at every usual size, because the icons' own plugin may be missing.
QIcon windowIcon()
{
    QSvgRenderer drawing(QStringLiteral(":/quantum-distortion.svg"));
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128, 256}) {
        QPixmap picture(size, size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        drawing.render(&painter);
        painter.end();
        icon.addPixmap(picture);
    }
    return icon;
}

/// A desktop hands over files as URLs.
std::filesystem::path argumentPath(const QString &argument)
{
    return app::toPath(argument.startsWith(QStringLiteral("file://")) ? QUrl(argument).toLocalFile()
                                                                      : argument);
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") ||
           !qEnvironmentVariableIsEmpty("DISPLAY") ||
           !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

int run(int argc, char **argv)
{
    // A file size limit or a closed pipe is an error to report, not an end without a word.
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    setNames();
    if (app::wantsPlots(std::vector<std::string>(argv + std::min(argc, 1), argv + argc)))
        return app::runPlots(argc, argv);
    configureScreen();
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "main", "Snap a sound's spectrum to a musical key, distort it, snap it again.\n"
                "Without a window: --plot all --help tells more."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("file"),
        QCoreApplication::translate(
            "main", "A sound or a session (.qdsession) to open, or a preset (.qdpreset) to load."),
        QStringLiteral("[file…]"));
    for (const app::PlotFlag &flag : app::plotFlags())
        parser.addOption(QCommandLineOption(QString::fromStdString(flag.name),
                                            QString::fromStdString(flag.help),
                                            QString::fromStdString(flag.value)));
    // Help and version need no display.
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QFile::decodeName(argv[i]);
    if (parser.parse(arguments) &&
        (parser.isSet(QStringLiteral("help")) || parser.isSet(QStringLiteral("version")))) {
        const QCoreApplication application(argc, argv);
        parser.process(application);
    }
    if (!hasDisplay()) {
        std::fputs("quantum-distortion: there is no display to open a window on. "
                   "quantum-distortion-render renders without one, and --plot draws pictures.\n",
                   stderr);
        return EX_UNAVAILABLE;
    }
    app::WatchedApplication application(argc, argv);
    parser.process(application);
    const app::Log log(app::logFolder());
    QGuiApplication::setWindowIcon(windowIcon());

    widgets::Theme &theme = widgets::Theme::shared();
    const app::Preferences preferences;
    theme.setReducedMotion(preferences.reducedMotion());
    theme.setMode(preferences.theme());

    std::vector<std::filesystem::path> files;
    for (const QString &argument : parser.positionalArguments())
        files.push_back(argumentPath(argument));
    app::MainWindow window({}, files);
    window.show();
    const app::EndSignals endSignals([&window] {
        window.closeNow();
        QCoreApplication::exit(0); // whatever else is still open
    });
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const int code = run(argc, argv);
    // A sound server that does not answer keeps threads inside its libraries, and those libraries
    // must not be torn down around them: everything of ours has ended, so the process just goes.
    std::fflush(nullptr);
    std::_Exit(code);
}
