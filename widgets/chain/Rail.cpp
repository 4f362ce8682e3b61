// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/Rail.h"

#include "widgets/chain/TapPill.h"
#include "widgets/controls/DragSource.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QEvent>
#include <QPainter>
#include <QVariantAnimation>

#include <cmath>
#include <numeric>

namespace widgets {

using engine::pipeline::TapId;

namespace {

/// Tap after a card; the card before the limiter has none of its own.
constexpr std::array<int, cardCount> tapAfterCard{0, 1, 2, 3, -1, 4};
constexpr int overdueMs = 1000;
constexpr int pulseMs = 800;

template <typename State>
bool is(const RailCost &cost)
{
    return std::holds_alternative<State>(cost);
}

/// A place to press where the rail itself draws the cost.
class CostButton final : public QAbstractButton {
public:
    explicit CostButton(QWidget *parent) : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        trackKeyboardFocus(this);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        if (hasKeyboardFocus(this))
            paintFocusRing(painter, rect(), Theme::shared().number("radius.control"));
    }
};

} // namespace

Rail::Rail(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("rail"));
    setAccessibleName(tr("Signal path"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(Theme::shared().px("size.rail"));
    for (std::size_t i = 0; i < cardCount; ++i) {
        auto *cost = new CostButton(this);
        cost->setObjectName(QStringLiteral("cost.%1").arg(i));
        connect(cost, &QAbstractButton::clicked, this,
                [this, i] { emit costClicked(cardStages[i]); });
        costButtons_[i] = cost;
        const int tap = tapAfterCard[i];
        if (tap < 0)
            continue;
        const auto id = static_cast<TapId>(tap);
        auto *pill = new TapPill(id, this);
        connect(pill, &QAbstractButton::toggled, this, [this, id](bool on) {
            if (on && selected_ != id) {
                selected_ = id;
                emit tapSelected(id);
            }
        });
        connect(new DragSource(pill), &DragSource::started, this,
                [this, id] { emit tapDragged(id); });
        connect(pill, &TapPill::menuRequested, this,
                [this, id](QPoint place) { emit tapContextMenu(id, place); });
        taps_[static_cast<std::size_t>(tap)] = pill;
    }
    taps_[static_cast<std::size_t>(selected_)]->setChecked(true);
    pulse_ = new QVariantAnimation(this);
    pulse_->setDuration(pulseMs);
    pulse_->setLoopCount(-1);
    pulse_->setStartValue(0.0);
    pulse_->setEndValue(1.0);
    connect(pulse_, &QVariantAnimation::valueChanged, this, [this] { update(); });
    overdue_.setSingleShot(true);
    connect(&overdue_, &QTimer::timeout, this, [this] {
        isOverdue_ = true;
        update();
    });
    connect(&Theme::shared(), &Theme::changed, this, [this] { update(); });
    setCosts({});
}

QSize Rail::sizeHint() const
{
    return {Theme::shared().px("size.preset_name"), Theme::shared().px("size.rail")};
}

void Rail::setAnchors(const std::vector<QRect> &cardRects)
{
    given_ = cardRects;
    placeChildren();
}

void Rail::setCompact(bool compact)
{
    compact_ = compact;
    placeChildren();
}

void Rail::setSelectedTap(TapId tap)
{
    selected_ = tap;
    taps_[static_cast<std::size_t>(tap)]->setChecked(true);
    setHeardTap(tap);
}

void Rail::setHeardTap(TapId tap)
{
    for (std::size_t i = 0; i < taps_.size(); ++i)
        static_cast<TapPill *>(taps_[i])->setHeard(i == static_cast<std::size_t>(tap));
}

void Rail::setCosts(const RailCosts &costs)
{
    costs_ = costs;
    for (QAbstractButton *pill : taps_)
        static_cast<TapPill *>(pill)->setIdle(!costs.file);
    followLateness();
    placeChildren();
}

void Rail::followLateness()
{
    const bool late =
        costs_.file && std::any_of(costs_.cards.begin(), costs_.cards.end(), is<CostLate>);
    if (!late) {
        pulse_->stop();
        overdue_.stop();
        isOverdue_ = false;
    } else if (!overdue_.isActive() && !isOverdue_) {
        overdue_.start(overdueMs);
        if (!Theme::shared().reducedMotion())
            pulse_->start();
    }
}

std::vector<QRectF> Rail::anchors() const
{
    std::vector<QRectF> cards(given_.begin(), given_.end());
    if (cards.size() == cardCount)
        return cards;
    const Theme &theme = Theme::shared();
    const auto widths = theme.numbers(compact_ ? "size.card_widths_compact" : "size.card_widths");
    const double gap = theme.number(compact_ ? "size.card_gap_compact" : "size.card_gap");
    const double scale =
        (width() - gap * (cardCount - 1)) / std::accumulate(widths.begin(), widths.end(), 0.0);
    cards.clear();
    double x = 0.0;
    for (const double cardWidth : widths) {
        cards.emplace_back(x, 0, cardWidth * scale, height());
        x += cardWidth * scale + gap;
    }
    return cards;
}

void Rail::placeChildren()
{
    const auto cards = anchors();
    const double halo = Theme::shared().number("size.tap_halo");
    double left = cards.front().left();
    std::size_t first = 0; // of the cards that lie before the next tap
    for (std::size_t i = 0; i < cardCount; ++i) {
        const int tap = tapAfterCard[i];
        const double gapCentre =
            i + 1 < cardCount ? (cards[i].right() + cards[i + 1].left()) / 2.0 : 0.0;
        if (tap < 0)
            continue;
        QAbstractButton *pill = taps_[static_cast<std::size_t>(tap)];
        const QSize size = pill->sizeHint();
        const double x = i + 1 < cardCount ? gapCentre - size.width() / 2.0
                                           : cards[i].right() - size.width() + halo;
        pill->setGeometry(qRound(x), (height() - size.height()) / 2, size.width(), size.height());
        // Cards without a tap between them share the wire equally.
        const double right = pill->geometry().left() + halo;
        const double share = (right - left) / static_cast<double>(i + 1 - first);
        for (; first <= i; ++first, left += share)
            stretches_[first] = {left, left + share};
        left = pill->geometry().left() + size.width() - halo;
    }
    for (std::size_t i = 0; i < cardCount; ++i) {
        const int reach = qRound(stretches_[i].right - stretches_[i].left - 2 * halo);
        costButtons_[i]->setGeometry(qRound(stretches_[i].left + halo),
                                     (height() - Theme::shared().px("size.tap_pill")) / 2,
                                     std::max(reach, 0), Theme::shared().px("size.tap_pill"));
        const QString details = costDetails(i);
        costButtons_[i]->setToolTip(details);
        costButtons_[i]->setAccessibleName(details);
        costButtons_[i]->setVisible(costs_.file && !costText(i).isEmpty());
    }
    update();
}

void Rail::resizeEvent(QResizeEvent *)
{
    placeChildren();
}

bool Rail::event(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        placeChildren();
    return QWidget::event(event);
}

QString Rail::costText(std::size_t card) const
{
    const RailCost &cost = costs_.cards[card];
    const bool load = card == 0;
    if (is<CostOff>(cost))
        return tr("off");
    if (is<CostLate>(cost))
        return QStringLiteral("…");
    if (is<CostCached>(cost))
        return load ? tr("load cached") : tr("cached");
    if (const auto *spent = std::get_if<CostSpent>(&cost)) {
        const QString time = durationText(spent->totalMs() * 1e-3);
        return load ? tr("load %1").arg(time) : time;
    }
    return {};
}

QString Rail::costDetails(std::size_t card) const
{
    const std::array names{tr("Load"),       tr("Pre-Quant"), tr("Distortion"),
                           tr("Post-Quant"), tr("Output"),    tr("Limiter")};
    const QString name = names[card];
    const RailCost &cost = costs_.cards[card];
    if (is<CostOff>(cost))
        return tr("%1: off").arg(name);
    if (is<CostLate>(cost))
        return tr("%1: still computing").arg(name);
    if (is<CostCached>(cost))
        return tr("%1: cached").arg(name);
    const auto *spent = std::get_if<CostSpent>(&cost);
    if (!spent)
        return name;
    const QString total = tr("%1: %2").arg(name, durationText(spent->totalMs() * 1e-3));
    if (spent->stftMs <= 0.0 && spent->inverseStftMs <= 0.0)
        return total;
    return total + u'\n' +
           tr("STFT %1, process %2, inverse STFT %3")
               .arg(durationText(spent->stftMs * 1e-3), durationText(spent->processMs * 1e-3),
                    durationText(spent->inverseStftMs * 1e-3));
}

/// The air between wire, bar, number and pill: less where a stretch is short, so that the number
/// keeps its place.
double Rail::air(std::size_t card) const
{
    const Theme &theme = Theme::shared();
    const QFontMetricsF metrics(theme.font("value_small"));
    const Stretch &stretch = stretches_[card];
    const double spare =
        stretch.right - stretch.left - barLength(card) - metrics.horizontalAdvance(costText(card));
    return std::clamp(spare / 3.0, theme.number("stroke.wire"), theme.number("space.scale.x2"));
}

/// What a bar may take of its stretch beside the number and the least air around both.
double Rail::barRoom(std::size_t card) const
{
    const Theme &theme = Theme::shared();
    const QFontMetricsF metrics(theme.font("value_small"));
    const Stretch &stretch = stretches_[card];
    return std::max(stretch.right - stretch.left - 3 * theme.number("space.scale.x1") -
                        metrics.horizontalAdvance(costText(card)),
                    theme.number("stroke.wire"));
}

double Rail::pxPerMs() const
{
    const auto time = [this](std::size_t card) {
        const auto *spent = std::get_if<CostSpent>(&costs_.cards[card]);
        return spent ? spent->totalMs() : 0.0;
    };
    std::size_t longest = 1;
    for (std::size_t i = 2; i < cardCount; ++i)
        if (time(i) > time(longest))
            longest = i;
    double scale =
        Theme::shared().number(compact_ ? "size.cost_px_per_ms_compact" : "size.cost_px_per_ms");
    while (time(longest) * scale > barRoom(longest))
        scale /= 2.0;
    // A little further for others that are worth comparing and have shorter stretches.
    constexpr double comparable = 0.25; // of the longest
    for (int more = 0; more < 2; ++more) {
        bool clips = false;
        for (std::size_t i = 1; i < cardCount; ++i)
            clips |= time(i) > comparable * time(longest) && time(i) * scale > barRoom(i);
        if (clips)
            scale /= 2.0;
    }
    return scale;
}

double Rail::barLength(std::size_t card) const
{
    const auto *spent = std::get_if<CostSpent>(&costs_.cards[card]);
    if (!spent || card == 0 || spent->totalMs() <= 0.0)
        return 0.0;
    return std::min(std::max(spent->totalMs() * pxPerMs(), 1.0), barRoom(card));
}

} // namespace widgets
