// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/KeyboardMap.h"

#include "widgets/panels/Buttons.h"
#include "widgets/theme/Theme.h"

#include <QGridLayout>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

namespace app {

namespace {

QString native(const QKeySequence &key)
{
    return key.toString(QKeySequence::NativeText);
}

QString portable(const QKeySequence &key)
{
    return key.toString(QKeySequence::PortableText);
}

} // namespace

void KeyboardMap::restore(Actions &actions, const Preferences &preferences)
{
    for (const ActionRow &action : actionTable())
        if (const std::optional<QString> key = preferences.key(action.id))
            actions.setKey(action.id, QKeySequence(*key, QKeySequence::PortableText));
}

KeyboardMap::KeyboardMap(Actions &actions, Preferences &preferences, QWidget *parent)
    : QDialog(parent), actions_(actions), preferences_(preferences)
{
    const widgets::Theme &theme = widgets::Theme::shared();
    setObjectName(QStringLiteral("keyboardMap"));
    setWindowTitle(tr("Keyboard map"));
    const auto list = new QWidget;
    const auto grid = new QGridLayout(list);
    grid->setHorizontalSpacing(theme.px("space.scale.x8"));
    grid->setVerticalSpacing(theme.px("space.scale.x2"));
    std::optional<Menu> menu;
    for (const ActionRow &action : actionTable()) {
        if (actions_[action.id].menu())
            continue;
        if (menu != action.menu) {
            menu = action.menu;
            const auto heading = new QLabel(menuName(action.menu));
            heading->setFont(theme.font("heading"));
            grid->addWidget(heading, grid->rowCount(), 0, 1, 2);
        }
        addRow(*grid, action);
    }
    grid->setColumnStretch(0, 1);
    const int edge = theme.px("space.scale.x4");
    grid->setContentsMargins(edge, 0, edge, 0);
    const auto scroll = new QScrollArea;
    scroll->setWidget(list);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    const auto search = new QLineEdit;
    search->setObjectName(QStringLiteral("keyboardMap.search"));
    search->setPlaceholderText(tr("Find a command or a key"));
    search->setClearButtonEnabled(true);
    connect(search, &QLineEdit::textChanged, this, &KeyboardMap::filter);
    const auto column = new QGridLayout(this);
    column->addWidget(search, 0, 0, 1, 3);
    column->addWidget(scroll, 1, 0, 1, 3);
    addFoot(*column);
    resize(theme.px("size.dialog_width"), theme.px("size.dialog_height"));
}

void KeyboardMap::addFoot(QGridLayout &column)
{
    words_ = new QLabel;
    words_->setObjectName(QStringLiteral("keyboardMap.words"));
    words_->setWordWrap(true);
    takeOver_ = widgets::textButton(this, tr("Use it here"), true);
    takeOver_->setObjectName(QStringLiteral("keyboardMap.takeOver"));
    connect(takeOver_, &QPushButton::clicked, this, &KeyboardMap::takeOver);
    QPushButton *const reset = widgets::textButton(this, tr("Reset all keys"));
    reset->setObjectName(QStringLiteral("keyboardMap.reset"));
    connect(reset, &QPushButton::clicked, this, &KeyboardMap::resetAll);
    column.addWidget(words_, 2, 0);
    column.addWidget(takeOver_, 2, 1);
    column.addWidget(reset, 2, 2);
    column.setColumnStretch(0, 1);
    say(tr("Click a key and press another one. Escape leaves it as it is."));
}

void KeyboardMap::addRow(QGridLayout &grid, const ActionRow &action)
{
    const auto name = new QLabel(actionName(action));
    const auto key = new QKeySequenceEdit(actions_.key(action.id));
    key->setObjectName(QStringLiteral("key.") + QLatin1String(action.id));
    key->setAccessibleName(actionName(action));
    key->setClearButtonEnabled(true);
    key->setFixedWidth(widgets::Theme::shared().px("size.key_field"));
    QStringList others;
    for (const QKeySequence &more : actions_[action.id].shortcuts().mid(1))
        others << native(more);
    if (!others.isEmpty())
        name->setText(tr("%1 (also %2)").arg(name->text(), others.join(QStringLiteral(", "))));
    connect(key, &QKeySequenceEdit::editingFinished, this, [this, &action, key] {
        // One key, not a row of them.
        wish(action,
             key->keySequence().isEmpty() ? QKeySequence() : QKeySequence(key->keySequence()[0]));
    });
    const int row = grid.rowCount();
    grid.addWidget(name, row, 0);
    grid.addWidget(key, row, 1, Qt::AlignRight);
    rows_.push_back({&action, name, key});
}

KeyboardMap::Row &KeyboardMap::rowOf(const ActionRow &action)
{
    return *std::find_if(rows_.begin(), rows_.end(),
                         [&](const Row &row) { return row.action == &action; });
}

void KeyboardMap::wish(const ActionRow &action, const QKeySequence &key)
{
    const ActionRow *const holder = actions_.holderOf(key, action.id);
    if (key == actions_.key(action.id) || key == QKeySequence(Qt::Key_Escape)) {
        rowOf(action).key->setKeySequence(actions_.key(action.id));
        return;
    }
    if (!holder) {
        give(action, key);
        say(key.isEmpty() ? tr("“%1” has no key now.").arg(actionName(action))
                          : tr("%1 is “%2” now.").arg(native(key), actionName(action)));
        return;
    }
    rowOf(action).key->setKeySequence(actions_.key(action.id));
    say(tr("%1 already is “%2”.").arg(native(key), actionName(*holder)));
    wished_ = &action;
    wishedKey_ = key;
    takeOver_->show();
}

void KeyboardMap::give(const ActionRow &action, const QKeySequence &key)
{
    actions_.setKey(action.id, key);
    preferences_.setKey(action.id, portable(key));
    rowOf(action).key->setKeySequence(key);
}

void KeyboardMap::takeOver()
{
    const ActionRow &action = *wished_;
    const QKeySequence key = wishedKey_;
    const ActionRow *const holder = actions_.holderOf(key, action.id);
    if (holder && actions_.key(holder->id) == key)
        give(*holder, {});
    else if (holder) // its second key stays with the table
        actions_[holder->id].setShortcut(actions_.key(holder->id));
    give(action, key);
    say(holder ? tr("%1 is “%2” now; “%3” has no key.")
                     .arg(native(key), actionName(action), actionName(*holder))
               : tr("%1 is “%2” now.").arg(native(key), actionName(action)));
}

void KeyboardMap::resetAll()
{
    preferences_.forgetKeys();
    for (const Row &row : rows_) {
        const QKeySequence usual = Actions::usualKey(*row.action);
        actions_.setKey(row.action->id, usual);
        row.key->setKeySequence(usual);
    }
    say(tr("Every command has its usual key again."));
}

void KeyboardMap::filter(const QString &text)
{
    for (const Row &row : rows_) {
        const bool matches = row.name->text().contains(text, Qt::CaseInsensitive) ||
                             native(row.key->keySequence()).contains(text, Qt::CaseInsensitive);
        row.name->setVisible(matches);
        row.key->setVisible(matches);
    }
}

void KeyboardMap::say(const QString &text)
{
    words_->setText(text);
    wished_ = nullptr;
    takeOver_->hide();
}

} // namespace app
