// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/CommaLocale.h"

#include <QDir>
#include <QFile>
#include <clocale>
#include <cstdio>

namespace tests {

namespace {

bool writesCommas()
{
    char text[16];
    std::snprintf(text, sizeof text, "%.1f", 0.5);
    return std::string(text) == "0,5";
}

/// C.UTF-8 with a comma, as "comma.UTF-8" in the folder.
void makeCommaLocale(const QString &folder)
{
    const QDir source(QStringLiteral("/usr/lib/locale/C.utf8"));
    const QDir target(folder + QStringLiteral("/comma.UTF-8"));
    QDir().mkpath(target.path() + QStringLiteral("/LC_MESSAGES"));
    for (const QString &name : source.entryList(QDir::Files))
        QFile::copy(source.filePath(name), target.filePath(name));
    QFile::copy(source.filePath(QStringLiteral("LC_MESSAGES/SYS_LC_MESSAGES")),
                target.filePath(QStringLiteral("LC_MESSAGES/SYS_LC_MESSAGES")));
    QFile numeric(target.filePath(QStringLiteral("LC_NUMERIC")));
    numeric.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (!numeric.open(QIODevice::ReadWrite))
        return;
    QByteArray bytes = numeric.readAll();
    bytes.replace('.', ','); // the sign, and the same as a wide character
    numeric.seek(0);
    numeric.write(bytes);
}

} // namespace

CommaLocale::CommaLocale() : before_(std::setlocale(LC_ALL, nullptr))
{
    const char *locale = std::setlocale(LC_ALL, "de_DE.UTF-8");
    if (!locale) {
        makeCommaLocale(folder_.path());
        qputenv("LOCPATH", folder_.path().toUtf8());
        locale = std::setlocale(LC_ALL, "comma.UTF-8");
    }
    if (locale && writesCommas())
        name_ = locale;
}

CommaLocale::~CommaLocale()
{
    qunsetenv("LOCPATH");
    std::setlocale(LC_ALL, before_.c_str());
}

} // namespace tests
