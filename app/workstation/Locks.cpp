// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/Locks.h"

namespace app {

using engine::pipeline::LockGroup;
using engine::pipeline::ParameterId;
using engine::pipeline::ParameterInfo;
using engine::pipeline::ParameterSet;

bool Locks::contains(LockGroup group) const
{
    return locked_.containsAll(engine::pipeline::lockedBy(group));
}

void Locks::set(const ParameterSet &locked)
{
    if (locked == locked_)
        return;
    locked_ = locked;
    emit changed();
}

void Locks::lock(ParameterId id, bool locked)
{
    ParameterSet all = locked_;
    all.set(id, locked);
    set(all);
}

void Locks::lock(LockGroup group, bool locked)
{
    const ParameterSet members = engine::pipeline::lockedBy(group);
    set(locked ? locked_ | members : locked_ - members);
}

void Locks::clear()
{
    set({});
}

QStringList Locks::keys() const
{
    QStringList keys;
    for (const ParameterInfo &info : engine::pipeline::parameterTable()) {
        if (locked_.contains(info.id))
            keys << QLatin1String(info.key.data(), static_cast<qsizetype>(info.key.size()));
    }
    return keys + unknown_;
}

void Locks::setKeys(const QStringList &keys)
{
    ParameterSet locked;
    unknown_.clear();
    for (const QString &key : keys) {
        if (const ParameterInfo *info = engine::pipeline::findParameterByKey(key.toStdString()))
            locked.insert(info->id);
        else
            unknown_ << key;
    }
    set(locked);
}

} // namespace app
