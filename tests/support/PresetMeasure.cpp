// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/PresetMeasure.h"

#include "engine/analysis/Quantization.h"
#include "engine/base/MemoryStream.h"
#include "engine/base/Units.h"
#include "engine/dsp/Fft.h"
#include "engine/pipeline/ParameterText.h"
#include "engine/pipeline/Pipeline.h"
#include "engine/render/LevelMatch.h"
#include "tests/support/Measure.h"
#include "tests/support/SoundFile.h"
#include "tests/support/Spectrum.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace tests {

namespace {

using engine::AudioBuffer;
using engine::dsp::Scale;
using engine::pipeline::Settings;
using engine::pipeline::TapId;

constexpr int spectrumFrames = 8192;

AudioBuffer runFor(const AudioBuffer &sound, const Settings &settings,
                   engine::dsp::QuantizationTrace *trace = nullptr)
{
    engine::BufferSource source(sound);
    engine::BufferSink output(sound.format(), sound.frames());
    engine::pipeline::TapSinks sinks{};
    engine::pipeline::sinkOf(sinks, TapId::Output) = &output;
    engine::WorkerPool workers(1);
    engine::pipeline::RunOptions options;
    options.preQuantTrace = trace;
    const auto report = engine::pipeline::run(source, settings, {}, sinks, workers, {}, options);
    if (!report)
        throw std::runtime_error(report.error().oneLine());
    return output.buffer();
}

/// The scale that what comes out is meant to lie in.
Scale scaleOf(const Settings &settings)
{
    return settings.postQuant.on ? settings.postQuantizer().scale : settings.preQuant.classic.scale;
}

double inKeyShare(const AudioBuffer &sound, const Scale &scale)
{
    Settings settings;
    settings.distortionOn = false;
    settings.postQuant.on = false;
    settings.limiter.on = false;
    settings.preQuant.classic.scale = scale;
    engine::dsp::QuantizationTrace trace;
    (void)runFor(sound, settings, &trace);
    const auto allowed = engine::dsp::allowedPitchClasses(scale);
    double all = 0.0, within = 0.0;
    for (const auto &partial : trace.moves) {
        const double hz = double{partial.fromHz};
        if (hz < inKeyFromHz)
            continue;
        all += double{partial.power};
        const double cents = engine::analysis::centsFromAllowedNote(hz, allowed);
        if (std::abs(cents) <= engine::analysis::Quantization::inKeyCents)
            within += double{partial.power};
    }
    return all > 0.0 ? within / all : 0.0;
}

std::vector<double> monoOf(const AudioBuffer &sound)
{
    std::vector<double> mono(static_cast<std::size_t>(sound.frames()));
    for (int c = 0; c < sound.channels(); ++c) {
        const auto channel = sound.channel(c);
        for (std::size_t n = 0; n < mono.size(); ++n)
            mono[n] += double{channel[n]} / sound.channels();
    }
    return mono;
}

/// Power of the bins of one Hann frame from `first` on; silence beyond the end. The engine's
/// transform, because several threads measure at the same time and planning needs its lock.
std::vector<double> powerSpectrum(std::span<const double> mono, std::size_t first)
{
    static const engine::dsp::ForwardFft transform(spectrumFrames);
    engine::dsp::AlignedBuffer<double> frame(spectrumFrames);
    engine::dsp::AlignedBuffer<std::complex<double>> bins(
        engine::dsp::paddedCount(spectrumFrames / 2 + 1));
    for (std::size_t n = 0; n < frame.size() && first + n < mono.size(); ++n) {
        const double phase = 2.0 * std::numbers::pi * static_cast<double>(n) / spectrumFrames;
        frame.data()[n] = mono[first + n] * (0.5 - 0.5 * std::cos(phase));
    }
    transform(frame.data(), bins.data());
    std::vector<double> power(spectrumFrames / 2 + 1);
    std::transform(bins.data(), bins.data() + power.size(), power.begin(),
                   [](const auto &bin) { return std::norm(bin); });
    return power;
}

/// Energy in peaks 10 dB above what lies 4 to 12 bins beside them.
double peakEnergy(const std::vector<double> &power)
{
    double sum = 0.0;
    std::size_t counted = 0; // bins below have been
    for (std::size_t k = 13; k + 13 < power.size(); ++k) {
        if (power[k] < power[k - 1] || power[k] < power[k + 1])
            continue;
        double beside = 0.0;
        for (std::size_t i = 4; i <= 12; ++i)
            beside += power[k - i] + power[k + i];
        if (power[k] <= 10.0 * beside / 18.0)
            continue;
        for (std::size_t bin = std::max(counted, k - 2); bin <= k + 2; ++bin)
            sum += power[bin];
        counted = k + 3;
    }
    return sum;
}

SoundNumbers numbersOf(const AudioBuffer &sound, const Scale &scale)
{
    SoundNumbers numbers;
    numbers.lufs = loudnessLufs(sound);
    double energy = 0.0;
    for (int c = 0; c < sound.channels(); ++c)
        energy += std::pow(rms(toDouble(sound.channel(c))), 2);
    numbers.crestDb =
        decibels(samplePeak(sound) / std::sqrt(std::max(energy / sound.channels(), 1e-20)));
    numbers.truePeakDb = decibels(ebur128Peak(sound));
    numbers.inKey = inKeyShare(sound, scale);

    const std::vector<double> mono = monoOf(sound);
    const double binHz = sound.format().sampleRateHz / double{spectrumFrames};
    double sum = 0.0, moment = 0.0, peaks = 0.0;
    for (std::size_t first = 0; first < mono.size(); first += spectrumFrames / 2) {
        const std::vector<double> power = powerSpectrum(mono, first);
        for (std::size_t k = 1; k < power.size(); ++k) {
            sum += power[k];
            moment += power[k] * static_cast<double>(k) * binHz;
        }
        peaks += peakEnergy(power);
    }
    numbers.centroidHz = sum > 0.0 ? moment / sum : 0.0;
    numbers.tonal = sum > 0.0 ? peaks / sum : 0.0;

    const auto step = static_cast<std::size_t>(sound.format().sampleRateHz / 100);
    for (std::size_t first = 0; first + step <= mono.size(); first += step)
        numbers.envelope.push_back(rms(std::span(mono).subspan(first, step)));
    return numbers;
}

double correlationOf(const std::vector<double> &a, const std::vector<double> &b)
{
    const auto mean = [](const std::vector<double> &x) {
        double sum = 0.0;
        for (const double value : x)
            sum += value;
        return sum / static_cast<double>(x.size());
    };
    const double meanA = mean(a), meanB = mean(b);
    double ab = 0.0, aa = 1e-30, bb = 1e-30;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / std::sqrt(aa * bb);
}

/// The stretch with the most energy, to a tenth of a second.
AudioBuffer loudestPart(const AudioBuffer &sound, double seconds)
{
    const int rateHz = sound.format().sampleRateHz;
    const auto frames =
        std::min<std::int64_t>(sound.frames(), static_cast<std::int64_t>(seconds * rateHz));
    std::int64_t best = 0;
    double most = -1.0;
    for (std::int64_t first = 0; first + frames <= sound.frames(); first += rateHz / 10) {
        const double level = rms(toDouble(sound.channel(0).subspan(
            static_cast<std::size_t>(first), static_cast<std::size_t>(frames))));
        if (level > most) {
            most = level;
            best = first;
        }
    }
    return part(sound, best, frames);
}

constexpr double probePartSeconds = 0.25;

/// Whether the parameter can be heard with these settings.
bool sounds(engine::pipeline::ParameterId id, const Settings &s)
{
    using engine::dsp::DistortionMode;
    using engine::pipeline::ParameterId;
    const bool pre = s.preQuant.on || (s.postQuant.on && s.postLink);
    const bool post = s.postQuant.on && !s.postLink;
    const bool tube = s.distortion.mode == DistortionMode::Tube;
    switch (id) {
    case ParameterId::Mask:
        return pre && s.preQuant.classic.scale.kind == engine::dsp::ScaleKind::Custom;
    case ParameterId::PostMask:
        return post && s.postQuant.classic.scale.kind == engine::dsp::ScaleKind::Custom;
    case ParameterId::Key:
    case ParameterId::ScaleName:
    case ParameterId::SnapStrength:
    case ParameterId::Smear:
    case ParameterId::BinSmoothing:
        return pre;
    case ParameterId::PostKey:
    case ParameterId::PostScale:
    case ParameterId::PostSnapStrength:
    case ParameterId::PostSmear:
    case ParameterId::PostBinSmoothing:
        return post;
    case ParameterId::PostLink:
        return s.postQuant.on;
    case ParameterId::DistortionMode:
    case ParameterId::Oversampling:
    case ParameterId::DcBlock:
        return s.distortionOn;
    case ParameterId::FoldAmount:
    case ParameterId::Bias:
        return s.distortionOn && !tube;
    case ParameterId::Drive:
    case ParameterId::Warmth:
        return s.distortionOn && tube;
    default:
        return true;
    }
}

} // namespace

