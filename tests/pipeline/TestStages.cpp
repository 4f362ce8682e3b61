// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every row of the stage table × every property a stage promises: finite output, aligned and as
// long as the input, the same for any block size and number of workers, the same twice, the same
// after a reset as when new, and out again exactly as late as it declares.

#include "engine/base/AudioQueue.h"
#include "engine/base/FlushDenormals.h"
#include "engine/pipeline/StageTable.h"
#include "tests/support/Signals.h"
#include "tests/support/SoundFile.h"
#include "tests/support/TestProgram.h"

#include <QTest>

using namespace engine;
using namespace engine::pipeline;
using tests::sameBits;

namespace {

constexpr int rateHz = 48000;
constexpr int channels = 2;
constexpr int wholeFrames = 20011; // no multiple of anything

/// Settings in which the stage runs and does something.
Settings busySettings(StageId stage)
{
    Settings settings;
    settings.preQuant.classic.snapStrength = 0.8;
    settings.distortion.foldAmount = 3.0;
    settings.distortion.bias = 0.2;
    settings.limiter.levels.ceilingDb = -6.0;
    settings.limiter.mode =
        stage == StageId::ClassicLimiter ? LimiterMode::Classic : LimiterMode::TruePeak;
    settings.autoGain = {true, {-4.5}};
    settings.mix.dryWet = 0.6;
    settings.gain.gainDb = 3.0;
    return settings;
}

/// The whole input through a stage in blocks of one size, starting wherever the stage stands.
AudioBuffer throughStage(Stage &stage, const AudioBuffer &input, int blockFrames)
{
    const FlushDenormals flush;
    AudioBuffer output(input.format(), 0);
    AudioBuffer block(input.format(), blockFrames);
    for (std::int64_t at = 0; at < input.frames();) {
        const int count =
            static_cast<int>(std::min<std::int64_t>(blockFrames, input.frames() - at));
        copy(input.block(at, count), block.block(0, count));
        const AudioBlock out = stage.process(block.block(0, count), input.block(at, count));
        if (!out.empty())
            output.append(out);
        at += count;
    }
    if (const AudioBlock rest = stage.finish(); !rest.empty())
        output.append(rest);
    return output;
}

std::unique_ptr<Stage> made(const StageRow &row, WorkerPool &workers, const Settings &settings)
{
    std::unique_ptr<Stage> stage = row.create(settings);
    stage->prepare({rateHz, channels, wholeFrames}, workers);
    stage->reset();
    return stage;
}

std::unique_ptr<Stage> made(const StageRow &row, WorkerPool &workers)
{
    return made(row, workers, busySettings(row.id));
}

AudioBuffer signal(tests::SignalKind kind)
{
    tests::Random random(7);
    return tests::makeSignal(kind, {rateHz, channels}, wholeFrames, 0.8, random);
}

} // namespace

class TestStages : public QObject {
    Q_OBJECT

private slots:
    void finiteForAnySound_data() { eachStage(); }
    void finiteForAnySound();
    void sameForAnyBlockSizeAndWorkers_data() { eachStage(); }
    void sameForAnyBlockSizeAndWorkers();
    void resetEqualsFresh_data() { eachStage(); }
    void resetEqualsFresh();
    void declaredLatencyIsTheMeasuredOne_data() { eachStage(); }
    void declaredLatencyIsTheMeasuredOne();
    void anImpulseStaysWhereItWas_data() { eachStage(); }
    void anImpulseStaysWhereItWas();

private:
    static void eachStage();
    static const StageRow &row()
    {
        const int *id = static_cast<const int *>(QTest::qData("stage", qMetaTypeId<int>()));
        return stageTable()[static_cast<std::size_t>(*id)];
    }
    static AudioBuffer sound() { return signal(tests::SignalKind::Mixed); }
};

void TestStages::eachStage()
{
    QTest::addColumn<int>("stage");
    for (const StageRow &row : stageTable()) {
        if (row.create) {
            QVERIFY(row.runs(busySettings(row.id)));
            QTest::newRow(std::string(row.key).c_str()) << static_cast<int>(row.id);
        }
    }
}

