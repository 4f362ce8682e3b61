// SPDX-License-Identifier: GPL-3.0-or-later
//
// The foot of the window: play, to start, loop, time, meters, loudness, monitor volume, and the
// chip that says when the audio device fails. It shows what it is given and signals wishes.
// Units: seconds from the start of the file; dBFS, LUFS. Real-time: no; GUI thread only.
#pragma once

#include "widgets/panels/DevicePopover.h"

#include <QWidget>

#include <array>
#include <optional>

class QHBoxLayout;
class QPushButton;
class QToolButton;

namespace widgets {

class LevelMeter;
class ListenPanel;
class LoudnessReadout;
class TimeReadout;
class VolumeSlider;

struct TransportState {
    bool enabled = false; ///< there is a preview to play
    bool playing = false;
    double seconds = 0.0;
    bool loop = true;
    double loopStart = 0.0;
    double loopEnd = 0.0;
    int sampleRateHz = 48000;
};

struct MeterState {
    std::array<double, 2> peakDb;     ///< highest since the last call
    std::array<double, 2> peakHoldDb; ///< highest since playback began or the hold was reset
    double rmsDb = -200.0;
    std::optional<double> lufs; ///< short-term
    bool clipped = false;
};

class TransportBar final : public QWidget {
    Q_OBJECT
public:
    explicit TransportBar(QWidget *parent = nullptr);

    void setTransport(const TransportState &state);
    void setMeters(const MeterState &state);
    /// Silence: "–" in place of the numbers.
    void clearMeters();
    /// CLIP goes out; until then it stays, whatever the meters show.
    void clearClip();
    void setVolume(double decibels);
    /// Takes the volume's place; nothing: all is well.
    void setDeviceNotice(const std::optional<DeviceNotice> &notice);
    void openDeviceNotice();
    void setCompact(bool compact);
    LevelMeter *meter() const { return meter_; }
    ListenPanel &listen() const { return *listen_; }

signals:
    void playRequested(bool play);
    void toStartRequested();
    void loopToggled(bool on);
    /// −∞ where it is silent.
    void volumeChanged(double decibels);
    void peakHoldResetRequested();
    void deviceActionTriggered(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void retint();
    void showVolume();

    TransportState state_;
    bool compact_ = false;
    QPushButton *play_ = nullptr;
    QToolButton *toStart_ = nullptr;
    QToolButton *loop_ = nullptr;
    TimeReadout *time_ = nullptr;
    ListenPanel *listen_ = nullptr;
    LevelMeter *meter_ = nullptr;
    LoudnessReadout *loudness_ = nullptr;
    QToolButton *mute_ = nullptr;
    VolumeSlider *volume_ = nullptr;
    QPushButton *chip_ = nullptr;
    DevicePopover *popover_ = nullptr;
    QHBoxLayout *row_ = nullptr;
    double sentVolume_ = 0.0;
};

} // namespace widgets
