// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every control of one parameter can be told, so that a card shows all its controls in one
// loop. Besides, each has the signal edited(ParameterId, double, Edit); being told never signals.
// Units: the parameter table's. Real-time: no. Errors: none.
#pragma once

#include "widgets/controls/Edit.h"

#include <optional>

namespace widgets {

class ParameterControl {
public:
    explicit ParameterControl(engine::pipeline::ParameterId id) : id_(id) {}
    virtual ~ParameterControl() = default;

    engine::pipeline::ParameterId parameter() const { return id_; }
    const engine::pipeline::ParameterInfo &info() const
    {
        return engine::pipeline::parameterInfo(id_);
    }
    virtual void showValue(double value) = 0;
    virtual double shownParameter() const = 0;
    /// The same parameter in the other of the two slots; nothing where there is none.
    virtual void showOther(std::optional<double>) {}
    /// Presets, chance and morphs leave it as it is; a hand does not.
    virtual void showLocked(bool) {}

protected:
    ParameterControl(const ParameterControl &) = default;
    ParameterControl &operator=(const ParameterControl &) = default;

private:
    engine::pipeline::ParameterId id_;
};

} // namespace widgets
