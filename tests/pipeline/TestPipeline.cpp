// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole chain as its user meets it: a preview is a part of the full render, nothing depends on
// how the work was cut up, a stage that is off changes nothing, dry is dry, and what is cancelled
// stops.

#include "engine/base/MemoryStream.h"
#include "engine/base/MonoSource.h"
#include "engine/pipeline/Pipeline.h"
#include "engine/pipeline/StageTable.h"
#include "tests/support/Signals.h"
#include "tests/support/SoundFile.h"
#include "tests/support/TestProgram.h"

#include <QTest>

using namespace engine;
using namespace engine::pipeline;
using tests::sameBits;

namespace {

struct Taps {
    std::vector<AudioBuffer> buffers;
    RunReport report;
    const AudioBuffer &operator[](TapId tap) const
    {
        return buffers[static_cast<std::size_t>(tap)];
    }
};

Taps runOn(const AudioBuffer &input, const Settings &settings, const Window &window = {},
           int workers = 1, int blockFrames = defaultBlockFrames)
{
    BufferSource source(input);
    std::vector<BufferSink> buffers(tapCount, BufferSink(input.format()));
    TapSinks sinks{};
    for (std::size_t i = 0; i < tapCount; ++i)
        sinks[i] = &buffers[i];
    WorkerPool pool(workers);
    const Result<RunReport> report = run(source, settings, window, sinks, pool, {}, {blockFrames});
    Taps taps;
    if (!report)
        qFatal("the run failed: %s", report.error().oneLine().c_str());
    taps.report = *report;
    for (BufferSink &sink : buffers)
        taps.buffers.push_back(sink.buffer());
    return taps;
}

AudioBuffer sound(int frames, int channels = 2, int rateHz = 44100)
{
    tests::Random random(11);
    return tests::makeSignal(tests::SignalKind::Mixed, {rateHz, channels}, frames, 0.9, random);
}

Settings hard()
{
    Settings settings;
    settings.distortion.foldAmount = 4.0;
    settings.distortion.bias = 0.15;
    settings.limiter.levels.ceilingDb = -9.0;
    settings.mix.dryWet = 0.7;
    settings.gain.gainDb = -2.0;
    return settings;
}

} // namespace

class TestPipeline : public QObject {
    Q_OBJECT

private slots:
    void everyTapIsAsLongAsTheInput_data();
    void everyTapIsAsLongAsTheInput();
    void nothingDependsOnBlocksOrThreads();
    void aPreviewFromTheStartIsTheRenderBitForBit();
    void aPreviewFurtherInIsTheRender_data();
    void aPreviewFurtherInIsTheRender();
    void aWindowOverTheEndIsCutThere();
    void stagesThatAreOffPassTheirInputOn();
    void quantizersNeedSnap();
    void linkedPostQuantFollowsAndUnlinkedDoesNot();
    void dryIsExactlyTheInput();
    void silenceStaysSilence();
    void aSilentChannelStaysSilent();
    void channelsAreTreatedAlike();
    void monoIsTheAverage();
    void cancellingStopsAtOnce();
    void aFailingSinkEndsTheRun();
    void timesAreToldForEveryStageThatRan();
};

void TestPipeline::everyTapIsAsLongAsTheInput_data()
{
    QTest::addColumn<int>("frames");
    for (const int frames : {1, 2, 511, 512, 513, 1024, 2047, 2048, 2049, 8192, 8193, 30000})
        QTest::newRow(qPrintable(QString::number(frames))) << frames;
}

void TestPipeline::everyTapIsAsLongAsTheInput()
{
    QFETCH(int, frames);
    for (const int channels : {1, 3, 8}) {
        const Taps taps = runOn(sound(frames, channels), hard());
        for (const AudioBuffer &tap : taps.buffers) {
            QCOMPARE(tap.frames(), std::int64_t{frames});
            QCOMPARE(tap.channels(), channels);
        }
        QCOMPARE(taps.report.frames, std::int64_t{frames});
    }
}

void TestPipeline::nothingDependsOnBlocksOrThreads()
{
    const AudioBuffer input = sound(50000);
    const Taps reference = runOn(input, hard());
    for (const int workers : {1, 2, 3, 8}) {
        for (const int blockFrames : {1, 7, 512, 4096, 50000}) {
            if (blockFrames < 8 && workers > 2)
                continue; // a frame at a time has no work to share
            const Taps taps = runOn(input, hard(), {}, workers, blockFrames);
            for (std::size_t i = 0; i < tapCount; ++i)
                QVERIFY2(sameBits(taps.buffers[i], reference.buffers[i]), tapTable[i].key.data());
        }
    }
}

