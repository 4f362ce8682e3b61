// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/ExplorePanel.h"

#include "widgets/controls/PlainSlider.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/panels/Buttons.h"
#include "widgets/panels/Sheet.h"
#include "widgets/theme/Ink.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace widgets {

using engine::pipeline::LockGroup;

namespace {

constexpr double percent = 100.0;
constexpr int seedDigits = 9;

QString percentText(double share)
{
    return ExplorePanel::tr("%1 %").arg(std::lround(share * percent));
}

QVBoxLayout *columnIn(QWidget *page)
{
    auto *const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::shared().px("space.scale.x1"));
    return column;
}

} // namespace

ExplorePanel::ExplorePanel(QWidget *parent) : QWidget(parent)
{
    const Theme &theme = Theme::shared();
    setObjectName(QStringLiteral("explore"));
    setAccessibleName(tr("Explore"));
    parts_ =
        new WordSwitch(tr("What is shown"), {tr("Snapshots"), tr("Vary"), tr("History")}, this);
    parts_->setObjectName(QStringLiteral("explore.part"));
    pages_ = new QStackedWidget(this);
    pages_->addWidget(makeSnapshots());
    pages_->addWidget(makeVary());
    pages_->addWidget(makeHistory());
    auto *const column = new QVBoxLayout(this);
    const int side = theme.px("size.panel_padding");
    const int top = (theme.px("size.visualizer_toolbar") - theme.px("size.control")) / 2;
    column->setContentsMargins(side, top, side, side);
    column->setSpacing(theme.px("space.scale.x2"));
    column->addWidget(parts_);
    column->addWidget(pages_, 1);
    connect(parts_, &WordSwitch::chosen, this, [this](int part) {
        setPart(static_cast<ExplorePart>(part));
        emit partChanged(this->part());
    });
    connect(&theme, &Theme::changed, this, &ExplorePanel::tint);
    setPart(ExplorePart::Snapshots);
    tint();
}

ExplorePart ExplorePanel::part() const
{
    return static_cast<ExplorePart>(pages_->currentIndex());
}

void ExplorePanel::setPart(ExplorePart part)
{
    parts_->setIndex(static_cast<int>(part));
    pages_->setCurrentIndex(static_cast<int>(part));
}

QWidget *ExplorePanel::makeSnapshots()
{
    auto *const page = new QWidget;
    QVBoxLayout *const column = columnIn(page);
    auto *const head = new QHBoxLayout;
    auto *const count = new QLabel(page);
    count->setObjectName(QStringLiteral("explore.snapshot_count"));
    words_.push_back(count);
    take_ = wordButton(page, "camera", tr("Take snapshot"));
    take_->setObjectName(QStringLiteral("explore.take_snapshot"));
    take_->setToolTip(tr("Keep the settings as they are now (T)"));
    connect(take_, &QToolButton::clicked, this, &ExplorePanel::snapshotRequested);
    head->addWidget(count);
    head->addStretch(1);
    head->addWidget(take_);
    column->addLayout(head);
    noSnapshots_ = noteLabel(page);
    noSnapshots_->setText(
        tr("A snapshot keeps all settings as they are now. Take one before you try something "
           "daring; a click brings it back."));
    column->addWidget(noSnapshots_);
    snapshots_ = new SnapshotList(page);
    column->addWidget(snapshots_, 1);
    column->addStretch(0);
    return page;
}

QWidget *ExplorePanel::makeHistory()
{
    auto *const page = new QWidget;
    QVBoxLayout *const column = columnIn(page);
    history_ = new HistoryList(page);
    column->addWidget(history_, 1);
    return page;
}

