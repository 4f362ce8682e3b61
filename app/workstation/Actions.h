// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every command of the program, described once: its name in menus, its key, and in which menu it
// stands. Menus, shortcuts and the keyboard map are read from this table.
// Shape: one row a command, in the order of the menus. Real-time: no; GUI thread only.
// Errors: none; an id that is not in the table ends the program, since only we can cause it.
#pragma once

#include <QAction>
#include <QHash>
#include <QMenuBar>

#include <span>

namespace app {

enum class Menu { File, Edit, Chain, Listen, View, Help };
inline constexpr std::size_t menuCount = 6;

struct ActionRow {
    const char *id;
    Menu menu;
    const char *text;      ///< untranslated
    const char *shortcuts; ///< portable text; several are separated by spaces; may be empty
    bool checkable = false;
    const char *group = ""; ///< rows of one group exclude each other
    bool separatorBefore = false;
};
std::span<const ActionRow> actionTable();
/// The name in menus, translated.
QString actionName(const ActionRow &row);
QString menuName(Menu menu);

class Actions final : public QObject {
    Q_OBJECT
public:
    /// Makes the actions, children of `window`, and the menus in `bar`.
    Actions(QWidget &window, QMenuBar &bar);

    QAction &operator[](const char *id) const;
    /// The first of its keys, the one that can be changed; may be empty.
    QKeySequence key(const char *id) const;
    void setKey(const char *id, const QKeySequence &key);
    static QKeySequence usualKey(const ActionRow &row);
    /// Another command than `id` that has this key among its own, or null.
    const ActionRow *holderOf(const QKeySequence &key, const char *id) const;
    QMenu &menu(Menu menu) const { return *menus_[static_cast<std::size_t>(menu)]; }
    /// A menu of its own in the place of an action without one, such as Open Recent.
    QMenu &submenu(const char *id) const;

private:
    QHash<QByteArray, QAction *> actions_;
    std::array<QMenu *, menuCount> menus_{};
};

} // namespace app
