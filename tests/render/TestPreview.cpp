// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person hears while turning knobs: a preview that reuses kept taps is the one that a fresh
// render gives, only what changed is run again, the newest wish wins, and nothing outlives a stop.

#include "engine/pipeline/ParameterTable.h"
#include "engine/render/JobThread.h"
#include "engine/render/PreviewThread.h"
#include "engine/render/RenderFile.h"
#include "engine/render/SoloSound.h"
#include "tests/support/Measure.h"
#include "tests/support/RenderFixture.h"
#include "tests/support/TestProgram.h"

#include <atomic>
#include <cstring>
#include <future>

using namespace engine;
using namespace engine::pipeline;
using namespace engine::render;
using tests::Random;
using tests::sameBits;

namespace {

constexpr int edits = 30;

Settings edited(const Settings &settings, Random &random)
{
    Settings next = settings;
    const auto table = parameterTable();
    const ParameterInfo &info =
        table[static_cast<std::size_t>(random.whole(0, static_cast<int>(table.size()) - 1))];
    const double value = random.between(info.minimum, info.maximum);
    applyParameter(next, info, info.kind == ParameterKind::Number ? value : std::round(value));
    if (info.id == ParameterId::AutoGain)
        next.autoGain.on = random.chance(0.3);
    return next;
}

std::vector<StageId> ranStages(const Preview &preview)
{
    std::vector<StageId> stages;
    for (const StageCost &cost : preview.timing.stages) {
        if (stages.empty() || stages.back() != cost.stage)
            stages.push_back(cost.stage);
    }
    return stages;
}

} // namespace

class TestPreview : public tests::RenderFixture {
    Q_OBJECT

    PreviewRequest request(const Settings &settings, std::int64_t first = 0,
                           std::int64_t frames = 30000) const
    {
        return {1, in("in.wav"), 1, settings, first, frames};
    }

private slots:
    void aKeptTapGivesTheBitsOfAFreshRender_data();
    void aKeptTapGivesTheBitsOfAFreshRender();
    void onlyWhatChangedRunsAgain();
    void theSameWishIsAnsweredWithoutWork();
    void aNewFileForgetsTheOldOne();
    void theOldestPreviewsGoWhenMemoryIsShort();
    void levelMatchIsThatOfTheFileRender();
    void aWishForTracesRendersNothingAgain();
    void tracesAreThoseOfAFreshRender();
    void aSoloIsAPartOfTheQuantizer();
    void theNewestWishWins();
    void cancellingEndsSoonAndDeliversNothing();
    void aFailureIsDeliveredWithItsRequest();
    void theThreadEndsWhileItIsBusy();
    void jobsRunInOrderAndCanBeDropped();
};

void TestPreview::aKeptTapGivesTheBitsOfAFreshRender_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("frames");
    QTest::addColumn<int>("channels");
    QTest::newRow("from the start, stereo") << 0 << 30000 << 2;
    QTest::newRow("from the start, mono, over the end") << 0 << 90000 << 1;
    QTest::newRow("further in") << 40960 << 20000 << 2;
}

void TestPreview::aKeptTapGivesTheBitsOfAFreshRender()
{
    QFETCH(int, first);
    QFETCH(int, frames);
    QFETCH(int, channels);
    makeInput("in.wav", channels, 80000);
    Random random(17);
    PreviewRenderer keeping(2);
    Settings settings;
    int reused = 0;
    for (int i = 0; i < edits; ++i) {
        settings = random.chance(0.1) ? Settings{} : edited(settings, random);
        const auto kept = keeping.render(request(settings, first, frames), {});
        QVERIFY(kept);
        reused += (*kept)->inputWasKept ? 1 : 0;
        PreviewRenderer fresh(1);
        const auto plain = fresh.render(request(settings, first, frames), {});
        QVERIFY(plain);
        for (const TapInfo &tap : tapTable) {
            const AudioBuffer &a = (*kept)->sound(tap.id);
            const AudioBuffer &b = (*plain)->sound(tap.id);
            QCOMPARE(a.frames(), b.frames());
            // Further in, a run may begin elsewhere before the window: inaudibly different.
            if (first == 0)
                QVERIFY2(sameBits(a, b),
                         qPrintable(QString("edit %1, tap %2").arg(i).arg(tap.key.data())));
            else
                QVERIFY(sameBits(a, b) || tests::nullDb(a, b) < -100.0);
        }
    }
    QVERIFY2(reused > edits * 3 / 4, qPrintable(QString::number(reused)));
}

