// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/browser/PresetSearch.h"

#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QAction>
#include <QKeyEvent>

namespace widgets {

namespace {

bool isLeftToTheWindow(const QKeyEvent &event, const QLineEdit &field)
{
    if (event.key() == Qt::Key_Space)
        return field.text().isEmpty();
    if (event.key() == Qt::Key_Left || event.key() == Qt::Key_Right)
        return event.modifiers().testFlag(Qt::ControlModifier);
    if (event.matches(QKeySequence::Undo))
        return !field.isUndoAvailable();
    if (event.matches(QKeySequence::Redo))
        return !field.isRedoAvailable();
    return event.matches(QKeySequence::Copy) && !field.hasSelectedText();
}

} // namespace

PresetSearch::PresetSearch(QWidget *parent)
    : QLineEdit(parent), glass_(addAction(QIcon(), QLineEdit::LeadingPosition)),
      clear_(addAction(QIcon(), QLineEdit::TrailingPosition))
{
    setObjectName(QStringLiteral("presets.search"));
    setProperty("search", true);
    setAccessibleName(tr("Search presets"));
    //: keep it short
    setPlaceholderText(tr("Search name, tag, key or author"));
    setToolTip(tr("Words are searched in name, tags, key, category and author. #tag finds a tag, "
                  "by:name an author, “two words” both together."));
    glass_->setEnabled(false);
    clear_->setText(tr("Clear the search"));
    clear_->setToolTip(clear_->text());
    clear_->setVisible(false);
    connect(clear_, &QAction::triggered, this, [this] {
        clear();
        emit textEdited(QString());
    });
    connect(this, &QLineEdit::textChanged, this,
            [this](const QString &text) { clear_->setVisible(!text.isEmpty()); });
    connect(&Theme::shared(), &Theme::changed, this, &PresetSearch::retint);
    retint();
}

void PresetSearch::showText(const QString &text)
{
    if (text != this->text())
        setText(text);
}

bool PresetSearch::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        isLeftToTheWindow(*static_cast<QKeyEvent *>(event), *this)) {
        event->ignore();
        return false;
    }
    return QLineEdit::event(event);
}

void PresetSearch::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        emit walked(event);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Escape:
        event->ignore(); // for whoever is around the field
        return;
    default:
        break;
    }
    if (isLeftToTheWindow(*event, *this))
        event->ignore();
    else
        QLineEdit::keyPressEvent(event);
}

void PresetSearch::retint()
{
    const Theme &theme = Theme::shared();
    const QColor ink = theme.colour("text.secondary");
    glass_->setIcon(icon("search", ink, ink));
    clear_->setIcon(icon("close"));
    QPalette colours = palette();
    colours.setColor(QPalette::PlaceholderText, theme.colour("text.tertiary"));
    setPalette(colours);
}

} // namespace widgets
