// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/browser/PresetBrowser.h"

#include "widgets/browser/PresetList.h"
#include "widgets/browser/PresetSearch.h"
#include "widgets/browser/TagChips.h"
#include "widgets/controls/DropDown.h"
#include "widgets/controls/PlainSwitch.h"
#include "widgets/panels/Buttons.h"
#include "widgets/theme/Ink.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace widgets {

namespace {
constexpr std::array lockNames{"presets.lock_key", "presets.lock_scale", "presets.lock_output"};
} // namespace

PresetBrowser::PresetBrowser(QWidget *parent)
    : QWidget(parent), filters_(new PresetFilters), detail_(new PresetDetail)
{
    setObjectName(QStringLiteral("presetBrowser"));
    setAccessibleName(tr("Presets"));
    const auto row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(filters_);
    row->addWidget(makeMiddle(), 1);
    row->addWidget(detail_);
    connect(filters_, &PresetFilters::chosen, this, &PresetBrowser::filterChosen);
    connect(filters_, &PresetFilters::folderRequested, this, &PresetBrowser::ownFolderRequested);
    connect(detail_, &PresetDetail::tagClicked, this, &PresetBrowser::tagClicked);
    connect(detail_, &PresetDetail::saveAsRequested, this, &PresetBrowser::saveAsRequested);
    connect(detail_, &PresetDetail::revertRequested, this, &PresetBrowser::revertRequested);
    connect(detail_, &PresetDetail::menuRequested, this, &PresetBrowser::menuRequested);
    connect(&Theme::shared(), &Theme::changed, this, &PresetBrowser::retint);
    retint();
}

QWidget *PresetBrowser::makeMiddle()
{
    const Theme &theme = Theme::shared();
    const auto middle = new QWidget;
    const auto column = new QVBoxLayout(middle);
    const int edge = theme.px("space.scale.x2");
    column->setContentsMargins(edge, edge, edge, 0);
    column->setSpacing(theme.px("space.scale.x1"));

    search_ = new PresetSearch;
    order_ = new DropDown(tr("Order of the presets"));
    order_->setObjectName(QStringLiteral("presets.order"));
    order_->addItems({tr("Name"), tr("Category"), tr("Key"), tr("Newest")});
    order_->setMinimumWidth(theme.px("browser.sort"));
    const auto first = new QHBoxLayout;
    first->setSpacing(edge);
    first->addWidget(search_, 1);
    first->addWidget(order_);
    column->addLayout(first);

    tags_ = new TagChips(TagChips::Lines::One);
    tags_->setObjectName(QStringLiteral("presets.tags"));
    keep_ = new QLabel(tr("Keep"));
    const auto second = new QHBoxLayout;
    second->setContentsMargins(theme.px("space.scale.x1"), 0, 0, 0);
    second->setSpacing(edge);
    second->addWidget(tags_, 1);
    second->addWidget(keep_);
    const std::array words{tr("Key"), tr("Scale"), tr("Output")};
    const std::array help{
        tr("Lock the key: presets, Morph and Randomise leave it as it is"),
        tr("Lock the scale: presets, Morph and Randomise leave it as it is"),
        tr("Lock dry/wet, gain and limiter: presets, Morph and Randomise leave them as they are")};
    for (std::size_t i = 0; i < lockCount; ++i) {
        locks_[i] = new PlainSwitch(words[i]);
        locks_[i]->setObjectName(QLatin1String(lockNames[i]));
        locks_[i]->setAccessibleName(tr("Keep %1").arg(words[i]));
        locks_[i]->setToolTip(help[i]);
        connect(locks_[i], &QAbstractButton::clicked, this,
                [this, i](bool on) { emit lockToggled(static_cast<int>(i), on); });
        second->addWidget(locks_[i]);
    }
    column->addLayout(second);

    list_ = new PresetList;
    pages_ = new QStackedLayout;
    pages_->addWidget(list_);
    pages_->addWidget(makeEmpty());
    column->addLayout(pages_, 1);
    setFocusProxy(search_);

    connect(search_, &QLineEdit::textEdited, this, &PresetBrowser::searchEdited);
    connect(search_, &PresetSearch::walked, list_, &PresetList::walk);
    connect(order_, &QComboBox::activated, this, &PresetBrowser::orderChosen);
    connect(tags_, &TagChips::clicked, this, &PresetBrowser::tagClicked);
    connect(list_, &PresetList::tried, this, &PresetBrowser::tried);
    connect(list_, &PresetList::kept, this, &PresetBrowser::kept);
    connect(list_, &PresetList::starClicked, this, &PresetBrowser::starClicked);
    connect(list_, &PresetList::folderRequested, this, &PresetBrowser::folderOfRequested);
    connect(list_, &PresetList::typed, this, [this](const QString &text) {
        search_->setFocus(Qt::OtherFocusReason);
        search_->end(false);
        search_->insert(text);
        emit searchEdited(search_->text());
    });
    return middle;
}

