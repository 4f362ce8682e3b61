// SPDX-License-Identifier: GPL-3.0-or-later
//
// Claims: each function of the Classic pipeline by itself gives what the earlier prototype
// recorded, in the engine and in the float64 oracle: target maps exactly, everything else to the
// precision of the record (8 to 9 digits) and of float32.
#include "tests/support/ClassicOracle.h"
#include "tests/support/Golden.h"
#include "tests/support/Measure.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include "engine/dsp/TargetMap.h"
#include "engine/pipeline/ParameterText.h"

#include <QtTest>

namespace {

using namespace tests;
using engine::dsp::ClassicLimiter;
using engine::dsp::ClassicQuantizer;
using engine::dsp::Distortion;
using engine::dsp::DistortionMode;
using nlohmann::json;

/// The recorded key and scale names, read as the engine reads them.
engine::dsp::Scale scaleOf(const json &entry)
{
    engine::pipeline::Settings settings;
    for (const char *key : {"key", "scale"}) {
        const auto *info = engine::pipeline::findParameterByKey(key);
        const auto value =
            engine::pipeline::parseParameter(*info, entry.at(key).get<std::string>());
        info->write(settings, value.value());
    }
    return settings.preQuant.classic.scale;
}

ClassicQuantizer::Parameters quantizerOf(const json &entry)
{
    ClassicQuantizer::Parameters parameters;
    parameters.scale = scaleOf(entry);
    parameters.snapStrength = entry.at("snap_strength").get<double>();
    parameters.smear = entry.at("smear").get<double>();
    parameters.binSmoothing = entry.at("bin_smoothing").get<bool>();
    parameters.smearRadiusBins = entry.at("smear_radius").get<int>();
    return parameters;
}

oracle::Spectrum polar(const json &magnitudes, const json &phases)
{
    oracle::Spectrum bins;
    for (std::size_t k = 0; k < magnitudes.size(); ++k)
        bins.push_back(std::polar(magnitudes[k].get<double>(), phases[k].get<double>()));
    return bins;
}

oracle::Spectrum engineFrame(const oracle::Spectrum &bins, const engine::dsp::SpectrumSpec &spec,
                             const ClassicQuantizer::Parameters &parameters)
{
    ClassicQuantizer quantizer;
    quantizer.prepare(spec, parameters);
    auto scratch = quantizer.makeScratch();
    // The quantizer's loops work on whole vectors and may touch up to 15 bins beyond the last.
    std::vector<std::complex<float>> narrow(bins.size() + 16);
    std::copy(bins.begin(), bins.end(), narrow.begin());
    engine::dsp::SpectrumFrame frame;
    frame.bins[0] = narrow.data();
    frame.channels = 1;
    frame.binCount = static_cast<int>(bins.size());
    quantizer.process(frame, scratch);
    return {narrow.begin(), narrow.begin() + static_cast<std::ptrdiff_t>(bins.size())};
}

double largestDifference(const oracle::Spectrum &bins, const oracle::Spectrum &ref)
{
    double largest = 0.0;
    for (std::size_t k = 0; k < ref.size(); ++k)
        largest = std::max(largest, std::abs(bins[k] - ref[k]));
    return largest;
}

double largestMagnitude(const oracle::Spectrum &bins)
{
    return largestDifference(bins, oracle::Spectrum(bins.size()));
}

engine::AudioBuffer bufferOf(const std::vector<double> &samples, int sampleRateHz)
{
    engine::AudioBuffer buffer({sampleRateHz, 1}, static_cast<std::int64_t>(samples.size()));
    std::copy(samples.begin(), samples.end(), buffer.channel(0).begin());
    return buffer;
}

/// Runs a time block in blocks of odd lengths and drops its latency.
template <engine::dsp::TimeBlock Block>
std::vector<double> processed(const std::vector<double> &samples, int sampleRateHz,
                              const typename Block::Parameters &parameters)
{
    constexpr int longest = 113;
    Block block;
    block.prepare({sampleRateHz, 1, longest}, parameters);
    engine::AudioBuffer buffer = bufferOf(samples, sampleRateHz);
    buffer.resize(buffer.frames() + block.latencyFrames());
    int length = 1;
    for (std::int64_t first = 0; first < buffer.frames();) {
        const int count = static_cast<int>(std::min<std::int64_t>(length, buffer.frames() - first));
        block.process(buffer.block(first, count));
        first += count;
        length = length * 3 % longest + 1;
    }
    return toDouble(buffer.channel(0).subspan(static_cast<std::size_t>(block.latencyFrames())));
}

std::vector<double> numbers(const json &entry)
{
    return entry.get<std::vector<double>>();
}

ClassicLimiter::Parameters limiterOf(const json &entry)
{
    return {entry.at("ceiling_db").get<double>(), entry.at("lookahead_ms").get<double>(),
            entry.at("release_ms").get<double>()};
}

/// The shaper as the prototype had it.
Distortion::Parameters plainShaper()
{
    return engine::pipeline::prototypeCompatible({}).distortion;
}

Distortion::Parameters distortionOf(const json &entry)
{
    Distortion::Parameters parameters = plainShaper();
    if (entry.contains("fold_amount")) {
        parameters.mode = DistortionMode::Wavefold;
        parameters.foldAmount = entry.at("fold_amount").get<double>();
        parameters.bias = entry.at("bias").get<double>();
    } else {
        parameters.mode = DistortionMode::Tube;
        parameters.drive = entry.at("drive").get<double>();
        parameters.warmth = entry.at("warmth").get<double>();
    }
    return parameters;
}

/// The prototype's functions took a fold threshold, drives below 0 and a warmth outside 0…1;
/// neither the description nor the engine has those, so their entries make no rows.
bool isExpressible(const json &entry)
{
    if (entry.contains("threshold"))
        return entry.at("threshold").get<double>() == 1.0;
    const auto warmth = entry.at("warmth").get<double>();
    return entry.at("drive").get<double>() >= 0.0 && warmth >= 0.0 && warmth <= 1.0;
}

std::string rowName(const json &entry)
{
    std::string name;
    for (const auto &[key, value] : entry.items()) {
        if (!value.is_array())
            name += (name.empty() ? "" : " ") + key + "=" + value.dump();
    }
    return name;
}

} // namespace

