// SPDX-License-Identifier: GPL-3.0-or-later
//
// A set of parameters, such as those that are locked while presets are tried: what is in the set
// stays as it is, whatever else happens to the settings.
// Shape: a value of one word. Real-time: yes. Errors: none.
#pragma once

#include "engine/pipeline/ParameterTable.h"

#include <bitset>
#include <initializer_list>

namespace engine::pipeline {

class ParameterSet {
public:
    ParameterSet() = default;
    ParameterSet(std::initializer_list<ParameterId> ids)
    {
        for (const ParameterId id : ids)
            insert(id);
    }

    bool contains(ParameterId id) const { return bits_.test(static_cast<std::size_t>(id)); }
    bool containsAll(const ParameterSet &other) const { return (other.bits_ & ~bits_).none(); }
    bool empty() const { return bits_.none(); }
    std::size_t size() const { return bits_.count(); }
    void insert(ParameterId id) { bits_.set(static_cast<std::size_t>(id)); }
    void remove(ParameterId id) { bits_.reset(static_cast<std::size_t>(id)); }
    void set(ParameterId id, bool in) { bits_.set(static_cast<std::size_t>(id), in); }
    ParameterSet &operator|=(const ParameterSet &other)
    {
        bits_ |= other.bits_;
        return *this;
    }
    ParameterSet &operator-=(const ParameterSet &other)
    {
        bits_ &= ~other.bits_;
        return *this;
    }
    friend ParameterSet operator|(ParameterSet a, const ParameterSet &b) { return a |= b; }
    friend ParameterSet operator-(ParameterSet a, const ParameterSet &b) { return a -= b; }
    bool operator==(const ParameterSet &) const = default;

private:
    std::bitset<parameterCount> bits_;
};

/// What can be locked together. The groups do not overlap.
enum class LockGroup : std::uint8_t { Key, Scale, Output };
inline constexpr std::size_t lockGroupCount = 3;

/// Key: both roots. Scale: both scales, their notes and the link between them. Output: blend, level
/// match, gain and the whole limiter.
ParameterSet lockedBy(LockGroup group);
/// All that the table has.
ParameterSet allParameters();

} // namespace engine::pipeline
