// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/ChainPanel.h"

#include "widgets/chain/DistortionCard.h"
#include "widgets/chain/LimiterCard.h"
#include "widgets/chain/OutputCard.h"
#include "widgets/chain/PostQuantCard.h"
#include "widgets/chain/PreQuantCard.h"
#include "widgets/theme/Theme.h"

namespace widgets {

using engine::pipeline::StageId;

ChainPanel::ChainPanel(QWidget *parent)
    : QWidget(parent), input_(new InputCard(this)), preQuant_(new PreQuantCard(this)),
      distortion_(new DistortionCard(this)), postQuant_(new PostQuantCard(this)),
      output_(new OutputCard(this)),
      limiter_(new LimiterCard(this)), cards_{input_,     preQuant_, distortion_,
                                              postQuant_, output_,   limiter_}
{
    setObjectName(QStringLiteral("chain"));
    setLayoutDirection(Qt::LeftToRight); // time and signal run left to right in every language
    for (StageCard *card : cards_) {
        connect(card, &StageCard::edited, this, &ChainPanel::edited);
        connect(card, &StageCard::lockRequested, this, &ChainPanel::lockRequested);
        connect(card, &StageCard::resetRequested, this, &ChainPanel::stageResetRequested);
    }
    connect(input_, &InputCard::openRequested, this, &ChainPanel::openRequested);
    setCompact(false);
}

void ChainPanel::setSettings(const engine::pipeline::Settings &settings)
{
    for (StageCard *card : cards_)
        card->showSettings(settings);
}

void ChainPanel::setOtherSettings(const std::optional<engine::pipeline::Settings> &settings)
{
    for (StageCard *card : cards_)
        card->showOther(settings);
}

void ChainPanel::setLocks(const engine::pipeline::ParameterSet &locks)
{
    for (StageCard *card : cards_)
        card->showLocks(locks);
}

void ChainPanel::setCompact(bool compact)
{
    compact_ = compact;
    setFixedHeight(minimumSizeHint().height());
    for (StageCard *card : cards_)
        card->setCompact(compact);
    updateGeometry();
    place();
}

QRect ChainPanel::cardRect(StageCardId card) const
{
    return cards_[static_cast<std::size_t>(card)]->geometry();
}

void ChainPanel::setInputFacts(const std::optional<InputFacts> &facts)
{
    input_->setFacts(facts);
}

void ChainPanel::setInKey(StageId stage, const std::optional<std::pair<double, double>> &shares)
{
    Q_ASSERT(stage == StageId::PreQuant || stage == StageId::PostQuant);
    stage == StageId::PreQuant ? preQuant_->setInKey(shares) : postQuant_->setInKey(shares);
}

void ChainPanel::setGainReduction(std::optional<double> db, std::optional<double> peakDb)
{
    limiter_->setGainReduction(db, peakDb);
}

void ChainPanel::setOutputLoudness(std::optional<double> lufs)
{
    output_->setLoudness(lufs);
}

void ChainPanel::setInputLevel(double linear)
{
    distortion_->setInputLevel(linear);
}

void ChainPanel::setLevelMatchDb(std::optional<double> db)
{
    output_->setLevelMatchDb(db);
}

QSize ChainPanel::sizeHint() const
{
    return minimumSizeHint();
}

QSize ChainPanel::minimumSizeHint() const
{
    const Theme &theme = Theme::shared();
    const int height = theme.px(compact_ ? "size.card_height_compact" : "size.card_height");
    return {chainLayout(0, height, compact_).back().right() + 1, height};
}

void ChainPanel::place()
{
    const auto rects = chainLayout(width(), height(), compact_);
    for (std::size_t i = 0; i < stageCardCount; ++i)
        cards_[i]->setGeometry(rects[i]);
    emit cardsMoved();
}

void ChainPanel::resizeEvent(QResizeEvent *)
{
    place();
}

} // namespace widgets