void TestStages::finiteForAnySound()
{
    WorkerPool workers(1);
    const std::unique_ptr<Stage> stage = made(row(), workers);
    AudioBuffer loud = sound();
    for (float &x : loud.channel(0))
        x *= 1.0e6F;
    AudioBuffer tiny = sound();
    for (float &x : tiny.channel(0))
        x *= 1.0e-38F;
    std::vector<AudioBuffer> inputs{loud, tiny};
    for (int kind = 0; kind < tests::signalKindCount; ++kind)
        inputs.push_back(signal(static_cast<tests::SignalKind>(kind)));
    for (const AudioBuffer &input : inputs) {
        stage->reset();
        const AudioBuffer output = throughStage(*stage, input, 4096);
        QCOMPARE(output.frames(), input.frames());
        for (int c = 0; c < channels; ++c) {
            for (const float x : output.channel(c))
                QVERIFY(std::isfinite(x));
        }
    }
}

void TestStages::sameForAnyBlockSizeAndWorkers()
{
    WorkerPool one(1);
    const AudioBuffer whole = throughStage(*made(row(), one), sound(), wholeFrames);
    QCOMPARE(whole.frames(), std::int64_t{wholeFrames});
    for (const int workers : {1, 2, 5}) {
        WorkerPool pool(workers);
        for (const int blockFrames : {1, 7, 512, 4096, wholeFrames})
            QVERIFY(sameBits(throughStage(*made(row(), pool), sound(), blockFrames), whole));
    }
}

void TestStages::resetEqualsFresh()
{
    WorkerPool workers(1);
    const AudioBuffer fresh = throughStage(*made(row(), workers), sound(), 1000);
    const std::unique_ptr<Stage> stage = made(row(), workers);
    throughStage(*stage, signal(tests::SignalKind::Noise), 777);
    stage->reset();
    QVERIFY(sameBits(throughStage(*stage, sound(), 1000), fresh));
}

void TestStages::declaredLatencyIsTheMeasuredOne()
{
    WorkerPool workers(1);
    const std::unique_ptr<Stage> stage = made(row(), workers);
    const AudioBuffer input = sound();
    AudioBuffer block(input.format(), 1);
    std::int64_t out = 0;
    std::int64_t longestWait = 0;
    for (std::int64_t in = 0; in < input.frames(); ++in) {
        copy(input.block(in, 1), block.block(0, 1));
        out += stage->process(block.block(0, 1), input.block(in, 1)).frames();
        longestWait = std::max(longestWait, in + 1 - out);
    }
    QCOMPARE(longestWait, std::int64_t{stage->latencyFrames()});
}

void TestStages::anImpulseStaysWhereItWas()
{
    WorkerPool workers(1);
    Settings settings = busySettings(row().id);
    settings.distortion.dcBlock =
        false; // a high pass answers an impulse long after it, as it should
    const std::unique_ptr<Stage> stage = made(row(), workers, settings);
    constexpr int at = 9000;
    // Against the output for silence: a biased shaper gives a constant of its own.
    AudioBuffer input({rateHz, channels}, wholeFrames);
    const AudioBuffer base = throughStage(*stage, input, 4096);
    stage->reset();
    for (int c = 0; c < channels; ++c)
        input.channel(c)[at] = 0.4F;
    const AudioBuffer output = throughStage(*stage, input, 4096);
    double energy = 0.0;
    double moment = 0.0;
    for (std::int64_t n = 0; n < output.frames(); ++n) {
        const double d = double{output.channel(0)[static_cast<std::size_t>(n)]} -
                         double{base.channel(0)[static_cast<std::size_t>(n)]};
        energy += d * d;
        moment += d * d * static_cast<double>(n - at);
    }
    QVERIFY(energy > 1e-6);
    // A spectrum's phases may spread an impulse over its frame, but not away from it.
    const double limit = row().domain == Domain::Spectrum ? 128.0 : 1e-3;
    QVERIFY2(std::abs(moment / energy) <= limit, qPrintable(QString::number(moment / energy)));
}

QD_TEST(TestStages, QCoreApplication)
#include "TestStages.moc"
