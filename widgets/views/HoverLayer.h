// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cross and chip of a plot, above everything else that lies on it. The mouse goes through.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/views/PlotView.h"

namespace widgets {

class HoverLayer final : public QWidget {
public:
    explicit HoverLayer(PlotView *plot) : QWidget(plot), plot_(plot)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }
    void follow(bool shown)
    {
        setVisible(shown);
        if (!shown)
            return;
        setGeometry(plot_->rect());
        raise();
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        if (plot_->hover_)
            if (const auto hover = plot_->hoverAt(*plot_->hover_); !hover.rows.empty())
                plot_->paintHover(painter, hover);
    }

private:
    PlotView *plot_;
};

} // namespace widgets
