// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/PictureWorker.h"

#include "widgets/threads/GuiThread.h"
#include "widgets/threads/ViewThreads.h"
#include "widgets/views/PictureCopy.h"

#include <mutex>

namespace widgets {

PictureJob onPixels(PictureStrokes strokes, QSize pixels, qreal ratio)
{
    if (!strokes)
        return {};
    return [strokes = std::move(strokes), pixels, ratio](const std::stop_token &stop) {
        QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(ratio);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        Picture picture = strokes(painter, stop);
        painter.end();
        if (stop.stop_requested())
            return Picture{};
        picture.clearRows = clearRowsOf(image);
        picture.image = std::move(image);
        return picture;
    };
}

struct PictureWorker::Shared {
    std::mutex mutex;
    PictureWorker *owner = nullptr; // guarded by mutex
    PictureJob waiting;             // guarded by mutex
    quint64 waitingNumber = 0;      // guarded by mutex
    bool running = false;           // guarded by mutex
    std::stop_source stop;
};

PictureWorker::PictureWorker(QObject *parent) : QObject(parent), shared_(std::make_shared<Shared>())
{
    shared_->owner = this;
}

PictureWorker::~PictureWorker()
{
    shared_->stop.request_stop();
    const std::lock_guard lock(shared_->mutex);
    shared_->owner = nullptr;
    shared_->waiting = nullptr;
}

quint64 PictureWorker::request(PictureJob job)
{
    const std::lock_guard lock(shared_->mutex);
    shared_->waiting = std::move(job);
    shared_->waitingNumber = ++newest_;
    if (!shared_->running) {
        shared_->running = true;
        startViewWork(ViewWork::Picture, [shared = shared_] { work(shared); });
    }
    return newest_;
}

void PictureWorker::work(const std::shared_ptr<Shared> &shared)
{
    for (;;) {
        PictureJob job;
        quint64 number = 0;
        {
            const std::lock_guard lock(shared->mutex);
            job = std::exchange(shared->waiting, nullptr);
            number = shared->waitingNumber;
            if (!job) {
                shared->running = false;
                return;
            }
        }
        Picture picture = job(shared->stop.get_token());
        const std::lock_guard lock(shared->mutex);
        if (PictureWorker *owner = shared->owner)
            postToGui(owner, [owner, number, picture = std::move(picture)] {
                emit owner->ready(number, picture);
            });
    }
}

} // namespace widgets
