// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/Sheet.h"

#include "widgets/panels/OpenOver.h"
#include "widgets/theme/Ink.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>

namespace widgets {

namespace {

QFrame *hairline(QWidget *parent)
{
    const auto line = new QFrame(parent);
    line->setFixedHeight(Theme::shared().px("stroke.hairline"));
    line->setStyleSheet(
        QStringLiteral("background: %1").arg(Theme::shared().colour("line.border").name()));
    return line;
}

} // namespace

QLabel *noteLabel(QWidget *parent)
{
    const auto label = new QLabel(parent);
    setInk(label, "caption", "text.tertiary");
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QFormLayout *sheetForm()
{
    const Theme &theme = Theme::shared();
    const auto form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(theme.px("space.scale.x4"));
    form->setVerticalSpacing(theme.px("space.scale.x2"));
    form->setLabelAlignment(Qt::AlignRight | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

void alignLabels(std::initializer_list<QFormLayout *> forms)
{
    std::vector<QLabel *> labels;
    int widest = 0;
    for (QFormLayout *form : forms) {
        for (int row = 0; row < form->rowCount(); ++row) {
            QLayoutItem *const item = form->itemAt(row, QFormLayout::LabelRole);
            if (auto *label = item ? qobject_cast<QLabel *>(item->widget()) : nullptr) {
                labels.push_back(label);
                widest = std::max(widest, label->sizeHint().width());
            }
        }
    }
    for (QLabel *label : labels) {
        label->setMinimumWidth(widest);
        label->setMinimumHeight(Theme::shared().px("size.control"));
        label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, Theme::shared().colour("text.secondary"));
        label->setPalette(palette);
    }
}

Sheet::Sheet(const QString &title, const char *widthToken, QWidget *window)
    : QDialog(window, Qt::Dialog | Qt::FramelessWindowHint)
{
    const Theme &theme = Theme::shared();
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setFixedWidth(theme.px(widthToken));
    setFont(theme.font("label"));
    const auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->setSizeConstraint(QLayout::SetMinAndMaxSize);

    const int side = theme.px("space.scale.x6");
    const auto body = new QVBoxLayout;
    body->setContentsMargins(side, side, side, theme.px("space.scale.x5"));
    body->setSpacing(theme.px("space.scale.x3"));
    titleRow_ = new QHBoxLayout;
    title_ = new QLabel(title);
    setInk(title_, "title", "text.primary");
    titleRow_->addWidget(title_, 1);
    body->addLayout(titleRow_);
    subtitle_ = new QLabel;
    setInk(subtitle_, "body", "text.secondary");
    subtitle_->setTextFormat(Qt::PlainText);
    subtitle_->setWordWrap(true);
    subtitle_->hide();
    body->addWidget(subtitle_);
    rows_ = new QVBoxLayout;
    rows_->setSpacing(theme.px("space.scale.x3"));
    body->addLayout(rows_, 1);
    column->addLayout(body, 1);
    column->addWidget(hairline(this));
    footer_ = new QHBoxLayout;
    footer_->setContentsMargins(side, theme.px("space.scale.x4"), side, theme.px("space.scale.x4"));
    footer_->setSpacing(theme.px("space.scale.x2"));
    column->addLayout(footer_);
    window->installEventFilter(this);
}

void Sheet::setSubtitle(const QString &text)
{
    subtitle_->setText(text);
    subtitle_->setVisible(!text.isEmpty());
}

void Sheet::addBesideTitle(QWidget *widget)
{
    titleRow_->addWidget(widget);
}

void Sheet::addLine()
{
    rows_->addWidget(hairline(this));
}

void Sheet::fit()
{
    if (!isVisible())
        return;
    layout()->activate();
    resize(width(), layout()->sizeHint().height());
}

void Sheet::openOver()
{
    widgets::openOver(this, Behind::Dimmed);
    place();
}

void Sheet::place()
{
    const QPoint middle = parentWidget()->mapToGlobal(parentWidget()->rect().center());
    move(middle - rect().center());
}

void Sheet::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    place();
}

void Sheet::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    const double radius = Theme::shared().number("radius.dialog");
    QPainterPath shape;
    shape.addRoundedRect(rect(), radius, radius);
    setMask(shape.toFillPolygon().toPolygon());
    place();
}

void Sheet::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    const double line = theme.number("stroke.hairline");
    const double radius = theme.number("radius.dialog");
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.colour("ground.overlay"));
    painter.setPen(QPen(theme.colour("line.border"), line));
    painter.drawRoundedRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2),
                            radius, radius);
}

bool Sheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && isVisible() &&
        (event->type() == QEvent::Resize || event->type() == QEvent::Move))
        place();
    return QDialog::eventFilter(watched, event);
}

} // namespace widgets
