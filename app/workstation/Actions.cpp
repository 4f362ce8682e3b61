// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Actions.h"

#include "app/workstation/ViewTable.h"

#include <QActionGroup>
#include <QCoreApplication>

#include <array>

namespace app {

namespace {

constexpr std::array actionRows{
    ActionRow{"file.open", Menu::File, QT_TRANSLATE_NOOP("Actions", "Open…"), "Ctrl+O"},
    ActionRow{"file.recent", Menu::File, QT_TRANSLATE_NOOP("Actions", "Open Recent"), ""},
    ActionRow{"file.demos", Menu::File, QT_TRANSLATE_NOOP("Actions", "Demo Sounds"), ""},
    ActionRow{"file.open_session", Menu::File, QT_TRANSLATE_NOOP("Actions", "Open Session…"),
              "Ctrl+Alt+O", false, "", true},
    ActionRow{"file.reopen_session", Menu::File,
              QT_TRANSLATE_NOOP("Actions", "Reopen Last Session"), ""},
    ActionRow{"file.save_session", Menu::File, QT_TRANSLATE_NOOP("Actions", "Save Session"),
              "Ctrl+Alt+S"},
    ActionRow{"file.save_session_as", Menu::File, QT_TRANSLATE_NOOP("Actions", "Save Session As…"),
              "Ctrl+Alt+Shift+S"},
    ActionRow{"file.save_tap", Menu::File, QT_TRANSLATE_NOOP("Actions", "Save Tap As…"), "", false,
              "", true},
    ActionRow{"file.render", Menu::File, QT_TRANSLATE_NOOP("Actions", "Render…"), "Ctrl+E"},
    ActionRow{"file.batch", Menu::File, QT_TRANSLATE_NOOP("Actions", "Batch Render…"),
              "Ctrl+Shift+E"},
    ActionRow{"file.close", Menu::File, QT_TRANSLATE_NOOP("Actions", "Close File"), "Ctrl+W"},
    ActionRow{"file.preferences", Menu::File, QT_TRANSLATE_NOOP("Actions", "Preferences…"),
              "Ctrl+,", false, "", true},
    ActionRow{"file.quit", Menu::File, QT_TRANSLATE_NOOP("Actions", "Quit"), "Ctrl+Q", false, "",
              true},

    ActionRow{"edit.undo", Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Undo"), "Ctrl+Z"},
    ActionRow{"edit.redo", Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Redo"), "Ctrl+Shift+Z Ctrl+Y"},
    ActionRow{"edit.copy", Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Copy Settings"), "Ctrl+C",
              false, "", true},
    ActionRow{"edit.paste", Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Paste Settings"), "Ctrl+V"},
    ActionRow{"edit.reset_stage", Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Reset Stage"), "",
              false, "", true},
    ActionRow{"edit.reset_all", Menu::Edit, QT_TRANSLATE_NOOP("Actions", "Reset All"), ""},

    ActionRow{"chain.presets", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Presets…"), "P"},
    ActionRow{"chain.save", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Save Preset"), "Ctrl+S"},
    ActionRow{"chain.save_as", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Save Preset As…"),
              "Ctrl+Shift+S"},
    ActionRow{"chain.previous", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Previous Preset"),
              "Ctrl+Left"},
    ActionRow{"chain.next", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Next Preset"), "Ctrl+Right"},
    ActionRow{"chain.snapshot", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Take Snapshot"), "T",
              false, "", true},
    ActionRow{"chain.snapshots", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Snapshots"), ""},
    ActionRow{"chain.randomise", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Randomise"), "R"},
    ActionRow{"chain.contact_sheet", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Contact Sheet…"),
              "G"},
    ActionRow{"chain.pre_quant", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Pre-Quant"), "Shift+1",
              true, "", true},
    ActionRow{"chain.distortion", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Distortion"),
              "Shift+2", true},
    ActionRow{"chain.post_quant", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Post-Quant"),
              "Shift+3", true},
    ActionRow{"chain.limiter", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Limiter"), "Shift+4",
              true},
    ActionRow{"chain.link", Menu::Chain, QT_TRANSLATE_NOOP("Actions", "Link Post-Quant"), "", true},

    ActionRow{"listen.preview", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Preview"), "Ctrl+P"},
    ActionRow{"listen.play", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Play"), "Space"},
    ActionRow{"listen.to_start", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "To Start"), "Home"},
    ActionRow{"listen.loop", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Loop"), "L", true},
    ActionRow{"listen.tap1", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Tap 1: Input"), "1 Alt+1",
              true, "taps", true},
    ActionRow{"listen.tap2", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Tap 2: Pre-Quant"),
              "2 Alt+2", true, "taps"},
    ActionRow{"listen.tap3", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Tap 3: Distortion"),
              "3 Alt+3", true, "taps"},
    ActionRow{"listen.tap4", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Tap 4: Post-Quant"),
              "4 Alt+4", true, "taps"},
    ActionRow{"listen.tap5", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Tap 5: Output"), "5 Alt+5",
              true, "taps"},
    ActionRow{"listen.pin", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Always Hear Output"), "",
              true},
    ActionRow{"listen.source_a", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Hear A"), "A", true,
              "sources", true},
    ActionRow{"listen.source_b", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Hear B"), "B", true,
              "sources"},
    ActionRow{"listen.source_dry", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Hear Dry"), "D",
              true, "sources"},
    ActionRow{"listen.source_delta", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Hear Delta"), "X",
              true, "sources"},
    ActionRow{"listen.toggle", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Toggle A and B"), "`"},
    ActionRow{"listen.match", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Match Level"), "M", true},
    ActionRow{"listen.copy_ab", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Copy A to B"),
              "Ctrl+Shift+B", false, "", true},
    ActionRow{"listen.copy_ba", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Copy B to A"),
              "Ctrl+Shift+A"},
    ActionRow{"listen.swap", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Swap A and B"),
              "Ctrl+Shift+X"},
    ActionRow{"listen.abx", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "ABX Test…"), "Ctrl+T"},
    ActionRow{"listen.back", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Playhead Back"), "Left",
              false, "", true},
    ActionRow{"listen.forward", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Playhead Forward"),
              "Right"},
    ActionRow{"listen.back_far", Menu::Listen, QT_TRANSLATE_NOOP("Actions", "Playhead Back 1 s"),
              "Shift+Left"},
    ActionRow{"listen.forward_far", Menu::Listen,
              QT_TRANSLATE_NOOP("Actions", "Playhead Forward 1 s"), "Shift+Right"},
    ActionRow{"listen.window_back", Menu::Listen,
              QT_TRANSLATE_NOOP("Actions", "Preview Window Back"), "[", false, "", true},
    ActionRow{"listen.window_forward", Menu::Listen,
              QT_TRANSLATE_NOOP("Actions", "Preview Window Forward"), "]"},

    // Before these stand the views of viewTable().
    ActionRow{"view.panes1", Menu::View, QT_TRANSLATE_NOOP("Actions", "One Pane"), "", true,
              "panes", true},
    ActionRow{"view.panes2", Menu::View, QT_TRANSLATE_NOOP("Actions", "Two Panes"), "", true,
              "panes"},
    ActionRow{"view.panes3", Menu::View, QT_TRANSLATE_NOOP("Actions", "Three Panes"), "", true,
              "panes"},
    ActionRow{"view.split", Menu::View, QT_TRANSLATE_NOOP("Actions", "Split Further"), "S"},
    ActionRow{"view.zoom_in", Menu::View, QT_TRANSLATE_NOOP("Actions", "Zoom In"), "+ =", false, "",
              true},
    ActionRow{"view.zoom_out", Menu::View, QT_TRANSLATE_NOOP("Actions", "Zoom Out"), "-"},
    ActionRow{"view.lines", Menu::View, QT_TRANSLATE_NOOP("Actions", "In-key Lines"), "K", true, "",
              true},
    ActionRow{"view.colour_map", Menu::View, QT_TRANSLATE_NOOP("Actions", "Colour Map"), ""},
    ActionRow{"view.inspector", Menu::View, QT_TRANSLATE_NOOP("Actions", "Inspector"), "I", true},
    ActionRow{"view.snapshots", Menu::View, QT_TRANSLATE_NOOP("Actions", "Snapshots"), "Shift+T"},
    ActionRow{"view.vary", Menu::View, QT_TRANSLATE_NOOP("Actions", "Variations"), "V"},
    ActionRow{"view.history", Menu::View, QT_TRANSLATE_NOOP("Actions", "History"), "H"},
    ActionRow{"view.maximise", Menu::View, QT_TRANSLATE_NOOP("Actions", "Maximise Visualizer"), "F",
              true},
    ActionRow{"view.theme_system", Menu::View, QT_TRANSLATE_NOOP("Actions", "System Theme"), "",
              true, "theme", true},
    ActionRow{"view.theme_dark", Menu::View, QT_TRANSLATE_NOOP("Actions", "Dark Theme"), "", true,
              "theme"},
    ActionRow{"view.theme_light", Menu::View, QT_TRANSLATE_NOOP("Actions", "Light Theme"), "", true,
              "theme"},
    ActionRow{"view.full_screen", Menu::View, QT_TRANSLATE_NOOP("Actions", "Full Screen"), "F11",
              true, "", true},
    ActionRow{"view.next_region", Menu::View, QT_TRANSLATE_NOOP("Actions", "Next Region"), "F6",
              false, "", true},
    ActionRow{"view.previous_region", Menu::View, QT_TRANSLATE_NOOP("Actions", "Previous Region"),
              "Shift+F6"},

    ActionRow{"help.keyboard", Menu::Help, QT_TRANSLATE_NOOP("Actions", "Keyboard Map"), "F1"},
    ActionRow{"help.tour", Menu::Help, QT_TRANSLATE_NOOP("Actions", "Quick Tour"), ""},
    ActionRow{"help.logs", Menu::Help, QT_TRANSLATE_NOOP("Actions", "Open Log Folder"), ""},
    ActionRow{"help.about", Menu::Help, QT_TRANSLATE_NOOP("Actions", "About"), "", false, "", true},
};

constexpr std::array menuNames{
    QT_TRANSLATE_NOOP("Actions", "File"),  QT_TRANSLATE_NOOP("Actions", "Edit"),
    QT_TRANSLATE_NOOP("Actions", "Chain"), QT_TRANSLATE_NOOP("Actions", "Listen"),
    QT_TRANSLATE_NOOP("Actions", "View"),  QT_TRANSLATE_NOOP("Actions", "Help"),
};
static_assert(menuNames.size() == menuCount);

QString menuText(const char *text)
{
    return QCoreApplication::translate("Actions", text);
}

} // namespace

std::span<const ActionRow> actionTable()
{
    static const std::vector<ActionRow> table = [] {
        std::vector<ActionRow> all;
        for (const ActionRow &row : actionRows) {
            if (row.menu == Menu::View && all.back().menu != Menu::View) {
                for (const ViewRow &view : viewTable())
                    all.push_back({view.id, Menu::View, view.label, view.shortcuts, true, "views"});
            }
            all.push_back(row);
        }
        return all;
    }();
    return table;
}

QString actionName(const ActionRow &row)
{
    return menuText(row.text);
}

QString menuName(Menu menu)
{
    return menuText(menuNames[static_cast<std::size_t>(menu)]);
}

Actions::Actions(QWidget &window, QMenuBar &bar) : QObject(&window)
{
    for (std::size_t i = 0; i < menuCount; ++i)
        menus_[i] = bar.addMenu(menuText(menuNames[i]));
    QHash<QByteArray, QActionGroup *> groups;
    for (const ActionRow &row : actionTable()) {
        QMenu &into = menu(row.menu);
        if (row.separatorBefore)
            into.addSeparator();
        QAction *action = into.addAction(menuText(row.text));
        action->setObjectName(QLatin1String(row.id));
        action->setCheckable(row.checkable);
        QList<QKeySequence> keys;
        for (const QString &key :
             QString::fromLatin1(row.shortcuts).split(u' ', Qt::SkipEmptyParts))
            keys << QKeySequence(key, QKeySequence::PortableText);
        action->setShortcuts(keys);
        if (*row.group != '\0') {
            QActionGroup *&group = groups[row.group];
            if (!group)
                group = new QActionGroup(this);
            group->addAction(action);
        }
        // So that keys work while the menus are in a widget of the header.
        window.addAction(action);
        actions_.insert(row.id, action);
    }
}

QKeySequence Actions::key(const char *id) const
{
    return (*this)[id].shortcut();
}

void Actions::setKey(const char *id, const QKeySequence &key)
{
    QAction &action = (*this)[id];
    QList<QKeySequence> keys = action.shortcuts();
    if (keys.isEmpty())
        keys << key;
    else
        keys.front() = key;
    action.setShortcuts(keys);
}

QKeySequence Actions::usualKey(const ActionRow &row)
{
    return {QString::fromLatin1(row.shortcuts).section(u' ', 0, 0), QKeySequence::PortableText};
}

const ActionRow *Actions::holderOf(const QKeySequence &key, const char *id) const
{
    if (key.isEmpty())
        return nullptr;
    const std::span<const ActionRow> table = actionTable();
    const auto found = std::find_if(table.begin(), table.end(), [&](const ActionRow &row) {
        return std::string_view(row.id) != id && (*this)[row.id].shortcuts().contains(key);
    });
    return found == table.end() ? nullptr : &*found;
}

QAction &Actions::operator[](const char *id) const
{
    QAction *const action = actions_.value(id);
    if (!action)
        qFatal("There is no action named %s", id);
    return *action;
}

QMenu &Actions::submenu(const char *id) const
{
    QAction &action = (*this)[id];
    if (!action.menu())
        action.setMenu(new QMenu(qobject_cast<QWidget *>(parent())));
    return *action.menu();
}

} // namespace app