void TestPipeline::aPreviewFromTheStartIsTheRenderBitForBit()
{
    const AudioBuffer input = sound(100000);
    const Taps full = runOn(input, hard());
    for (const std::int64_t frames : {1, 1000, 44100, 99999}) {
        const Taps preview = runOn(input, hard(), {0, frames});
        for (std::size_t i = 0; i < tapCount; ++i) {
            QCOMPARE(preview.buffers[i].frames(), frames);
            QVERIFY2(sameBits(preview.buffers[i], tests::part(full.buffers[i], 0, frames)),
                     tapTable[i].key.data());
        }
    }
}

void TestPipeline::aPreviewFurtherInIsTheRender_data()
{
    QTest::addColumn<qint64>("first");
    for (const qint64 first : {1, 511, 513, 40000, 65536, 99000})
        QTest::newRow(qPrintable(QString::number(first))) << first;
}

void TestPipeline::aPreviewFurtherInIsTheRender()
{
    QFETCH(qint64, first);
    const AudioBuffer input = sound(140000);
    for (const Settings &settings : {hard(), Settings{}}) {
        const Taps full = runOn(input, settings);
        const Taps preview = runOn(input, settings, {first, 30000});
        for (std::size_t i = 0; i < tapCount; ++i) {
            QCOMPARE(preview.buffers[i].frames(), std::int64_t{30000});
            const double null =
                tests::nullDb(preview.buffers[i], tests::part(full.buffers[i], first, 30000));
            QVERIFY2(null <= -100.0, qPrintable(QString("%1 dB").arg(null)));
        }
        // Only the limiter remembers for ever; before it a window is exact.
        QVERIFY(
            sameBits(preview[TapId::PreQuant], tests::part(full[TapId::PreQuant], first, 30000)));
    }
}

void TestPipeline::aWindowOverTheEndIsCutThere()
{
    const AudioBuffer input = sound(20000);
    const Taps taps = runOn(input, hard(), {15000, 44100});
    QCOMPARE(taps[TapId::Output].frames(), std::int64_t{5000});
    QCOMPARE(runOn(input, hard(), {20000, 100}).report.frames, std::int64_t{0});
}

void TestPipeline::stagesThatAreOffPassTheirInputOn()
{
    const AudioBuffer input = sound(20000);
    Settings settings = hard();
    settings.preQuant.on = false;
    QVERIFY(sameBits(runOn(input, settings)[TapId::PreQuant], input));
    settings.postQuant.on = false;
    const Taps taps = runOn(input, settings);
    QVERIFY(sameBits(taps[TapId::PostQuant], taps[TapId::PostDist]));
    // The distortion always runs.
    QVERIFY(!sameBits(taps[TapId::PostDist], input));
    settings.limiter.on = false;
    settings.mix.dryWet = 1.0;
    settings.gain.gainDb = 0.0;
    const Taps bare = runOn(input, settings);
    QVERIFY(sameBits(bare[TapId::Output], bare[TapId::PostQuant]));
}

void TestPipeline::quantizersNeedSnap()
{
    const AudioBuffer input = sound(20000);
    Settings settings;
    settings.preQuant.classic.snapStrength = 0.0;
    const Taps taps = runOn(input, settings);
    QVERIFY(sameBits(taps[TapId::PreQuant], input));
    for (const StageCost &cost : taps.report.timing.stages)
        QVERIFY(cost.kind != CostKind::Stft);
}

void TestPipeline::linkedPostQuantFollowsAndUnlinkedDoesNot()
{
    const AudioBuffer input = sound(20000);
    Settings linked = hard();
    Settings other = linked;
    other.postQuant.classic.scale.rootPitchClass = 7;
    QVERIFY(
        sameBits(runOn(input, linked)[TapId::PostQuant], runOn(input, other)[TapId::PostQuant]));
    other.postLink = false;
    QVERIFY(
        !sameBits(runOn(input, linked)[TapId::PostQuant], runOn(input, other)[TapId::PostQuant]));
    QVERIFY(sameBits(runOn(input, linked)[TapId::PreQuant], runOn(input, other)[TapId::PreQuant]));
}