QWidget *PresetBrowser::makeEmpty()
{
    const Theme &theme = Theme::shared();
    const auto empty = new QWidget;
    empty->setObjectName(QStringLiteral("presets.empty"));
    emptyTitle_ = new QLabel;
    emptyAdvice_ = new QLabel;
    for (QLabel *label : {emptyTitle_, emptyAdvice_}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignCenter);
        label->setMinimumWidth(1);
    }
    QPushButton *const all = textButton(empty, tr("Show all presets"));
    all->setObjectName(QStringLiteral("presets.show_all"));
    connect(all, &QPushButton::clicked, this, &PresetBrowser::showAllRequested);
    const auto column = new QVBoxLayout(empty);
    column->setSpacing(theme.px("space.scale.x2"));
    column->addStretch(1);
    column->addWidget(emptyTitle_);
    column->addWidget(emptyAdvice_);
    column->addSpacing(theme.px("space.scale.x1"));
    column->addWidget(all, 0, Qt::AlignHCenter);
    column->addStretch(1);
    return empty;
}

void PresetBrowser::setFilters(const std::vector<PresetFilter> &filters, int chosen)
{
    filters_->setFilters(filters, chosen);
}

void PresetBrowser::setSearch(const QString &text)
{
    search_->showText(text);
}

void PresetBrowser::setTags(const QStringList &tags, const QStringList &searched)
{
    tags_->setTags(tags, searched);
}

void PresetBrowser::setOrder(int order)
{
    order_->setCurrentIndex(order);
}

void PresetBrowser::setRows(std::vector<PresetRow> rows, int current, const NoPresets &ifEmpty)
{
    const bool empty = rows.empty();
    list_->setRows(std::move(rows), current);
    emptyTitle_->setText(ifEmpty.title);
    emptyAdvice_->setText(ifEmpty.advice);
    emptyAdvice_->setVisible(!ifEmpty.advice.isEmpty());
    if (empty && list_->hasFocus())
        focusSearch(); // the list is about to go
    pages_->setCurrentIndex(empty ? 1 : 0);
}

void PresetBrowser::setLocks(const std::array<bool, lockCount> &locks)
{
    for (std::size_t i = 0; i < lockCount; ++i)
        locks_[i]->setChecked(locks[i]);
}

void PresetBrowser::setCompact(bool compact)
{
    filters_->setCompact(compact);
    detail_->setCompact(compact);
    list_->setCompact(compact);
}

void PresetBrowser::focusSearch()
{
    search_->setFocus(Qt::OtherFocusReason);
    search_->selectAll();
}

int PresetBrowser::currentRow() const
{
    return list_->currentRow();
}

void PresetBrowser::keyPressEvent(QKeyEvent *event)
{
    auto *const button = qobject_cast<QAbstractButton *>(focusWidget());
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (button && button->hasFocus() && isAncestorOf(button))
            button->click();
        else
            emit kept();
        return;
    case Qt::Key_Escape:
        emit givenUp();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PresetBrowser::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("ground.panel"));
    painter.drawRoundedRect(rect(), theme.number("radius.card"), theme.number("radius.card"));
    const double line = theme.number("stroke.hairline");
    for (const int x : {filters_->geometry().right(), detail_->geometry().left()})
        painter.fillRect(QRectF(x, 0, line, height()), theme.colour("line.hairline"));
}

/// What the style does when labels are first shown takes their own fonts from them.
void PresetBrowser::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    retint();
}

void PresetBrowser::retint()
{
    setInk(keep_, "label_plain", "text.tertiary");
    setInk(emptyTitle_, "heading", "text.primary");
    setInk(emptyAdvice_, "body", "text.secondary");
    update();
}

} // namespace widgets
