// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws what lies between two spectra: level of the one minus level of the other over logarithmic
// frequency, filled from nought in the colours of a difference, more and less.
// Shape: one point a device pixel, the one farthest from nought that lies under it. Units: dB,
// octaves, logical pixels. Real-time: no; any thread; carries all it needs. Errors: none; what is
// below the floor in both counts as equal, so that noise against silence is no difference.
#pragma once

#include "engine/analysis/Spectrum.h"
#include "widgets/views/AxisScale.h"

#include <QColor>
#include <QPainter>

#include <memory>

namespace widgets {

struct SpectrumDifferenceJob {
    std::shared_ptr<const engine::analysis::Spectrum> spectrum;
    std::shared_ptr<const engine::analysis::Spectrum> reference;
    double floorDb = -90.0;
    QSize pixels;
    qreal ratio = 1.0;
    AxisRange octaves;
    AxisRange db;
    QColor line;
    QColor more;
    QColor less;
    double lineWidth = 1.0;
};
void drawSpectrumDifference(QPainter &painter, const SpectrumDifferenceJob &job);

/// At one of the spectra's points.
double spectrumDifferenceDb(const engine::analysis::Spectrum &spectrum,
                            const engine::analysis::Spectrum &reference, int point, double floorDb);

} // namespace widgets