void TestPreview::onlyWhatChangedRunsAgain()
{
    makeInput("in.wav", 2, 60000);
    PreviewRenderer renderer(1);
    Settings settings;
    QVERIFY(renderer.render(request(settings), {}));
    settings.limiter.levels.ceilingDb = -6.0;
    auto preview = renderer.render(request(settings), {});
    QCOMPARE(ranStages(**preview), std::vector{StageId::Limiter});
    settings.distortion.foldAmount = 3.0;
    preview = renderer.render(request(settings), {});
    QCOMPARE(ranStages(**preview),
             (std::vector{StageId::Distortion, StageId::PostQuant, StageId::Limiter}));
    // What was kept still tells what it cost.
    QVERIFY(std::any_of((*preview)->keptCosts.begin(), (*preview)->keptCosts.end(),
                        [](const StageCost &cost) { return cost.stage == StageId::PreQuant; }));
    settings.preQuant.classic.smear = 0.5;
    preview = renderer.render(request(settings), {});
    QCOMPARE(ranStages(**preview).front(), StageId::PreQuant);
    QVERIFY((*preview)->inputWasKept);
}

void TestPreview::theSameWishIsAnsweredWithoutWork()
{
    makeInput("in.wav", 2, 60000);
    PreviewRenderer renderer(1);
    Settings a;
    Settings b;
    b.distortion.foldAmount = 5.0;
    const auto first = renderer.render(request(a), {});
    QVERIFY(renderer.render(request(b), {}));
    const auto again = renderer.render(request(a), {});
    QVERIFY((*again)->timing.stages.empty());
    QCOMPARE((*again)->taps, (*first)->taps);
}

void TestPreview::aNewFileForgetsTheOldOne()
{
    makeInput("in.wav", 2, 60000);
    PreviewRenderer renderer(1);
    const auto first = renderer.render(request({}), {});
    Random random(9);
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT,
                      tests::makeSignal(tests::SignalKind::Noise, {48000, 1}, 20000, 0.5, random));
    PreviewRequest next = request({});
    next.soundId = 2;
    const auto second = renderer.render(next, {});
    QVERIFY(second);
    QVERIFY(!(*second)->inputWasKept);
    QCOMPARE((*second)->sound(TapId::Output).channels(), 1);
}

void TestPreview::theOldestPreviewsGoWhenMemoryIsShort()
{
    makeInput("in.wav", 2, 60000);
    PreviewRenderer renderer(1, 1); // hardly a byte beside the newest
    Settings other;
    other.preQuant.classic.smear = 0.7;
    QVERIFY(renderer.render(request({}), {}));
    QVERIFY(renderer.render(request(other), {}));
    const auto again = renderer.render(request({}), {});
    QVERIFY(!(*again)->timing.stages.empty());
    // The newest one is always there to begin with.
    QVERIFY((*again)->inputWasKept);
}

void TestPreview::levelMatchIsThatOfTheFileRender()
{
    makeInput("in.wav", 2, 60000);
    Settings settings;
    settings.autoGain.on = true;
    settings.distortion.foldAmount = 3.0;
    PreviewRenderer renderer(1);
    const auto preview = renderer.render(request(settings, 0, 60000), {});
    RenderFileRequest whole;
    whole.input = in("in.wav");
    whole.output = in("out.wav");
    whole.settings = settings;
    whole.sampleFormat = io::SampleFormat::Float32;
    const auto report = renderFile(whole, {});
    QVERIFY(report);
    QCOMPARE((*preview)->timing.levelMatchDb, report->timing.levelMatchDb);
    QVERIFY(sameBits((*preview)->sound(TapId::Output), tests::readSound(in("out.wav"))));
    // Another output gain needs no new measurement and no quantizer.
    settings.gain.gainDb = -3.0;
    const auto quieter = renderer.render(request(settings, 0, 60000), {});
    QCOMPARE((*quieter)->timing.levelMatchDb, report->timing.levelMatchDb);
    QCOMPARE(ranStages(**quieter).front(), StageId::AutoGain);
}

