// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the files that hold the window's words share.
#pragma once

#include "app/workstation/Words.h"

#include <QCoreApplication>

#include <cerrno>

namespace app::words {

/// How long a message stays that nobody has to answer.
inline constexpr int doneMs = 8000;
inline constexpr int cancelledMs = 4000;

inline QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Words", text, comment, n);
}

inline QString text(const std::string &raw)
{
    return QString::fromStdString(raw);
}

inline QString sentences(const QStringList &parts)
{
    QString all;
    for (QString part : parts) {
        if (part.isEmpty())
            continue;
        if (!part.endsWith(u'.'))
            part += u'.';
        all += all.isEmpty() ? part : u' ' + part;
    }
    return all;
}

inline bool isReadOnly(int systemErrno)
{
    return systemErrno == EROFS || systemErrno == EACCES || systemErrno == EPERM;
}

inline bool isFull(int systemErrno)
{
    return systemErrno == ENOSPC || systemErrno == EDQUOT;
}

} // namespace app::words
