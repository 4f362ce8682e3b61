// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/browser/PresetDetail.h"

#include "widgets/browser/TagChips.h"
#include "widgets/panels/Buttons.h"
#include "widgets/theme/Ink.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace widgets {

/// A line for every stage: its colour, its name, what it does.
class PresetDetail::Summary final : public QWidget {
public:
    explicit Summary(QWidget *parent) : QWidget(parent)
    {
        setObjectName(QStringLiteral("presets.summary"));
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
    }
    void setStages(const std::vector<StageSummary> &stages)
    {
        if (stages == stages_)
            return;
        stages_ = stages;
        QStringList words;
        for (const StageSummary &stage : stages_)
            words << QStringLiteral("%1: %2").arg(stage.stage, stage.text);
        setAccessibleName(words.join(QStringLiteral("; ")));
        setToolTip(words.join(u'\n'));
        fit();
    }
    void setCompact(bool compact)
    {
        compact_ = compact;
        fit();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::shared();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const double row = rowHeight();
        const double dot = theme.number("card.dot") - theme.number("stroke.wire");
        const double nameLeft = theme.number("space.scale.x4") - theme.number("stroke.wire");
        const double left = nameLeft + theme.number("browser.summary_label");
        for (std::size_t i = 0; i < stages_.size(); ++i) {
            const StageSummary &stage = stages_[i];
            const double top = static_cast<double>(i) * row;
            painter.fillRect(QRectF(0, top, width(), theme.number("stroke.hairline")),
                             theme.colour("line.hairline"));
            const QColor colour = stageColour(stage.token.constData());
            painter.setPen(stage.off ? QPen(colour, theme.number("stroke.plot_line"))
                                     : QPen(Qt::NoPen));
            painter.setBrush(stage.off ? QBrush(Qt::NoBrush) : QBrush(colour));
            const double inset = stage.off ? 0.75 : 0.0;
            painter.drawEllipse(
                QRectF(0, top + (row - dot) / 2, dot, dot).adjusted(inset, inset, -inset, -inset));
            painter.setFont(theme.font("label_plain"));
            painter.setPen(theme.colour("text.secondary"));
            painter.drawText(QRectF(nameLeft, top, left - nameLeft, row),
                             Qt::AlignLeft | Qt::AlignVCenter, stage.stage);
            painter.setFont(theme.font("value_small"));
            painter.setPen(theme.colour(stage.off ? "text.tertiary" : "text.primary"));
            const QFontMetricsF metrics(painter.font());
            painter.drawText(QRectF(left, top, width() - left, row),
                             Qt::AlignLeft | Qt::AlignVCenter,
                             metrics.elidedText(stage.text, Qt::ElideRight, width() - left));
        }
    }

private:
    int rowHeight() const
    {
        return Theme::shared().px(compact_ ? "browser.summary_row_compact" : "browser.summary_row");
    }
    void fit()
    {
        setFixedHeight(static_cast<int>(stages_.size()) * rowHeight());
        update();
    }

    std::vector<StageSummary> stages_;
    bool compact_ = false;
};

namespace {

QLabel *wrappedLabel(const char *name)
{
    const auto label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(1);
    return label;
}

} // namespace

