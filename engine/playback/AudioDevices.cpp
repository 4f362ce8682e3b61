// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/playback/AudioDevices.h"

#include <cmath>
#include <portaudio.h>

#ifdef __linux__
#include <alsa/asoundlib.h>
#include <dlfcn.h>
#endif

namespace engine::playback {
namespace {

constexpr double msPerSecond = 1000.0;

#ifdef __linux__
void ignoreAlsa(const char * /*file*/, int /*line*/, const char * /*function*/, int /*error*/,
                const char * /*format*/, ...)
{}

void ignoreJack(const char * /*message*/) {}
#endif

} // namespace

void silenceAudioLibraries()
{
#ifdef __linux__
    snd_lib_error_set_handler(ignoreAlsa);
    // PortAudio brings JACK with it or not; this program does not depend on it.
    void *jack = dlopen("libjack.so.0", RTLD_LAZY | RTLD_NOLOAD);
    if (jack == nullptr)
        return;
    using SetHandler = void (*)(void (*)(const char *));
    for (const char *name : {"jack_set_error_function", "jack_set_info_function"}) {
        if (void *symbol = dlsym(jack, name); symbol != nullptr)
            reinterpret_cast<SetHandler>(symbol)(ignoreJack);
    }
    dlclose(jack);
#endif
}

Result<std::unique_ptr<PortAudioSession>> PortAudioSession::start()
{
    silenceAudioLibraries();
    if (const PaError fault = Pa_Initialize(); fault != paNoError)
        return fail(ErrorCode::Device, "The audio system of this computer cannot be used",
                    "Nothing is heard; everything else works",
                    "Check that the sound server is running.", Pa_GetErrorText(fault));
    return std::unique_ptr<PortAudioSession>(new PortAudioSession);
}

PortAudioSession::~PortAudioSession()
{
    Pa_Terminate();
}

std::vector<DeviceInfo> outputDevicesOf(const PortAudioSession & /*session*/)
{
    std::vector<DeviceInfo> devices;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); ++i) {
        const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
        if (info == nullptr || info->maxOutputChannels < 1)
            continue;
        const PaHostApiInfo *host = Pa_GetHostApiInfo(info->hostApi);
        devices.push_back({info->name, host == nullptr ? "" : host->name,
                           static_cast<int>(std::lround(info->defaultSampleRate)),
                           info->maxOutputChannels, i == Pa_GetDefaultOutputDevice(),
                           info->defaultLowOutputLatency * msPerSecond,
                           info->defaultHighOutputLatency * msPerSecond});
    }
    return devices;
}

Result<std::vector<DeviceInfo>> listOutputDevices()
{
    const auto session = PortAudioSession::start();
    if (!session)
        return tl::unexpected(session.error());
    return outputDevicesOf(**session);
}

} // namespace engine::playback
