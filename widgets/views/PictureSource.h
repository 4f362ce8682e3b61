// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every view can hand out: its picture, to the clipboard or to a file, and its values.
// Units: device pixels a logical one for pictures of pixels. Real-time: no; GUI thread only.
// Errors: files appear complete or not at all; what went wrong is told.
#pragma once

#include "engine/base/Result.h"
#include "widgets/views/PictureSheet.h"

namespace widgets {

class PictureSource {
public:
    virtual ~PictureSource();

    /// Comma-separated, decimal points, a first line of names with units; empty: nothing is shown.
    virtual QString valuesAsCsv() const = 0;
    /// With title, axis names and units, at `scale` device pixels a logical one.
    QImage picture(double scale = 2.0) const;
    QByteArray pictureFile(PictureFormat format, double scale = 2.0) const;
    void copyImage() const;
    /// The ending says which format: .png, .svg or .pdf. A file of that name is replaced.
    [[nodiscard]] engine::Status saveImage(const QString &path, double scale = 2.0) const;
    [[nodiscard]] engine::Status saveValues(const QString &path) const;

protected:
    /// What the picture is drawn from. `ratio`: for what is drawn as pixels.
    virtual PictureSheet sheet(bool vector, double ratio) const = 0;
};

} // namespace widgets
