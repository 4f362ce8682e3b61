// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures, and what they are drawn from, made away from the GUI thread. Latest wins: while one is
// drawn, a newer wish replaces the one that waits; the one that is being drawn is finished, so that
// a drag at any speed still shows something. Units: device pixels. Real-time: no. Errors: none.
// Threads: request() and ready() belong to the GUI thread; a job runs on another and may use only
// what it carries. A job that runs when the worker dies is asked to stop and its picture dropped.
#pragma once

#include <QImage>
#include <QObject>
#include <QSize>

#include <any>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

class QPainter;

namespace widgets {

struct Picture {
    QImage image;
    double origin = 0.0;           ///< where it begins, for views that choose that while drawing
    std::optional<double> reading; ///< a number found on the way
    std::any made{};               ///< what was worked out beside or instead of an image
    int clearRows = 0;             ///< at the top of the image, with nothing in them
};
using PictureJob = std::function<Picture(const std::stop_token &stop)>;
/// Draws a picture of curves with a painter whose units are logical pixels and whose origin is the
/// picture's upper left corner; tells what else it found, without an image.
using PictureStrokes = std::function<Picture(QPainter &painter, const std::stop_token &stop)>;
/// Puts them on clear pixels. No strokes: no job.
PictureJob onPixels(PictureStrokes strokes, QSize pixels, qreal ratio);

class PictureWorker final : public QObject {
    Q_OBJECT
public:
    explicit PictureWorker(QObject *parent = nullptr);
    ~PictureWorker() override;

    /// Numbers grow; ready() tells which wish it answers.
    quint64 request(PictureJob job);

signals:
    void ready(quint64 request, const widgets::Picture &picture);

private:
    struct Shared;
    static void work(const std::shared_ptr<Shared> &shared);

    std::shared_ptr<Shared> shared_;
    quint64 newest_ = 0;
};

} // namespace widgets
