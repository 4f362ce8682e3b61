// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/VariationRenderer.h"

#include "engine/analysis/Loudness.h"
#include "engine/analysis/Quantization.h"
#include "engine/analysis/Spectrogram.h"
#include "widgets/threads/GuiThread.h"
#include "widgets/views/SpectrogramPicture.h"

#include <cmath>

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace app {

using engine::pipeline::TapId;
using engine::render::PreviewRequest;

namespace {

constexpr std::size_t mostKeptBytes = std::size_t{96} << 20;
constexpr widgets::AxisRange shownDb{-66.0, 0.0};
constexpr double lowestShownHz = 40.0;
constexpr double highestShownHz = 12000.0;

/// The calling thread gets what the others leave over.
void stepBack()
{
#ifdef __linux__
    thread_local const int done = setpriority(PRIO_PROCESS, 0, 10);
    (void)done;
#endif
}

QImage pictureOf(const engine::AudioBuffer &sound, QSize pixels,
                 const widgets::ColourTable &colours, const std::stop_token &stop)
{
    const double seconds = static_cast<double>(sound.frames()) / sound.format().sampleRateHz;
    const auto spectrogram = engine::analysis::computeSpectrogramPart(
        sound, {0.0, static_cast<double>(sound.frames()), pixels.width(), 0, 0.0}, {}, stop);
    if (!spectrogram)
        return {};
    widgets::SpectrogramPictureRequest request;
    request.spectrogram = spectrogram;
    request.pixels = pixels;
    request.seconds = {0.0, seconds};
    request.octaves = {std::log2(lowestShownHz), std::log2(highestShownHz)};
    request.db = shownDb;
    request.colours = colours;
    request.nothing = colours.front();
    return widgets::drawSpectrogram(request, stop);
}

/// After the last quantizer that runs. Where none does, what a Post-Quant that hardly moves
/// anything finds in front of it.
std::optional<double> inKeyOf(const engine::render::Preview &preview,
                              engine::render::PreviewRenderer &renderer,
                              const std::stop_token &stop)
{
    if (const auto &trace =
            preview.postQuantTrace ? preview.postQuantTrace : preview.preQuantTrace) {
        const auto moves = engine::analysis::quantizationOf(*trace, {}, stop);
        return moves ? moves->inKeyAfter : std::nullopt;
    }
    constexpr double hardly = 0.001;
    PreviewRequest looking = preview.request;
    looking.settings.postQuant.classic = looking.settings.postQuantizer();
    looking.settings.postLink = false;
    looking.settings.postQuant.on = true;
    looking.settings.postQuant.classic.snapStrength = hardly;
    const auto looked = renderer.render(looking, {stop, {}});
    if (!looked || !(*looked)->postQuantTrace)
        return std::nullopt;
    const auto moves = engine::analysis::quantizationOf(*(*looked)->postQuantTrace, {}, stop);
    return moves ? moves->inKeyBefore : std::nullopt;
}

} // namespace

struct VariationRenderer::Wish {
    PreviewRequest request;
    QSize pixels;
    widgets::ColourTable colours;
    bool measured = false;

    engine::Result<SharedVariation> grant(engine::render::PreviewRenderer &renderer,
                                          const std::stop_token &stop) const
    {
        const auto preview = renderer.render(request, {stop, {}});
        if (!preview)
            return tl::unexpected(preview.error());
        Variation made;
        made.settings = request.settings;
        made.firstFrame = request.firstFrame;
        made.output = (*preview)->sharedSound(TapId::Output);
        made.picture = pictureOf(*made.output, pixels, colours, stop);
        if (measured) {
            made.inKey = inKeyOf(**preview, renderer, stop);
            made.lufs = engine::analysis::integratedLufs(*made.output, stop);
        }
        return std::make_shared<const Variation>(std::move(made));
    }
};

VariationRenderer::VariationRenderer(Session &session)
    : session_(session),
      renderer_(std::make_shared<engine::render::PreviewRenderer>(1, mostKeptBytes))
{}

VariationRenderer::~VariationRenderer() = default;

void VariationRenderer::cancel()
{
    jobs_.cancelAll();
    ++list_;
    waiting_ = 0;
}

void VariationRenderer::render(const std::vector<engine::pipeline::Settings> &wanted, QSize picture,
                               bool measured)
{
    cancel();
    waiting_ = static_cast<int>(wanted.size());
    const widgets::ColourTable colours = widgets::colourTable(widgets::themeColourMap());
    const FrameWindow window = session_.window();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        Wish wish{{0, session_.sound()->path, session_.soundId(), wanted[i], window.firstFrame,
                   window.frames, measured},
                  picture,
                  colours,
                  measured};
        jobs_.add([this, wish = std::move(wish), renderer = renderer_, list = list_,
                   index = static_cast<int>(i)](const std::stop_token &stop) {
            stepBack();
            const auto result = wish.grant(*renderer, stop);
            if (stop.stop_requested())
                return;
            widgets::postToGui(this, [this, list, index, result] { answer(list, index, result); });
        });
    }
    // Nothing of it is worth the memory when all are there.
    jobs_.add([renderer = renderer_](const std::stop_token &) { renderer->clear(); });
}

void VariationRenderer::answer(std::uint64_t list, int index,
                               const engine::Result<SharedVariation> &result)
{
    if (list != list_)
        return;
    --waiting_;
    if (result)
        emit ready(index, *result);
    else
        emit failed(index, result.error());
}

} // namespace app
