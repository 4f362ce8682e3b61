// SPDX-License-Identifier: GPL-3.0-or-later
//
// Between the playback and everything that shows it: transport, meters, playheads, and the chip
// that says what is wrong with the device.
// Units: seconds of the file. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/ChainBinding.h"
#include "app/workstation/PlaybackController.h"
#include "app/workstation/Preferences.h"
#include "widgets/panels/TransportBar.h"

#include <deque>

namespace app {

class PlaybackBinding final : public QObject {
    Q_OBJECT
public:
    PlaybackBinding(Session &session, PlaybackController &playback, Preferences &preferences,
                    const ChainViews &views, ChainBinding &chain, widgets::TransportBar &transport);

signals:
    void devicePreferencesRequested();

private:
    void show();
    void forgetClip();
    void showMeters(const engine::playback::PlayerStatus &status);
    void showDevice(const engine::playback::PlayerStatus &status);
    std::optional<widgets::DeviceNotice> notice(const engine::playback::PlayerStatus &status);
    bool isSkipping(std::uint64_t dropouts);
    void answer(const QString &action);

    Session &session_;
    PlaybackController &playback_;
    Preferences &preferences_;
    ChainViews views_;
    ChainBinding &chain_;
    widgets::TransportBar &transport_;
    std::optional<widgets::DeviceNotice> shown_;
    std::size_t deviceState_ = 0; ///< the alternative that the log was told last
    std::uint64_t dropouts_ = 0;
    std::deque<qint64> dropoutTimesMs_;
    QElapsedTimer clock_;
    QElapsedTimer clipForgotten_; ///< running as long as what was before may still be heard
};

} // namespace app
