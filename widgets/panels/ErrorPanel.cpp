// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/ErrorPanel.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QClipboard>
#include <QFrame>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

namespace widgets {

namespace {

QLabel *label(QWidget *parent, const QString &text, const char *font, const char *colour)
{
    const Theme &theme = Theme::shared();
    auto *line = new QLabel(text, parent);
    line->setWordWrap(true);
    line->setTextFormat(Qt::PlainText);
    line->setFont(theme.font(font));
    QPalette palette = line->palette();
    palette.setColor(QPalette::WindowText, theme.colour(colour));
    line->setPalette(palette);
    return line;
}

/// A round ground with the sign in its middle.
QPixmap badge(qreal ratio)
{
    const Theme &theme = Theme::shared();
    const int side = theme.px("size.error_badge");
    QPixmap picture(QSize(side, side) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("status.error_ground"));
    painter.drawEllipse(0, 0, side, side);
    const double sign = theme.number("space.scale.x6");
    paintIcon(painter, QRectF((side - sign) / 2, (side - sign) / 2, sign, sign), "error",
              theme.colour("status.error"));
    return picture;
}

} // namespace

ErrorPanel::ErrorPanel(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("errorPanel"));
    scroll_ = new QScrollArea(this);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setWidgetResizable(true);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget;
    scroll_->setWidget(content);
    scroll_->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto *whole = new QVBoxLayout(this);
    whole->addWidget(scroll_);
    auto *column = new QVBoxLayout(content);
    column->addStretch(1);
    row_ = new QHBoxLayout;
    column->addLayout(row_);
    column->addStretch(2); // a little above the middle, where the eye expects it
    row_->addStretch(1);
    badge_ = new QLabel(content);
    row_->addWidget(badge_, 0, Qt::AlignTop);
    row_->setSpacing(Theme::shared().px("space.scale.x5"));
    row_->addStretch(1);
    connect(&Theme::shared(), &Theme::changed, this, &ErrorPanel::rebuild);
}

void ErrorPanel::setContent(const ErrorContent &content)
{
    content_ = content;
    detailsOpen_ = false;
    setAccessibleName(content.title);
    setAccessibleDescription(content.consequence + u' ' + content.advice);
    rebuild();
}

void ErrorPanel::setDetailsOpen(bool open)
{
    detailsOpen_ = open;
    if (!details_)
        return;
    details_->setVisible(open);
    fold_->setChecked(open);
    setButtonIcon(fold_, open ? "chevron-down" : "chevron-right");
}

void ErrorPanel::rebuild()
{
    const Theme &theme = Theme::shared();
    delete body_;
    fold_ = nullptr;
    details_ = nullptr;
    badge_->setPixmap(badge(devicePixelRatioF()));
    badge_->setFixedSize(theme.px("size.error_badge"), theme.px("size.error_badge"));
    body_ = new QWidget(scroll_->widget());
    body_->setFixedWidth(theme.px("size.error_text"));
    auto *column = new QVBoxLayout(body_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.px("space.scale.x2"));
    addText(column);
    addActions(column);
    if (!content_.details.isEmpty())
        addDetails(column);
    row_->insertWidget(2, body_, 0, Qt::AlignTop);
    setDetailsOpen(detailsOpen_);
}

void ErrorPanel::addText(QVBoxLayout *column)
{
    column->addWidget(label(body_, content_.title, "title", "text.primary"));
    if (!content_.consequence.isEmpty())
        column->addWidget(label(body_, content_.consequence, "body", "text.secondary"));
    if (!content_.advice.isEmpty())
        column->addWidget(label(body_, content_.advice, "body", "text.primary"));
}

void ErrorPanel::addActions(QVBoxLayout *column)
{
    const Theme &theme = Theme::shared();
    auto *row = new QHBoxLayout;
    row->setSpacing(theme.px("space.scale.x2"));
    row->setContentsMargins(0, theme.px("space.scale.x2"), 0, 0);
    for (const PanelAction &action : content_.actions) {
        QPushButton *button =
            largeButton(body_, action.label, action.primary, action.primary ? "open" : nullptr);
        button->setObjectName(action.id);
        connect(button, &QPushButton::clicked, this,
                [this, id = action.id] { emit actionTriggered(id); });
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addLayout(row);
}

void ErrorPanel::addDetails(QVBoxLayout *column)
{
    const Theme &theme = Theme::shared();
    auto *rule = new QFrame(body_);
    rule->setFixedHeight(theme.px("stroke.hairline"));
    rule->setStyleSheet(QStringLiteral("background: %1").arg(theme.colour("line.hairline").name()));
    column->addSpacing(theme.px("space.scale.x3"));
    column->addWidget(rule);
    fold_ = wordButton(body_, "chevron-right", tr("Details"));
    fold_->setObjectName(QStringLiteral("errorDetails"));
    fold_->setCheckable(true);
    fold_->setStyleSheet(QStringLiteral("QToolButton:checked { background: transparent; }"));
    connect(fold_, &QToolButton::clicked, this, &ErrorPanel::setDetailsOpen);
    QToolButton *copy = wordButton(body_, "copy", tr("Copy"));
    copy->setObjectName(QStringLiteral("errorCopy"));
    connect(copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(content_.title + u'\n' + content_.details);
    });
    auto *row = new QHBoxLayout;
    row->addWidget(fold_);
    row->addStretch(1);
    row->addWidget(copy);
    column->addLayout(row);
    details_ = label(body_, content_.details, "value_small", "text.tertiary");
    details_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    details_->setContentsMargins(theme.px("space.scale.x6"), 0, 0, 0);
    column->addWidget(details_);
}

void ErrorPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("ground.panel"));
    painter.drawRoundedRect(rect(), theme.number("radius.card"), theme.number("radius.card"));
}

} // namespace widgets
