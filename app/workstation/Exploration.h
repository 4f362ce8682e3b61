// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ways to other settings that start from those there are: between A and B, and by chance.
// Morph: its ends are what the slots held when it was begun. What lies between goes into the slot
// that is worked on and the other is left alone, so the ends stay reachable, exactly, until
// something else changes either slot; then the slots as they are become the ends.
// Randomise: rolls that follow each other all start from the settings before the first, so a seed
// brings back its roll, and the sound does not drift away.
// What is locked stays as it is heard, in both.
// Shape: amount and position 0…1. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/Locks.h"
#include "app/workstation/Session.h"

#include <QVariantMap>

namespace app {

class Exploration final : public QObject {
    Q_OBJECT
public:
    static constexpr quint64 largestSeed = 999999999;
    static constexpr double usualAmount = 0.35;

    Exploration(Session &session, const Locks &locks);

    /// 0: exactly A, 1: exactly B.
    double morphPosition() const { return position_; }
    bool canMorph() const;
    /// A and B differ, but in nothing that is not locked.
    bool isMorphLocked() const { return !canMorph() && !(ends_[0] == ends_[1]); }
    /// From press to release one step.
    void morph(double position, widgets::Edit kind);

    double amount() const { return amount_; }
    void setAmount(double amount);
    /// Of the last roll; absent before the first.
    std::optional<quint64> seed() const { return seed_; }
    /// With a new seed from the system.
    void roll();
    /// One step.
    void roll(quint64 seed);

    /// Amount and seed, for a session.
    QVariantMap saveState() const;
    /// What is missing or makes no sense is as in a new program.
    void restoreState(const QVariantMap &state);

signals:
    void morphChanged();
    void rollChanged(); ///< amount or seed

private:
    using Settings = engine::pipeline::Settings;
    void follow();

    Session &session_;
    const Locks &locks_;
    std::array<Settings, 2> ends_;
    double position_ = 0.0;
    struct Morphed {
        Slot slot = Slot::A;
        Settings settings;
        double position = 0.0;
    };
    std::optional<Morphed> morphed_;
    double amount_ = usualAmount;
    std::optional<quint64> seed_;
    struct Rolled {
        Settings base;
        Settings result;
    };
    std::optional<Rolled> rolled_;
};

} // namespace app
