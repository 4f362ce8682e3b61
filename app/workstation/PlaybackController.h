// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lets the player play what the listening says: a tap of a slot, the input or a difference, at the
// same place, and tells the window what to show sixty times a second.
// Units: seconds of the file. Real-time: no; GUI thread only, never waits. Errors: the device's
// state is part of what polled() brings.
#pragma once

#include "app/workstation/ListenController.h"
#include "engine/playback/Player.h"

namespace app {

class PlaybackController final : public QObject {
    Q_OBJECT
public:
    PlaybackController(Session &session, PreviewController &previews, ListenController &listening,
                       engine::playback::PlayerOptions options = {});

    engine::playback::Player &player() { return player_; }
    const engine::playback::PlayerStatus &status() const { return status_; }
    /// Seconds from the start of the file; the start of the window before anything was played.
    double playheadSeconds() const;
    bool isLooping() const { return looping_; }
    /// There is a device, or will be at once. What plays when it goes resumes when it comes back.
    bool hasDevice() const;
    const engine::playback::DeviceChoice &deviceChoice() const { return choice_; }

    void open(const engine::playback::DeviceChoice &choice);
    void togglePlay();
    void stop();
    /// From the start of the window, now or as soon as the preview is right.
    void playFromStart();
    void toStart();
    void seek(double fileSeconds);
    void setLooping(bool looping);
    /// A part of the window, until the next setLooping(). Units: seconds of the window.
    void setLoopSeconds(double first, double end);
    void setVolumeDb(double volumeDb);
    /// Lets a sound be heard that is not the session's, once; null ends it. Opening a sound ends
    /// it.
    void audition(std::shared_ptr<const engine::AudioBuffer> sound);
    /// Heard in place of the tap, at the same place; null: the tap again. As long as the window.
    void setSolo(std::shared_ptr<const engine::AudioBuffer> sound);
    /// Heard in place of everything else, at the same place: for blind tests. Without a tap: what
    /// the listening says again.
    void setInstead(engine::playback::PlaybackSource sound);
    /// What the device was given last, auditions apart.
    const engine::playback::PlaybackSource &heard() const { return heard_; }
    bool isAuditioning() const { return auditioning_; }

signals:
    void polled();
    void loopingChanged();
    /// Someone wants to hear something and there is no device.
    void refusedToPlay();
    void auditionEnded();

private:
    void takeHeard();
    void poll();

    Session &session_;
    PreviewController &previews_;
    ListenController &listening_;
    engine::playback::Player player_;
    engine::playback::PlayerStatus status_;
    engine::playback::DeviceChoice choice_;
    engine::playback::PlaybackSource heard_;
    std::vector<engine::playback::PlaybackSource> next_;
    std::shared_ptr<const engine::AudioBuffer> solo_; ///< null: the tap is heard
    engine::playback::PlaybackSource instead_;
    bool startWhenReady_ = false;
    bool auditioning_ = false;
    bool looping_ = true;
    int openedForRateHz_ = 0;
    QTimer timer_;
};

} // namespace app