namespace {
template <typename T>
bool sameBytes(const std::vector<T> &a, const std::vector<T> &b)
{
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}
bool sameTrace(const dsp::QuantizationTrace &a, const dsp::QuantizationTrace &b)
{
    return sameBytes(a.frames, b.frames) && sameBytes(a.moves, b.moves) &&
           sameBytes(a.partialsAfter, b.partialsAfter);
}
} // namespace

void TestPreview::aWishForTracesRendersNothingAgain()
{
    makeInput("in.wav", 2, 60000);
    PreviewRenderer renderer(2);
    PreviewRequest wish = request({});
    const auto plain = renderer.render(wish, {});
    QVERIFY(plain && !(*plain)->preQuantTrace && !(*plain)->postQuantTrace);
    wish.wantsQuantization = true;
    const auto traced = renderer.render(wish, {});
    QVERIFY(traced && (*traced)->preQuantTrace && (*traced)->postQuantTrace);
    QVERIFY(ranStages(**traced).empty());
    QCOMPARE((*traced)->taps, (*plain)->taps); // the very same
    const auto again = renderer.render(wish, {});
    QCOMPARE((*again)->preQuantTrace, (*traced)->preQuantTrace);
    // Only what has changed is traced anew.
    wish.settings.distortion.foldAmount = 3.0;
    const auto folded = renderer.render(wish, {});
    QCOMPARE((*folded)->preQuantTrace, (*traced)->preQuantTrace);
    QVERIFY(!sameTrace(*(*folded)->postQuantTrace, *(*traced)->postQuantTrace));
    wish.settings.preQuant.on = false;
    const auto off = renderer.render(wish, {});
    QVERIFY(!(*off)->preQuantTrace && (*off)->postQuantTrace);
}

void TestPreview::tracesAreThoseOfAFreshRender()
{
    makeInput("in.wav", 2, 80000);
    Random random(23);
    PreviewRenderer keeping(2);
    Settings settings;
    int told = 0;
    for (int i = 0; i < edits; ++i) {
        settings = random.chance(0.1) ? Settings{} : edited(settings, random);
        settings.autoGain.on = random.chance(0.2);
        PreviewRequest wish = request(settings);
        wish.wantsQuantization = random.chance(0.5);
        const auto kept = keeping.render(wish, {});
        QVERIFY(kept);
        if (!wish.wantsQuantization)
            continue;
        PreviewRenderer fresh(1);
        const auto plain = fresh.render(wish, {});
        QVERIFY(plain);
        for (const auto trace : {&Preview::preQuantTrace, &Preview::postQuantTrace}) {
            const auto &a = (**kept).*trace;
            const auto &b = (**plain).*trace;
            QCOMPARE(a == nullptr, b == nullptr);
            QVERIFY(!a || sameTrace(*a, *b));
            told += a ? 1 : 0;
        }
    }
    QVERIFY(told > 5);
}

void TestPreview::aSoloIsAPartOfTheQuantizer()
{
    makeInput("in.wav", 2, 60000);
    PreviewRenderer renderer(2);
    const auto preview = renderer.render(request({}, 4096, 30000), {});
    QVERIFY(preview);
    WorkerPool workers(2);
    for (const auto &[stage, tap] : {std::pair{StageId::PreQuant, TapId::PreQuant},
                                     std::pair{StageId::PostQuant, TapId::PostQuant}}) {
        const AudioBuffer &whole = (*preview)->sound(tap);
        std::vector<double> sum(static_cast<std::size_t>(whole.frames()), 0.0);
        for (const dsp::SoloRange &range :
             {dsp::SoloRange{-1.0, 300.0}, {300.0, 2000.0}, {2000.0, 1e6}}) {
            const auto part = soloSound(**preview, stage, range, workers, {});
            QVERIFY(part);
            QCOMPARE(part->frames(), whole.frames());
            const auto samples = tests::toDouble(part->channel(1));
            QVERIFY(tests::rms(samples) > 0.0);
            for (std::size_t n = 0; n < sum.size(); ++n)
                sum[n] += samples[n];
        }
        QVERIFY(tests::nullDb(sum, tests::toDouble(whole.channel(1))) < -120.0);
    }
}

