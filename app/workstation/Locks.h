// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stays as it is while presets are tried, settings are morphed or drawn by chance, and sheets
// of variations are made: the one set of locks that all of them read. A hand can turn what is
// locked, and undo, snapshots and copies between the slots bring back what was.
// They belong to the session and are kept in its file.
// Shape: a set of parameters; groups of them are lockedBy()'s. Real-time: no; GUI thread only.
// Errors: none.
#pragma once

#include "engine/pipeline/ParameterSet.h"

#include <QObject>
#include <QStringList>

namespace app {

class Locks final : public QObject {
    Q_OBJECT
public:
    const engine::pipeline::ParameterSet &set() const { return locked_; }
    bool contains(engine::pipeline::ParameterId id) const { return locked_.contains(id); }
    /// All of the group is.
    bool contains(engine::pipeline::LockGroup group) const;
    void lock(engine::pipeline::ParameterId id, bool locked);
    void lock(engine::pipeline::LockGroup group, bool locked);
    void clear();

    /// Their keys, for a session.
    QStringList keys() const;
    /// Keys that this version does not know are no locks here; keys() has them again.
    void setKeys(const QStringList &keys);

signals:
    void changed();

private:
    void set(const engine::pipeline::ParameterSet &locked);

    engine::pipeline::ParameterSet locked_;
    QStringList unknown_;
};

} // namespace app
