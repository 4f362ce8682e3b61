// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/QuantizationPanel.h"

#include "widgets/panels/DistanceHistogram.h"
#include "widgets/panels/InKeyShare.h"
#include "widgets/panels/LargestMoves.h"
#include "widgets/panels/ScrollColumn.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace widgets {

QuantizationPanel::QuantizationPanel(QWidget *parent)
    : QWidget(parent), share_(new InKeyShare(this)), histogram_(new DistanceHistogram(this)),
      largest_(new LargestMoves(this)), words_(new QLabel(this))
{
    const Theme &theme = Theme::shared();
    setObjectName(QStringLiteral("quantization.panel"));
    setAccessibleName(tr("Quantization"));
    setMinimumWidth(theme.px("size.inspector_min"));
    words_->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    const int side = theme.px("size.panel_padding");
    column->setContentsMargins(side, 0, side, side);
    column->setSpacing(0);
    auto *scroll = new ScrollColumn(this);
    largest_->setMinimumHeight(largest_->sizeHint().height());
    scroll->column().addWidget(share_);
    scroll->column().addWidget(histogram_);
    scroll->column().addSpacing(theme.px("space.scale.x1"));
    scroll->column().addWidget(largest_, 1);
    scroll->column().addWidget(words_);
    column->addWidget(scroll);
    connect(largest_, &LargestMoves::zoomRequested, this, &QuantizationPanel::zoomRequested);
    connect(&theme, &Theme::changed, this, &QuantizationPanel::tint);
    tint();
}

void QuantizationPanel::tint()
{
    const Theme &theme = Theme::shared();
    words_->setFont(theme.font("caption"));
    QPalette palette = words_->palette();
    palette.setColor(QPalette::WindowText, theme.colour("text.tertiary"));
    words_->setPalette(palette);
    update();
}

void QuantizationPanel::setQuantizer(engine::pipeline::StageId quantizer)
{
    setAccent(quantizer == engine::pipeline::StageId::PreQuant ? "stage.pre_quant"
                                                               : "stage.post_quant");
}

void QuantizationPanel::setChain()
{
    setAccent("stage.output");
}

void QuantizationPanel::setAccent(const char *token)
{
    share_->setAccent(token);
    histogram_->setAccent(token);
    largest_->setAccent(token);
}

void QuantizationPanel::setQuantization(const Snapshot &moves)
{
    if (!moves)
        return;
    const bool told = moves->inKeyBefore && moves->inKeyAfter;
    share_->setShares(told ? std::optional(std::pair(*moves->inKeyBefore, *moves->inKeyAfter))
                           : std::nullopt);
    histogram_->setShares(moves->before, moves->after);
    std::vector<LargestMoves::Line> largest;
    for (const std::size_t line : moves->largest)
        largest.push_back(moves->lines[line]);
    largest_->setMoves(std::move(largest), moves->scale);
    if (moves->legs == 2) {
        words_->setText(tr("Measured in Input and Output. Lines are what the quantizers moved; "
                           "distortion, mix and limiter change the rest."));
        return;
    }
    //: what the control named Snap does to a sound
    words_->setText(tr("Snap %1 % moves %1 % of each bin's level to the bin nearest its note.")
                        .arg(numberText(100.0 * moves->snapStrength, 0)));
}

void QuantizationPanel::startOver()
{
    share_->setShares({});
    histogram_->setShares({}, {});
    largest_->setMoves({}, {});
    words_->clear();
}

QSize QuantizationPanel::minimumSizeHint() const
{
    return {Theme::shared().px("size.inspector_min"), share_->sizeHint().height()};
}

void QuantizationPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("ground.panel"));
    const double radius = theme.number("radius.card");
    painter.drawRoundedRect(rect(), radius, radius);
}

} // namespace widgets
