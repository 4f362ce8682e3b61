// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/PictureSheet.h"

#include "widgets/theme/Theme.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QImageWriter>
#include <QPainterPath>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace widgets {

namespace {

constexpr double printRatio = 2.0;
constexpr int pixelsPerInch =
    96; ///< a CSS pixel: https://www.w3.org/TR/css-values-3/#absolute-lengths
constexpr int pointsPerInch = 72;
constexpr int pdfPerInch = 1200; ///< fine enough that nothing is seen to snap

constexpr std::array pictureFormats{PictureFormat::Png, PictureFormat::Svg, PictureFormat::Pdf};

/// Where the body stands on the sheet.
QPointF bodyPlace()
{
    const Theme &theme = Theme::shared();
    return {theme.number("space.scale.x3"), theme.number("size.visualizer_toolbar")};
}

double footHeight()
{
    const Theme &theme = Theme::shared();
    return theme.number("space.scale.x6") + theme.number("space.scale.x3");
}

void paintWords(QPainter &painter, const PictureSheet &sheet)
{
    const Theme &theme = Theme::shared();
    const QPointF place = bodyPlace();
    const QSizeF outer = sheetSize(sheet);
    const double dot = theme.number("card.dot");
    painter.setPen(Qt::NoPen);
    painter.setBrush(sheet.accent);
    painter.drawEllipse(QRectF(place.x() + dot / 2, (place.y() - dot) / 2, dot, dot));
    painter.setBrush(Qt::NoBrush);
    painter.setFont(theme.font("body_strong"));
    painter.setPen(theme.colour("text.primary"));
    const double left = place.x() + 2.5 * dot;
    painter.drawText(QRectF(left, 0, outer.width() - left, place.y()),
                     Qt::AlignLeft | Qt::AlignVCenter, sheet.title);
    painter.setFont(theme.font("caption"));
    painter.setPen(theme.colour("text.tertiary"));
    // Below the plot's left edge, or further left where that leaves too little room; in two lines
    // where a line is too short.
    const double right = outer.width() - place.x();
    const double wide = QFontMetricsF(painter.font()).horizontalAdvance(sheet.axisNames) + 1.0;
    const double names = std::clamp(right - wide, place.x(), place.x() + sheet.axisNamesLeft);
    painter.drawText(QRectF(names, place.y() + sheet.body.height(), right - names, footHeight()),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, sheet.axisNames);
}

/// All of the sheet but the ground with its round corners: SVG knows no clipping in Qt 6.4.
void coverOutside(QPainter &painter, const PictureSheet &sheet)
{
    const double radius = Theme::shared().number("radius.segment");
    QPainterPath outside;
    outside.addRect(QRectF(-bodyPlace(), sheetSize(sheet)));
    outside.addRoundedRect(sheet.ground, radius, radius);
    painter.fillPath(outside, Theme::shared().colour("ground.panel"));
}

void paintSheet(QPainter &painter, const PictureSheet &sheet, bool vector)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::LosslessImageRendering);
    painter.fillRect(QRectF(QPointF(), sheetSize(sheet)), Theme::shared().colour("ground.panel"));
    painter.save();
    painter.translate(bodyPlace());
    sheet.inside(painter);
    if (vector)
        coverOutside(painter, sheet);
    sheet.around(painter);
    painter.restore();
    paintWords(painter, sheet);
}

void writeSvg(QBuffer &buffer, const PictureSheet &sheet)
{
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(pixelsPerInch);
    const QSize size = sheetSize(sheet).toSize();
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(), size));
    generator.setTitle(sheet.title);
    generator.setDescription(sheet.axisNames);
    QPainter painter(&generator);
    paintSheet(painter, sheet, true);
}

/// XMP (ISO 16684-1) with the title alone.
QByteArray pdfMetadata(const QString &title)
{
    return R"(<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>
<rdf:li xml:lang="x-default">)" +
           title.toHtmlEscaped().toUtf8() +
           R"(</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>)";
}