class TestClassicFunctions : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { functions_ = golden::functions(); }
    void targetMapsAreTheRecordedOnes_data() { addRows("target_bins"); }
    void targetMapsAreTheRecordedOnes();
    void targetMapsOfEveryScaleAreTheOracles_data();
    void targetMapsOfEveryScaleAreTheOracles();
    void oneFrameIsQuantizedAsRecorded_data() { addRows("quantize_spectrum"); }
    void oneFrameIsQuantizedAsRecorded();
    void anyFrameIsQuantizedAsTheOracleDoes_data();
    void anyFrameIsQuantizedAsTheOracleDoes();
    void silentFramesStaySilent();
    void theLimiterGivesTheRecordedGains_data() { addRows("limiter"); }
    void theLimiterGivesTheRecordedGains();
    void fiveMillisecondsAt44100AreRoundedToTheEvenCount();
    void theShapersFollowTheRecordedCurves_data();
    void theShapersFollowTheRecordedCurves();
    void theFoldIsAsymmetricFarOut();
    void noteNamesReadAsRecorded_data();
    void noteNamesReadAsRecorded();
    void onlyTheExtraNoteNamesAreReadBeyondThose_data();
    void onlyTheExtraNoteNamesAreReadBeyondThose();

private:
    void addRows(const char *table) const;

    json functions_;
};

void TestClassicFunctions::addRows(const char *table) const
{
    QTest::addColumn<int>("row");
    const json &entries = functions_.at(table);
    QVERIFY(!entries.empty());
    for (std::size_t i = 0; i < entries.size(); ++i)
        QTest::newRow(rowName(entries[i]).c_str()) << static_cast<int>(i);
}