std::map<std::string, AudioBuffer> demoSounds()
{
    std::map<std::string, AudioBuffer> sounds;
    for (const auto &entry : std::filesystem::directory_iterator(QD_SHARE_DIR "/demo-sounds")) {
        if (entry.path().extension() == ".wav")
            sounds.emplace(entry.path().stem().string(), readSound(entry.path()));
    }
    return sounds;
}

AudioBuffer loudestOf(const AudioBuffer &sound)
{
    return loudestPart(sound, 2.5);
}

AudioBuffer renderPreset(const engine::io::Preset &preset, const AudioBuffer &sound)
{
    Settings settings = preset.settings;
    if (settings.autoGain.on) {
        engine::BufferSource source(sound);
        engine::WorkerPool workers(1);
        const auto gainDb = engine::render::measureLevelMatchDb(source, settings, {}, workers, {});
        if (!gainDb)
            throw std::runtime_error(gainDb.error().oneLine());
        settings.autoGain.measured.gainDb = *gainDb;
    }
    return runFor(sound, settings);
}

PresetNumbers measurePreset(const engine::io::Preset &preset, const std::string &material,
                            const AudioBuffer &sound)
{
    const Scale scale = scaleOf(preset.settings);
    PresetNumbers numbers;
    numbers.material = material;
    numbers.before = numbersOf(sound, scale);
    numbers.after = numbersOf(renderPreset(preset, sound), scale);
    numbers.loudnessChange = numbers.after.lufs - numbers.before.lufs;
    numbers.envelopeCorrelation = correlationOf(numbers.before.envelope, numbers.after.envelope);
    return numbers;
}