QWidget *ExplorePanel::makeVary()
{
    auto *const scroll = new QScrollArea;
    scroll->setProperty("flat", true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *const page = new QWidget;
    page->setProperty("flat", true);
    QVBoxLayout *const column = columnIn(page);
    addMorph(*column);
    column->addSpacing(Theme::shared().px("space.scale.x3"));
    addRandomise(*column);
    column->addStretch(1);
    sheet_ = textButton(page, tr("Contact sheet…"), false, "grid");
    sheet_->setObjectName(QStringLiteral("explore.contact_sheet"));
    sheet_->setToolTip(tr("Many renders side by side, to hear and to choose from (G)"));
    connect(sheet_, &QPushButton::clicked, this, &ExplorePanel::contactSheetRequested);
    column->addSpacing(Theme::shared().px("space.scale.x2"));
    column->addWidget(sheet_);
    scroll->setWidget(page);
    return scroll;
}

void ExplorePanel::addMorph(QVBoxLayout &column)
{
    auto *const head = new QHBoxLayout;
    auto *const heading = new QLabel(tr("Morph"));
    morphValue_ = new QLabel;
    morphValue_->setObjectName(QStringLiteral("explore.morph_value"));
    head->addWidget(heading);
    head->addStretch(1);
    head->addWidget(morphValue_);
    column.addLayout(head);
    auto *const row = new QHBoxLayout;
    row->setSpacing(Theme::shared().px("space.scale.x2"));
    auto *const a = new QLabel(tr("A"));
    auto *const b = new QLabel(tr("B"));
    morph_ = new PlainSlider(tr("Morph from A to B"));
    morph_->setObjectName(QStringLiteral("explore.morph"));
    row->addWidget(a);
    row->addWidget(morph_, 1);
    row->addWidget(b);
    column.addLayout(row);
    morphNote_ = noteLabel();
    morphNote_->setObjectName(QStringLiteral("explore.morph_note"));
    column.addWidget(morphNote_);
    connect(morph_, &PlainSlider::moved, this, &ExplorePanel::morphMoved);
    headings_.push_back(heading);
    words_.insert(words_.end(), {a, b});
}

void ExplorePanel::addRandomise(QVBoxLayout &column)
{
    const Theme &theme = Theme::shared();
    auto *const head = new QHBoxLayout;
    auto *const heading = new QLabel(tr("Randomise"));
    amountValue_ = new QLabel;
    head->addWidget(heading);
    head->addStretch(1);
    head->addWidget(amountValue_);
    column.addLayout(head);
    amount_ = new PlainSlider(tr("How far Randomise goes"));
    amount_->setObjectName(QStringLiteral("explore.amount"));
    amount_->setToolTip(tr("How far from the settings as they are"));
    connect(amount_, &PlainSlider::moved, this,
            [this](double amount, Edit) { emit amountMoved(amount); });
    column.addWidget(amount_);

    auto *const row = new QHBoxLayout;
    row->setSpacing(theme.px("space.scale.x2"));
    roll_ = textButton(this, tr("Roll"), true, "dice");
    roll_->setObjectName(QStringLiteral("explore.roll"));
    roll_->setToolTip(tr("Other settings by chance (R). Gain, limiter and what is locked stay."));
    connect(roll_, &QPushButton::clicked, this, &ExplorePanel::rollRequested);
    auto *const name = new QLabel(tr("Seed"));
    seed_ = new QLineEdit;
    seed_->setObjectName(QStringLiteral("explore.seed"));
    seed_->setAccessibleName(tr("Seed"));
    seed_->setToolTip(
        tr("The number of a roll. Type one and press Enter to have that roll again."));
    seed_->setMaxLength(seedDigits);
    seed_->setPlaceholderText(tr("none yet"));
    connect(seed_, &QLineEdit::returnPressed, this, [this] {
        bool number = false;
        const quint64 seed = seed_->text().trimmed().toULongLong(&number);
        if (number)
            emit seedTyped(seed);
        seed_->selectAll();
    });
    row->addWidget(roll_);
    row->addStretch(0);
    row->addWidget(name);
    row->addWidget(seed_, 1);
    column.addLayout(row);

    auto *const locks = new QHBoxLayout;
    locks->setSpacing(theme.px("space.scale.x1"));
    const std::array names{tr("Key"), tr("Scale"), tr("Output")};
    const std::array ids{"explore.lock_key", "explore.lock_scale", "explore.lock_output"};
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        groups_[i] = wordButton(this, "lock", names[i]);
        groups_[i]->setObjectName(QLatin1String(ids[i]));
        groups_[i]->setCheckable(true);
        //: %1 is Key, Scale or Output
        groups_[i]->setToolTip(
            tr("Lock %1: presets, Morph and Randomise leave it as it is").arg(names[i]));
        connect(groups_[i], &QToolButton::clicked, this,
                [this, i](bool on) { emit groupLockRequested(static_cast<LockGroup>(i), on); });
        locks->addWidget(groups_[i]);
    }
    locks->addStretch(1);
    column.addLayout(locks);
    auto *const rest = new QHBoxLayout;
    locked_ = noteLabel();
    locked_->setObjectName(QStringLiteral("explore.locked"));
    rest->addWidget(locked_, 1);
    unlock_ = wordButton(this, "close", tr("Unlock all"));
    unlock_->setObjectName(QStringLiteral("explore.unlock"));
    connect(unlock_, &QToolButton::clicked, this, &ExplorePanel::unlockRequested);
    rest->addWidget(unlock_, 0, Qt::AlignTop);
    column.addLayout(rest);
    headings_.push_back(heading);
    words_.push_back(name);
    setAmount(0.0);
    setLockCount(0);
}

