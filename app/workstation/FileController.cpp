// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/FileController.h"

#include "app/workstation/Log.h"
#include "app/workstation/Preferences.h"
#include "widgets/threads/GuiThread.h"

namespace app {

using engine::render::SharedScan;

FileController::FileController(Session &session, Preferences &preferences)
    : session_(session), preferences_(preferences)
{}

FileController::~FileController() = default;

void FileController::open(const std::filesystem::path &path)
{
    if (loading_)
        cancel();
    before_ = {session_.sound(), session_.window()};
    path_ = path;
    qCInfo(happened) << "Opening" << toQString(path);
    window_.reset();
    loading_ = true;
    shown_ = false;
    const std::uint64_t load = ++load_;
    const auto post = [this](auto &&function) {
        widgets::postToGui(this, std::forward<decltype(function)>(function));
    };
    job_ = jobs_.add([this, path, load, post](const std::stop_token &stop) {
        auto result = engine::render::scanSound(path, stop, [&](SharedScan scan) {
            post([this, load, scan = std::move(scan)] { receive(load, scan); });
        });
        if (result)
            post([this, load, scan = std::move(*result)] { receive(load, scan); });
        else if (result.error().code != engine::ErrorCode::Cancelled)
            post([this, load, error = std::move(result.error())] { receiveError(load, error); });
    });
    emit loadingStarted();
    emit loadingChanged();
}

void FileController::cancel()
{
    if (!loading_)
        return;
    jobs_.cancel(job_);
    ++load_;
    loading_ = false;
    if (shown_) {
        if (before_.sound) {
            session_.openSound(before_.sound);
            session_.setWindow(before_.window);
        } else {
            session_.closeSound();
        }
    }
    emit loadingChanged();
}

void FileController::openAt(const std::filesystem::path &path, FrameWindow window)
{
    open(path);
    window_ = window;
}

void FileController::stop()
{
    jobs_.cancelAll();
    ++load_;
    loading_ = false;
}

void FileController::checkOnDisk()
{
    const SharedScan sound = session_.sound();
    if (loading_ || !sound || !sound->stamp)
        return;
    jobs_.add([this, sound](const std::stop_token &) {
        const std::optional<engine::io::FileStamp> now = engine::io::stampOf(sound->path);
        if (!now || engine::io::haveSameContent(*now, *sound->stamp))
            return;
        widgets::postToGui(this, [this, sound, now] {
            if (session_.sound() != sound || toldStamp_ == now)
                return;
            toldStamp_ = now;
            emit changedOnDisk(sound->path);
        });
    });
}

void FileController::reload()
{
    if (session_.sound())
        openAt(session_.sound()->path, session_.window());
}

std::optional<double> FileController::progress() const
{
    if (!shown_ || !session_.sound() || !session_.sound()->declaredFrames)
        return std::nullopt;
    return static_cast<double>(session_.sound()->framesRead) /
           static_cast<double>(std::max<std::int64_t>(1, *session_.sound()->declaredFrames));
}

void FileController::receive(std::uint64_t load, const SharedScan &scan)
{
    if (load != load_)
        return;
    if (scan->complete && scan->framesRead == 0) {
        receiveError(load, {engine::ErrorCode::BadData, "The file holds no sound", {}, {}, {}});
        return;
    }
    if (!shown_) {
        shown_ = true;
        session_.openSound(scan);
        if (window_)
            session_.setWindow(*window_);
    } else {
        session_.updateSound(scan);
    }
    loading_ = !scan->complete;
    emit loadingChanged();
    if (!loading_) {
        qCInfo(happened) << "Opened" << toQString(path_) << scan->seconds() << "s,"
                         << scan->format.channels << "channels," << scan->format.sampleRateHz
                         << "Hz";
        preferences_.addRecentFile(scan->path, scan->seconds());
        emit recentFilesChanged();
        emit opened(scan);
    }
}

void FileController::receiveError(std::uint64_t load, const engine::Error &error)
{
    if (load != load_)
        return;
    const std::filesystem::path path = path_;
    qCInfo(happened).noquote() << "Not opened:" << QString::fromStdString(error.oneLine())
                               << QString::fromStdString(error.details);
    cancel();
    emit failed(path, error);
}

} // namespace app
