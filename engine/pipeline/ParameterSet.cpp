// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/ParameterSet.h"

namespace engine::pipeline {

ParameterSet lockedBy(LockGroup group)
{
    using Id = ParameterId;
    switch (group) {
    case LockGroup::Key:
        return {Id::Key, Id::PostKey};
    case LockGroup::Scale:
        return {Id::ScaleName, Id::Mask, Id::PostScale, Id::PostMask, Id::PostLink};
    case LockGroup::Output:
        break;
    }
    return {Id::DryWet,      Id::AutoGain,         Id::OutputGainDb,       Id::LimiterOn,
            Id::LimiterMode, Id::LimiterCeilingDb, Id::LimiterLookaheadMs, Id::LimiterReleaseMs};
}

ParameterSet allParameters()
{
    ParameterSet all;
    for (const ParameterInfo &info : parameterTable())
        all.insert(info.id);
    return all;
}

} // namespace engine::pipeline
