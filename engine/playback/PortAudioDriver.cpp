// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/playback/PortAudioDriver.h"

#include <cmath>
#include <portaudio.h>

namespace engine::playback {
namespace {

constexpr int monoChunkFrames = 256;

struct CallbackContext {
    std::shared_ptr<PlaybackCore> core; // [device] sets, [audio] uses
    int channels = 2;                   // [device] sets, [audio] reads
};

void processMono(PlaybackCore &core, float *out, int frames)
{
    std::array<float, 2 * monoChunkFrames> stereo;
    for (int done = 0; done < frames;) {
        const int count = std::min(monoChunkFrames, frames - done);
        core.process(stereo.data(), count);
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
            *out++ = 0.5F * (stereo[2 * i] + stereo[2 * i + 1]);
        done += count;
    }
}

int fillBlock(const void * /*input*/, void *output, unsigned long frames,
              const PaStreamCallbackTimeInfo * /*time*/, PaStreamCallbackFlags flags, void *data)
{
    auto &context = *static_cast<CallbackContext *>(data);
    if ((flags & paOutputUnderflow) != 0)
        context.core->noteDropout();
    if (context.channels == 1)
        processMono(*context.core, static_cast<float *>(output), static_cast<int>(frames));
    else
        context.core->process(static_cast<float *>(output), static_cast<int>(frames));
    return paContinue;
}

class PortAudioStream final : public OutputStream {
public:
    /// Owns `stream`; `context` is what its callback uses.
    PortAudioStream(PaStream *stream, std::unique_ptr<CallbackContext> context, StreamInfo info)
        : stream_(stream), context_(std::move(context)), info_(std::move(info))
    {}
    /// With a dead sound server this may never return; the context then stays alive as well.
    ~PortAudioStream() override { Pa_CloseStream(stream_); }
    PortAudioStream(const PortAudioStream &) = delete;
    PortAudioStream &operator=(const PortAudioStream &) = delete;

    const StreamInfo &info() const override { return info_; }
    std::shared_ptr<PlaybackCore> core() const override { return context_->core; }

private:
    PaStream *stream_;                         // [device]
    std::unique_ptr<CallbackContext> context_; // [device] [audio]
    StreamInfo info_;                          // [device]
};

Error openError(const std::string &name, PaError fault)
{
    std::string details = Pa_GetErrorText(fault);
    if (fault == paUnanticipatedHostError)
        details += std::string(": ") + Pa_GetLastHostErrorInfo()->errorText;
    if (fault == paDeviceUnavailable)
        return {ErrorCode::Device, "The output device “" + name + "” is in use",
                "Nothing is heard; everything else works",
                "Close the other program that plays through it, or choose another device.",
                std::move(details)};
    return {ErrorCode::Device, "The output device “" + name + "” cannot be opened",
            "Nothing is heard; everything else works", "Choose another device or sample rate.",
            std::move(details)};
}

PaDeviceIndex find(const DeviceChoice &choice)
{
    if (choice.name.empty())
        return Pa_GetDefaultOutputDevice();
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); ++i) {
        const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
        const PaHostApiInfo *host = info ? Pa_GetHostApiInfo(info->hostApi) : nullptr;
        if (host != nullptr && info->maxOutputChannels > 0 && choice.name == info->name &&
            (choice.hostApi.empty() || choice.hostApi == host->name))
            return i;
    }
    return paNoDevice;
}

int supportedRate(const PaStreamParameters &parameters, const DeviceChoice &choice,
                  int preferredRateHz)
{
    for (const int rateHz : {choice.sampleRateHz.value_or(0), preferredRateHz}) {
        if (rateHz > 0 && Pa_IsFormatSupported(nullptr, &parameters, rateHz) == paFormatIsSupported)
            return rateHz;
    }
    const double own = Pa_GetDeviceInfo(parameters.device)->defaultSampleRate;
    return static_cast<int>(std::lround(own));
}

} // namespace

Result<std::vector<DeviceInfo>> PortAudioDriver::rescan()
{
    session_.reset(); // devices are looked for when the first session starts
    auto session = PortAudioSession::start();
    if (!session)
        return tl::unexpected(session.error());
    session_ = std::move(*session);
    return outputDevicesOf(*session_);
}

Result<std::unique_ptr<OutputStream>> PortAudioDriver::open(const DeviceChoice &choice,
                                                            int preferredRateHz)
{
    assert(session_);
    const PaDeviceIndex index = find(choice);
    const PaDeviceInfo *device = index == paNoDevice ? nullptr : Pa_GetDeviceInfo(index);
    if (device == nullptr)
        return fail(ErrorCode::Device, "The output device “" + choice.name + "” is not connected",
                    "Nothing is heard; everything else works", "Connect it or choose another.");
    auto context = std::make_unique<CallbackContext>();
    context->channels = std::min(2, device->maxOutputChannels);
    const PaStreamParameters parameters{index, context->channels, paFloat32,
                                        choice.bufferMs / 1000.0, nullptr};
    const int rateHz = supportedRate(parameters, choice, preferredRateHz);
    context->core = std::make_shared<PlaybackCore>(rateHz);
    PaStream *stream = nullptr;
    PaError fault = Pa_OpenStream(&stream, nullptr, &parameters, rateHz,
                                  paFramesPerBufferUnspecified, paNoFlag, fillBlock, context.get());
    if (fault != paNoError)
        return tl::unexpected(openError(device->name, fault));
    fault = Pa_StartStream(stream);
    const PaStreamInfo *info = Pa_GetStreamInfo(stream);
    const double latencySeconds = info == nullptr ? 0.0 : info->outputLatency;
    auto opened = std::make_unique<PortAudioStream>(
        stream, std::move(context),
        StreamInfo{device->name, rateHz, 1000.0 * latencySeconds,
                   static_cast<int>(std::lround(latencySeconds * rateHz))});
    if (fault != paNoError)
        return tl::unexpected(openError(device->name, fault)); // closes it
    return opened;
}

} // namespace engine::playback