void TestClassicFunctions::targetMapsAreTheRecordedOnes()
{
    QFETCH(int, row);
    const json &entry = functions_["target_bins"][static_cast<std::size_t>(row)];
    const int rate = entry["sr"].get<int>();
    const int fftSize = entry["n_fft"].get<int>();
    const auto expected = entry["bins"].get<std::vector<int>>();
    QCOMPARE(engine::dsp::targetBins(scaleOf(entry), {rate, 1, fftSize}), expected);
    QCOMPARE(oracle::targetBins(scaleOf(entry), rate, fftSize), expected);
}

void TestClassicFunctions::targetMapsOfEveryScaleAreTheOracles_data()
{
    QTest::addColumn<int>("rate");
    for (const int rate : {1000, 8000, 11025, 22050, 44100, 48000, 96000, 192000, 768000})
        QTest::addRow("%d Hz", rate) << rate;
}

void TestClassicFunctions::targetMapsOfEveryScaleAreTheOracles()
{
    QFETCH(int, rate);
    for (int kind = 0; kind <= static_cast<int>(engine::dsp::ScaleKind::Custom); ++kind) {
        for (int root = 0; root < 12; ++root) {
            // For the custom scale: some notes, one of them not the root.
            const auto mask =
                static_cast<engine::dsp::PitchClassMask>(1 << root | 0b1001 << root / 2);
            const engine::dsp::Scale scale{root, static_cast<engine::dsp::ScaleKind>(kind), mask};
            const bool same = engine::dsp::targetBins(scale, {rate, 1, 2048}) ==
                              oracle::targetBins(scale, rate, 2048);
            QVERIFY2(same, qPrintable(QString("scale %1, root %2").arg(kind).arg(root)));
        }
    }
}

void TestClassicFunctions::oneFrameIsQuantizedAsRecorded()
{
    QFETCH(int, row);
    const json &entry = functions_["quantize_spectrum"][static_cast<std::size_t>(row)];
    const int rate = entry["sr"].get<int>();
    const int fftSize = entry["n_fft"].get<int>();
    const ClassicQuantizer::Parameters parameters = quantizerOf(entry);
    const oracle::Spectrum bins = polar(entry["mags"], entry["phases"]);
    oracle::Spectrum expected = polar(entry["out_mags"], entry["out_phases"]);

    const oracle::Spectrum ours = oracle::quantizeFrame(
        bins, oracle::targetBins(parameters.scale, rate, fftSize), parameters);
    // The record has phases of bins that are exactly 0; as complex numbers they have none, and
    // where nothing arrives only the magnitude can be compared.
    for (std::size_t k = 0; k < bins.size(); ++k) {
        if (bins[k] == 0.0)
            expected[k] = std::polar(std::abs(expected[k]), std::arg(ours[k]));
    }
    QVERIFY2(largestDifference(ours, expected) < 1e-7 * largestMagnitude(expected),
             qPrintable(QString::number(largestDifference(ours, expected))));

    // The engine's frames come from and go to real signals: 0 Hz and half the rate are real there.
    expected.front() = expected.front().real();
    expected.back() = expected.back().real();
    const oracle::Spectrum engines = engineFrame(bins, {rate, 1, fftSize}, parameters);
    QVERIFY2(largestDifference(engines, expected) < 1e-5 * largestMagnitude(expected),
             qPrintable(QString::number(largestDifference(engines, expected))));
}