double loudnessChange(const engine::io::Preset &preset, const AudioBuffer &sound)
{
    return loudnessLufs(renderPreset(preset, sound)) - loudnessLufs(sound);
}

AudioBuffer probeOf(const std::map<std::string, AudioBuffer> &all)
{
    AudioBuffer probe(all.begin()->second.format(), 0);
    for (const auto &[name, sound] : all) {
        const AudioBuffer part = loudestPart(sound, probePartSeconds);
        probe.append(part.block(0, static_cast<int>(part.frames())));
    }
    return probe;
}

Fingerprint fingerprint(const AudioBuffer &rendered)
{
    constexpr int bands = 24; // thirds of an octave from 50 Hz
    constexpr double lowestHz = 50.0;
    constexpr double floorDb = -50.0; // below the loudest of its part
    const std::vector<double> mono = monoOf(rendered);
    const auto part = static_cast<std::size_t>(probePartSeconds * rendered.format().sampleRateHz);
    const double binHz = rendered.format().sampleRateHz / double{spectrumFrames};
    Fingerprint print;
    for (std::size_t first = 0; first + part <= mono.size(); first += part) {
        std::vector<double> cells(bands + 12, 1e-12);
        const std::vector<double> power =
            powerSpectrum(std::span(mono).subspan(0, first + part), first);
        for (std::size_t k = 1; k < power.size(); ++k) {
            const double hz = static_cast<double>(k) * binHz;
            const int band = static_cast<int>(std::floor(3.0 * std::log2(hz / lowestHz)));
            if (band >= 0 && band < bands)
                cells[static_cast<std::size_t>(band)] += power[k];
            if (hz > 250.0 && hz < 5000.0) {
                const int note = static_cast<int>(std::lround(engine::midiNoteFromHz(hz)));
                cells[static_cast<std::size_t>(bands + note % 12)] += power[k];
            }
        }
        const double loudest = *std::ranges::max_element(cells);
        for (const double cell : cells)
            print.push_back(std::max(floorDb, engine::dbFromPower(cell / loudest)));
    }
    return print;
}

double distanceDb(const Fingerprint &a, const Fingerprint &b)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return std::sqrt(sum / static_cast<double>(a.size()));
}

double parameterDistance(const Settings &a, const Settings &b)
{
    using engine::pipeline::ParameterId;
    double sum = 0.0;
    for (const auto &info : engine::pipeline::parameterTable()) {
        if (info.id == ParameterId::OutputGainDb || (!sounds(info.id, a) && !sounds(info.id, b)))
            continue;
        const double from = info.read(a);
        const double to = info.read(b);
        if (info.kind == engine::pipeline::ParameterKind::Number)
            sum += std::abs(knobPosition(info, from) - knobPosition(info, to));
        else
            sum += from != to ? 1.0 : 0.0;
    }
    return sum;
}

} // namespace tests
