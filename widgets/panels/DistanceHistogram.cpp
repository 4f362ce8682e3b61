// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/DistanceHistogram.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <qcustomplot.h>

#include <algorithm>

namespace widgets {

using engine::analysis::Quantization;

namespace {

constexpr double farthest = Quantization::centsPerBin * Quantization::histogramBins / 2.0;

double centreOf(std::size_t bin)
{
    return (static_cast<double>(bin) + 0.5) * Quantization::centsPerBin - farthest;
}

} // namespace

DistanceHistogram::DistanceHistogram(QWidget *parent)
    : QWidget(parent), plot_(new QCustomPlot(this))
{
    setObjectName(QStringLiteral("quantization.histogram"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    plot_->setAttribute(Qt::WA_TransparentForMouseEvents);
    plot_->setFocusPolicy(Qt::NoFocus);
    plot_->axisRect()->setAutoMargins(QCP::msNone);
    plot_->axisRect()->setMargins({});
    for (QCPAxis *axis : {plot_->xAxis, plot_->yAxis})
        axis->setVisible(false);
    plot_->xAxis->setRange(-farthest, farthest);
    band_ = new QCPItemRect(plot_);
    band_->topLeft->setCoords(-Quantization::inKeyCents, 1e3);
    band_->bottomRight->setCoords(Quantization::inKeyCents, 0.0);
    band_->setLayer(QStringLiteral("background"));
    bars_ = new QCPBars(plot_->xAxis, plot_->yAxis);
    outline_ = new QCPCurve(plot_->xAxis, plot_->yAxis);
    connect(&Theme::shared(), &Theme::changed, this, &DistanceHistogram::tint);
    setShares({}, {});
    tint();
}

DistanceHistogram::~DistanceHistogram() = default;

QSize DistanceHistogram::sizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.inspector_min") - 2 * theme.px("size.panel_padding"),
            theme.px("space.scale.x8") + theme.px("moves.histogram") +
                2 * theme.px("space.scale.x6") + theme.px("space.scale.x2")};
}

void DistanceHistogram::tint()
{
    const Theme &theme = Theme::shared();
    plot_->setBackground(theme.colour("ground.panel"));
    band_->setPen(Qt::NoPen);
    band_->setBrush(theme.colour("ground.raised"));
    bars_->setPen(Qt::NoPen);
    bars_->setBrush(theme.colour(accent_.constData()));
    bars_->setWidth(Quantization::centsPerBin * theme.number("moves.bar_share"));
    QPen line(theme.colour("text.primary"), theme.number("stroke.hairline"));
    line.setJoinStyle(Qt::MiterJoin);
    outline_->setPen(line);
    outline_->setAntialiased(false);
    plot_->replot(QCustomPlot::rpQueuedReplot);
    update();
}

void DistanceHistogram::setAccent(const char *token)
{
    accent_ = token;
    tint();
}

void DistanceHistogram::setShares(const Histogram &before, const Histogram &after)
{
    before_ = before;
    after_ = after;
    QVector<double> keys;
    QVector<double> values;
    QVector<double> x{-farthest};
    QVector<double> y{0.0};
    for (std::size_t i = 0; i < after.size(); ++i) {
        keys << centreOf(i);
        values << after[i];
        const double half = Quantization::centsPerBin / 2;
        x << centreOf(i) - half << centreOf(i) + half;
        y << before[i] << before[i];
    }
    x << farthest;
    y << 0.0;
    bars_->setData(keys, values, true);
    outline_->setData(x, y);
    const double highest = std::max(*std::max_element(before.begin(), before.end()),
                                    *std::max_element(after.begin(), after.end()));
    plot_->yAxis->setRange(0.0, highest > 0.0 ? highest * 1.01 : 1.0);
    describe();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void DistanceHistogram::describe()
{
    setAccessibleName(tr("Distance to nearest allowed note"));
    const auto most = std::max_element(after_.begin(), after_.end());
    setAccessibleText(
        this, QAccessible::Graphic,
        *most > 0.0 ? tr("after: most energy at %1 cents")
                          .arg(numberText(centreOf(static_cast<std::size_t>(most - after_.begin())),
                                          0, true))
                    : tr("nothing to measure"));
}

void DistanceHistogram::resizeEvent(QResizeEvent *)
{
    const Theme &theme = Theme::shared();
    plot_->setBufferDevicePixelRatio(devicePixelRatioF());
    plot_->setGeometry(0, theme.px("space.scale.x8"), width(), theme.px("moves.histogram"));
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

QString DistanceHistogram::binText(double x) const
{
    const double place = x / std::max(1, width()) * Quantization::histogramBins;
    const auto bin =
        static_cast<std::size_t>(std::clamp(place, 0.0, Quantization::histogramBins - 1.0));
    const double low = centreOf(bin) - Quantization::centsPerBin / 2;
    //: a range of cents and how much of the energy lies in it
    return tr("%1 … %2 ¢: %3 % before, %4 % after")
        .arg(numberText(low, 0, true), numberText(low + Quantization::centsPerBin, 0, true),
             numberText(100.0 * before_[bin], 1), numberText(100.0 * after_[bin], 1));
}

bool DistanceHistogram::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (plot_->geometry().contains(help->pos()))
        QToolTip::showText(help->globalPos(), binText(help->pos().x()), this);
    else
        QToolTip::hideText();
    return true;
}

void DistanceHistogram::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font("label"));
    painter.setPen(theme.colour("text.primary"));
    painter.drawText(QRectF(0, 0, width(), theme.number("space.scale.x6")),
                     Qt::AlignLeft | Qt::AlignVCenter, tr("Distance to nearest allowed note"));
    paintCents(painter);
    paintLegend(painter);
}

