// SPDX-License-Identifier: GPL-3.0-or-later
//
// A dialog over its window: until it closes, keys, clicks and drops go to it alone, and what is
// behind it may be dimmed. Unlike behind a modal window, the window can still be closed by its
// frame; that cancels the dialog first, and what is open over the dialog before it.
// Real-time: no; GUI thread only; returns at once. Errors: none.
#pragma once

class QDialog;

namespace widgets {

enum class Behind { Plain, Dimmed };

/// Requires: a parent, whose window it is shown over.
void openOver(QDialog *dialog, Behind behind = Behind::Plain);

} // namespace widgets
