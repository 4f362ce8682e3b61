// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/HelpCommands.h"

#include "app/workstation/KeyboardMap.h"
#include "app/workstation/Log.h"
#include "widgets/panels/OpenOver.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QDir>
#include <QMessageBox>
#include <QUrl>

namespace app {

HelpCommands::HelpCommands(QWidget &window, Actions &actions, Preferences &preferences)
    : QObject(&window), window_(window), actions_(actions), preferences_(preferences)
{
    KeyboardMap::restore(actions_, preferences_);
    const auto on = [this](const char *id, void (HelpCommands::*command)()) {
        connect(&actions_[id], &QAction::triggered, this, command);
    };
    on("help.keyboard", &HelpCommands::showKeys);
    on("help.tour", &HelpCommands::showTour);
    on("help.logs", &HelpCommands::openLogs);
    on("help.about", &HelpCommands::showAbout);
}

void HelpCommands::showKeys()
{
    const auto map = new KeyboardMap(actions_, preferences_, &window_);
    map->setAttribute(Qt::WA_DeleteOnClose);
    map->show();
}

void HelpCommands::showTour()
{
    // Asked for once more it begins again.
    if (const auto tour = window_.findChild<widgets::QuickTour *>()) {
        tour->end();
        delete tour;
    }
    emit tourBegins();
    // What floats over the window would float over the words.
    for (QDialog *dialog : window_.findChildren<QDialog *>())
        dialog->close();
    const auto tour = new widgets::QuickTour(&window_, stops(), actions_.key("file.quit"));
    connect(tour, &widgets::QuickTour::ended, this, &HelpCommands::tourEnded);
}

/// "Ctrl+P" or "A, B, D, X", as they are now; empty where there are none.
QString HelpCommands::keys(std::initializer_list<const char *> actions) const
{
    QStringList all;
    for (const char *id : actions) {
        if (const QKeySequence key = actions_.key(id); !key.isEmpty())
            all << key.toString(QKeySequence::NativeText);
    }
    return all.join(QStringLiteral(", "));
}

std::vector<widgets::TourStop> HelpCommands::stops() const
{
    std::vector<widgets::TourStop> all;
    const auto add = [&](const char *part, const QString &title, const QString &text,
                         std::initializer_list<const char *> actions) {
        const QString used = keys(actions);
        all.push_back({window_.findChild<QWidget *>(QLatin1String(part)), title,
                       //: words of the tour, and the keys that do what they tell
                       used.isEmpty() ? text : tr("%1 (%2)").arg(text, used)});
    };
    add("overview", tr("The whole sound"),
        tr("Drop a sound anywhere into the window and it appears here. The bar is the part that "
           "you work on, ten seconds to begin with: drag it to another place or pull its edges."),
        {});
    add("previewButton", tr("Preview"),
        tr("Renders that part and plays it. While it plays, every change is heard at once, at the "
           "same place."),
        {"listen.preview"});
    add("chain", tr("The chain"),
        tr("The sound goes through the cards from left to right: snapped to a key, distorted, "
           "snapped again, blended, limited. Drag a knob up and down, turn the wheel over it or "
           "type a value; a double-click resets it."),
        {});
    add("rail", tr("Taps"),
        tr("The same way as a wire. Choose a tap on it to hear and see the sound at that point. "
           "The bars tell how long each stage takes."),
        {"listen.tap1", "listen.tap2", "listen.tap3", "listen.tap4", "listen.tap5"});
    add("stage", tr("Views"),
        tr("What the tap sounds like, as a picture: spectrogram, what the quantizer moved, "
           "spectrum, scope and more, also two or three side by side."),
        {"view.split", "view.maximise"});
    add("listenPanel", tr("A and B"),
        tr("Two complete settings to compare, beside the untreated sound and the difference to "
           "it. Switching is instant; level matching keeps it fair."),
        {"listen.source_a", "listen.source_b", "listen.source_dry", "listen.source_delta"});
    add("presetName", tr("Presets"),
        tr("Arrow keys in the browser let each preset be heard at once; Enter keeps it, Esc goes "
           "back to what was there."),
        {"chain.presets"});
    add("undo", tr("Nothing is lost"),
        tr("Every gesture is one step that can be undone, also the choice of a preset. Unsaved "
           "work is there again at the next start."),
        {"edit.undo"});
    add("renderButton", tr("Render"),
        tr("Writes the whole sound, or a part of it, in the format you choose, while you go on "
           "working."),
        {"file.render"});
    return all;
}

void HelpCommands::openLogs()
{
    // Before anything was logged there is none to open.
    const bool exists = QDir().mkpath(logFolder());
    if (!exists || !QDesktopServices::openUrl(QUrl::fromLocalFile(logFolder())))
        emit logsNotShown(logFolder(), exists);
}

void HelpCommands::showAbout()
{
    const auto box = new QMessageBox(&window_);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Quantum Distortion"));
    box->setTextFormat(Qt::RichText);
    box->setText(
        tr("<h3>Quantum Distortion %1</h3>"
           "<p>Snaps a sound's spectrum to a musical key, distorts it and snaps it again.</p>"
           "<p>Free software under the GNU General Public License, version 3 or later; it comes "
           "without any warranty.</p>"
           "<p>Built with Qt, QCustomPlot, FFTW, libsndfile, PortAudio, libebur128, soxr, Highway, "
           "nlohmann/json, CLI11, spdlog and xxHash. Typefaces: Inter and JetBrains Mono (SIL Open "
           "Font License).</p>")
            .arg(QCoreApplication::applicationVersion()));
    widgets::openOver(box);
}

} // namespace app
