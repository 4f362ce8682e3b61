// SPDX-License-Identifier: GPL-3.0-or-later
//
// Choices in a context menu, of which the one that counts has a check mark.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QMenu>

#include <utility>
#include <vector>

namespace app {

template <typename Choice>
using Choices = std::vector<std::pair<QString, Choice>>;

/// `choose` is called with the choice that was made.
template <typename Choice, typename Choose>
void addChoices(QMenu &menu, const Choices<Choice> &choices, const Choice &current,
                const Choose &choose)
{
    for (const auto &[words, choice] : choices) {
        QAction *const action =
            menu.addAction(words, &menu, [choose, choice = choice] { choose(choice); });
        action->setCheckable(true);
        action->setChecked(choice == current);
    }
}

template <typename Choice, typename Choose>
void addChoiceMenu(QMenu &menu, const QString &title, const Choices<Choice> &choices,
                   const Choice &current, const Choose &choose)
{
    addChoices(*menu.addMenu(title), choices, current, choose);
}

} // namespace app
