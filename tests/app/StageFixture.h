// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window with its stage, whose panes a test can ask for.
#pragma once

#include "tests/app/WorkstationFixture.h"

namespace tests {

class StageFixture : public WorkstationFixture {
protected:
    app::StageArea &stage() const { return child<app::StageArea>("stage"); }
    template <typename View>
    View &viewOf(int pane) const
    {
        auto *const view = qobject_cast<View *>(&stage().pane(pane).current().widget());
        if (!view)
            qFatal("pane %d shows something else", pane + 1);
        return *view;
    }
    void show(int pane, const char *view) const
    {
        stage().pane(pane).setView(app::viewNumber(QLatin1String(view)));
    }
};

} // namespace tests
