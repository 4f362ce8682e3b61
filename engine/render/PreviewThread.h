// SPDX-License-Identifier: GPL-3.0-or-later
//
// One thread that renders previews, the newest wish first: a new request takes the place of the
// waiting one and stops the running one. An answer that has been overtaken is never delivered.
// Shape: values in, values out. Real-time: no; requests return at once. Denormals are flushed.
// Errors: as PreviewRenderer; a request that was overtaken or cancelled gives no answer.
#pragma once

#include "engine/render/PreviewRenderer.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <variant>

namespace engine::render {

struct PreviewFailure {
    PreviewRequest request;
    Error error;
};
using PreviewOutcome = std::variant<SharedPreview, PreviewFailure>;

class PreviewThread {
public:
    /// `deliver` is called on the render thread and must return soon.
    explicit PreviewThread(std::function<void(PreviewOutcome)> deliver);
    /// Stops the running render and waits for it: within a few blocks.
    ~PreviewThread();

    /// [gui] The request's id is set here, and returned.
    std::uint64_t request(PreviewRequest request);
    /// [gui] Nothing waits and nothing runs on; kept previews stay.
    void cancel();
    struct Resources {
        int threads = 0;                                    ///< 0: all
        std::size_t mostKeptBytes = std::size_t{512} << 20; ///< the newest preview apart
        std::uint64_t generation = 0;                       ///< another one forgets what is kept
        bool operator==(const Resources &) const = default;
    };
    /// [gui] From here on requests use these; where they differ, what was kept is forgotten.
    void setResources(const Resources &resources);

private:
    void work(const std::stop_token &stop);
    bool isNewest(std::uint64_t id);

    std::function<void(PreviewOutcome)> deliver_; ///< [render]
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<PreviewRequest> waiting_; ///< [gui, render] guarded by mutex_
    std::stop_source running_;              ///< [gui, render] guarded by mutex_
    std::uint64_t newest_ = 0;              ///< [gui, render] guarded by mutex_
    Resources resources_;                   ///< [gui, render] guarded by mutex_
    std::jthread thread_;
};

} // namespace engine::render
