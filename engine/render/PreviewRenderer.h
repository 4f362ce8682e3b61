// SPDX-License-Identifier: GPL-3.0-or-later
//
// Renders the window that a person works on, and keeps what it has rendered: a request that
// differs only further down the chain begins at the deepest tap that is still right. One that was
// rendered before is answered without work.
// Shape: five taps of one window, aligned with each other. Units: frames of the file, seconds.
// Real-time: no; one thread at a time. The result is that of a render from the file with the same
// settings: bit for bit for a window at the start of the file, below −100 dB further in.
// Errors: those of reader and pipeline, ErrorCode::Cancelled. After an error the kept previews are
// as they were.
#pragma once

#include "engine/base/MonoSource.h"
#include "engine/io/AudioFileReader.h"
#include "engine/io/FileStamp.h"
#include "engine/pipeline/Pipeline.h"

namespace engine::render {

struct PreviewRequest {
    std::uint64_t id = 0; ///< told back; a larger one is newer
    std::filesystem::path path;
    std::uint64_t soundId = 0; ///< changes whenever a file was opened, the same one too
    pipeline::Settings settings;
    std::int64_t firstFrame = 0;
    std::int64_t frames = 0;
    /// Somebody looks at what the quantizers do. No other sound: kept taps serve as before.
    bool wantsQuantization = false;
    /// Average the channels first. As much a matter of the file as its path: one soundId, one
    /// answer.
    bool monoDownmix = false;
    /// Of the file that is meant: nothing more is read once it has been changed (FileStamp.h).
    std::optional<io::FileStamp> stamp = std::nullopt;
};

/// Immutable; shared by the player and every view.
struct Preview {
    PreviewRequest request;
    /// Those of the request, with the gain that level matching has found.
    pipeline::Settings settings;
    std::array<std::shared_ptr<const pipeline::TapRecording>, pipeline::tapCount> taps;
    std::shared_ptr<const pipeline::LimiterTrace> limiterTrace; ///< null where none has run
    /// What Pre-Quant and Post-Quant did; null where they are off or nobody asked.
    std::shared_ptr<const dsp::QuantizationTrace> preQuantTrace;
    std::shared_ptr<const dsp::QuantizationTrace> postQuantTrace;
    pipeline::RenderTiming timing;              ///< of what was run
    std::vector<pipeline::StageCost> keptCosts; ///< of the stages before, when they were run
    bool inputWasKept = false;                  ///< nothing was read from the file
    double keptLoadSeconds = 0.0;               ///< what reading cost when it was done

    const AudioBuffer &sound(pipeline::TapId tap) const
    {
        return taps[static_cast<std::size_t>(tap)]->window;
    }
    /// The same, for those who keep it.
    std::shared_ptr<const AudioBuffer> sharedSound(pipeline::TapId tap) const
    {
        const auto &recording = taps[static_cast<std::size_t>(tap)];
        return {recording, &recording->window};
    }
};
using SharedPreview = std::shared_ptr<const Preview>;

class PreviewRenderer {
public:
    /// 0 threads: all. `mostBytes` is what the kept previews may take, the newest apart.
    explicit PreviewRenderer(int threads = 0, std::size_t mostBytes = std::size_t{512} << 20);

    Result<SharedPreview> render(const PreviewRequest &request, const RunContext &context);
    /// Forgets every preview and closes the file.
    void clear();

private:
    struct Base {
        const Preview *preview = nullptr;
        pipeline::TapId tap = pipeline::TapId::Input;
    };
    std::vector<Base> bases(const Preview &wanted) const;
    Status openFile(const PreviewRequest &request);
    Status fill(Preview &preview, const RunContext &context);
    Result<bool> fillFrom(const Base &base, Preview &preview, const RunContext &context);
    Status matchLevel(Preview &preview, const RunContext &context);
    Status traceQuantizers(Preview &preview, const RunContext &context);
    void keep(SharedPreview preview);

    WorkerPool workers_;
    std::size_t mostBytes_;
    std::unique_ptr<io::AudioFileReader> reader_;
    std::optional<MonoSource> mono_; ///< of the reader, where it is wanted
    std::uint64_t readerSound_ = 0;
    std::vector<SharedPreview> kept_; ///< oldest first
};

} // namespace engine::render
