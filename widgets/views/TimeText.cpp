// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/TimeText.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

namespace widgets {

namespace {

constexpr QChar minus(0x2212);

} // namespace

QString clockText(double seconds, int decimals)
{
    const double scale = std::pow(10.0, decimals);
    const auto ticks = static_cast<qint64>(std::floor(std::max(seconds, 0.0) * scale + 1e-6));
    const auto perSecond = static_cast<qint64>(scale);
    const qint64 whole = ticks / perSecond;
    const auto two = [](qint64 value) {
        return QStringLiteral("%1").arg(value, 2, 10, QChar(u'0'));
    };
    QString text = whole >= 3600 ? QString::number(whole / 3600) + u':' + two(whole / 60 % 60)
                                 : QString::number(whole / 60);
    text += u':' + two(whole % 60);
    if (decimals > 0)
        text += QLocale().decimalPoint() +
                QStringLiteral("%1").arg(ticks % perSecond, decimals, 10, QChar(u'0'));
    return text;
}

QString numberText(double value, int decimals, bool plus)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const QString digits = locale.toString(std::abs(value), 'f', decimals);
    const bool zero = std::abs(value) < 0.5 * std::pow(10.0, -decimals);
    if (value < 0.0 && !zero)
        return minus + digits;
    return plus && !zero ? u'+' + digits : digits;
}

QString durationText(double seconds)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("widgets::Duration", source);
    };
    if (seconds < 0.9995) //: milliseconds
        return text("%1 ms").arg(numberText(seconds * 1e3, seconds < 0.09995 ? 1 : 0));
    if (seconds < 99.95) //: seconds
        return text("%1 s").arg(numberText(seconds, 1));
    return clockText(seconds);
}

QString lengthText(double seconds)
{
    const bool whole = std::abs(seconds - std::round(seconds)) < 0.005;
    //: seconds
    return QCoreApplication::translate("widgets::Duration", "%1 s")
        .arg(numberText(seconds, whole ? 0 : 1));
}

double timeStep(double secondsPerPx, double minimumPx)
{
    constexpr std::array steps{0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01,  0.02,
                               0.05,   0.1,    0.2,    0.5,   1.0,   2.0,   5.0,   10.0,
                               15.0,   30.0,   60.0,   120.0, 300.0, 600.0, 1800.0};
    for (const double step : steps)
        if (step >= secondsPerPx * minimumPx)
            return step;
    double step = 3600.0;
    while (step < secondsPerPx * minimumPx)
        step *= 2.0;
    return step;
}

std::vector<double> timeTicks(double first, double end, double step)
{
    std::vector<double> ticks;
    for (auto i = static_cast<qint64>(std::ceil(first / step - 1e-9));
         static_cast<double>(i) * step <= end + 1e-9; ++i)
        ticks.push_back(static_cast<double>(i) * step);
    return ticks;
}

int timeDecimals(double step)
{
    int decimals = 0;
    while (decimals < 4 && std::abs(step - std::round(step)) > 1e-9) {
        step *= 10.0;
        ++decimals;
    }
    return decimals;
}

} // namespace widgets
