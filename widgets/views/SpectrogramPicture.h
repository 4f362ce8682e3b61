// SPDX-License-Identifier: GPL-3.0-or-later
//
// A part of a spectrogram as pixels. A pixel that covers several rows or columns takes the loudest
// of them, so a line one row high or one column wide survives; where a row or column covers several
// pixels, levels go over into each other. Finer pictures of parts lie over the whole.
// Shape: pixel rows from the highest frequency down. Units: seconds, octaves (log2 Hz), dB, device
// pixels. Real-time: no; some 5 ms a million pixels. Errors: none. Threads: any.
#pragma once

#include "engine/analysis/Spectrogram.h"
#include "widgets/views/ColourMap.h"

#include <QImage>

#include <stop_token>

namespace widgets {

/// A picture, and the time that it is shown for.
struct SpectrogramLayer {
    std::shared_ptr<const engine::analysis::Spectrogram> spectrogram; ///< not null
    AxisRange seconds;
};

/// Which of several cells a pixel shows.
enum class Pick {
    Loudest,
    FarthestFromZero ///< for differences
};

struct SpectrogramPictureRequest {
    std::shared_ptr<const engine::analysis::Spectrogram> spectrogram; ///< below; may be null
    QSize pixels;
    AxisRange seconds; ///< from the spectrogram's start
    AxisRange octaves;
    AxisRange db;
    ColourTable colours{};
    std::vector<SpectrogramLayer> layers{}; ///< over it, later ones cover earlier ones
    QRgb nothing = qRgb(0, 0, 0);           ///< where there is no picture
    Pick pick = Pick::Loudest;
};
/// A null image when stopped.
QImage drawSpectrogram(const SpectrogramPictureRequest &request, const std::stop_token &stop = {});

} // namespace widgets
