// SPDX-License-Identifier: GPL-3.0-or-later
//
// A view's picture made ready for a document: title above, the names of its axes with their units
// below, as pixels (PNG) or as curves and text (SVG, PDF). One drawing serves all three.
// Shape: an SVG is one logical pixel a unit, a PDF one page of the picture's size at 96 to the
// inch. What is made of pixels stays so in SVG and PDF, without loss. The same picture gives the
// same bytes. Units: logical pixels.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QByteArray>
#include <QColor>
#include <QImage>
#include <QPainter>
#include <QRectF>
#include <QString>

#include <functional>
#include <optional>

namespace widgets {

enum class PictureFormat { Png, Svg, Pdf };

/// "png", "svg", "pdf": a file's ending, and its name in interfaces.
const char *pictureFormatKey(PictureFormat format);
/// By the ending of a file's name; none for any other.
std::optional<PictureFormat> pictureFormatOf(const QString &path);
/// Curves and text stay such.
inline bool isVector(PictureFormat format)
{
    return format != PictureFormat::Png;
}
/// The painter writes a document of curves.
bool drawsCurves(const QPainter &painter);
/// Device pixels a logical one for what is drawn as pixels: the device's own, or enough for print
/// where the painter writes curves.
double pixelRatioOf(const QPainter &painter);

struct PictureSheet {
    QString title;
    QColor accent; ///< of the dot before the title
    QString axisNames;
    double axisNamesLeft = 0.0; ///< within the body
    QSizeF body;                ///< of what the view draws
    QRectF ground;              ///< within the body: nothing of `inside` is seen beyond it
    std::function<void(QPainter &)> inside;
    std::function<void(QPainter &)> around; ///< rulers and names, over all
};

/// What title, axis names and margins take.
QSizeF sheetFrame();
/// Body and frame.
QSizeF sheetSize(const PictureSheet &sheet);
QImage sheetImage(const PictureSheet &sheet, double ratio);
/// The whole file. `ratio` is for PNG.
QByteArray sheetFile(const PictureSheet &sheet, PictureFormat format, double ratio);

} // namespace widgets
