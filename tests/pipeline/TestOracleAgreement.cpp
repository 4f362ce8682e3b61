// SPDX-License-Identifier: GPL-3.0-or-later
//
// Claims: for any settings, any sound and any partition of the work the engine gives what the
// float64 oracle gives, at all five taps.
//
// How much may differ is measured, not chosen: the phase rule sums phasors that nearly cancel, so a
// tap may magnify the rounding of its spectra. The oracle runs again with its spectra rounded to
// float32, and once more with noise of that size (impulses, constants and other symmetric sounds
// have bins that rounding leaves as they are, and sums that cancel entirely); what this changes
// plus 30 dB is allowed, and -85 dB always. Where that leaves no bound worth the name (looser than
// looseDb) the tap counts as loose and may only not be wild; there may be few of those. Because a
// loose tap would hide what comes after it, stages are also compared by themselves, on what the
// engine had in front of them: the time stages to -100 dB (a fold that nearly cancels its bias to
// less). Neither fold nor limiter has a jump (the fold has corners at -3, -1, 1, 3 and 5; the
// limiter's gain starts from 1 as a peak passes the ceiling), so no sample is excused.
#include "tests/support/ClassicOracle.h"
#include "tests/support/Measure.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include "engine/pipeline/ParameterText.h"

#include <QtTest>

namespace {

using namespace tests;
using engine::pipeline::Settings;
using oracle::Signal;
using oracle::SpectrumPrecision;

constexpr int casesPerRow = 50;
constexpr int rowCount = 14;
constexpr double tightestDb = -85.0;
constexpr double headroomDb = 30.0;
constexpr double timeStageDb = -100.0;
constexpr double looseDb = -30.0;
constexpr double wildDb = 20.0; // a loose tap may not be much louder than the oracle's, no more

struct RandomCase {
    Settings settings;
    engine::AudioBuffer input;
    SignalKind kind;
    int blockFrames;
    int threads;
};

/// A share: often one of the ends.
double anyShare(Random &random)
{
    return random.chance(0.4) ? random.whole(0, 1) : random.between(0.0, 1.0);
}

engine::dsp::ClassicQuantizer::Parameters anyQuantizer(Random &random)
{
    engine::dsp::ClassicQuantizer::Parameters parameters;
    parameters.scale.rootPitchClass = random.whole(0, 11);
    parameters.scale.kind = static_cast<engine::dsp::ScaleKind>(random.whole(0, 8));
    parameters.scale.customMask = static_cast<engine::dsp::PitchClassMask>(random.whole(1, 4095));
    parameters.snapStrength = anyShare(random);
    parameters.smear = anyShare(random);
    parameters.binSmoothing = random.chance(0.6);
    return parameters;
}

Settings anySettings(Random &random)
{
    Settings settings;
    settings.preQuant.on = random.chance(0.75);
    settings.preQuant.classic = anyQuantizer(random);
    settings.postQuant.on = random.chance(0.75);
    settings.postQuant.classic = anyQuantizer(random);
    settings.postLink = random.chance(0.5);
    using engine::dsp::DistortionMode;
    settings.distortion.mode =
        random.whole(0, 1) == 1 ? DistortionMode::Tube : DistortionMode::Wavefold;
    settings.distortion.foldAmount = random.chance(0.05) ? 0.0 : random.between(0.0, 10.0);
    settings.distortion.bias = random.chance(0.3) ? 0.0 : random.between(-1.0, 1.0);
    settings.distortion.drive = random.chance(0.05) ? 0.0 : random.between(0.0, 10.0);
    settings.distortion.warmth = anyShare(random);
    settings.limiter.on = random.chance(0.7);
    settings.limiter.levels.ceilingDb = random.between(-12.0, -0.1);
    settings.mix.dryWet = anyShare(random);
    settings.gain.gainDb = random.chance(0.4) ? 0.0 : random.between(-12.0, 12.0);
    return engine::pipeline::prototypeCompatible(settings);
}

RandomCase anyCase(int seed)
{
    constexpr int rates[] = {8000, 22050, 44100, 48000, 96000};
    constexpr int lengths[] = {1, 2, 511, 512, 513, 1023, 1024, 1025, 2047, 2048, 2049, 4096};
    Random random(static_cast<std::uint64_t>(seed));
    RandomCase one;
    one.settings = anySettings(random);
    const engine::AudioFormat format{rates[random.whole(0, 4)], random.whole(1, 2)};
    const int frames = random.chance(0.35) ? lengths[random.whole(0, 11)] : random.whole(1, 6000);
    one.kind = static_cast<SignalKind>(random.whole(0, signalKindCount - 1));
    one.input = makeSignal(one.kind, format, frames, random.between(0.02, 1.2), random);
    one.blockFrames = random.whole(1, 5000);
    one.threads = random.whole(1, 2);
    return one;
}

/// What differs from the defaults, and the rest of what makes the case.
std::string description(const RandomCase &one)
{
    std::string text = std::string(signalName(one.kind)) + ", " +
                       std::to_string(one.input.format().sampleRateHz) + " Hz, " +
                       std::to_string(one.input.frames()) + " frames × " +
                       std::to_string(one.input.channels()) + ", blocks of " +
                       std::to_string(one.blockFrames) + ", threads " + std::to_string(one.threads);
    for (const auto &info : engine::pipeline::parameterTable()) {
        const double value = info.read(one.settings);
        if (value != info.defaultValue())
            text +=
                ", " + std::string(info.key) + "=" + engine::pipeline::parameterText(info, value);
    }
    return text;
}

struct Comparison {
    double toleranceDb;
    double nullDb;
};

/// The tolerance from how much float32's rounding changes `ref`.
Comparison compare(const Signal &y, const Signal &ref, const std::vector<Signal> &disturbed,
                   double leastDb)
{
    double toleranceDb = leastDb;
    for (const Signal &other : disturbed)
        toleranceDb = std::max(toleranceDb, nullDb(other, ref) + headroomDb);
    if (toleranceDb > looseDb)
        toleranceDb = wildDb;
    return {toleranceDb, nullDb(y, ref)};
}

/// Worst margin of one kind of comparison, loose ones aside.
struct Worst {
    const char *name;
    double marginDb = 1000.0;
    int seed = -1;
    int count = 0;
    int loose = 0;
};

} // namespace

