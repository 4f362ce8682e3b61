// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that the audio callback does, without an audio device: transport, swap, loop, volume.
// Shape: interleaved stereo out, blocks of any size; the samples do not depend on the sizes, except
// that a command takes effect at the start of the next block (or when a running fade has ended).
// Units: positions are seconds from the start of the file, so a sound whose window begins elsewhere
// goes on at the same moment; levels dB. A playing sound goes out bit for bit at 0 dB: from the
// first frame of its window, across the seam of a loop and up to its end. Everything else that
// would click (pause, resume, seek, swap) is a linear fade of 10 ms, one at a time: what is wanted
// meanwhile waits for its end, and the last wish counts.
// Real-time: process() and noteDropout() never allocate, free, lock, wait or fail; all else
// belongs to one control thread. Errors: a command is refused (false) when 256 of them wait, that
// is, when no callback runs.
#pragma once

#include "engine/playback/GainRamp.h"
#include "engine/playback/HandOff.h"
#include "engine/playback/LatestValue.h"
#include "engine/playback/OutputMeter.h"
#include "engine/playback/Voice.h"

#include <variant>

namespace engine::playback {

inline constexpr double fadeMs = 10.0;
inline constexpr double maxVolumeDb = 6.0;

enum class PlaybackState {
    Stopped, ///< silent; play() goes on from the playhead
    Playing,
    Ended, ///< silent behind the last frame; play() starts at the first
};

struct LoopOff {};
struct LoopWindow {}; ///< the whole window, whichever it is
struct LoopRange {    ///< cut to the window; if nothing is left of it, the whole window
    double firstSeconds = 0.0;
    double endSeconds = 0.0;
};
using Loop = std::variant<LoopOff, LoopWindow, LoopRange>;

/// What the callback tells at the end of each block.
struct PlaybackSnapshot {
    PlaybackState state = PlaybackState::Stopped;
    double fileSeconds = 0.0;        ///< of the next frame that will be handed to the device
    double windowSeconds = 0.0;      ///< the same, from the start of the window
    std::int64_t deviceFrame = 0;    ///< the same, in frames of the device
    bool positionKnown = false;      ///< there is a sound, and no seek waits for another one
    std::uint64_t callbacks = 0;     ///< blocks so far
    std::uint64_t commandsTaken = 0; ///< how many commands this already shows
    std::uint64_t dropouts = 0;      ///< blocks that the device said came too late
};

class PlaybackCore {
public:
    explicit PlaybackCore(int rateHz);
    /// Requires: no callback runs any more.
    ~PlaybackCore();
    PlaybackCore(const PlaybackCore &) = delete;
    PlaybackCore &operator=(const PlaybackCore &) = delete;

    /// [audio]
    void process(float *interleavedStereo, int frames) noexcept;
    /// [audio]
    void noteDropout() noexcept { ++snapshot_.dropouts; }

    /// [gui] Goes on at the same moment of the file, or at the start of the new window if that
    /// moment lies outside it. Null: silence. Requires: made for rateHz().
    void setSound(std::shared_ptr<const PlaybackSound> sound);
    /// [gui] Starts when there is a sound.
    [[nodiscard]] bool play();
    /// [gui] The playhead stays where the fade-out begins.
    [[nodiscard]] bool pause();
    /// [gui] A moment outside the window waits for a sound whose window holds it.
    [[nodiscard]] bool seek(double fileSeconds);
    /// [gui] Requires: a range has 0 <= first < end.
    [[nodiscard]] bool setLoop(const Loop &loop);
    /// [gui] −∞ to maxVolumeDb; larger is that. The meters do not see it.
    [[nodiscard]] bool setVolumeDb(double volumeDb);
    /// [gui]
    void resetClip() { clipped_.store(false, std::memory_order_relaxed); }

    struct Status {
        PlaybackSnapshot snapshot;
        MeterReading meters;
        bool settled = false; ///< the snapshot shows every command so far
        std::uint64_t metersRestarted = 0;
    };
    /// [gui] Measures what was played since the last call and frees what the callback gave back.
    Status poll();

    /// Any thread: grows with each block.
    std::uint64_t heartbeat() const { return heartbeat_.load(std::memory_order_relaxed); }
    int rateHz() const { return rateHz_; }

private:
    using Held = std::shared_ptr<const PlaybackSound>;
    enum class Verb { Play, Pause, Seek, SetLoop, SetVolume };
    struct Command {
        Verb verb;
        double a; // seconds, or gain
        double b; // seconds
    };

    bool send(const Command &command);
    void takeCommands() noexcept;
    void take(const Command &command) noexcept;
    void startWhatIsWanted() noexcept;
    Voice wantedVoice(const Held *fresh) noexcept;
    void setLoopOf(Voice &voice) const noexcept;
    bool fading() const noexcept { return fadePosition_ < fadeFrames_; }
    void endFade() noexcept;
    int render(float *out, int frames) noexcept;
    void mixFade(float *out, int frames) noexcept;
    void measure(const float *out, int frames) noexcept;
    void publish() noexcept;

    const int rateHz_;
    const int fadeFrames_;

    SpscRing<Command> commands_;               // [gui] pushes, [audio] pops
    HandOff<Held> sounds_;                     // [gui] offers, [audio] takes
    SpscRing<float> played_;                   // [audio] pushes, [gui] pops; before the volume
    LatestValue<PlaybackSnapshot> published_;  // [audio] publishes, [gui] reads
    std::atomic<std::uint64_t> heartbeat_{0};  // [audio] writes, any thread reads
    std::atomic<std::uint64_t> unmeasured_{0}; // [audio] blocks that played_ had no room for
    std::atomic<bool> clipped_{false};         // [audio] sets, [gui] clears

    Voice now_;                        // [audio] what is heard
    Voice before_;                     // [audio] what it is faded from; empty while none runs
    const Held *nowHeld_ = nullptr;    // [audio] owner of now_.sound
    const Held *beforeHeld_ = nullptr; // [audio] goes back after the fade; null if still in use
    int fadePosition_;                 // [audio] fadeFrames_: none runs
    std::vector<float> scratch_;       // [audio] one fade of before_
    bool wantPlaying_ = false;         // [audio]
    bool ended_ = false;               // [audio]
    double wantSeconds_ = -1.0;        // [audio] a seek that was not done yet; negative: none
    bool loopOn_ = false;              // [audio]
    double loopFirstSeconds_ = 0.0;    // [audio]
    double loopEndSeconds_ = 0.0;      // [audio]
    GainRamp volume_;                  // [audio]
    PlaybackSnapshot snapshot_;        // [audio]

    OutputMeter meter_;                 // [gui]
    std::vector<float> measured_;       // [gui] scratch
    std::uint64_t commandsSent_ = 0;    // [gui]
    std::uint64_t unmeasuredSeen_ = 0;  // [gui]
    std::uint64_t metersRestarted_ = 0; // [gui]
};

} // namespace engine::playback
