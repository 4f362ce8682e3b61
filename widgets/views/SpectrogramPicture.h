// SPDX-License-Identifier: GPL-3.0-or-later
//
// A part of a spectrogram as pixels. A pixel that covers several rows or columns takes the loudest
// of them, so a line one row high or one column wide survives; where a row or column covers several
// pixels, levels go over into each other.
// Shape: pixel rows from the highest frequency down. Units: seconds, octaves (log2 Hz), dB, device
// pixels. Real-time: no; some 5 ms a million pixels. Errors: none. Threads: any.
#pragma once

#include "engine/analysis/Spectrogram.h"
#include "widgets/views/ColourMap.h"

#include <QImage>

namespace widgets {

struct SpectrogramPictureRequest {
    std::shared_ptr<const engine::analysis::Spectrogram> spectrogram; ///< not null
    QSize pixels;
    AxisRange seconds; ///< from the spectrogram's start
    AxisRange octaves;
    AxisRange db;
    ColourTable colours{};
};
/// A null image when stopped.
QImage drawSpectrogram(const SpectrogramPictureRequest &request, const std::stop_token &stop = {});

} // namespace widgets
