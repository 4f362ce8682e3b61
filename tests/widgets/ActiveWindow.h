// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys go to the active window alone.
#pragma once

#include <QTest>
#include <QWidget>

namespace tests {

/// Requires: the window is shown.
inline void activate(QWidget &window)
{
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window))
        qFatal("the window did not become active");
}

} // namespace tests
