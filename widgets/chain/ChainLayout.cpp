// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/ChainLayout.h"

#include "widgets/theme/Theme.h"

#include <algorithm>

namespace widgets {

namespace {

/// Gives out `extra` by shares; what a full card cannot take goes to the others.
std::array<double, stageCardCount> grown(const std::vector<double> &widths, double extra)
{
    const Theme &theme = Theme::shared();
    const std::vector<double> shares = theme.numbers("card.shares");
    const double grow = theme.number("card.grow");
    std::array<double, stageCardCount> result{};
    std::copy_n(widths.begin(), stageCardCount, result.begin());
    while (extra > 1e-6) {
        double open = 0;
        for (std::size_t i = 0; i < stageCardCount; ++i)
            open += result[i] < widths[i] * grow ? shares[i] : 0;
        if (open == 0)
            break;
        double given = 0;
        for (std::size_t i = 0; i < stageCardCount; ++i) {
            if (result[i] >= widths[i] * grow)
                continue;
            const double more = std::min(extra * shares[i] / open, widths[i] * grow - result[i]);
            result[i] += more;
            given += more;
        }
        extra -= given;
        if (given < 1e-6)
            break;
    }
    return result;
}

} // namespace

std::array<QRect, stageCardCount> chainLayout(int width, int height, bool compact)
{
    const Theme &theme = Theme::shared();
    const std::vector<double> widths =
        theme.numbers(compact ? "size.card_widths_compact" : "size.card_widths");
    const double gap = theme.number(compact ? "size.card_gap_compact" : "size.card_gap");
    double total = gap * (stageCardCount - 1);
    for (const double card : widths)
        total += card;
    const auto cards = grown(widths, width - total);
    double used = gap * (stageCardCount - 1);
    for (const double card : cards)
        used += card;
    double x = std::max(0.0, (width - used) / 2);
    std::array<QRect, stageCardCount> rects;
    for (std::size_t i = 0; i < stageCardCount; ++i) {
        rects[i] = QRect(qRound(x), 0, qRound(x + cards[i]) - qRound(x), height);
        x += cards[i] + gap;
    }
    return rects;
}

} // namespace widgets
