// SPDX-License-Identifier: GPL-3.0-or-later
//
// Buttons as all panels use them: their icon follows the theme and whether they are enabled, they
// show a ring for keyboard focus and do not take the focus from a click.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QString>

class QPushButton;
class QToolButton;
class QWidget;

namespace widgets {

/// What a panel offers to do; the id comes back in its actionTriggered().
struct PanelAction {
    QString id;
    QString label;
    bool primary = false;
    bool operator==(const PanelAction &) const = default;
};

/// Text with an icon before it, where `iconName` is not null. Primary: filled, for the one action
/// that is most likely wanted.
QPushButton *textButton(QWidget *parent, const QString &text, bool primary = false,
                        const char *iconName = nullptr);
/// The same in size.control_large, for a panel's main choice.
QPushButton *largeButton(QWidget *parent, const QString &text, bool primary = false,
                         const char *iconName = nullptr);
/// A square of size.control with an icon; `name` is what it is called aloud and its tooltip.
QToolButton *iconButton(QWidget *parent, const char *iconName, const QString &name);
/// The same with `text` beside the icon, as wide as both need; setWordsShown() can take the text
/// away where room is scarce.
QToolButton *wordButton(QWidget *parent, const char *iconName, const QString &text);
void setWordsShown(QToolButton *button, bool shown);
/// Changes the picture of either.
void setButtonIcon(QPushButton *button, const char *iconName);
void setButtonIcon(QToolButton *button, const char *iconName);
/// A colour of the theme other than that of the text: "status.warn".
void setButtonIconRole(QPushButton *button, const char *role);

} // namespace widgets
