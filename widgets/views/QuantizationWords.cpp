// SPDX-License-Identifier: GPL-3.0-or-later
//
// A QuantizationView's words and values for documents and for those who listen.
#include "widgets/views/QuantizationView.h"
#include "widgets/views/TimeText.h"

namespace widgets {

using engine::analysis::QuantizationLine;

QString QuantizationView::pictureTitle() const
{
    //: Above a saved picture. %1: which quantizer, "Input → Pre-Quant".
    return tr("Quantization: %1").arg(title());
}

QString QuantizationView::axisNames() const
{
    if (chain_)
        return tr("Up: frequency in Hz, logarithmic; left notes of the key. Across: energy in the "
                  "input, what each quantizer moved (width: energy; colour: ¢), energy in the "
                  "output.");
    return tr(
        "Up: frequency in Hz, logarithmic; left notes of the key. Across: energy before, lines to "
        "where it moved (width: energy; colour: ¢), energy after.");
}

QString QuantizationView::spokenText() const
{
    if (off_)
        return tr("%1 is off, so nothing moved.").arg(quantizerName());
    if (!moves_)
        return tr("Quantization");
    if (silent())
        return tr("Quantization, %1, silence").arg(title());
    const QString shares = tr("Quantization, %1, in key %2 to %3 %")
                               .arg(title(), numberText(100.0 * *moves_->inKeyBefore, 0),
                                    numberText(100.0 * moves_->inKeyAfter.value_or(0.0), 0));
    if (moves_->largest.empty())
        return tr("%1, nothing moved").arg(shares);
    const QuantizationLine &line = moves_->lines[moves_->largest.front()];
    return tr("%1, largest move from %2 by %3 cents")
        .arg(shares, frequencyText(line.fromHz), numberText(line.movedCents, 0, true));
}

QString QuantizationView::valuesAsCsv() const
{
    if (!moves_)
        return {};
    QString text = QStringLiteral(
        "From (Hz),To (Hz),Note (Hz),Moved (cents),Energy (dB),Range from (Hz),Range to (Hz)\n");
    if (chain_)
        text.prepend(QStringLiteral("Quantizer,"));
    for (const QuantizationLine &line : moves_->lines) {
        QStringList cells;
        if (chain_)
            cells << (line.leg == 0 ? QStringLiteral("Pre-Quant") : QStringLiteral("Post-Quant"));
        for (const double value : {line.fromHz, line.toHz, line.noteHz, line.movedCents,
                                   line.powerDb(), line.range.lowHz, line.range.highHz})
            cells << QString::number(value, 'f', 2);
        text += cells.join(u',') + u'\n';
    }
    return text;
}

} // namespace widgets