void DistanceHistogram::paintCents(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF bars = plot_->geometry();
    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour("text.tertiary"));
    const double row = theme.number("space.scale.x6");
    const QFontMetricsF metrics(painter.font());
    const auto text = [](double cents) {
        return cents == farthest ? tr("+100 ¢") : numberText(cents, 0, cents > 0.0);
    };
    const auto place = [&](double cents) {
        const double wide = metrics.horizontalAdvance(text(cents));
        const double x = (cents + farthest) / (2 * farthest) * bars.width() - wide / 2;
        return QRectF(std::clamp(x, 0.0, bars.width() - wide), bars.bottom(), wide + 1, row);
    };
    const double gap = theme.number("space.scale.x1");
    const bool halves = place(farthest / 2).right() + gap < place(farthest).left();
    for (const double cents : {-farthest, -farthest / 2, 0.0, farthest / 2, farthest})
        if (halves || std::abs(cents) != farthest / 2)
            painter.drawText(place(cents), Qt::AlignLeft | Qt::AlignVCenter, text(cents));
}

/// A piece of outline and a few bars stand for before and after.
void DistanceHistogram::paintLegend(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const double row = theme.number("space.scale.x6");
    const double sample = theme.number("moves.sample");
    const double high = theme.number("space.scale.x3");
    const double middle = plot_->geometry().bottom() + row + theme.number("space.scale.x4");
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(theme.colour("text.primary"), theme.number("stroke.hairline")));
    const double top = std::round(middle - high / 2 + 2);
    const double bottom = std::round(middle + high / 2 - 2);
    painter.drawPolyline(QPolygonF{{0.0, bottom},
                                   {0.0, top},
                                   {sample / 2, top},
                                   {sample / 2, bottom - 2},
                                   {sample, bottom - 2}});
    painter.setFont(theme.font("caption"));
    painter.setPen(theme.colour("text.secondary"));
    const QFontMetricsF words(painter.font());
    double x = sample + theme.number("plot.label_gap");
    painter.drawText(QRectF(x, middle - row / 2, width(), row), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Before"));
    x += words.horizontalAdvance(tr("Before")) + theme.number("space.scale.x4");
    const double third = std::floor(sample / 3);
    for (int i = 0; i < 3; ++i) {
        constexpr double heights[] = {0.6, 1.0, 0.5};
        const double tall = std::round(high * heights[i]);
        painter.fillRect(QRectF(x + i * (third + 1), middle + high / 2 - tall, third, tall),
                         theme.colour(accent_.constData()));
    }
    painter.drawText(
        QRectF(x + sample + theme.number("plot.label_gap"), middle - row / 2, width(), row),
        Qt::AlignLeft | Qt::AlignVCenter, tr("After"));
}

} // namespace widgets