void writePdf(QBuffer &buffer, const PictureSheet &sheet)
{
    QPdfWriter writer(&buffer);
    writer.setResolution(pdfPerInch);
    const QSizeF points = sheetSize(sheet) * pointsPerInch / pixelsPerInch;
    writer.setPageSize(QPageSize(points, QPageSize::Point, sheet.title, QPageSize::ExactMatch));
    writer.setPageMargins({});
    writer.setTitle(sheet.title);
    writer.setDocumentXmpMetadata(pdfMetadata(sheet.title)); // Qt 6.8 would add dates of its own
    QPainter painter(&writer);
    painter.scale(static_cast<double>(pdfPerInch) / pixelsPerInch,
                  static_cast<double>(pdfPerInch) / pixelsPerInch);
    paintSheet(painter, sheet, true);
}

/// The same picture gives the same bytes: dates of writing become blanks, so that all that follows
/// stays where the file's table says, and the file identifier of Qt 6.8, which is random, becomes a
/// hash of the rest (PDF 1.7, section 14.4).
QByteArray repeatable(QByteArray pdf)
{
    for (const char *key : {"/CreationDate (", "/ModDate ("}) {
        const qsizetype from = pdf.indexOf(key);
        const qsizetype end = from < 0 ? from : pdf.indexOf(')', from);
        if (end >= 0)
            std::fill(pdf.begin() + from, pdf.begin() + end + 1, ' ');
    }
    std::vector<qsizetype> digits; // of the identifier, which stands there twice
    const qsizetype identifier = pdf.lastIndexOf("/ID [");
    const qsizetype end = identifier < 0 ? identifier : pdf.indexOf(']', identifier);
    for (qsizetype at = identifier + 5; identifier >= 0 && at < end; ++at) {
        if (QChar::fromLatin1(pdf[at]).isLetterOrNumber()) {
            pdf[at] = '0';
            digits.push_back(at);
        }
    }
    const QByteArray hash = QCryptographicHash::hash(pdf, QCryptographicHash::Sha512).toHex();
    for (std::size_t i = 0; i < digits.size(); ++i)
        pdf[digits[i]] = hash[static_cast<qsizetype>(i % (digits.size() / 2))];
    return pdf;
}

} // namespace

const char *pictureFormatKey(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Png:
        return "png";
    case PictureFormat::Svg:
        return "svg";
    case PictureFormat::Pdf:
        break;
    }
    return "pdf";
}

std::optional<PictureFormat> pictureFormatOf(const QString &path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    for (const PictureFormat format : pictureFormats) {
        if (ending == QLatin1String(pictureFormatKey(format)))
            return format;
    }
    return std::nullopt;
}

bool drawsCurves(const QPainter &painter)
{
    const QPaintEngine::Type type = painter.paintEngine()->type();
    return type == QPaintEngine::Pdf || type == QPaintEngine::SVG;
}

double pixelRatioOf(const QPainter &painter)
{
    return drawsCurves(painter) ? printRatio : painter.device()->devicePixelRatioF();
}

QSizeF sheetFrame()
{
    const QPointF place = bodyPlace();
    return {2 * place.x(), place.y() + footHeight()};
}

QSizeF sheetSize(const PictureSheet &sheet)
{
    return sheet.body + sheetFrame();
}

QImage sheetImage(const PictureSheet &sheet, double ratio)
{
    QImage image((sheetSize(sheet) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    paintSheet(painter, sheet, false);
    return image;
}

QByteArray sheetFile(const PictureSheet &sheet, PictureFormat format, double ratio)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    switch (format) {
    case PictureFormat::Png:
        QImageWriter(&buffer, "png").write(sheetImage(sheet, ratio));
        break;
    case PictureFormat::Svg:
        writeSvg(buffer, sheet);
        break;
    case PictureFormat::Pdf:
        writePdf(buffer, sheet);
        return repeatable(buffer.data());
    }
    return buffer.data();
}

} // namespace widgets
