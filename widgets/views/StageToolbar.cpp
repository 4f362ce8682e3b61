// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/StageToolbar.h"

#include "widgets/chain/TapPill.h"
#include "widgets/panels/Buttons.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/PaneTitle.h"

#include <QEvent>
#include <QStyle>
#include <QToolButton>

namespace widgets {

namespace {

QSize sizeOf(const QWidget *widget)
{
    return widget->sizeHint().expandedTo(widget->minimumSize()).boundedTo(widget->maximumSize());
}

} // namespace

StageToolbar::StageToolbar(QWidget *parent) : QWidget(parent)
{
    const Theme &theme = Theme::shared();
    setObjectName(QStringLiteral("stageToolbar"));
    setFixedHeight(theme.px("size.visualizer_toolbar"));
    heading_ = new PaneTitle(this, PaneTitle::Kind::Heading);
    heading_->setObjectName(QStringLiteral("stageTitle"));
    connect(heading_, &PaneTitle::menuRequested, this, &StageToolbar::titleMenuRequested);
    lines_ = wordButton(this, "lines", tr("In-key lines"));
    lines_->setObjectName(QStringLiteral("inKeyLines"));
    lines_->setToolTip(tr("Lines at the notes of the scale (K)"));
    lines_->setCheckable(true);
    connect(lines_, &QToolButton::clicked, this, &StageToolbar::inKeyLinesToggled);
    split_ = iconButton(this, "split", tr("Split: one, two or three panes (S)"));
    split_->setObjectName(QStringLiteral("split"));
    split_->setCheckable(true);
    maximize_ = iconButton(this, "maximize", tr("Maximise (F)"));
    maximize_->setObjectName(QStringLiteral("maximize"));
    maximize_->setCheckable(true);
    explore_ = iconButton(this, "explore", tr("Snapshots, variations, history (V)"));
    explore_->setObjectName(QStringLiteral("exploreToggle"));
    explore_->setCheckable(true);
    inspector_ = iconButton(this, "inspector", tr("Inspector (I)"));
    inspector_->setObjectName(QStringLiteral("inspectorToggle"));
    inspector_->setCheckable(true);
    connect(split_, &QToolButton::clicked, this, [this] {
        setPaneCount(panes_); // how many there are is said from outside
        emit splitRequested();
    });
    connect(maximize_, &QToolButton::clicked, this, &StageToolbar::maximizeRequested);
    connect(explore_, &QToolButton::clicked, this, &StageToolbar::exploreRequested);
    connect(inspector_, &QToolButton::clicked, this, &StageToolbar::inspectorRequested);
    setTap(engine::pipeline::TapId::Output);
    setPaneCount(1);
}

void StageToolbar::setTabs(const std::vector<ViewTab> &tabs)
{
    for (std::size_t i = 0; i < tabs.size(); ++i) {
        const ViewTab &row = tabs[i];
        auto *const tab = wordButton(this, row.icon, row.label);
        tab->setObjectName(QLatin1String(row.id));
        //: name of a view and its key
        tab->setToolTip(row.shortcut.isEmpty() ? row.label
                                               : tr("%1 (%2)").arg(row.label, row.shortcut));
        tab->setProperty("tab", true);
        tab->setCheckable(true);
        tab->setAutoExclusive(true);
        const int number = static_cast<int>(i);
        connect(tab, &QToolButton::clicked, this, [this, number] {
            setView(number);
            emit viewChosen(number);
        });
        tabs_.push_back(tab);
    }
    QWidget *before = tabs_.back();
    for (QWidget *const button : {lines_, split_, maximize_, explore_, inspector_}) {
        setTabOrder(before, button);
        before = button;
    }
    measure();
    setView(0);
}

void StageToolbar::setView(int view)
{
    view_ = view;
    tabs_[static_cast<std::size_t>(view)]->setChecked(true);
    arrange();
}

void StageToolbar::setInKeyLinesOffered(bool offered)
{
    lines_->setVisible(offered);
    arrange();
}

void StageToolbar::setInKeyLines(bool shown)
{
    lines_->setChecked(shown);
}

void StageToolbar::setTools(QWidget *tools)
{
    if (tools_ == tools)
        return;
    if (tools_)
        tools_->hide();
    tools_ = tools;
    if (tools_) {
        tools_->setParent(this);
        tools_->show();
    }
    arrange();
}

void StageToolbar::setPaneCount(int panes)
{
    panes_ = panes;
    split_->setChecked(panes > 1);
    split_->setAccessibleDescription(tr("%n pane(s)", nullptr, panes));
    arrange();
}

void StageToolbar::setTitle(const QString &title, const char *stageToken, const QString &remark,
                            bool late)
{
    title_ = title;
    stage_ = stageToken;
    remark_ = remark;
    late_ = late;
    setAccessibleName(this->title());
    showTitle();
    arrange();
}

void StageToolbar::setTap(engine::pipeline::TapId tap, const QString &remark, bool late)
{
    setTitle(tapTitle(tap), tapStageToken(tap), remark, late);
}

QString StageToolbar::title() const
{
    const QString remark = late_ ? tr("Updating…") : remark_;
    //: %1: which sound, "After Distortion". %2: "Post-Quant is off", "Updating…"
    return remark.isEmpty() ? title_ : tr("%1 (%2)").arg(title_, remark);
}

/// While a preview is late only the words change, not the room: nothing moves under the pointer.
void StageToolbar::showTitle()
{
    //: %1: which sound, "After Distortion". %2: "Post-Quant is off"
    heading_->setTitle(remark_.isEmpty() ? title_ : tr("%1 (%2)").arg(title_, remark_),
                       stage_.constData());
    heading_->setAccessibleName(title());
    heading_->setWords(late_ ? tr("Updating…") : QString());
}

void StageToolbar::setMaximized(bool on)
{
    maximize_->setChecked(on);
    setButtonIcon(maximize_, on ? "minimize" : "maximize");
}

void StageToolbar::setInspectorOpen(bool open)
{
    inspectorOpen_ = open;
    showInspector();
}

void StageToolbar::setExploring(bool exploring)
{
    exploring_ = exploring;
    showInspector();
}

void StageToolbar::showInspector()
{
    explore_->setChecked(inspectorOpen_ && exploring_);
    inspector_->setChecked(inspectorOpen_ && !exploring_);
}

int StageToolbar::titleRoom(Level level) const
{
    if (level >= Level::NoTitle && panes_ > 1)
        return 0;
    return heading_->sizeHint().width() + Theme::shared().px("space.scale.x2");
}

/// From the middle to the right.
std::vector<QWidget *> StageToolbar::tools() const
{
    std::vector<QWidget *> shown;
    for (QWidget *const widget :
         std::initializer_list<QWidget *>{tools_.data(), lines_, split_,
                                                    maximize_, explore_, inspector_})
        if (widget && !widget->isHidden())
            shown.push_back(widget);
    return shown;
}

bool StageToolbar::showsWords(const QToolButton *button, Level level) const
{
    if (button == lines_)
        return level < Level::LinesAsIcon;
    return level < Level::ChosenTabOnly ||
           (level == Level::ChosenTabOnly && button == tabs_[static_cast<std::size_t>(view_)]);
}

/// Once for each style, and not while arranging: a button that changes asks for a new arrangement.
void StageToolbar::measure()
{
    std::vector<QToolButton *> buttons = tabs_;
    buttons.push_back(lines_);
    for (QToolButton *button : buttons) {
        const bool shown = button->toolButtonStyle() == Qt::ToolButtonTextBesideIcon;
        Widths widths;
        setWordsShown(button, true);
        widths.words = sizeOf(button).width();
        setWordsShown(button, false);
        widths.icon = sizeOf(button).width();
        setWordsShown(button, shown);
        widths_[button] = widths;
    }
}

void StageToolbar::setLevel(Level level)
{
    level_ = level;
    setWordsShown(lines_, showsWords(lines_, level));
    for (QToolButton *tab : tabs_)
        setWordsShown(tab, showsWords(tab, level));
}

int StageToolbar::neededWidth(Level level) const
{
    const Theme &theme = Theme::shared();
    const int gap = theme.px("space.scale.x1");
    const auto widthOf = [&](const QToolButton *button) {
        const Widths widths = widths_.value(button);
        return showsWords(button, level) ? widths.words : widths.icon;
    };
    int width = titleRoom(level) + theme.px("space.scale.x4"); // between tabs and tools
    for (const QToolButton *tab : tabs_)
        width += widthOf(tab) + gap;
    for (const QWidget *tool : tools())
        width += (tool == lines_ ? widthOf(lines_) : sizeOf(tool).width()) + gap;
    return width;
}

void StageToolbar::arrange()
{
    if (widths_.isEmpty())
        measure();
    Level wanted = Level::Words;
    for (const Level level :
         {Level::Words, Level::NoTitle, Level::LinesAsIcon, Level::ChosenTabOnly, Level::Icons}) {
        wanted = level;
        if (neededWidth(level) <= width())
            break;
    }
    setLevel(wanted);
    const Theme &theme = Theme::shared();
    const int gap = theme.px("space.scale.x1");
    const auto put = [this](QWidget *widget, int x) {
        const QSize size = sizeOf(widget);
        widget->setGeometry(QStyle::visualRect(
            layoutDirection(), rect(), QRect(QPoint(x, (height() - size.height()) / 2), size)));
    };
    int right = width();
    const std::vector<QWidget *> shown = tools();
    for (auto tool = shown.rbegin(); tool != shown.rend(); ++tool) {
        right -= sizeOf(*tool).width();
        put(*tool, right);
        right -= *tool == split_ ? theme.px("space.scale.x3") : gap;
    }
    int tabsWidth = 0;
    for (const QToolButton *tab : tabs_)
        tabsWidth += sizeOf(tab).width() + gap;
    int x = std::max(std::min(titleRoom(level_), right - tabsWidth), 0);
    heading_->setVisible(x > heading_->minimumSizeHint().width());
    const int headingHeight = heading_->height();
    heading_->setGeometry(QStyle::visualRect(
        layoutDirection(), rect(),
        QRect(0, (height() - headingHeight) / 2, x - theme.px("space.scale.x2"), headingHeight)));
    for (QToolButton *tab : tabs_) {
        put(tab, x);
        x += sizeOf(tab).width() + gap;
    }
    update();
}

QSize StageToolbar::sizeHint() const
{
    return {neededWidth(Level::Words), height()};
}

QSize StageToolbar::minimumSizeHint() const
{
    const int side = Theme::shared().px("size.control") + Theme::shared().px("space.scale.x1");
    return {side * static_cast<int>(tabs_.size() + tools().size()), height()};
}

bool StageToolbar::event(QEvent *event)
{
    // Fonts and the style arrive after the buttons were made.
    if (event->type() == QEvent::Polish || event->type() == QEvent::Show ||
        event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        measure();
        arrange();
    } else if (event->type() == QEvent::LayoutRequest) {
        arrange();
    }
    return QWidget::event(event);
}

void StageToolbar::resizeEvent(QResizeEvent *)
{
    arrange();
}

} // namespace widgets
