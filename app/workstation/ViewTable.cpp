// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/ViewTable.h"

#include <QtGlobal>

namespace app {

namespace {

constexpr std::array viewRows{
    ViewRow{"view.spectrogram", "spectrogram", QT_TRANSLATE_NOOP("Actions", "Spectrogram"),
            "Ctrl+1", 3, makeSpectrogramPane},
    ViewRow{"view.quantize", "quantize", QT_TRANSLATE_NOOP("Actions", "Quantization"), "Ctrl+2", 4,
            makeQuantizationPane},
    ViewRow{"view.spectrum", "spectrum", QT_TRANSLATE_NOOP("Actions", "Spectrum"), "Ctrl+3", 3,
            makeSpectrumPane},
    ViewRow{"view.scope", "scope", QT_TRANSLATE_NOOP("Actions", "Scope"), "Ctrl+4", 2,
            makeScopePane},
    ViewRow{"view.phase", "phase", QT_TRANSLATE_NOOP("Actions", "Phase"), "Ctrl+5", 1,
            makePhasePane},
    ViewRow{"view.waveform", "waveform", QT_TRANSLATE_NOOP("Actions", "Waveform"), "Ctrl+6", 2,
            makeWaveformPane},
    ViewRow{"view.reduction", "volume", QT_TRANSLATE_NOOP("Actions", "Gain reduction"), "Ctrl+7", 2,
            makeGainReductionPane},
    ViewRow{"view.difference", "delta", QT_TRANSLATE_NOOP("Actions", "Difference"), "Ctrl+8", 3,
            makeDifferencePane},
};

} // namespace

std::span<const ViewRow> viewTable()
{
    return viewRows;
}

int viewNumber(const QString &id)
{
    for (std::size_t i = 0; i < viewRows.size(); ++i) {
        if (id == QLatin1String(viewRows[i].id))
            return static_cast<int>(i);
    }
    return -1;
}

} // namespace app
