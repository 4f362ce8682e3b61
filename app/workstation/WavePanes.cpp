// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scope, phase view and waveform in a pane. They are fed with the sound itself.
#include "app/workstation/ChoiceMenu.h"
#include "app/workstation/PlotPane.h"
#include "app/workstation/ViewTable.h"
#include "widgets/views/PhaseView.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/TimeText.h"
#include "widgets/views/WaveformView.h"

namespace app {

namespace {

using widgets::ScopeChannel;
using widgets::ScopeTrigger;
using widgets::ScopeView;

/// In the order of the menu; they are saved by these names.
struct ChannelKey {
    ScopeChannel channel;
    const char *key;
};
constexpr std::array channels{
    ChannelKey{ScopeChannel::Left, "left"}, ChannelKey{ScopeChannel::Right, "right"},
    ChannelKey{ScopeChannel::Mid, "mid"}, ChannelKey{ScopeChannel::Side, "side"},
    ChannelKey{ScopeChannel::Both, "both"}};
struct TriggerKey {
    ScopeTrigger trigger;
    const char *key;
};
constexpr std::array triggers{TriggerKey{ScopeTrigger::Rising, "rising"},
                              TriggerKey{ScopeTrigger::Falling, "falling"},
                              TriggerKey{ScopeTrigger::Off, "off"}};

class ScopePane final : public PlotPane<ScopeView> {
public:
    explicit ScopePane(QObject *parent) : PlotPane(parent, std::nullopt, std::nullopt)
    {
        connect(&view(), &ScopeView::channelChanged, this, &PaneView::stateChanged);
        connect(&view(), &ScopeView::triggerChanged, this, &PaneView::stateChanged);
    }

    Job prepare(const PaneInput &input) override
    {
        return handOver([this, input] {
            name(input);
            view().setSound(input.preview->sharedSound(input.tap), input.windowStartSeconds());
            view().setInput(input.inputSound());
        });
    }
    void clear() override
    {
        view().setSound(nullptr, 0.0);
        view().setInput(nullptr);
    }
    void setPlayhead(std::optional<double> seconds) override { view().setPlayhead(seconds); }
    void setLook(const StageLook &look) override { view().setCeiling(look.ceilingDb); }

    void fillMenu(QMenu &menu) override
    {
        Choices<ScopeChannel> shown;
        for (const ChannelKey &row : channels)
            shown.emplace_back(ScopeView::channelText(row.channel), row.channel);
        addChoiceMenu(menu, tr("Channel"), shown, view().channel(),
                      [this](ScopeChannel channel) { view().setChannel(channel); });
        Choices<ScopeTrigger> beginnings;
        for (const TriggerKey &row : triggers)
            beginnings.emplace_back(ScopeView::triggerText(row.trigger), row.trigger);
        //: where the wave of a scope begins
        addChoiceMenu(menu, tr("Trigger"), beginnings, view().trigger(),
                      [this](ScopeTrigger trigger) { view().setTrigger(trigger); });
        Choices<double> lengths;
        for (const double ms : ScopeView::lengthChoicesMs())
            lengths.emplace_back(tr("%1 ms").arg(widgets::numberText(ms, 0)), ms);
        //: how much time a scope shows
        addChoiceMenu(menu, tr("Time shown"), lengths, view().lengthMs(), [this](double ms) {
            view().setLengthMs(ms);
            emit stateChanged();
        });
    }

    QVariantMap saveState() const override
    {
        const auto channel = std::ranges::find(channels, view().channel(), &ChannelKey::channel);
        const auto trigger = std::ranges::find(triggers, view().trigger(), &TriggerKey::trigger);
        return {{QStringLiteral("channel"), QLatin1String(channel->key)},
                {QStringLiteral("trigger"), QLatin1String(trigger->key)},
                {QStringLiteral("milliseconds"), view().lengthMs()}};
    }
    void restoreState(const QVariantMap &state) override
    {
        for (const ChannelKey &row : channels)
            if (state[QStringLiteral("channel")].toString() == QLatin1String(row.key))
                view().setChannel(row.channel);
        for (const TriggerKey &row : triggers)
            if (state[QStringLiteral("trigger")].toString() == QLatin1String(row.key))
                view().setTrigger(row.trigger);
        if (const double ms = state[QStringLiteral("milliseconds")].toDouble(); ms > 0.0)
            view().setLengthMs(ms);
    }
};

class PhasePane final : public PlotPane<widgets::PhaseView> {
public:
    explicit PhasePane(QObject *parent) : PlotPane(parent, std::nullopt, std::nullopt) {}

    Job prepare(const PaneInput &input) override
    {
        return handOver([this, input] {
            name(input);
            view().setSound(input.preview->sharedSound(input.tap), input.windowStartSeconds());
        });
    }
    void clear() override { view().setSound(nullptr, 0.0); }
    void setPlayhead(std::optional<double> seconds) override { view().setPlayhead(seconds); }
};

class WaveformPane final : public PlotPane<widgets::WaveformView> {
public:
    explicit WaveformPane(QObject *parent) : PlotPane(parent, Axis::Time, std::nullopt) {}

    Job prepare(const PaneInput &input) override
    {
        return handOver([this, input] {
            name(input);
            view().setSound(input.preview->sharedSound(input.tap), input.windowStartSeconds());
            view().setInput(input.inputSound());
        });
    }
    void clear() override
    {
        view().setSound(nullptr, 0.0);
        view().setInput(nullptr);
    }
    void setPlayhead(std::optional<double> seconds) override { view().setPlayhead(seconds); }
    void setLook(const StageLook &look) override { view().setCeiling(look.ceilingDb); }

    void fillMenu(QMenu &menu) override
    {
        using Ruler = widgets::WaveformView::Ruler;
        addChoices<Ruler>(menu,
                          {{tr("Ruler in decibels"), Ruler::Decibels},
                           {tr("Ruler in parts of full scale"), Ruler::Linear}},
                          view().ruler(), [this](Ruler ruler) { view().setRuler(ruler); });
    }
};

} // namespace

PaneView *makeScopePane(QObject *parent)
{
    return new ScopePane(parent);
}

PaneView *makePhasePane(QObject *parent)
{
    return new PhasePane(parent);
}

PaneView *makeWaveformPane(QObject *parent)
{
    return new WaveformPane(parent);
}

} // namespace app
