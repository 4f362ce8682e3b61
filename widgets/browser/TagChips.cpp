// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/browser/TagChips.h"

#include "widgets/panels/Buttons.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace widgets {

namespace {

class Chip final : public QAbstractButton {
public:
    explicit Chip(QWidget *parent) : QAbstractButton(parent)
    {
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
        trackKeyboardFocus(this);
        connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
    }
    void setTag(const QString &tag, bool searched)
    {
        setText(tag);
        setAccessibleName(searched ? TagChips::tr("Tag %1, searched for").arg(tag)
                                   : TagChips::tr("Tag %1").arg(tag));
        setToolTip(searched ? TagChips::tr("No longer search for #%1").arg(tag)
                            : TagChips::tr("Search for #%1").arg(tag));
        searched_ = searched;
        update();
    }
    bool isSearched() const { return searched_; }
    QSize sizeHint() const override
    {
        const Theme &theme = Theme::shared();
        const double words = QFontMetricsF(theme.font("caption")).horizontalAdvance(text());
        return {qCeil(words) + 2 * theme.px("space.scale.x2"), theme.px("browser.chip")};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::shared();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const double line = theme.number("stroke.hairline");
        const double radius = height() / 2.0;
        painter.setPen(
            QPen(theme.colour(searched_ || underMouse() ? "line.strong" : "line.border"), line));
        painter.setBrush(searched_      ? theme.colour("action.selection")
                         : underMouse() ? theme.colour("ground.raised")
                                        : QColor(Qt::transparent));
        painter.drawRoundedRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2),
                                radius, radius);
        painter.setFont(theme.font("caption"));
        painter.setPen(theme.colour(searched_ ? "text.primary" : "text.secondary"));
        const double room = width() - theme.number("space.scale.x3");
        painter.drawText(rect(), Qt::AlignCenter,
                         QFontMetricsF(painter.font()).elidedText(text(), Qt::ElideRight, room));
        if (hasKeyboardFocus(this))
            paintFocusRing(painter, rect(), radius);
    }

private:
    bool searched_ = false;
};

} // namespace

TagChips::TagChips(Lines lines, QWidget *parent) : QWidget(parent), lines_(lines)
{
    setAccessibleName(tr("Tags"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(lines == Lines::Any);
    setSizePolicy(policy);
    if (lines == Lines::Any)
        return;
    more_ = iconButton(this, "more", tr("More tags"));
    more_->setObjectName(QStringLiteral("presets.more_tags"));
    more_->setFixedHeight(Theme::shared().px("size.target_min"));
    connect(more_, &QToolButton::clicked, this, &TagChips::openMenu);
}

void TagChips::setTags(const QStringList &tags, const QStringList &searched)
{
    if (tags == tags_ && searched == searched_)
        return;
    tags_ = tags;
    searched_ = searched;
    QStringList order;
    for (const QString &tag : searched) {
        if (tags.contains(tag))
            order << tag;
    }
    for (const QString &tag : tags) {
        if (!order.contains(tag))
            order << tag;
    }
    while (chips_.size() > static_cast<std::size_t>(order.size())) {
        chips_.back()->deleteLater(); // it may be the one that was clicked
        chips_.back()->hide();
        chips_.pop_back();
    }
    while (chips_.size() < static_cast<std::size_t>(order.size())) {
        auto *const chip = new Chip(this);
        connect(chip, &QAbstractButton::clicked, this, [this, chip] { emit clicked(chip->text()); });
        chips_.push_back(chip);
    }
    for (std::size_t i = 0; i < chips_.size(); ++i) {
        const QString &tag = order[static_cast<qsizetype>(i)];
        static_cast<Chip *>(chips_[i])->setTag(tag, searched.contains(tag));
    }
    arrange();
    updateGeometry();
}

/// The height that the chips need; places them where `apply` says so.
int TagChips::place(int width, bool apply) const
{
    const Theme &theme = Theme::shared();
    const int gap = theme.px("space.scale.x1") + theme.px("stroke.wire");
    const int height = theme.px("browser.chip");
    const bool oneLine = lines_ == Lines::One;
    int total = -gap;
    for (const QAbstractButton *chip : chips_)
        total += chip->sizeHint().width() + gap;
    const bool all = total <= width;
    const int room = oneLine && !all ? width - more_->width() - gap : width;
    int x = 0;
    int y = 0;
    bool full = false;
    for (QAbstractButton *chip : chips_) {
        const int wanted = std::min(chip->sizeHint().width(), std::max(room, height));
        if (!oneLine && x > 0 && x + wanted > room) {
            x = 0;
            y += height + gap;
        }
        full = full || (oneLine && x + wanted > room);
        if (apply) {
            chip->setVisible(!full);
            chip->setGeometry(x, oneLine ? (this->height() - height) / 2 : y, wanted, height);
        }
        if (!full)
            x += wanted + gap;
    }
    if (apply && more_) {
        more_->setVisible(!all);
        more_->move(x, (this->height() - more_->height()) / 2);
    }
    return chips_.empty() ? 0 : y + height;
}

void TagChips::arrange()
{
    place(width(), true);
}

int TagChips::heightForWidth(int width) const
{
    return place(width, false);
}

QSize TagChips::sizeHint() const
{
    const Theme &theme = Theme::shared();
    if (lines_ == Lines::One)
        return {theme.px("browser.name_least"), theme.px("size.control")};
    return {theme.px("browser.name_least"), place(std::max(width(), 1), false)};
}

QSize TagChips::minimumSizeHint() const
{
    return {Theme::shared().px("size.control"), sizeHint().height()};
}

void TagChips::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
    if (lines_ == Lines::Any && event->size().width() != event->oldSize().width())
        updateGeometry();
}

void TagChips::openMenu()
{
    const auto menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("presets.tag_menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QStringList sorted = tags_;
    sorted.sort(Qt::CaseInsensitive);
    for (const QString &tag : sorted) {
        QAction *const action = menu->addAction(tag, this, [this, tag] { emit clicked(tag); });
        action->setCheckable(true);
        action->setChecked(searched_.contains(tag));
    }
    menu->popup(more_->mapToGlobal(QPoint(0, more_->height())));
}

} // namespace widgets
