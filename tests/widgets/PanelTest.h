// SPDX-License-Identifier: GPL-3.0-or-later
//
// What tests of panels share: sounds, pictures of widgets at a pixel ratio, the wheel, and the
// search for a colour in a picture.
#pragma once

#include "engine/analysis/WaveformPeaks.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QPushButton>
#include <QWheelEvent>
#include <QWidget>
#include <QtTest>

#include <cmath>
#include <memory>

namespace panel_test {

using widgets::Theme;

inline std::shared_ptr<engine::AudioBuffer> constant(double seconds, float value, int channels = 1)
{
    auto sound = std::make_shared<engine::AudioBuffer>(engine::AudioFormat{48000, channels},
                                                       static_cast<std::int64_t>(seconds * 48000));
    for (int c = 0; c < channels; ++c) // a square wave: every column reaches ±value
        for (std::size_t i = 0; i < sound->channel(c).size(); ++i)
            sound->channel(c)[i] = i % 2 == 0 ? value : -value;
    return sound;
}

inline std::shared_ptr<const engine::analysis::WaveformPeaks>
peaksOf(const engine::AudioBuffer &sound, std::int64_t frames = -1)
{
    engine::analysis::WaveformPeaksBuilder builder;
    const std::int64_t end = frames < 0 ? sound.frames() : frames;
    for (std::int64_t first = 0; first < end; first += 48000)
        builder.append(
            sound.block(first, static_cast<int>(std::min<std::int64_t>(48000, end - first))));
    return builder.snapshot();
}

/// The widget as on a screen of that pixel ratio.
inline QImage picture(QWidget &widget, qreal ratio = 1.0)
{
    QImage image(widget.size() * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Theme::shared().colour("ground.window"));
    widget.render(&image);
    return image;
}

inline bool near(QRgb pixel, const QColor &colour, int tolerance = 3)
{
    return std::abs(qRed(pixel) - colour.red()) <= tolerance &&
           std::abs(qGreen(pixel) - colour.green()) <= tolerance &&
           std::abs(qBlue(pixel) - colour.blue()) <= tolerance;
}

/// How many pixels of a column (device pixels) have the colour.
inline int countInColumn(const QImage &image, int x, const QColor &colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        count += near(image.pixel(x, y), colour);
    return count;
}

inline int countInRow(const QImage &image, int y, const QColor &colour)
{
    int count = 0;
    for (int x = 0; x < image.width(); ++x)
        count += near(image.pixel(x, y), colour);
    return count;
}

inline int countAll(const QImage &image, const QColor &colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        count += countInRow(image, y, colour);
    return count;
}

inline void wheel(QWidget &widget, QPointF place, int notches,
                  Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QWheelEvent event(place, widget.mapToGlobal(place), {}, QPoint(0, 120 * notches), Qt::NoButton,
                      modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

inline void moveTo(QWidget &widget, QPointF place, Qt::MouseButtons buttons = Qt::NoButton)
{
    QMouseEvent event(QEvent::MouseMove, place, widget.mapToGlobal(place), Qt::NoButton, buttons,
                      Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
}

inline void drag(QWidget &widget, QPoint from, QPoint to,
                 Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QTest::mousePress(&widget, Qt::LeftButton, modifiers, from);
    moveTo(widget, (from + to) / 2, Qt::LeftButton);
    moveTo(widget, to, Qt::LeftButton);
    QTest::mouseRelease(&widget, Qt::LeftButton, modifiers, to);
}

/// Every visible child lies within its parent, and its words fit in it.
inline QString firstClipped(const QWidget &root)
{
    for (const QWidget *child : root.findChildren<QWidget *>()) {
        if (!child->isVisible() || child->isWindow())
            continue;
        const bool scrolled = child->parentWidget()->inherits("QScrollArea") ||
                              child->parentWidget()->objectName() == u"qt_scrollarea_viewport" ||
                              child->inherits("QScrollBar");
        if (scrolled)
            continue;
        const auto *button = qobject_cast<const QPushButton *>(child);
        const bool cut = button && !button->text().isEmpty() &&
                         button->width() < button->minimumSizeHint().width();
        if (cut || !child->parentWidget()->rect().contains(child->geometry()))
            return QStringLiteral("%1 %2").arg(QLatin1String(child->metaObject()->className()),
                                               child->objectName());
    }
    return {};
}

} // namespace panel_test
