// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/InputCard.h"

#include "widgets/controls/IconButton.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/theme/Theme.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <cmath>

namespace widgets {

namespace {

/// "2:34.1", "1:02:34.1"
QString positionText(double seconds)
{
    const auto tenths = static_cast<qint64>(std::llround(std::max(seconds, 0.0) * 10));
    const qint64 minutes = tenths / 600;
    const QString rest = shownNumber(static_cast<double>(tenths % 600) / 10, 1);
    const QString padded = tenths % 600 < 100 ? u'0' + rest : rest;
    if (minutes < 60)
        return QString::number(minutes) + u':' + padded;
    return QStringLiteral("%1:%2:%3")
        .arg(minutes / 60)
        .arg(minutes % 60, 2, 10, QLatin1Char('0'))
        .arg(padded);
}

QString channelText(int channels)
{
    if (channels == 1)
        return InputCard::tr("mono");
    return channels == 2 ? InputCard::tr("stereo")
                         //: Short for "6 channels".
                         : InputCard::tr("%n ch.", nullptr, channels);
}

QString rateText(int hz)
{
    const double kHz = hz / 1000.0;
    const int decimals = hz % 1000 == 0 ? 0 : hz % 100 == 0 ? 1 : 2;
    return InputCard::tr("%1 kHz").arg(shownNumber(kHz, decimals));
}

void drawMiddle(QPainter &painter, double x, double middle, const QString &text)
{
    painter.drawText(QPointF(x, middle + QFontMetricsF(painter.font()).capHeight() / 2), text);
}

} // namespace

InputCard::InputCard(QWidget *parent)
    : StageCard(engine::pipeline::StageId::Input, parent),
      open_(new IconButton("open", tr("Open…"), this))
{
    open_->setObjectName(QStringLiteral("input.open"));
    open_->setToolTip(tr("Open an audio file"));
    connect(open_, &QAbstractButton::clicked, this, &InputCard::openRequested);
    describe();
}

void InputCard::setFacts(const std::optional<InputFacts> &facts)
{
    facts_ = facts;
    setToolTip(facts ? facts->fullPath : QString());
    setAccessibleName(facts ? tr("Input, %1").arg(facts->fileName) : tr("Input, no file"));
    describe();
    update();
}

void InputCard::describe()
{
    if (!facts_) {
        setAccessibleDescription(tr("No file"));
        return;
    }
    QStringList words{facts_->fileName, positionText(facts_->seconds), channelText(facts_->channels),
                      rateText(facts_->sampleRateHz), facts_->encoding};
    setAccessibleDescription(words.join(QStringLiteral(", ")));
}

void InputCard::placeControls()
{
    const QSize size = open_->sizeHint();
    open_->setGeometry(left(), cardMetric("readout") - size.height() / 2, size.width(), size.height());
}

void InputCard::paintWords(QPainter &painter)
{
    if (!facts_) {
        paintEmpty(painter);
        return;
    }
    paintFacts(painter);
    paintLevels(painter);
}

void InputCard::paintEmpty(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font("label"));
    painter.setPen(theme.colour("text.secondary"));
    drawMiddle(painter, left(), cardMetric("fact_name"), tr("No file"));
    painter.setFont(theme.font("caption"));
    painter.setPen(theme.colour("text.tertiary"));
    const int lineHeight = theme.px("type.scale.label.line");
    const int top = cardMetric("fact_length") - lineHeight / 2 - 1;
    //: Kinds of files that can be opened; fits in two short lines.
    const QString kinds = tr("WAV, AIFF, FLAC,\nOgg or MP3");
    int y = top + lineHeight / 2;
    for (const QString &line : kinds.split(u'\n')) {
        drawMiddle(painter, left(), y, line);
        y += lineHeight;
    }
}

void InputCard::paintFacts(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QFont name = theme.font("name");
    painter.setFont(name);
    painter.setPen(theme.colour("text.primary"));
    const int room = right() - left();
    drawMiddle(painter, left(), cardMetric("fact_name"),
               QFontMetricsF(name).elidedText(facts_->fileName, Qt::ElideMiddle, room));

    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour("text.tertiary"));
    const QFontMetricsF metrics(painter.font());
    const QString length = positionText(facts_->seconds);
    const QString rate = rateText(facts_->sampleRateHz);
    const double second =
        left() + std::max(metrics.horizontalAdvance(length), metrics.horizontalAdvance(rate)) +
        2 * metrics.horizontalAdvance(u' ');
    drawMiddle(painter, left(), cardMetric("fact_length"), length);
    drawMiddle(painter, left(), cardMetric("fact_rate"), rate);
    const double rest = right() - second;
    drawMiddle(painter, second, cardMetric("fact_length"),
               metrics.elidedText(channelText(facts_->channels), Qt::ElideRight, rest));
    drawMiddle(painter, second, cardMetric("fact_rate"),
               metrics.elidedText(facts_->encoding, Qt::ElideRight, rest));
}

void InputCard::paintLevels(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QString none = QStringLiteral("\u2013");
    const QString peak = facts_->peakDb ? tr("%1 dB").arg(shownNumber(*facts_->peakDb, 1)) : none;
    const QString loudness =
        facts_->loudnessLufs ? tr("%1 LUFS").arg(shownNumber(*facts_->loudnessLufs, 1)) : none;
    const QFontMetricsF numbers(theme.font("value_small"));
    // Numbers stand in a column whose widest ends at the right edge.
    const double column =
        right() - std::max({numbers.horizontalAdvance(peak), numbers.horizontalAdvance(loudness),
                            numbers.horizontalAdvance(tr("%1 LUFS").arg(shownNumber(-10.0, 1)))});
    const auto line = [&](const char *place, const QString &label, const QString &value) {
        painter.setFont(theme.font("caption"));
        painter.setPen(theme.colour("text.tertiary"));
        const double room = column - left() - theme.number("space.scale.x1");
        drawMiddle(painter, left(), cardMetric(place),
                   QFontMetricsF(painter.font()).elidedText(label, Qt::ElideRight, room));
        painter.setFont(theme.font("value_small"));
        painter.setPen(theme.colour("text.secondary"));
        drawMiddle(painter, column, cardMetric(place), value);
    };
    line("fact_peak", tr("Peak"), peak);
    line("fact_loudness", tr("Loudness"), loudness);
}

} // namespace widgets
