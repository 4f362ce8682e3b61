// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/PhasePicture.h"

#include "engine/analysis/StereoImage.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

namespace {

constexpr double pointsApart = 0.9; ///< logical pixels; the wave goes on between the samples
constexpr int mostPoints = 64;      ///< for one step, however far
constexpr double strength = 1.6;    ///< density that one frame of the newest sound adds
constexpr double whitening = 0.05;
constexpr std::size_t curveParts = 32; ///< of a document's line, each of one opacity

/// Adds points of about 1.5 logical pixels to a field of densities.
class Field {
public:
    explicit Field(const PhasePictureRequest &request)
        : width_(request.pixels.width()), height_(request.pixels.height()),
          radius_(0.8 * request.ratio),
          density_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_))
    {}
    void add(double x, double y, double weight)
    {
        const int reach = static_cast<int>(std::ceil(2 * radius_));
        const auto middleX = static_cast<int>(std::floor(x));
        const auto middleY = static_cast<int>(std::floor(y));
        if (middleX < -reach || middleX >= width_ + reach || middleY < -reach ||
            middleY >= height_ + reach)
            return;
        for (int row = std::max(middleY - reach, 0); row <= std::min(middleY + reach, height_ - 1);
             ++row)
            for (int column = std::max(middleX - reach, 0);
                 column <= std::min(middleX + reach, width_ - 1); ++column) {
                const double dx = (column + 0.5 - x) / radius_;
                const double dy = (row + 0.5 - y) / radius_;
                const double fall = 1.0 - (dx * dx + dy * dy) / 4.0;
                if (fall > 0.0)
                    density_[index(column, row)] += static_cast<float>(weight * fall * fall);
            }
    }
    float at(int column, int row) const { return density_[index(column, row)]; }

private:
    std::size_t index(int column, int row) const
    {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(width_) +
               static_cast<std::size_t>(column);
    }
    int width_;
    int height_;
    double radius_;
    std::vector<float> density_;
};

QImage glow(const Field &field, const PhasePictureRequest &request)
{
    QImage image(request.pixels, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(request.ratio);
    for (int y = 0; y < image.height(); ++y) {
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const auto density = static_cast<double>(field.at(x, y));
            const double opacity = 1.0 - std::exp(-density);
            const double white = 1.0 - std::exp(-density * whitening);
            const auto mix = [&](int from, int to) {
                return qRound((from + white * (to - from)) * opacity);
            };
            pixels[x] = density <= 0.0 ? 0U
                                       : qRgba(mix(request.accent.red(), request.core.red()),
                                               mix(request.accent.green(), request.core.green()),
                                               mix(request.accent.blue(), request.core.blue()),
                                               qRound(255 * opacity));
        }
    }
    return image;
}

/// Where every frame lies, in device pixels, oldest first.
std::vector<QPointF> placesOf(const PhasePictureRequest &request)
{
    const auto &sound = *request.sound;
    const auto value = [&](int channel, std::int64_t frame) {
        const float sample = sound.channel(channel)[static_cast<std::size_t>(frame)];
        return std::isfinite(sample) ? static_cast<double>(sample) : 0.0;
    };
    std::vector<QPointF> places;
    places.reserve(static_cast<std::size_t>(request.endFrame - request.firstFrame));
    for (std::int64_t frame = request.firstFrame; frame < request.endFrame; ++frame) {
        const double left = value(0, frame);
        const double right = value(sound.channels() > 1 ? 1 : 0, frame);
        places.emplace_back(toPixel((right - left) / 2.0, request.x, 0, request.pixels.width()),
                            toPixel((left + right) / 2.0, request.y, request.pixels.height(), 0));
    }
    return places;
}

} // namespace

Picture drawPhase(const PhasePictureRequest &request)
{
    Field field(request);
    const std::vector<QPointF> places = placesOf(request);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const QPointF before = places[i == 0 ? 0 : i - 1];
        const QPointF step = places[i] - before;
        const double age = static_cast<double>(i + 1) / static_cast<double>(places.size());
        const double way = std::hypot(step.x(), step.y()) / (pointsApart * request.ratio);
        const int points = std::clamp(static_cast<int>(way) + 1, 1, mostPoints);
        const double weight = strength * age * age / points;
        for (int k = 1; k <= points; ++k) {
            const QPointF point = before + step * (static_cast<double>(k) / points);
            field.add(point.x(), point.y(), weight);
        }
    }
    const auto count = static_cast<std::size_t>(request.endFrame - request.firstFrame);
    const auto first = static_cast<std::size_t>(request.firstFrame);
    const auto &sound = *request.sound;
    return {glow(field, request), 0.0,
            engine::analysis::correlation(
                sound.channel(0).subspan(first, count),
                sound.channel(sound.channels() > 1 ? 1 : 0).subspan(first, count))};
}

void drawPhaseCurve(QPainter &painter, const PhasePictureRequest &request)
{
    const std::vector<QPointF> places = placesOf(request);
    const std::size_t part = places.size() / curveParts + 1;
    painter.setBrush(Qt::NoBrush);
    for (std::size_t first = 0; first < places.size(); first += part) {
        QPolygonF line;
        for (std::size_t i = first; i < std::min(first + part + 1, places.size()); ++i)
            line << places[i] / request.ratio;
        const double age =
            static_cast<double>(first + part) / static_cast<double>(places.size() + part);
        QColor ink = request.accent;
        ink.setAlphaF(static_cast<float>(age * age));
        painter.setPen(QPen(ink, request.lineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
    }
}

} // namespace widgets