PresetDetail::PresetDetail(QWidget *parent)
    : QWidget(parent), name_(new QLabel), origin_(new QLabel), text_(wrappedLabel("presets.text")),
      tags_(new TagChips(TagChips::Lines::Any)), summary_(new Summary(nullptr)),
      changes_(wrappedLabel("presets.changes")), held_(wrappedLabel("presets.held"))
{
    const Theme &theme = Theme::shared();
    setObjectName(QStringLiteral("presets.detail"));
    name_->setObjectName(QStringLiteral("presets.detail_name"));
    origin_->setObjectName(QStringLiteral("presets.origin"));
    tags_->setObjectName(QStringLiteral("presets.detail_tags"));
    for (QLabel *label : {name_, origin_}) {
        label->setTextFormat(Qt::PlainText);
        label->setMinimumWidth(1);
    }
    const int side = theme.px("space.scale.x4");
    const auto content = new QWidget;
    const auto words = new QVBoxLayout(content);
    words->setContentsMargins(side, theme.px("space.scale.x2"), side, 0);
    words->setSpacing(0);
    words->addWidget(name_);
    words->addWidget(origin_);
    words->addSpacing(theme.px("space.scale.x2"));
    words->addWidget(text_);
    words->addSpacing(theme.px("space.scale.x2"));
    words->addWidget(tags_);
    words->addSpacing(theme.px("space.scale.x2"));
    words->addWidget(summary_);
    words->addSpacing(theme.px("space.scale.x2"));
    words->addWidget(changes_);
    words->addWidget(held_);
    words->addStretch(1);
    const auto area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);

    saveAs_ = textButton(this, tr("Save as…"), true);
    saveAs_->setObjectName(QStringLiteral("presets.save_as"));
    revert_ = textButton(this, tr("Revert"));
    revert_->setObjectName(QStringLiteral("presets.revert"));
    revert_->setToolTip(tr("Take back what you changed since it was saved"));
    more_ = iconButton(this, "more", tr("More"));
    more_->setObjectName(QStringLiteral("presets.more"));
    const auto buttons = new QHBoxLayout;
    buttons->setContentsMargins(side, theme.px("space.scale.x2"), theme.px("space.scale.x3"),
                                theme.px("space.scale.x3"));
    buttons->setSpacing(theme.px("space.scale.x2"));
    buttons->addWidget(saveAs_);
    buttons->addWidget(revert_);
    buttons->addStretch(1);
    buttons->addWidget(more_);
    const auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(area, 1);
    column->addLayout(buttons);
    connect(tags_, &TagChips::clicked, this, &PresetDetail::tagClicked);
    connect(saveAs_, &QPushButton::clicked, this, &PresetDetail::saveAsRequested);
    connect(revert_, &QPushButton::clicked, this, &PresetDetail::revertRequested);
    connect(more_, &QToolButton::clicked, this,
            [this] { emit menuRequested(more_->mapToGlobal(QPoint(0, more_->height()))); });
    connect(&theme, &Theme::changed, this, &PresetDetail::retint);
    setCompact(false);
    retint();
}

void PresetDetail::setDetails(const PresetDetails &details)
{
    if (details == details_)
        return;
    details_ = details;
    showNames();
    text_->setText(details.text);
    text_->setVisible(!details.text.isEmpty());
    tags_->setTags(details.tags, details.searchedTags);
    tags_->setVisible(!details.tags.isEmpty());
    summary_->setStages(details.stages);
    changes_->setText(details.changes);
    changes_->setVisible(!details.changes.isEmpty());
    held_->setText(details.held);
    held_->setVisible(!details.held.isEmpty());
    saveAs_->setEnabled(details.canSave);
    revert_->setEnabled(details.canRevert);
}

void PresetDetail::setCompact(bool compact)
{
    setFixedWidth(Theme::shared().px("browser.detail"));
    summary_->setCompact(compact);
}

/// One line each, however long they are; all of it is in the tooltip.
void PresetDetail::showNames()
{
    for (const auto &[label, text] :
         {std::pair(name_, details_.name), {origin_, details_.origin}}) {
        const int room = width() - 2 * Theme::shared().px("space.scale.x4");
        label->setText(label->fontMetrics().elidedText(text, Qt::ElideRight, room));
        label->setToolTip(text);
        label->setAccessibleName(text);
        label->setVisible(!text.isEmpty());
    }
}

void PresetDetail::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showNames();
}

/// What the style does when labels are first shown takes their own fonts from them.
void PresetDetail::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    retint();
}

void PresetDetail::retint()
{
    setInk(name_, "heading", "text.primary");
    setInk(origin_, "caption", "text.tertiary");
    setInk(text_, "body", "text.secondary");
    setInk(changes_, "caption", "text.secondary");
    setInk(held_, "caption", "text.secondary");
    showNames();
}

} // namespace widgets
