// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plays taps through an output device: transport, loop, volume, meters, and what becomes of them
// when the device goes and comes back.
// Shape: taps are planar, 1 to 8 channels, at the file's rate, over a window of the file.
// Units: seconds and frames count from the start of the window, frames at the tap's own rate.
// Real-time: no, but every function belongs to one control thread and returns at once; opening,
// closing and resampling happen on threads of the player. The destructor takes at most 1 s, even
// when the sound server hangs. Poll about sixty times a second: commands that wait for a device or
// for a sound that is being made are carried out there.
// Errors: the device's are in PlayerStatus::device, those of the sound in soundError.
#pragma once

#include "engine/playback/DeviceThread.h"
#include "engine/playback/SoundMaker.h"

namespace engine::playback {

struct PlayerOptions {
    std::shared_ptr<OutputDriver> driver; ///< null: PortAudio
    DeviceTimes times;
    /// Called on a thread of the player's when the sound of the last setTap() is made: the next
    /// poll() lets it be heard. Must return at once; may be empty.
    std::function<void()> soundMade = {};
};

struct FrameRange {
    std::int64_t first = 0;
    std::int64_t end = 0; ///< exclusive
};
using LoopChoice = std::variant<LoopOff, LoopWindow, FrameRange>;

struct PlayerStatus {
    DeviceState device;
    PlaybackState state = PlaybackState::Stopped; ///< of what goes to the device
    bool playWanted = false;                      ///< also while a device or a sound is waited for
    double playheadSeconds = 0.0; ///< ahead of what is heard by the latency of the stream
    std::int64_t playheadFrame = 0;
    MeterReading meters;        ///< before the volume
    std::uint64_t dropouts = 0; ///< blocks that came too late, since the player was made
    std::uint64_t deviceListGeneration = 0; ///< grows when devices() changes
    std::optional<Error> soundError;        ///< why the last tap cannot be heard
};

class Player {
public:
    explicit Player(PlayerOptions options);
    Player();
    ~Player();
    Player(const Player &) = delete;
    Player &operator=(const Player &) = delete;

    /// At the choice's sample rate if it has one, else at `preferredRateHz` (that of the file),
    /// else at the device's own. What was playing goes on at the same moment.
    void open(const DeviceChoice &choice, int preferredRateHz);
    /// Also stops.
    void close();
    /// Interrupts what plays for as long as the device takes to open.
    void rescanDevices();
    std::shared_ptr<const std::vector<DeviceInfo>> devices() const;

    /// Heard from the next poll() after it was made; the latest wins. Playing goes on at the same
    /// moment of the file, or at the start of the window if that moment lies outside it.
    /// Null: nothing is heard. Requires: 1 to 8 channels, windowFirstFrame >= 0.
    void setTap(std::shared_ptr<const AudioBuffer> tap, std::int64_t windowFirstFrame,
                double gainDb = 0.0);
    /// What may be heard next: made while there is time, so that setTap() needs none.
    void prepare(std::vector<PlaybackSource> sources);

    /// False, and nothing happens, without a device.
    bool play();
    void pause();
    /// False if it should have played without a device.
    bool togglePlay();
    /// Cut to the window.
    void seekSeconds(double windowSeconds);
    void seekFrame(std::int64_t windowFrame);
    /// Requires: a range has 0 <= first < end.
    void setLoop(const LoopChoice &loop);
    /// −∞ to +6 dB; larger is +6.
    void setVolumeDb(double volumeDb);
    void resetClip();

    PlayerStatus poll();

private:
    void attach(std::shared_ptr<PlaybackCore> core);
    void sendEverything();
    void tell(bool accepted);
    void makeSound();
    void takeSound();
    void takeSnapshot(PlayerStatus &status);
    Loop loopOfFile() const;
    double windowFirstSeconds() const;
    double windowEndSeconds() const;

    // [gui] all of them; the two threads share values with it, under their own locks.
    std::shared_ptr<PlaybackCore> core_; ///< of the running stream, or null
    PlaybackSource source_;              ///< without a tap: nothing is heard
    std::vector<PlaybackSource> next_;   ///< kept ready
    std::uint64_t soundId_ = 0;
    std::optional<Error> soundError_;
    bool playWanted_ = false;
    double fileSeconds_ = 0.0;
    LoopChoice loop_ = LoopOff{};
    double volumeDb_ = 0.0;
    bool refused_ = false;             ///< a command did not fit: everything is sent again
    std::uint64_t dropoutsBefore_ = 0; ///< of streams that are gone
    std::uint64_t dropouts_ = 0;
    SoundMaker maker_;
    DeviceThread device_;
};

} // namespace engine::playback
