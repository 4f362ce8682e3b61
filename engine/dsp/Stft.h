// SPDX-License-Identifier: GPL-3.0-or-later
//
// One short-time Fourier transform and one inverse around a callable that changes the frames.
// Shape: fftSize samples a frame, hop = fftSize/4, periodic Hann on both sides; frame m is centred
// on sample m * hop; the sound is continued by zeros; 1 + floor(length / hop) frames. Overlap-add
// is divided by the sum of squared windows of the frames that really cover a sample. Units: frames.
// latencyFrames() is how many samples must follow before one is final. Real-time: no (shares frames
// among workers); allocates in prepare() only, for pushes of up to spec.maxFrames. The samples are
// the same for every partition into pushes and for every number of workers: a frame is computed
// alone and frames are added in ascending order. Source: Griffin & Lim, "Signal estimation from
// modified short-time Fourier transform" (IEEE ASSP-32, 1984) for the least-squares overlap-add.
#pragma once

#include "engine/base/WorkerPool.h"
#include "engine/dsp/DspBlock.h"
#include "engine/dsp/Fft.h"

#include <optional>

namespace engine::dsp {

class Stft {
public:
    static constexpr int overlap = 4; ///< fftSize / hop

    /// Wall-clock seconds a thread spent on each part, summed over the workers.
    struct Cost {
        double forwardSeconds = 0.0;
        double processSeconds = 0.0;
        double inverseSeconds = 0.0;
    };
    /// Changes the bins of one frame in place; called by many workers at the same time.
    using FrameFunction = std::function<void(const SpectrumFrame &, int worker)>;

    void prepare(const StreamSpec &spec, int fftSize, WorkerPool &workers);
    void reset();

    /// Takes the next samples; returns those that became final (a view until the next call).
    AudioBlock process(ConstAudioBlock in, const FrameFunction &changeFrame);
    /// The sound has ended: returns all that is left.
    AudioBlock finish(const FrameFunction &changeFrame);

    int latencyFrames() const { return fftSize_ - 1; }
    int hopFrames() const { return hop_; }
    const Cost &cost() const { return cost_; }

private:
    static constexpr int framesPerTask = 4;

    void transformFrames(std::int64_t endFrame, const FrameFunction &changeFrame);
    void transformTask(std::int64_t first, std::int64_t end, const FrameFunction &changeFrame,
                       int worker);
    AudioBlock overlapAdd(std::int64_t endHop, std::int64_t length);
    float *frameSamples(std::int64_t frame, int channel);
    void dropHistory();

    struct Worker {
        AlignedBuffer<double> time;
        AlignedBuffer<std::complex<double>> wideBins;
        AlignedBuffer<std::complex<float>> bins; ///< framesPerTask × channels rows
        Cost cost;
    };

    StreamSpec spec_;
    WorkerPool *workers_ = nullptr;
    std::optional<ForwardFft> forward_;
    std::optional<InverseFft> inverse_;
    int fftSize_ = 0;
    int hop_ = 0;
    std::vector<double> analysisWindow_;
    std::vector<float> synthesisWindow_;
    /// 1 / (sum of squared windows * fftSize) over a hop, for each set of frames that cover it.
    std::array<std::vector<float>, 1 << overlap> normalisation_;

    std::vector<std::vector<float>> history_; ///< input from sample historyStart_ on
    std::int64_t historyStart_ = 0;
    std::int64_t received_ = 0;
    std::int64_t nextFrame_ = 0;
    std::int64_t nextHop_ = 0;
    std::int64_t emitted_ = 0;
    bool ended_ = false;

    int frameRing_ = 0;               ///< frames that frameStore_ keeps
    AlignedBuffer<float> frameStore_; ///< inverse transforms, ring × channels rows
    std::vector<float> silence_;      ///< stands in for frames that do not exist
    std::vector<std::vector<float>> output_;
    std::vector<Worker> workerState_;
    Cost cost_;
};

} // namespace engine::dsp
