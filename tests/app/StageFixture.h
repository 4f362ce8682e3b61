// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window with its stage, whose panes a test can ask for.
#pragma once

#include "tests/app/WorkstationFixture.h"

#include <QMenu>
#include <QPointer>

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
    /// The menu that is open, as a person would find it.
    void choose(const QString &words) const
    {
        QPointer<QMenu> menu;
        QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
        for (QAction *action : menu->actions()) {
            if (action->text() == words) {
                action->trigger();
                if (menu)
                    menu->close();
                return;
            }
        }
        QFAIL(qPrintable(words));
    }
    /// Two seconds of noise through a fold.
    void startWithSound(QSize size = {})
    {
        makeNoise("in.wav", 2, 88200);
        startWindow();
        if (size.isValid())
            window_->resize(size);
        window_->session().edit(engine::pipeline::ParameterId::FoldAmount, 4.0, widgets::Edit::Set);
        openSound(in("in.wav"));
    }
};

} // namespace tests