class TestOracleAgreement : public QObject {
    Q_OBJECT

private slots:
    void everyTapIsTheOracles_data();
    void everyTapIsTheOracles();
    void fewTapsAreTooIllConditionedToTell();
    void silenceGivesWhatTheOracleGives();
    void cleanupTestCase();

private:
    void check(const RandomCase &one, int seed);
    void checkStages(const Settings &settings, int rate, int seed, const std::vector<Signal> &taps);
    void judge(Worst &worst, int seed, const Comparison &comparison);
    void judgeSignal(Worst &worst, int seed, const Signal &y, const Signal &ref,
                     const std::vector<Signal> &disturbed);

    std::array<Worst, engine::pipeline::tapCount> taps_{
        {{"input"}, {"pre_quant"}, {"post_dist"}, {"post_quant"}, {"output"}}};
    Worst distortion_{"distortion by itself"};
    Worst postQuant_{"post-quant by itself"};
    Worst ending_{"limiter, mix and gain by themselves"};
    QStringList failures_;
};

void TestOracleAgreement::judge(Worst &worst, int seed, const Comparison &comparison)
{
    ++worst.count;
    const bool loose = comparison.toleranceDb > looseDb;
    worst.loose += loose ? 1 : 0;
    const double margin = comparison.toleranceDb - comparison.nullDb;
    if (!loose && margin < worst.marginDb) {
        worst.marginDb = margin;
        worst.seed = seed;
    }
    if (!(margin >= 0.0)) {
        failures_ += QString("seed %1, %2: null %3 dB, allowed %4 dB")
                         .arg(seed)
                         .arg(worst.name)
                         .arg(comparison.nullDb, 0, 'f', 1)
                         .arg(comparison.toleranceDb, 0, 'f', 1);
    }
}

void TestOracleAgreement::judgeSignal(Worst &worst, int seed, const Signal &y, const Signal &ref,
                                      const std::vector<Signal> &disturbed)
{
    // A ratio to next to nothing says nothing: silence must be silence exactly, and what is below
    // float32's resolution of a full-scale sound must stay there.
    if (peak(ref) < 1e-9) {
        const bool fits = peak(ref) == 0.0 ? peak(y) == 0.0 : peak(y) < 1e-7;
        judge(worst, seed, {tightestDb, fits && y.size() == ref.size() ? silentDb : -silentDb});
        return;
    }
    judge(worst, seed, compare(y, ref, disturbed, tightestDb));
}

