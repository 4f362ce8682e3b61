// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/KeyboardMap.h"

#include "app/workstation/Actions.h"
#include "widgets/theme/Theme.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace app {

KeyboardMap::KeyboardMap(QWidget *parent) : QDialog(parent)
{
    const widgets::Theme &theme = widgets::Theme::shared();
    setObjectName(QStringLiteral("keyboardMap"));
    setWindowTitle(tr("Keyboard map"));
    const auto list = new QWidget;
    const auto grid = new QGridLayout(list);
    grid->setHorizontalSpacing(theme.px("space.scale.x8"));
    grid->setVerticalSpacing(theme.px("space.scale.x2"));
    int row = 0;
    for (const ActionRow &action : actionTable()) {
        if (*action.shortcuts == '\0')
            continue;
        QStringList keys;
        for (const QString &key : QString::fromLatin1(action.shortcuts).split(u' '))
            keys
                << QKeySequence(key, QKeySequence::PortableText).toString(QKeySequence::NativeText);
        const auto name = new QLabel(QCoreApplication::translate("Actions", action.text));
        const auto shortcut = new QLabel(keys.join(tr(" or ")));
        shortcut->setFont(theme.font("value"));
        grid->addWidget(name, row, 0);
        grid->addWidget(shortcut, row, 1);
        ++row;
    }
    const auto scroll = new QScrollArea;
    scroll->setWidget(list);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    const auto column = new QVBoxLayout(this);
    column->addWidget(scroll);
    resize(theme.px("size.dialog_width"), theme.px("size.dialog_height"));
}

} // namespace app
