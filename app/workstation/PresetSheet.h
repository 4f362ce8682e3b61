// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks what a preset is to be called, and where it is saved anew also for its author, a category
// (one that is known, or another that is typed), tags and a note.
// It writes nothing: accepted() and words() say it all. A name that one of the user's own has is
// replaced, and the button says so; where it may not be, the button waits for another.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/PresetController.h"
#include "widgets/panels/Sheet.h"

class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace widgets {
class DropDown;
}

namespace app {

class PresetSheet final : public widgets::Sheet {
    Q_OBJECT
public:
    enum class Purpose { SaveAs, Rename };
    PresetSheet(Purpose purpose, const PresetController &presets, const PresetWords &words,
                QWidget *window);

    PresetWords words() const;
    bool replaces() const;

private:
    void addDescription(const PresetWords &words);
    QString typedCategory() const;
    void changed();

    Purpose purpose_;
    const PresetController &presets_;
    QString oldName_;
    QLineEdit *name_ = nullptr;
    QLabel *note_ = nullptr;
    widgets::DropDown *category_ = nullptr;
    QLineEdit *author_ = nullptr;
    QLineEdit *tags_ = nullptr;
    QPlainTextEdit *text_ = nullptr;
    QPushButton *save_ = nullptr;
};

} // namespace app
