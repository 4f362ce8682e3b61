// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which sound of the current preview is heard: slot A or B at the selected tap, the input as it came
// in, or the difference of the two; and the gains that make A, B and Dry equally loud. It makes
// nothing audible itself: the playback asks for heard() and keeps next() ready.
// Choosing A or B is choosing the slot of the session; while Dry or Δ is heard, the slot of before
// is the one that is edited. Δ is tap minus input, sample by sample, and is never matched.
// Level match: integrated loudness of each whole sound (BS.1770); all are turned down to the
// quietest. The gains stay until the sound of a source changes and is measured.
// Units: dB, LUFS. Real-time: no; GUI thread only, measured and subtracted on a thread of its own.
// Errors: none; silence is not matched.
#pragma once

#include "app/workstation/PreviewController.h"
#include "engine/playback/PlaybackSound.h"
#include "engine/render/JobThread.h"

namespace app {

enum class ListenSource : std::uint8_t { A, B, Dry, Delta };

class ListenController final : public QObject {
    Q_OBJECT
public:
    ListenController(Session &session, PreviewController &previews);
    ~ListenController() override;

    ListenSource source() const;
    void setSource(ListenSource source);
    /// Output is heard, whichever tap is looked at.
    bool isPinned() const { return pinned_; }
    void setPinned(bool pinned);
    engine::pipeline::TapId heardTap() const;

    bool matchesLevel() const { return matching_; }
    void setMatchesLevel(bool on);
    /// What the source that is heard is turned down by; absent where it is not matched.
    std::optional<double> appliedGainDb() const;

    /// Without a tap where there is nothing yet.
    engine::playback::PlaybackSource heard() const;
    /// All sources that a person could go to, as far as they are made.
    std::vector<engine::playback::PlaybackSource> next() const;
    /// One of them, for a blind test: it is matched as they are.
    engine::playback::PlaybackSource soundOf(ListenSource source) const;

signals:
    /// heard() or next() are others.
    void heardChanged();
    void sourceChanged();
    void matchChanged();

private:
    using Sound = std::shared_ptr<const engine::AudioBuffer>;
    struct Measured {
        Sound sound;
        std::optional<double> lufs; ///< absent: silence
    };
    struct Difference {
        Sound tap;
        Sound input;
        Sound delta;
    };

    Sound rawSound(ListenSource source) const;
    const Measured *measured(const Sound &sound) const;
    void update();
    void makeDelta();
    void measure();
    void matchLevels();

    Session &session_;
    PreviewController &previews_;
    std::optional<ListenSource> aside_; ///< Dry or Delta, while one of them is heard
    bool pinned_ = false;
    bool matching_ = false;
    Difference difference_;
    std::vector<Measured> measured_; ///< of the sounds that there are now
    std::array<std::optional<double>, 3> gainsDb_;
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

} // namespace app
