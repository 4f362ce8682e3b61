// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/ScrollColumn.h"

namespace widgets {

ScrollColumn::ScrollColumn(QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus); // what it holds has the focus
    setWidgetResizable(true);
    auto *const content = new QWidget;
    content->setMinimumWidth(1); // the bar takes its width from the rows
    column_ = new QVBoxLayout(content);
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(0);
    setWidget(content);
    // The panel's own ground shows.
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
}

} // namespace widgets
