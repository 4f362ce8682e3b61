// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/SegmentedControl.h"

#include "widgets/controls/FocusRing.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/SegmentRow.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QRadioButton>

namespace widgets {

namespace {

class Segment final : public QRadioButton {
public:
    Segment(const QString &text, int index, SegmentedControl *group)
        : QRadioButton(text, group), group_(*group), index_(index)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }
    double wantedWidth() const
    {
        const Theme &theme = Theme::shared();
        return QFontMetricsF(theme.font("label")).horizontalAdvance(text()) +
               2 * theme.number("space.scale.x2");
    }

    QSize sizeHint() const override
    {
        const QFontMetricsF metrics(Theme::shared().font("label"));
        return {qCeil(metrics.horizontalAdvance(text())), QRadioButton::sizeHint().height()};
    }

protected:
    bool hitButton(const QPoint &at) const override { return rect().contains(at); }

    void keyPressEvent(QKeyEvent *event) override
    {
        int to = index_;
        if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Down)
            ++to;
        else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Up)
            --to;
        else if (event->key() == Qt::Key_Delete)
            to = static_cast<int>(group_.info().defaultValue());
        else {
            QRadioButton::keyPressEvent(event);
            return;
        }
        const int count = static_cast<int>(group_.info().choices.size());
        QAbstractButton *target = group_.segment((to + count) % count);
        target->setFocus(Qt::TabFocusReason);
        if (!target->isChecked())
            target->click();
    }
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintSegment(*this, painter);
    }
    void focusInEvent(QFocusEvent *event) override
    {
        QRadioButton::focusInEvent(event);
        FocusRing::enter(this, group_.parentWidget() ? group_.parentWidget() : &group_, event,
                         FocusRing::around(rect(), Theme::shared().number("radius.segment")));
    }

private:
    SegmentedControl &group_;
    int index_;
};

double segmentWidth(const QAbstractButton &segment)
{
    return static_cast<const Segment &>(segment).wantedWidth();
}

} // namespace

SegmentedControl::SegmentedControl(const engine::pipeline::ParameterInfo &info, QWidget *parent)
    : QWidget(parent), ParameterControl(info.id)
{
    //: Name of a group for screen readers: what is chosen, and the stage it belongs to.
    setAccessibleName(tr("%1, %2").arg(parameterLabel(info), stageName(info.stage)));
    setToolTip(parameterHelp(info));
    setAccessibleDescription(toolTip());
    for (int i = 0; i < static_cast<int>(info.choices.size()); ++i) {
        auto *segment = new Segment(choiceLabel(info, i), i, this);
        segment->setAccessibleDescription(toolTip());
        segment->setChecked(i == static_cast<int>(info.defaultValue()));
        connect(segment, &QAbstractButton::toggled, segment, [segment](bool on) {
            // The group is one stop of the Tab key.
            segment->setFocusPolicy(on ? Qt::TabFocus : Qt::NoFocus);
        });
        connect(segment, &QAbstractButton::clicked, this,
                [this, i] { emit edited(parameter(), i, Edit::Set); });
        segments_.push_back(segment);
    }
    for (QAbstractButton *segment : segments_)
        segment->setFocusPolicy(segment->isChecked() ? Qt::TabFocus : Qt::NoFocus);
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SegmentedControl::showValue(double value)
{
    segments_[static_cast<std::size_t>(value)]->setChecked(true);
}

double SegmentedControl::shownParameter() const
{
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        if (segments_[i]->isChecked())
            return static_cast<double>(i);
    }
    return 0.0;
}

QSize SegmentedControl::sizeHint() const
{
    return segmentRowSize(segments_, segmentWidth);
}

void SegmentedControl::resizeEvent(QResizeEvent *)
{
    placeSegments(*this, segments_, segmentWidth);
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    paintSegmentGround(*this);
}

} // namespace widgets
