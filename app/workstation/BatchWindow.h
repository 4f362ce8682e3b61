// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many sounds with many presets: what goes in, how the outputs are called, and how each one went.
// Stands beside the main window, which goes on meanwhile.
// Real-time: no; GUI thread only. Errors: of the plan under the table, of each item in its row.
#pragma once

#include "app/workstation/BatchController.h"
#include "app/workstation/ExportChoices.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;
class QTableView;

namespace app {

class BatchTable;
class Preferences;

class BatchWindow final : public QDialog {
    Q_OBJECT
public:
    /// `first`: settings that are offered before the presets on disk, and chosen: the slots.
    BatchWindow(Preferences &preferences, std::vector<engine::render::BatchPreset> first,
                QWidget *window);
    ~BatchWindow() override;

    BatchController &batch() { return batch_; }
    /// The slots as they are now, in place of those of before. Nothing happens while it runs.
    void setFirst(std::vector<engine::render::BatchPreset> first);
    void addInputs(const std::vector<std::filesystem::path> &paths);
    void setFolder(const std::filesystem::path &folder);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *soundsPart();
    QWidget *presetsPart();
    QWidget *outputPart();
    void loadPresets();
    void showPresets();
    void addFiles();
    void addFolder();
    void chooseFolder();
    void chooseFormat();
    void removeSelected();
    void change();
    void showPlan();
    void showProgress();
    void showFormat();
    QString summary() const;

    Preferences &preferences_;
    ExportChoices choices_;
    std::vector<engine::render::BatchPreset> offered_;
    std::size_t firstCount_;
    std::vector<std::filesystem::path> inputs_;
    std::filesystem::path folder_;

    QListWidget *sounds_ = nullptr;
    QListWidget *presets_ = nullptr;
    QLineEdit *template_ = nullptr;
    QLabel *place_ = nullptr;
    QLabel *format_ = nullptr;
    QCheckBox *number_ = nullptr;
    QCheckBox *resume_ = nullptr;
    QCheckBox *replace_ = nullptr;
    QTableView *table_ = nullptr;
    QLabel *summary_ = nullptr;
    QProgressBar *bar_ = nullptr;
    QPushButton *show_ = nullptr;
    QPushButton *close_ = nullptr;
    QPushButton *render_ = nullptr;
    std::vector<QWidget *> locked_; ///< what cannot be changed while it runs
    BatchController batch_;
    BatchTable *rows_ = nullptr;
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

} // namespace app
