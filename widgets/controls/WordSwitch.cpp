// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/WordSwitch.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QRadioButton>

namespace widgets {

namespace {

class Word final : public QRadioButton {
public:
    Word(const QString &text, int index, WordSwitch *group)
        : QRadioButton(text, group), group_(*group), index_(index)
    {
        setAttribute(Qt::WA_Hover);
        trackKeyboardFocus(this);
    }
    double wantedWidth() const
    {
        const Theme &theme = Theme::shared();
        return QFontMetricsF(theme.font("label")).horizontalAdvance(text()) +
               2 * theme.number("space.scale.x3");
    }
    /// A radio button's own has room for its mark.
    QSize sizeHint() const override
    {
        return {qCeil(wantedWidth()), Theme::shared().px("size.control")};
    }

protected:
    bool hitButton(const QPoint &at) const override { return rect().contains(at); }

    void keyPressEvent(QKeyEvent *event) override
    {
        const bool on = event->key() == Qt::Key_Right || event->key() == Qt::Key_Down;
        const bool back = event->key() == Qt::Key_Left || event->key() == Qt::Key_Up;
        const int to = index_ + (on ? 1 : -1);
        if (!on && !back) {
            QRadioButton::keyPressEvent(event);
        } else if (to >= 0 && to < group_.children().size()) {
            QAbstractButton *target = group_.segment(to);
            target->setFocus(Qt::TabFocusReason);
            target->click();
        }
    }
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::shared();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const double line = theme.number("stroke.hairline");
        const double radius = theme.number("radius.segment");
        const QRectF box = QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2);
        if (isChecked()) {
            painter.setPen(QPen(theme.colour("line.strong"), line));
            painter.setBrush(theme.colour("ground.segment"));
            painter.drawRoundedRect(box, radius, radius);
        } else if (underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.colour("ground.control_hover"));
            painter.drawRoundedRect(box, radius, radius);
        }
        painter.setFont(theme.font("label"));
        painter.setPen(theme.colour(isChecked() ? "text.primary" : "text.secondary"));
        painter.drawText(rect(), Qt::AlignCenter, text());
        if (hasKeyboardFocus(this))
            paintFocusRing(painter, rect(), radius);
    }

private:
    WordSwitch &group_;
    int index_;
};

} // namespace

WordSwitch::WordSwitch(const QString &name, const QStringList &words, QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    for (int i = 0; i < words.size(); ++i) {
        auto *word = new Word(words[i], i, this);
        connect(word, &QAbstractButton::toggled, word, [word](bool on) {
            word->setFocusPolicy(on ? Qt::TabFocus : Qt::NoFocus); // the group is one stop
        });
        word->setFocusPolicy(Qt::NoFocus);
        word->setChecked(i == 0);
        connect(word, &QAbstractButton::clicked, this, [this, i] { emit chosen(i); });
        segments_.push_back(word);
    }
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void WordSwitch::setIndex(int index)
{
    segments_[static_cast<std::size_t>(index)]->setChecked(true);
}

int WordSwitch::index() const
{
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        if (segments_[i]->isChecked())
            return static_cast<int>(i);
    }
    return 0;
}

QSize WordSwitch::sizeHint() const
{
    double width = 2 * Theme::shared().number("segment.inset");
    for (QAbstractButton *segment : segments_)
        width += static_cast<Word *>(segment)->wantedWidth();
    return {qCeil(width), Theme::shared().px("size.control")};
}

void WordSwitch::resizeEvent(QResizeEvent *)
{
    const double inset = Theme::shared().number("segment.inset");
    double wanted = 0;
    for (QAbstractButton *segment : segments_)
        wanted += static_cast<Word *>(segment)->wantedWidth();
    const double spare = (width() - 2 * inset - wanted) / static_cast<double>(segments_.size());
    double left = inset;
    for (QAbstractButton *segment : segments_) {
        const double right = left + static_cast<Word *>(segment)->wantedWidth() + spare;
        segment->setGeometry(qRound(left), qRound(inset), qRound(right) - qRound(left),
                             height() - 2 * qRound(inset));
        left = right;
    }
}

void WordSwitch::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("ground.control"));
    painter.drawRoundedRect(rect(), theme.number("radius.control"), theme.number("radius.control"));
}

} // namespace widgets
