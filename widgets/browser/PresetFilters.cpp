// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/browser/PresetFilters.h"

#include "widgets/panels/Buttons.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace widgets {

namespace {

class FilterRow final : public QAbstractButton {
public:
    explicit FilterRow(QWidget *parent) : QAbstractButton(parent)
    {
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::NoFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        trackKeyboardFocus(this);
        connect(this, &QAbstractButton::toggled, this, [this](bool on) {
            setFocusPolicy(on ? Qt::TabFocus : Qt::NoFocus); // the group is one stop
        });
    }
    void setFilter(const PresetFilter &filter)
    {
        setText(filter.label);
        count_ = QLocale().toString(filter.count);
        setAccessibleName((filter.count == 1 ? PresetFilters::tr("%1, 1 preset")
                                             : PresetFilters::tr("%1, %2 presets").arg(
                                                   QStringLiteral("%1"), count_))
                              .arg(filter.label));
        setToolTip(filter.label);
        update();
    }
    QSize sizeHint() const override { return {Theme::shared().px("browser.side") / 2, height()}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::shared();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const double radius = theme.number("radius.control");
        if (isChecked() || underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.colour(isChecked() ? "ground.control" : "ground.raised"));
            painter.drawRoundedRect(rect(), radius, radius);
        }
        const double edge = theme.number("space.scale.x2");
        painter.setFont(theme.font("value_small"));
        painter.setPen(theme.colour("text.tertiary"));
        const double used = QFontMetricsF(painter.font()).horizontalAdvance(count_) + edge;
        painter.drawText(QRectF(0, 0, width() - edge, height()),
                         Qt::AlignRight | Qt::AlignVCenter, count_);
        painter.setFont(theme.font("label"));
        painter.setPen(theme.colour(isChecked() ? "text.primary" : "text.secondary"));
        const double room = width() - 2 * edge - used;
        painter.drawText(QRectF(edge, 0, room, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(painter.font()).elidedText(text(), Qt::ElideRight, room));
        if (hasKeyboardFocus(this))
            paintFocusRing(painter, rect(), radius);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
        if (step == 0) {
            event->ignore();
            return;
        }
        const QList<QAbstractButton *> rows = group()->buttons();
        const auto place = rows.indexOf(this) + step;
        if (place < 0 || place >= rows.size())
            return;
        rows[place]->click();
        rows[place]->setFocus(Qt::TabFocusReason);
    }

private:
    QString count_;
};

} // namespace

PresetFilters::PresetFilters(QWidget *parent) : QWidget(parent), group_(new QButtonGroup(this))
{
    const Theme &theme = Theme::shared();
    setObjectName(QStringLiteral("presets.filters"));
    setAccessibleName(tr("Which presets are shown"));
    setFixedWidth(theme.px("browser.side"));
    connect(group_, &QButtonGroup::idClicked, this, &PresetFilters::chosen);
    const auto content = new QWidget(this);
    const int edge = theme.px("space.scale.x3");
    rows_ = new QVBoxLayout(content);
    rows_->setContentsMargins(0, 0, theme.px("space.scale.x1"), 0);
    rows_->setSpacing(0);
    heading_ = new QLabel(tr("Category"), content);
    heading_->setIndent(theme.px("space.scale.x2"));
    heading_->setFixedHeight(theme.px("size.control"));
    heading_->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const auto area = new QScrollArea(this);
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    folder_ = wordButton(this, "folder", tr("Preset folder"));
    folder_->setObjectName(QStringLiteral("presets.folder"));
    folder_->setToolTip(tr("Open the folder of your own presets"));
    connect(folder_, &QToolButton::clicked, this, &PresetFilters::folderRequested);
    const auto column = new QVBoxLayout(this);
    column->setContentsMargins(edge, edge, theme.px("space.scale.x1"), edge);
    column->setSpacing(theme.px("space.scale.x2"));
    column->addWidget(area, 1);
    column->addWidget(folder_, 0, Qt::AlignLeft);
    connect(&theme, &Theme::changed, this, &PresetFilters::retint);
    retint();
}

void PresetFilters::setFilters(const std::vector<PresetFilter> &filters, int chosen)
{
    const bool same = filters.size() == filters_.size();
    filters_ = filters;
    chosen_ = chosen;
    if (!same)
        rebuild();
    for (std::size_t i = 0; i < filters_.size(); ++i) {
        auto *const row = static_cast<FilterRow *>(group_->button(static_cast<int>(i)));
        row->setFilter(filters_[i]);
        row->setChecked(static_cast<int>(i) == chosen_);
    }
}

void PresetFilters::rebuild()
{
    rows_->removeWidget(heading_);
    for (QAbstractButton *row : group_->buttons()) {
        group_->removeButton(row);
        delete row;
    }
    while (QLayoutItem *const item = rows_->takeAt(0))
        delete item;
    bool headed = false;
    for (std::size_t i = 0; i < filters_.size(); ++i) {
        if (filters_[i].isCategory && !headed)
            rows_->addWidget(heading_);
        headed = headed || filters_[i].isCategory;
        auto *const row = new FilterRow(this);
        row->setObjectName(QStringLiteral("presets.filter.%1").arg(i));
        group_->addButton(row, static_cast<int>(i));
        rows_->addWidget(row);
    }
    heading_->setVisible(headed);
    rows_->addStretch(1);
    setCompact(compact_);
}

void PresetFilters::setCompact(bool compact)
{
    compact_ = compact;
    const int height =
        Theme::shared().px(compact ? "browser.filter_row_compact" : "browser.filter_row");
    for (QAbstractButton *row : group_->buttons())
        row->setFixedHeight(height);
}

/// What the style does when labels are first shown takes their own fonts from them.
void PresetFilters::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    retint();
}

void PresetFilters::retint()
{
    const Theme &theme = Theme::shared();
    heading_->setFont(theme.font("caption"));
    QPalette palette = heading_->palette();
    palette.setColor(QPalette::WindowText, theme.colour("text.tertiary"));
    heading_->setPalette(palette);
    update();
}

} // namespace widgets
