// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Exploration.h"

#include "engine/pipeline/Randomise.h"
#include "engine/pipeline/SettingsTools.h"

#include <QLocale>
#include <QRandomGenerator>

#include <cmath>

namespace app {

using engine::pipeline::ParameterId;
using engine::pipeline::ParameterSet;

namespace {

constexpr quint64 largestDrawnSeed = 999999; // short enough to be told to somebody
constexpr double percent = 100.0;

constexpr std::size_t indexOf(Slot slot)
{
    return static_cast<std::size_t>(slot);
}

} // namespace

Exploration::Exploration(Session &session) : session_(session)
{
    connect(&session, &Session::settingsChanged, this, &Exploration::follow);
    connect(&session, &Session::otherSettingsChanged, this, &Exploration::follow);
    connect(&session, &Session::slotChanged, this, &Exploration::follow);
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

void Exploration::morph(double position, widgets::Edit kind)
{
    if (!canMorph())
        return;
    const Settings between = engine::pipeline::morph(ends_[0], ends_[1], position);
    morphed_ = {session_.slot(), between, position};
    //: a step of undo: settings part of the way from slot A to slot B
    session_.sweep(between, tr("Morph to %1 % B").arg(std::lround(position * percent)), kind);
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
        goesOn ? engine::pipeline::applyPreset(session_.settings(), rolled_->base, locks_)
               : session_.settings();
    const Settings result = engine::pipeline::randomise(base, seed, amount_, locks_);
    seed_ = seed;
    rolled_ = {base, result};
    //: a step of undo; %1 % of the way, %2 is the number that brings it back
    session_.change(result, tr("Randomise %1 %, seed %2")
                                .arg(std::lround(amount_ * percent))
                                .arg(seed));
    emit rollChanged();
}

void Exploration::setLocked(ParameterId id, bool locked)
{
    if (locks_.contains(id) == locked)
        return;
    locks_.set(id, locked);
    emit locksChanged();
}

bool Exploration::isLocked(engine::pipeline::LockGroup group) const
{
    return locks_.containsAll(engine::pipeline::lockedBy(group));
}

void Exploration::setLocked(engine::pipeline::LockGroup group, bool locked)
{
    const ParameterSet before = locks_;
    if (locked)
        locks_ |= engine::pipeline::lockedBy(group);
    else
        locks_ -= engine::pipeline::lockedBy(group);
    if (!(locks_ == before))
        emit locksChanged();
}

QVariantMap Exploration::saveState() const
{
    QStringList locked;
    for (const engine::pipeline::ParameterInfo &info : engine::pipeline::parameterTable()) {
        if (locks_.contains(info.id))
            locked << QLatin1String(info.key.data(), static_cast<qsizetype>(info.key.size()));
    }
    return {{QStringLiteral("amount"), amount_},
            {QStringLiteral("seed"), static_cast<qint64>(seed_.value_or(0))},
            {QStringLiteral("locks"), locked}};
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
    locks_ = {};
    for (const QString &key : state[QStringLiteral("locks")].toStringList()) {
        if (const auto *info = engine::pipeline::findParameterByKey(key.toStdString()))
            locks_.insert(info->id);
    }
    emit rollChanged();
    emit locksChanged();
}

} // namespace app
