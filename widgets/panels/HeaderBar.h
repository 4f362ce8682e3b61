// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window's head: menus, the preset, undo and redo, Preview and Render.
// It takes the place of the menu bar (QMainWindow::setMenuWidget).
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QWidget>

#include <optional>

class QGridLayout;
class QLabel;
class QMenuBar;
class QPushButton;
class QToolButton;

namespace widgets {

class PresetButton;

class HeaderBar final : public QWidget {
    Q_OBJECT
public:
    explicit HeaderBar(QWidget *parent = nullptr);

    /// The window puts its menus in here.
    QMenuBar *menuBar() const { return menus_; }
    /// Without a value for `starred` there is no star to give.
    void setPreset(const QString &name, bool edited, std::optional<bool> starred = {});
    /// What previous and next go through: "in Favourites"; empty: all.
    void setPresetSteps(const QString &among);
    /// `text`: what one step undoes, "Undo Fold 4.8 → 5.0".
    void setUndo(bool enabled, const QString &text);
    void setRedo(bool enabled, const QString &text);
    void setFileOpen(bool open);
    void setRendering(bool rendering);
    void setCompact(bool compact);

signals:
    void previewRequested();
    void renderRequested();
    void undoRequested();
    void redoRequested();
    void presetPrevRequested();
    void presetNextRequested();
    void presetsRequested();
    void presetSaveRequested();
    void presetStarClicked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildLeft();
    void buildPreset();
    void buildRight();
    void retint();
    void enableActions();

    QGridLayout *grid_ = nullptr;
    QLabel *logo_ = nullptr;
    QMenuBar *menus_ = nullptr;
    PresetButton *preset_ = nullptr;
    QToolButton *previous_ = nullptr;
    QToolButton *next_ = nullptr;
    QToolButton *undo_ = nullptr;
    QToolButton *redo_ = nullptr;
    QPushButton *preview_ = nullptr;
    QPushButton *render_ = nullptr;
    bool fileOpen_ = false;
    bool rendering_ = false;
};

} // namespace widgets
