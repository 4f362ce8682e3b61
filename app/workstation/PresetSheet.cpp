// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PresetSheet.h"

#include "app/workstation/ExportDialogParts.h"
#include "engine/io/SearchText.h"
#include "widgets/controls/DropDown.h"
#include "widgets/panels/Buttons.h"
#include "widgets/theme/Theme.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace app {

namespace {

/// "bass, #gritty;" as two tags, each once.
QStringList tagsOf(const QString &typed)
{
    QStringList tags;
    for (QString tag : typed.split(u',')) {
        tag = tag.simplified();
        while (tag.startsWith(u'#'))
            tag.remove(0, 1);
        if (!tag.isEmpty() && !tags.contains(tag, Qt::CaseInsensitive))
            tags << tag;
    }
    return tags;
}

} // namespace

PresetSheet::PresetSheet(Purpose purpose, const PresetController &presets, const PresetWords &words,
                         QWidget *window)
    : Sheet(purpose == Purpose::Rename ? tr("Rename preset") : tr("Save preset"),
            "size.dialog_width", window),
      purpose_(purpose), presets_(presets), oldName_(words.name)
{
    setObjectName(QStringLiteral("presetSheet"));
    const auto form = widgets::sheetForm();
    name_ = new QLineEdit(words.name);
    name_->setObjectName(QStringLiteral("preset.name"));
    name_->setPlaceholderText(tr("What the sound is for"));
    note_ = widgets::noteLabel();
    note_->setObjectName(QStringLiteral("preset.note"));
    form->addRow(tr("Name"), name_);
    form->addRow(QString(), note_);
    rows().addLayout(form);
    if (purpose == Purpose::SaveAs)
        addDescription(words);
    const auto cancel = widgets::largeButton(this, tr("Cancel"));
    save_ = widgets::largeButton(this, tr("Save"), true);
    save_->setObjectName(QStringLiteral("preset.save"));
    save_->setDefault(true);
    footer().addStretch(1);
    footer().addWidget(cancel);
    footer().addWidget(save_);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save_, &QPushButton::clicked, this, &QDialog::accept);
    connect(name_, &QLineEdit::textChanged, this, &PresetSheet::changed);
    widgets::alignLabels({form});
    changed();
    name_->setFocus();
    name_->selectAll();
}

void PresetSheet::addDescription(const PresetWords &words)
{
    auto &form = static_cast<QFormLayout &>(*rows().itemAt(0)->layout());
    category_ = new widgets::DropDown(tr("Category"));
    category_->setObjectName(QStringLiteral("preset.category"));
    category_->addItem(tr("None"), QString());
    category_->setEditable(true);
    category_->setInsertPolicy(QComboBox::NoInsert);
    // What is typed may begin as one that is known and be another.
    category_->setCompleter(nullptr);
    category_->setToolTip(tr("Choose one, or type a new one"));
    const auto add = [this](const QString &category) {
        if (!category.isEmpty() && category_->findData(category) < 0)
            category_->addItem(category, category);
    };
    for (const std::string_view category : engine::io::presetCategories())
        add(exporting::utf8(category));
    for (const std::string &category : presets_.library().categories())
        add(exporting::utf8(category));
    add(words.category);
    category_->setCurrentIndex(std::max(0, category_->findData(words.category)));
    author_ = new QLineEdit(words.author);
    author_->setObjectName(QStringLiteral("preset.author"));
    author_->setPlaceholderText(tr("Your name, if you like"));
    author_->setToolTip(
        tr("Who made it. by:name in the search finds it; the next preset begins with "
           "the same name"));
    tags_ = new QLineEdit(words.tags.join(QStringLiteral(", ")));
    tags_->setObjectName(QStringLiteral("preset.tags"));
    tags_->setPlaceholderText(tr("bass, gritty, wide"));
    tags_->setToolTip(tr("Words by which it is found, with commas between them"));
    text_ = new QPlainTextEdit(words.note);
    text_->setObjectName(QStringLiteral("preset.text"));
    text_->setAccessibleName(tr("Note"));
    text_->setTabChangesFocus(true);
    text_->setPlaceholderText(tr("What it does, and what to feed it"));
    text_->setFixedHeight(widgets::Theme::shared().px("browser.note"));
    form.addRow(tr("Category"), category_);
    form.addRow(tr("Tags"), tags_);
    form.addRow(tr("Author"), author_);
    form.addRow(tr("Note"), text_);
}

/// As it is known, in whatever case it was typed.
QString PresetSheet::typedCategory() const
{
    const auto folded = [](const QString &text) {
        return engine::io::foldForSearch(text.toStdString());
    };
    const QString typed = category_->currentText().simplified();
    for (int i = 0; i < category_->count(); ++i) {
        if (folded(category_->itemText(i)) == folded(typed))
            return category_->itemData(i).toString();
    }
    return typed;
}

bool PresetSheet::replaces() const
{
    const QString name = name_->text().trimmed();
    const auto folded = [](const QString &text) {
        return engine::io::foldForSearch(text.toStdString());
    };
    const bool itself = purpose_ == Purpose::Rename && folded(name) == folded(oldName_);
    return !itself && presets_.isTaken(name);
}

void PresetSheet::changed()
{
    const bool replacing = replaces();
    const bool renaming = purpose_ == Purpose::Rename;
    if (replacing)
        note_->setText(renaming
                           ? tr("You already have a preset of this name.")
                           : tr("You already have a preset of this name. It will be replaced."));
    note_->setVisible(replacing);
    fit();
    save_->setText(renaming ? tr("Rename") : replacing ? tr("Replace") : tr("Save"));
    save_->setEnabled(!name_->text().trimmed().isEmpty() && !(renaming && replacing));
}

PresetWords PresetSheet::words() const
{
    PresetWords words;
    words.name = name_->text().trimmed();
    if (purpose_ == Purpose::Rename)
        return words;
    words.category = typedCategory();
    words.author = author_->text().simplified();
    words.tags = tagsOf(tags_->text());
    words.note = text_->toPlainText().trimmed();
    return words;
}

} // namespace app
