// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Exploration.h"

#include "engine/pipeline/Randomise.h"
#include "engine/pipeline/SettingsTools.h"

#include <QLocale>
#include <QRandomGenerator>

#include <cmath>

namespace app {

namespace {

constexpr quint64 largestDrawnSeed = 999999; // short enough to be told to somebody

constexpr std::size_t indexOf(Slot slot)
{
    return static_cast<std::size_t>(slot);
}

} // namespace

Exploration::Exploration(Session &session, const Locks &locks) : session_(session), locks_(locks)
{
    connect(&session, &Session::settingsChanged, this, &Exploration::follow);
    connect(&session, &Session::otherSettingsChanged, this, &Exploration::follow);
    connect(&session, &Session::slotChanged, this, &Exploration::follow);
    connect(&locks, &Locks::changed, this, &Exploration::morphChanged);
    follow();
}

/// Whether the slots are still those of the morph, and where they are on its way.
void Exploration::follow()
{
    const Slot slot = session_.slot();
    const std::array pair{session_.slotState(Slot::A).settings,
                          session_.slotState(Slot::B).settings};
    const bool stands = morphed_ && morphed_->slot == slot &&
                        pair[indexOf(slot)] == morphed_->settings &&
                        pair[indexOf(otherSlot(slot))] == ends_[indexOf(otherSlot(slot))];
    if (stands) {
        position_ = morphed_->position;
    } else {
        if (pair != ends_) {
            ends_ = pair;
            morphed_.reset();
        }
        position_ = slot == Slot::A ? 0.0 : 1.0;
    }
    emit morphChanged();
}

bool Exploration::canMorph() const
{
    return !(engine::pipeline::applyPreset(ends_[0], ends_[1], locks_.set()) == ends_[0]);
}

void Exploration::morph(double position, widgets::Edit kind)
{
    if (!canMorph())
        return;
    const Settings between = engine::pipeline::applyPreset(
        session_.settings(), engine::pipeline::morph(ends_[0], ends_[1], position), locks_.set());
    morphed_ = {session_.slot(), between, position};
    //: a step of undo: settings part of the way from slot A to slot B
    session_.sweep(between, tr("Morph to %1 % B").arg(std::lround(position * 100.0)), kind);
    follow();
}

void Exploration::setAmount(double amount)
{
    amount_ = std::clamp(amount, 0.0, 1.0);
    emit rollChanged();
}

void Exploration::roll()
{
    roll(QRandomGenerator::system()->bounded(quint64{1}, largestDrawnSeed + 1));
}

void Exploration::roll(quint64 seed)
{
    const bool goesOn = rolled_ && rolled_->result == session_.settings();
    // What was locked since is locked as it is now.
    const Settings base =
        goesOn ? engine::pipeline::applyPreset(session_.settings(), rolled_->base, locks_.set())
               : session_.settings();
    const Settings result = engine::pipeline::randomise(base, seed, amount_, locks_.set());
    seed_ = seed;
    rolled_ = {base, result};
    //: a step of undo; %1 % of the way, %2 is the number that brings it back
    session_.change(result,
                    tr("Randomise %1 %, seed %2").arg(std::lround(amount_ * 100.0)).arg(seed));
    emit rollChanged();
}

QVariantMap Exploration::saveState() const
{
    return {{QStringLiteral("amount"), amount_},
            {QStringLiteral("seed"), static_cast<qint64>(seed_.value_or(0))}};
}

void Exploration::restoreState(const QVariantMap &state)
{
    bool number = false;
    const double amount = state[QStringLiteral("amount")].toDouble(&number);
    amount_ = number && amount >= 0.0 && amount <= 1.0 ? amount : usualAmount;
    const qint64 seed = state[QStringLiteral("seed")].toLongLong();
    seed_ = seed > 0 && seed <= static_cast<qint64>(largestSeed)
                ? std::optional(static_cast<quint64>(seed))
                : std::nullopt;
    rolled_.reset();
    emit rollChanged();
}

} // namespace app
