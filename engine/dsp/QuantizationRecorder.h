// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fills a QuantizationTrace for a quantizer that moves whole bins, from the spectra that it holds.
// before() and after() are called by the workers that change the frames; settle() turns the frames
// that are complete into moves and partials. Nothing of the sound is changed.
// Shape: SpectrumFrames with ascending numbers. Frequencies come from how far phases turn from
// frame to frame: within 2 cents for steady partials at least 5 bins apart. Units: Hz, power as in
// QuantizationTrace. Real-time: no; before() and after() copy and never wait. The trace is the same
// for every number of workers and for every partition into blocks: a frame depends on itself and
// its two neighbours only. Errors: none.
// Source: Flanagan & Golden, "Phase vocoder" (BSTJ 45, 1966) for instantaneous frequency.
#pragma once

#include "engine/base/WorkerPool.h"
#include "engine/dsp/QuantizationTrace.h"
#include "engine/dsp/SpectralPartials.h"
#include "engine/dsp/TargetMap.h"

#include <atomic>

namespace engine::dsp {

class QuantizationRecorder {
public:
    struct Setup {
        SpectrumSpec spectrum;
        int hopFrames = 0;
        int mostFrames = 0; ///< that can come between two settle()
        std::vector<BinTarget> targets;
        Scale scale;
        double snapStrength = 0.0;
    };

    /// Requires: `trace` outlives the recorder.
    QuantizationRecorder(Setup setup, QuantizationTrace &trace, const TraceWindow &window);

    void before(const SpectrumFrame &frame) noexcept;
    void after(const SpectrumFrame &frame) noexcept;
    /// All frames so far have been changed. `ended`: no more will come.
    void settle(WorkerPool &workers, bool ended);

private:
    using Bins = std::complex<float>;
    struct Told {
        std::vector<QuantizationTrace::Move> moves;
        std::vector<QuantizationTrace::Partial> partials;
    };

    Bins *row(std::vector<Bins> &spectra, std::int64_t frame, int channel);
    FrameSpectra spectra(std::vector<Bins> &of, std::int64_t frame, std::int64_t end);
    void tell(std::int64_t frame, std::int64_t end, Told &told);
    void tellMoves(const std::vector<double> &powers, const SpectralRegion &region, double fromHz,
                   Told &told) const;
    void append(std::int64_t frame, const Told &told);
    std::int64_t centre(std::int64_t frame) const
    {
        return window_.runStartFrame + frame * setup_.hopFrames;
    }

    Setup setup_;
    QuantizationTrace &trace_;
    TraceWindow window_;
    std::int64_t ring_; ///< frames that are kept
    std::vector<Bins> before_;
    std::vector<Bins> after_;
    std::atomic<std::int64_t> received_{0};
    std::int64_t settled_ = 0;
    std::vector<Told> told_;
};

} // namespace engine::dsp