void TestPreview::theNewestWishWins()
{
    makeInput("in.wav", 2, 400000);
    std::mutex mutex;
    std::vector<std::uint64_t> answered;
    std::promise<void> last;
    std::uint64_t lastId = ~std::uint64_t{};
    PreviewThread thread([&](const PreviewOutcome &outcome) {
        const std::scoped_lock lock(mutex);
        answered.push_back(std::get<SharedPreview>(outcome)->request.id);
        if (answered.back() == lastId)
            last.set_value();
    });
    Settings settings;
    for (int i = 0; i < 40; ++i) {
        settings.preQuant.classic.smear = i / 40.0;
        const std::scoped_lock lock(mutex);
        lastId = thread.request(request(settings, 0, 400000));
    }
    QCOMPARE(last.get_future().wait_for(std::chrono::seconds(60)), std::future_status::ready);
    QVERIFY2(answered.size() < 5, "wishes that were overtaken are not rendered to their end");
    QVERIFY(std::is_sorted(answered.begin(), answered.end()));
}

void TestPreview::cancellingEndsSoonAndDeliversNothing()
{
    tests::writeSparseWav(in("in.wav"), 48000, 2, 48000 * 600);
    std::atomic<int> delivered = 0;
    PreviewThread thread([&](const PreviewOutcome &) { ++delivered; });
    thread.request(request({}, 0, 48000 * 600));
    QTest::qWait(50);
    thread.cancel();
    thread.request(request({}, 0, 1000));
    QTRY_COMPARE_WITH_TIMEOUT(delivered.load(), 1, 30000);
    QTest::qWait(100);
    QCOMPARE(delivered.load(), 1);
}

void TestPreview::aFailureIsDeliveredWithItsRequest()
{
    std::promise<PreviewFailure> failure;
    PreviewThread thread([&](const PreviewOutcome &outcome) {
        failure.set_value(std::get<PreviewFailure>(outcome));
    });
    const std::uint64_t id = thread.request(request({}));
    const PreviewFailure got = failure.get_future().get();
    QCOMPARE(got.request.id, id);
    QVERIFY(has(got.error.problem, "in.wav"));
}

void TestPreview::theThreadEndsWhileItIsBusy()
{
    tests::writeSparseWav(in("in.wav"), 48000, 2, 48000 * 600);
    for (int i = 0; i < 20; ++i) {
        PreviewThread thread([](const PreviewOutcome &) {});
        thread.request(request({}, 0, 48000 * 600));
        QTest::qWait(i);
    }
}

void TestPreview::jobsRunInOrderAndCanBeDropped()
{
    std::promise<void> gate;
    std::shared_future<void> open = gate.get_future().share();
    std::mutex mutex;
    std::vector<int> done;
    bool stopped = false;
    JobThread jobs;
    const auto note = [&](int n) {
        const std::scoped_lock lock(mutex);
        done.push_back(n);
    };
    const std::uint64_t first = jobs.add([&, open](const std::stop_token &stop) {
        open.wait();
        stopped = stop.stop_requested();
        note(1);
    });
    const std::uint64_t second = jobs.add([&](const std::stop_token &) { note(2); });
    jobs.add([&](const std::stop_token &stop) {
        QVERIFY(!stop.stop_requested());
        note(3);
    });
    QTRY_COMPARE(jobs.unfinished(), std::size_t{3});
    QVERIFY(jobs.cancel(second));
    QTest::qWait(20);
    QVERIFY2(!jobs.cancel(first), "it has begun: it ends by itself");
    gate.set_value();
    QTRY_COMPARE(jobs.unfinished(), std::size_t{0});
    QVERIFY(stopped);
    QCOMPARE(done, (std::vector{1, 3}));
}

QD_TEST(TestPreview, QCoreApplication)
#include "TestPreview.moc"