void TestPipeline::dryIsExactlyTheInput()
{
    const AudioBuffer input = sound(33333);
    Settings settings = hard();
    settings.gain.gainDb = 0.0;
    settings.mix.dryWet = 0.0;
    settings.limiter.on = false;
    QVERIFY(sameBits(runOn(input, settings)[TapId::Output], input));
}

void TestPipeline::silenceStaysSilence()
{
    const AudioBuffer input({48000, 2}, 20000);
    Settings settings;
    settings.distortion.foldAmount = 10.0;
    for (const AudioBuffer &tap : runOn(input, settings).buffers)
        QVERIFY(sameBits(tap, input));
}

void TestPipeline::aSilentChannelStaysSilent()
{
    AudioBuffer input = sound(20000);
    std::ranges::fill(input.channel(1), 0.0F);
    const AudioBuffer output = runOn(input, Settings{})[TapId::Output];
    QVERIFY(std::ranges::all_of(output.channel(1), [](float x) { return x == 0.0F; }));
}

void TestPipeline::channelsAreTreatedAlike()
{
    const AudioBuffer mono = sound(20000, 1);
    AudioBuffer stereo({44100, 2}, 20000);
    for (int c = 0; c < 2; ++c)
        std::ranges::copy(mono.channel(0), stereo.channel(c).begin());
    const AudioBuffer wide = runOn(stereo, hard())[TapId::Output];
    const AudioBuffer narrow = runOn(mono, hard())[TapId::Output];
    for (int c = 0; c < 2; ++c)
        QVERIFY(std::ranges::equal(wide.channel(c), narrow.channel(0)));
}

void TestPipeline::monoIsTheAverage()
{
    AudioBuffer input({44100, 3}, 100);
    for (int c = 0; c < 3; ++c)
        std::ranges::fill(input.channel(c), static_cast<float>(c + 1) * 0.25F);
    BufferSource source(input);
    MonoSource mono(source);
    QCOMPARE(mono.format().channels, 1);
    AudioBuffer out({44100, 1}, 100);
    QCOMPARE(*mono.read(out.block(0, 100)), 100);
    for (const float x : out.channel(0))
        QCOMPARE(x, 0.5F);
}

void TestPipeline::cancellingStopsAtOnce()
{
    const AudioBuffer input = sound(200000);
    BufferSource source(input);
    std::stop_source stop;
    int blocks = 0;
    const RunContext context{stop.get_token(), [&](std::optional<double>) {
                                 if (++blocks == 3)
                                     stop.request_stop();
                             }};
    WorkerPool pool(2);
    const Result<RunReport> report = run(source, Settings{}, {}, {}, pool, context, {4096});
    QVERIFY(!report);
    QVERIFY(report.error().code == ErrorCode::Cancelled);
    QCOMPARE(blocks, 3);
}

void TestPipeline::aFailingSinkEndsTheRun()
{
    struct FullDisk final : AudioSink {
        Status write(ConstAudioBlock) override { return fail(ErrorCode::WriteFailed, "full"); }
    } sink;
    const AudioBuffer input = sound(50000);
    BufferSource source(input);
    TapSinks sinks{};
    sinkOf(sinks, TapId::Output) = &sink;
    WorkerPool pool(1);
    const Result<RunReport> report = run(source, Settings{}, {}, sinks, pool, {});
    QVERIFY(!report);
    QCOMPARE(report.error().problem, std::string("full"));
}

void TestPipeline::timesAreToldForEveryStageThatRan()
{
    const RenderTiming timing = runOn(sound(60000), hard()).report.timing;
    std::size_t entry = 0;
    for (const StageRow &row : stageTable()) {
        if (!row.create || !row.runs(hard()))
            continue;
        const std::size_t parts = row.domain == Domain::Spectrum ? 3 : 1;
        for (std::size_t i = 0; i < parts; ++i, ++entry) {
            QVERIFY(entry < timing.stages.size());
            QVERIFY(timing.stages[entry].stage == row.id);
            QVERIFY(timing.stages[entry].seconds >= 0.0);
        }
    }
    QCOMPARE(entry, timing.stages.size());
    double sum = timing.loadSeconds + timing.saveSeconds;
    for (const StageCost &cost : timing.stages)
        sum += cost.seconds;
    QVERIFY(sum <= timing.totalSeconds);
    QVERIFY(sum >= 0.5 * timing.totalSeconds);
}

QD_TEST(TestPipeline, QCoreApplication)
#include "TestPipeline.moc"
