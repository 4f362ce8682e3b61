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
        const bool filled = group_.look() == SegmentLook::Filled;
        return QFontMetricsF(theme.font(filled ? "stage" : "label")).horizontalAdvance(text()) +
               2 * theme.number(filled ? "space.scale.x4" : "space.scale.x3");
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
        QPainter painter(this);
        paintSegment(*this, painter, group_.look());
        if (hasKeyboardFocus(this))
            paintFocusRing(painter, rect(), Theme::shared().number("radius.segment"));
    }

private:
    WordSwitch &group_;
    int index_;
};

double wordWidth(const QAbstractButton &segment)
{
    return static_cast<const Word &>(segment).wantedWidth();
}

} // namespace

WordSwitch::WordSwitch(const QString &name, const QStringList &words, QWidget *parent,
                       SegmentLook look)
    : QWidget(parent), look_(look)
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
    const int height =
        Theme::shared().px(look_ == SegmentLook::Filled ? "size.control_large" : "size.control");
    return {segmentRowSize(segments_, wordWidth).width(), height};
}

void WordSwitch::resizeEvent(QResizeEvent *)
{
    placeSegments(*this, segments_, wordWidth);
}

void WordSwitch::paintEvent(QPaintEvent *)
{
    paintSegmentGround(*this);
}

} // namespace widgets
