// SPDX-License-Identifier: GPL-3.0-or-later
//
// Renders other settings of the open sound's preview window in the background: their output, a
// small picture of it, how much of it is in key and how loud it is. It has a renderer and a thread
// of its own, of low priority, so the preview that is heard never waits for it.
// Shape: a list in, one answer for each, in any case the same bits as a preview of those settings.
// Units: device pixels, shares 0…1, LUFS. Real-time: no; GUI thread only, never waits; the thread
// has one core at most. Errors: told for each one; a new list or cancel() drops what is not ready.
#pragma once

#include "app/workstation/Session.h"
#include "engine/render/JobThread.h"
#include "engine/render/PreviewRenderer.h"
#include "widgets/views/ColourMap.h"

#include <QImage>

namespace app {

struct Variation {
    engine::pipeline::Settings settings;
    std::shared_ptr<const engine::AudioBuffer> output;
    std::int64_t firstFrame = 0; ///< of the window
    QImage picture;
    std::optional<double> inKey; ///< absent: silence, or nobody asked
    std::optional<double> lufs;  ///< absent: silence, or nobody asked
};
using SharedVariation = std::shared_ptr<const Variation>;

class VariationRenderer final : public QObject {
    Q_OBJECT
public:
    explicit VariationRenderer(Session &session);
    ~VariationRenderer() override;

    /// Takes the place of what was asked for before. Requires: a sound is open.
    /// `measured`: in-key share and loudness are wanted.
    void render(const std::vector<engine::pipeline::Settings> &wanted, QSize picture,
                bool measured);
    void cancel();
    /// Of the last list, how many have no answer yet.
    int waiting() const { return waiting_; }

signals:
    /// `index` into the list that was asked for.
    void ready(int index, const app::SharedVariation &variation);
    void failed(int index, const engine::Error &error);

private:
    struct Wish;
    void answer(std::uint64_t list, int index, const engine::Result<SharedVariation> &result);

    Session &session_;
    std::uint64_t list_ = 0; ///< number of the newest list; answers of others are dropped
    int waiting_ = 0;
    std::shared_ptr<engine::render::PreviewRenderer> renderer_; ///< [job]
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

} // namespace app