void ExplorePanel::setSnapshots(const std::vector<SnapshotRow> &rows, int most)
{
    snapshots_->setRows(rows);
    snapshots_->setVisible(!rows.empty());
    noSnapshots_->setVisible(rows.empty());
    words_.front()->setText(tr("%1 of %2").arg(rows.size()).arg(most));
}

void ExplorePanel::setMorph(double position, MorphHindrance hindrance)
{
    const bool possible = hindrance == MorphHindrance::None;
    morph_->setEnabled(possible);
    morph_->setShare(position);
    morphValue_->setText(possible ? tr("%1 B").arg(percentText(position)) : QString());
    morphNote_->setText(possible ? tr("Goes into the slot you hear; the other stays.")
                        : hindrance == MorphHindrance::SameSlots
                            ? tr("A and B are the same so far.")
                            : tr("A and B differ only in what is locked."));
}

void ExplorePanel::setAmount(double amount)
{
    amount_->setShare(amount);
    amountValue_->setText(percentText(amount));
}

void ExplorePanel::setSeed(std::optional<quint64> seed)
{
    seed_->setText(seed ? QString::number(*seed) : QString());
}

void ExplorePanel::setGroupLocked(LockGroup group, bool locked)
{
    groups_[static_cast<std::size_t>(group)]->setChecked(locked);
}

void ExplorePanel::setLockCount(int count)
{
    locked_->setText(count == 0   ? tr("Right-click a knob to lock it.")
                     : count == 1 ? tr("1 control is locked.")
                                  : tr("%1 controls are locked.").arg(count));
    unlock_->setVisible(count > 0);
}

void ExplorePanel::setSoundOpen(bool open)
{
    sheet_->setEnabled(open);
}

QSize ExplorePanel::minimumSizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.inspector_min"),
            theme.px("size.visualizer_toolbar") + 2 * theme.px("size.snapshot_row")};
}

/// Low windows leave out what only explains.
void ExplorePanel::resizeEvent(QResizeEvent *)
{
    const bool roomy = height() >= Theme::shared().px("size.explore_roomy");
    morphNote_->setVisible(roomy);
    locked_->setVisible(roomy);
}

void ExplorePanel::tint()
{
    const Theme &theme = Theme::shared();
    for (QLabel *label : headings_)
        setInk(label, "stage", "text.primary");
    for (QLabel *label : words_)
        setInk(label, "label", "text.secondary");
    for (QLabel *label : {morphValue_, amountValue_})
        setInk(label, "value", "text.primary");
    for (QLabel *label : {morphNote_, locked_, noSnapshots_})
        setInk(label, "caption", "text.tertiary");
    seed_->setFont(theme.font("value"));
    update();
}

void ExplorePanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("ground.panel"));
    painter.drawRoundedRect(rect(), theme.number("radius.card"), theme.number("radius.card"));
}

} // namespace widgets
