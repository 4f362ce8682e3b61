// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/PictureSource.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSaveFile>

#include <cerrno>

namespace widgets {

using engine::ErrorCode;
using engine::fail;
using engine::Status;

namespace {

constexpr double vectorRatio = 2.0; ///< pixels in a picture of curves: spectrograms, points

Status writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    errno = 0;
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    const int reason = errno;
    auto failed =
        fail(ErrorCode::CannotCreate,
             path.toStdString() + " could not be written: " + file.errorString().toStdString(),
             "Nothing was written", "Choose another folder");
    failed.value().systemErrno = reason;
    return failed;
}

} // namespace

PictureSource::~PictureSource() = default;

QImage PictureSource::picture(double scale) const
{
    return sheetImage(sheet(false, scale), scale);
}

QByteArray PictureSource::pictureFile(PictureFormat format, double scale) const
{
    const bool vector = isVector(format);
    return sheetFile(sheet(vector, vector ? vectorRatio : scale), format, scale);
}

void PictureSource::copyImage() const
{
    QGuiApplication::clipboard()->setImage(picture());
}

Status PictureSource::saveImage(const QString &path, double scale) const
{
    const auto format = pictureFormatOf(path);
    if (!format)
        return fail(ErrorCode::Usage, path.toStdString() + " ends in none of: .png, .svg, .pdf",
                    "Nothing was written", "Choose one of these endings");
    return writeFile(path, pictureFile(*format, scale));
}

Status PictureSource::saveValues(const QString &path) const
{
    const QString values = valuesAsCsv();
    if (values.isEmpty())
        return fail(ErrorCode::BadData, "Nothing is shown, so there are no values",
                    "Nothing was written");
    return writeFile(path, values.toUtf8());
}

} // namespace widgets
