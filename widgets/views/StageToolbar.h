// SPDX-License-Identifier: GPL-3.0-or-later
//
// The head of the stage, for its active pane: which tap is looked at, the tabs of its views, what
// the view brings along, and the buttons that split, maximise and open the inspector.
// Where not everything fits, words give way to icons in this order: the title (while the panes have
// titles of their own), the in-key lines, the tabs that are not chosen, the chosen tab.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/pipeline/Taps.h"

#include <QHash>
#include <QPointer>
#include <QWidget>

#include <vector>

class QToolButton;

namespace widgets {

class PaneTitle;

struct ViewTab {
    const char *id;   ///< "view.spectrogram"
    const char *icon; ///< "spectrogram"
    QString label;
    QString shortcut; ///< "Ctrl+1"; may be empty
};

class StageToolbar final : public QWidget {
    Q_OBJECT
public:
    explicit StageToolbar(QWidget *parent = nullptr);
    /// Once, before it is shown.
    void setTabs(const std::vector<ViewTab> &tabs);
    /// `remark`: why the picture is not quite this tap: "Post-Quant is off". Late: it is being
    /// computed, and the words for that take the title's place.
    void setTitle(const QString &title, const char *stageToken, const QString &remark = {},
                  bool late = false);
    void setTap(engine::pipeline::TapId tap, const QString &remark = {}, bool late = false);
    /// By number of its tab.
    void setView(int view);
    int view() const { return view_; }
    /// Whether the view has such lines.
    void setInKeyLinesOffered(bool offered);
    void setInKeyLines(bool shown);
    /// What the view brings along; it stays the view's own. Null: nothing.
    void setTools(QWidget *tools);
    void setPaneCount(int panes);
    void setMaximized(bool on);
    void setInspectorOpen(bool open);
    /// The inspector's page for trying things out is the one that is shown.
    void setExploring(bool exploring);
    /// All of it, also where the bar shows less.
    QString title() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// The title was clicked: what the active pane shows is to be chosen.
    void titleMenuRequested(QPoint globalPosition);
    void viewChosen(int view);
    void inKeyLinesToggled(bool shown);
    void splitRequested();
    void maximizeRequested(bool on);
    void inspectorRequested(bool open);
    void exploreRequested(bool open);

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class Level { Words, NoTitle, LinesAsIcon, ChosenTabOnly, Icons };
    void setLevel(Level level);
    void showInspector();
    void arrange();
    std::vector<QWidget *> tools() const;
    int titleRoom(Level level) const;
    void showTitle();
    void measure();
    bool showsWords(const QToolButton *button, Level level) const;
    int neededWidth(Level level) const;

    QString title_;
    QString remark_;
    QByteArray stage_ = "stage.output";
    bool late_ = false;
    int view_ = 0;
    int panes_ = 1;
    Level level_ = Level::Words;
    std::vector<QToolButton *> tabs_;
    /// Of a button with words and without.
    struct Widths {
        int words = 0;
        int icon = 0;
    };
    QHash<const QToolButton *, Widths> widths_;
    QPointer<QWidget> tools_;
    QToolButton *lines_ = nullptr;
    QToolButton *split_ = nullptr;
    QToolButton *maximize_ = nullptr;
    QToolButton *explore_ = nullptr;
    QToolButton *inspector_ = nullptr;
    PaneTitle *heading_ = nullptr;
    bool inspectorOpen_ = false;
    bool exploring_ = false;
};

} // namespace widgets
