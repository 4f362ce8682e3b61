// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/ParameterPresentation.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace widgets {

using pipeline::ParameterId;
using pipeline::ParameterInfo;
using pipeline::StageId;

namespace {

constexpr QChar minusSign(0x2212);

QString translated(std::string_view text)
{
    const QByteArray source(text.data(), static_cast<qsizetype>(text.size()));
    return QCoreApplication::translate("ParameterTable", source.constData());
}

bool isShare(const ParameterInfo &info)
{
    return info.kind == pipeline::ParameterKind::Number && info.unit.empty() &&
           info.minimum == 0.0 && info.maximum == 1.0;
}

double shownScale(const ParameterInfo &info)
{
    return isShare(info) ? 100.0 : 1.0;
}

int shownDecimals(const ParameterInfo &info)
{
    return isShare(info) ? info.decimals - 2 : info.decimals;
}

bool onGrid(double value, int decimals)
{
    const double steps = value * std::pow(10.0, decimals);
    return std::abs(steps - std::round(steps)) < 1e-6;
}

} // namespace

QString parameterLabel(const ParameterInfo &info)
{
    return translated(info.label);
}

QString parameterHelp(const ParameterInfo &info)
{
    return translated(info.help);
}

QString lockedText()
{
    return QCoreApplication::translate("ParameterPresentation",
                                       "Locked: presets, Morph and Randomise leave it as it is.");
}

QString choiceLabel(const ParameterInfo &info, int index)
{
    return translated(info.choices[static_cast<std::size_t>(index)].label);
}

QString parameterUnit(const ParameterInfo &info)
{
    return isShare(info) ? QStringLiteral("%") : translated(info.unit);
}

QString shownNumber(double value, int decimals)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const double unit = std::pow(10.0, decimals);
    const double rounded = std::round(value * unit) / unit + 0.0; // −0 is 0
    const QString text = locale.toString(std::abs(rounded), 'f', decimals);
    return rounded < 0.0 ? minusSign + text : text;
}

QString shownValue(const ParameterInfo &info, double value)
{
    const double shown = value * shownScale(info);
    int decimals = shownDecimals(info);
    if (!onGrid(shown, decimals))
        ++decimals;
    const QString text = shownNumber(shown, decimals);
    const bool plus = info.curve == pipeline::Curve::Bipolar && shown > 0.0;
    return plus ? u'+' + text : text;
}

QString shownValueWithUnit(const ParameterInfo &info, double value)
{
    const QString unit = parameterUnit(info);
    if (unit.isEmpty())
        return shownValue(info, value);
    return unit == u"×" ? shownValue(info, value) + unit : shownValue(info, value) + u' ' + unit;
}

QString spokenValue(const ParameterInfo &info, double value)
{
    const QString number = shownValue(info, value);
    const QString unit = parameterUnit(info);
    const auto tr = [](const char *text) { return QCoreApplication::translate("Units", text); };
    if (unit == u"×")
        return tr("%1 times").arg(number);
    if (unit == u"%")
        return tr("%1 percent").arg(number);
    if (unit == u"dB")
        return tr("%1 decibels").arg(number);
    if (unit == u"ms")
        return tr("%1 milliseconds").arg(number);
    return number;
}

QString shownLimit(const ParameterInfo &info, double value)
{
    const double shown = value * shownScale(info);
    return shownNumber(shown, onGrid(shown, 0) ? 0 : shownDecimals(info));
}

std::optional<double> parseShown(const ParameterInfo &info, const QString &text)
{
    QString number;
    qsizetype unitAt = 0;
    for (; unitAt < text.size(); ++unitAt) {
        const QChar c = text[unitAt];
        if (c.isDigit())
            number += QChar(u'0' + c.digitValue());
        else if (c == u',' || c == u'.')
            number += u'.';
        else if (c == u'-' || c == minusSign)
            number += u'-';
        else if (c == u'+')
            number += u'+';
        else if (!c.isSpace())
            break; // the unit begins
    }
    const QString tail = text.mid(unitAt).trimmed();
    const bool unitKnown = tail.isEmpty() ||
                           tail.compare(parameterUnit(info), Qt::CaseInsensitive) == 0 ||
                           (parameterUnit(info) == u"×" && tail == u"x");
    bool read = false;
    const double value = number.toDouble(&read);
    if (!read || !unitKnown || !std::isfinite(value))
        return std::nullopt;
    return value / shownScale(info);
}

double roundedValue(const ParameterInfo &info, double value, bool fine)
{
    const double steps = std::pow(10.0, info.decimals + (fine ? 1 : 0));
    const double rounded = std::round(value * steps) / steps + 0.0;
    return std::clamp(rounded, info.minimum, info.maximum);
}

const char *stageToken(StageId stage)
{
    switch (stage) {
    case StageId::Input:
        return "input";
    case StageId::PreQuant:
        return "pre_quant";
    case StageId::Distortion:
        return "distortion";
    case StageId::PostQuant:
        return "post_quant";
    case StageId::ClassicLimiter:
    case StageId::Limiter:
        return "limiter";
    case StageId::AutoGain:
    case StageId::Mix:
    case StageId::Gain:
        break;
    }
    return "output";
}

QString stageName(StageId stage)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Stages", text); };
    switch (stage) {
    case StageId::Input:
        return tr("Input");
    case StageId::PreQuant:
        return tr("Pre-Quant");
    case StageId::Distortion:
        return tr("Distortion");
    case StageId::PostQuant:
        return tr("Post-Quant");
    case StageId::ClassicLimiter:
    case StageId::Limiter:
        return tr("Limiter");
    case StageId::AutoGain:
    case StageId::Mix:
    case StageId::Gain:
        break;
    }
    return tr("Output");
}

ParameterId linkedParameter(ParameterId id)
{
    switch (id) {
    case ParameterId::PostKey:
        return ParameterId::Key;
    case ParameterId::PostScale:
        return ParameterId::ScaleName;
    case ParameterId::PostMask:
        return ParameterId::Mask;
    case ParameterId::PostSnapStrength:
        return ParameterId::SnapStrength;
    case ParameterId::PostSmear:
        return ParameterId::Smear;
    case ParameterId::PostBinSmoothing:
        return ParameterId::BinSmoothing;
    default:
        return id;
    }
}

} // namespace widgets