void TestOracleAgreement::checkStages(const Settings &settings, int rate, int seed,
                                      const std::vector<Signal> &taps)
{
    using enum SpectrumPrecision;
    const Signal shaped = oracle::distort(taps[1], settings.distortion);
    const Signal noisy = oracle::distort(taps[1], settings.distortion, Float32Noise);
    judge(distortion_, seed, compare(taps[2], shaped, {noisy}, timeStageDb));

    const auto &post = settings.postLink ? settings.preQuant.classic : settings.postQuant.classic;
    if (settings.postQuant.on && post.snapStrength > 0.0) {
        judgeSignal(postQuant_, seed, taps[3], oracle::quantize(taps[2], rate, post),
                    {oracle::quantize(taps[2], rate, post, Complex64),
                     oracle::quantize(taps[2], rate, post, Float32Noise)});
    }
    const Signal ended = oracle::finish(taps[3], taps[0], rate, settings);
    judge(ending_, seed, {timeStageDb, nullDb(taps[4], ended)});
}

void TestOracleAgreement::check(const RandomCase &one, int seed)
{
    const int rate = one.input.format().sampleRateHz;
    for (int c = 0; c < one.input.channels(); ++c) {
        // The prototype is mono, and channels that are rendered together are linked: one at a time.
        engine::AudioBuffer alone({rate, 1}, one.input.frames());
        std::ranges::copy(one.input.channel(c), alone.channel(0).begin());
        const TapBuffers engines = renderTaps(alone, one.settings, one.blockFrames, one.threads);
        const Signal input = toDouble(one.input.channel(c));
        const oracle::Taps exact = oracle::run(input, rate, one.settings);
        const oracle::Taps rounded =
            oracle::run(input, rate, one.settings, SpectrumPrecision::Complex64);
        const oracle::Taps noisy =
            oracle::run(input, rate, one.settings, SpectrumPrecision::Float32Noise);
        std::vector<Signal> taps;
        for (std::size_t tap = 0; tap < engines.size(); ++tap) {
            taps.push_back(toDouble(engines[tap].channel(0)));
            judgeSignal(taps_[tap], seed, taps[tap], exact.at(tap),
                        {rounded.at(tap), noisy.at(tap)});
        }
        checkStages(one.settings, rate, seed, taps);
    }
}

void TestOracleAgreement::everyTapIsTheOracles_data()
{
    QTest::addColumn<int>("firstSeed");
    for (int row = 0; row < rowCount; ++row) {
        const int first = row * casesPerRow;
        QTest::addRow("seeds %d to %d", first, first + casesPerRow - 1) << first;
    }
}

void TestOracleAgreement::everyTapIsTheOracles()
{
    QFETCH(int, firstSeed);
    int failed = 0;
    for (int seed = firstSeed; seed < firstSeed + casesPerRow; ++seed) {
        const RandomCase one = anyCase(seed);
        failures_.clear();
        check(one, seed);
        if (failures_.isEmpty())
            continue;
        ++failed;
        qWarning("%s\n    %s", qPrintable(failures_.join('\n')), description(one).c_str());
    }
    QVERIFY2(failed == 0,
             qPrintable(QString("%1 of %2 cases differ").arg(failed).arg(casesPerRow)));
}

void TestOracleAgreement::fewTapsAreTooIllConditionedToTell()
{
    for (const Worst &tap : taps_)
        QVERIFY2(tap.loose * 10 <= tap.count, tap.name);
}

void TestOracleAgreement::silenceGivesWhatTheOracleGives()
{
    Random random(1);
    for (const int frames : {1, 700, 5000}) {
        RandomCase one;
        one.kind = SignalKind::Silence;
        one.input = makeSignal(one.kind, {44100, 2}, frames, 1.0, random);
        one.settings = engine::pipeline::prototypeCompatible({});
        for (const engine::AudioBuffer &tap : renderTaps(one.input, one.settings, 1000, 1)) {
            QCOMPARE(tap.frames(), frames);
            QCOMPARE(peak(toDouble(tap.channel(0))), 0.0);
            QCOMPARE(peak(toDouble(tap.channel(1))), 0.0);
        }
    }
}

void TestOracleAgreement::cleanupTestCase()
{
    qInfo("%d random cases", rowCount * casesPerRow);
    std::vector<Worst> all(taps_.begin(), taps_.end());
    all.insert(all.end(), {distortion_, postQuant_, ending_});
    for (const Worst &worst : all) {
        qInfo("%s: %d compared, %d of them loose, worst margin %.1f dB (seed %d)", worst.name,
              worst.count, worst.loose, worst.marginDb, worst.seed);
    }
}

QD_TEST(TestOracleAgreement, QCoreApplication)
#include "TestOracleAgreement.moc"