void TestClassicFunctions::anyFrameIsQuantizedAsTheOracleDoes_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 200; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void TestClassicFunctions::anyFrameIsQuantizedAsTheOracleDoes()
{
    QFETCH(int, seed);
    Random random(static_cast<std::uint64_t>(seed) + 7000);
    const int fftSize = 64 << random.whole(0, 6);
    const int rate = random.whole(0, 1) ? 44100 : random.whole(2000, 192000);
    ClassicQuantizer::Parameters parameters;
    parameters.scale.rootPitchClass = random.whole(0, 11);
    parameters.scale.kind = static_cast<engine::dsp::ScaleKind>(random.whole(0, 8));
    parameters.scale.customMask = static_cast<engine::dsp::PitchClassMask>(random.whole(1, 4095));
    parameters.snapStrength = random.chance(0.3) ? 1.0 : random.between(0.05, 1.0);
    parameters.smear = random.chance(0.3) ? random.whole(0, 1) : random.between(0.0, 1.0);
    parameters.binSmoothing = random.chance(0.5);
    parameters.smearRadiusBins = random.whole(0, 6);

    // In a sparse frame nothing arrives at many targets, and what lies there keeps its phase.
    const double zeroes = random.chance(0.3) ? 0.97 : 0.0;
    oracle::Spectrum bins;
    for (int k = 0; k <= fftSize / 2; ++k) {
        const std::complex<float> bin(static_cast<float>(random.between(-1.0, 1.0)),
                                      static_cast<float>(random.between(-1.0, 1.0)));
        bins.emplace_back(random.chance(zeroes) ? std::complex<float>() : bin);
    }
    bins.front() = bins.front().real();
    bins.back() = bins.back().real();
    oracle::Spectrum expected = oracle::quantizeFrame(
        bins, oracle::targetBins(parameters.scale, rate, fftSize), parameters);
    expected.front() = expected.front().real();
    expected.back() = expected.back().real();
    const oracle::Spectrum engines = engineFrame(bins, {rate, 1, fftSize}, parameters);
    QVERIFY2(largestDifference(engines, expected) <= 1e-5 * largestMagnitude(expected),
             qPrintable(QString::number(largestDifference(engines, expected))));
}

void TestClassicFunctions::silentFramesStaySilent()
{
    const oracle::Spectrum silence(1025);
    ClassicQuantizer::Parameters parameters;
    parameters.smear = 0.5;
    QCOMPARE(largestMagnitude(engineFrame(silence, {48000, 1, 2048}, parameters)), 0.0);
    const auto targets = oracle::targetBins(parameters.scale, 48000, 2048);
    QCOMPARE(largestMagnitude(oracle::quantizeFrame(silence, targets, parameters)), 0.0);
}

void TestClassicFunctions::theLimiterGivesTheRecordedGains()
{
    QFETCH(int, row);
    const json &entry = functions_["limiter"][static_cast<std::size_t>(row)];
    const int rate = entry["sr"].get<int>();
    const std::vector<double> x = numbers(entry["x"]);
    const std::vector<double> gain = numbers(entry["gain"]);
    const std::vector<double> y = numbers(entry["y"]);

    const std::vector<double> ours = oracle::limiterGains(x, rate, limiterOf(entry));
    QVERIFY(tests::largestDifference(ours, gain) < 2e-7);

    const std::vector<double> engines = processed<ClassicLimiter>(x, rate, limiterOf(entry));
    QVERIFY(tests::largestDifference(engines, y) < 5e-7);
    for (std::size_t n = 0; n < x.size(); ++n) {
        if (std::abs(x[n]) > 0.1)
            QVERIFY2(std::abs(engines[n] / x[n] - gain[n]) < 1e-6, qPrintable(QString::number(n)));
    }
}

void TestClassicFunctions::fiveMillisecondsAt44100AreRoundedToTheEvenCount()
{
    ClassicLimiter limiter;
    limiter.prepare({44100, 1, 64}, {});
    QCOMPARE(limiter.latencyFrames(), 219);

    // A peak pulls the gain down 219 samples before it, and not 220.
    std::vector<double> x(400, 0.25);
    x[300] = 2.0;
    const std::vector<double> gains = oracle::limiterGains(x, 44100, {});
    const std::vector<double> engines = processed<ClassicLimiter>(x, 44100, {});
    QCOMPARE(gains[80], 1.0);
    QVERIFY(gains[81] < 0.5);
    QCOMPARE(engines[80], 0.25);
    QVERIFY(engines[81] < 0.125);
}

