// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every command and its keys, read from the action table, in a window that can stay open.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QDialog>

namespace app {

class KeyboardMap final : public QDialog {
    Q_OBJECT
public:
    explicit KeyboardMap(QWidget *parent);
};

} // namespace app
