// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/Ink.h"

#include "widgets/theme/Theme.h"

#include <QLabel>

namespace widgets {

void setInk(QLabel *label, const char *font, const char *role)
{
    const Theme &theme = Theme::shared();
    label->setFont(theme.font(font));
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, theme.colour(role));
    label->setPalette(palette);
}

} // namespace widgets
