// SPDX-License-Identifier: GPL-3.0-or-later
//
// A label in a font and a colour of the theme. To be called again when the theme changes.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

class QLabel;

namespace widgets {

/// `font`: a role of type.scale; `role`: a colour, "text.secondary".
void setInk(QLabel *label, const char *font, const char *role);

} // namespace widgets