void TestClassicFunctions::theShapersFollowTheRecordedCurves_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<int>("row");
    for (const char *table : {"wavefold", "tube"}) {
        const json &entries = functions_.at(table);
        int rows = 0;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (!isExpressible(entries[i]))
                continue;
            const std::string name = std::string(table) + " " + rowName(entries[i]);
            QTest::newRow(name.c_str()) << QString(table) << static_cast<int>(i);
            ++rows;
        }
        QVERIFY(rows >= 5);
    }
}

void TestClassicFunctions::theShapersFollowTheRecordedCurves()
{
    QFETCH(QString, table);
    QFETCH(int, row);
    const json &entry = functions_[table.toStdString()][static_cast<std::size_t>(row)];
    const Distortion::Parameters parameters = distortionOf(entry);
    const std::vector<double> x = numbers(entry["x"]);
    const std::vector<double> y = numbers(entry["y"]);
    // The recorded curves are float32: their steps are about 1e-6 at a driven value of 10.
    QVERIFY(tests::largestDifference(oracle::distort(x, parameters), y) < 2e-6);
    QVERIFY(tests::largestDifference(processed<Distortion>(x, 48000, parameters), y) < 2e-6);
}

void TestClassicFunctions::theFoldIsAsymmetricFarOut()
{
    const std::pair<double, double> points[] = {
        {-7.5, 1.0}, {-3.5, 1.0}, {-3.0, 1.0}, {-2.0, 0.0}, {-1.0, -1.0}, {0.5, 0.5}, {1.0, 1.0},
        {2.0, 0.0},  {3.0, -1.0}, {3.5, -0.5}, {4.5, 0.5},  {5.0, 1.0},   {5.5, 1.0}, {9.0, 1.0}};
    for (const auto &[driven, folded] : points) {
        QCOMPARE(oracle::fold(driven, 1.0, 0.0), folded);
        QCOMPARE(processed<Distortion>({driven}, 48000, plainShaper()),
                 std::vector<double>{folded});
    }
}

void TestClassicFunctions::noteNamesReadAsRecorded_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("pitchClass");
    for (const auto &[name, pitchClass] : functions_.at("note_parse").items()) {
        if (!pitchClass.is_null())
            QTest::newRow(name.c_str()) << QString::fromStdString(name) << pitchClass.get<int>();
    }
}

void TestClassicFunctions::noteNamesReadAsRecorded()
{
    QFETCH(QString, name);
    QFETCH(int, pitchClass);
    QCOMPARE(engine::dsp::parsePitchClass(name.toStdString()), std::optional<int>(pitchClass));
}

void TestClassicFunctions::onlyTheExtraNoteNamesAreReadBeyondThose_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("pitchClass"); // −1: refused still
    const std::map<std::string, int> accepted = {{"Cb", 11}, {"Fb", 4}, {"E#", 5}, {"B#", 0}};
    int found = 0;
    for (const auto &[name, pitchClass] : functions_.at("note_parse").items()) {
        if (!pitchClass.is_null())
            continue;
        const auto ours = accepted.find(name);
        found += ours != accepted.end() ? 1 : 0;
        QTest::newRow(name.c_str())
            << QString::fromStdString(name) << (ours != accepted.end() ? ours->second : -1);
    }
    QCOMPARE(found, 4);
    const std::pair<const char *, int> signs[] = {{"D♭", 1},  {"C♯", 1},   {"C♭", 11}, {"e♯", 5},
                                                  {"b♭", 10}, {"D♭♭", -1}, {"♭", -1},  {"", -1}};
    for (const auto &[name, pitchClass] : signs)
        QTest::addRow("sign \"%s\"", name) << QString::fromUtf8(name) << pitchClass;
}

void TestClassicFunctions::onlyTheExtraNoteNamesAreReadBeyondThose()
{
    QFETCH(QString, name);
    QFETCH(int, pitchClass);
    const auto expected = pitchClass < 0 ? std::nullopt : std::optional<int>(pitchClass);
    QCOMPARE(engine::dsp::parsePitchClass(name.toStdString()), expected);
}

QD_TEST(TestClassicFunctions, QCoreApplication)
#include "TestClassicFunctions.moc"
