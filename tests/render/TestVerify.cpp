// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file can be made again from its recipe, and whether it is the same is said truly. Oracle: files
// that were rendered, and the same with one sample changed by libsndfile.

#include "engine/io/PresetLibrary.h"
#include "engine/render/RenderFile.h"
#include "engine/render/SaveTap.h"
#include "engine/render/VerifyFile.h"
#include "tests/support/RenderFixture.h"
#include "tests/support/TestProgram.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <csignal>
#include <sys/resource.h>

using namespace engine;
namespace fs = std::filesystem;
using render::Agreement;
using render::RenderFileRequest;
using render::Verdict;

class TestVerify : public tests::RenderFixture {
    Q_OBJECT

private slots:
    void everyPresetIsMadeAgain_data();
    void everyPresetIsMadeAgain();
    void everyExportIsMadeAgain_data();
    void everyExportIsMadeAgain();
    void aSavedTapIsMadeAgain_data();
    void aSavedTapIsMadeAgain();
    void aTapThatCannotBeMadeAgainSaysNothing();
    void theRequestComesBack();
    void oneSampleIsFound();
    void aClickIsFoundInALongFile();
    void roundingIsTheSameSound();
    void aSettingIsNoRounding();
    void theReportSaysWhatWasFound();
    void aMissingEndIsFound();
    void anotherInputIsFound();
    void anInputInAnotherContainerIsTheSame();
    void whatCannotBeVerifiedIsTold();
    void nothingIsLeftBehind();

private:
    RenderFileRequest request(const char *output) const
    {
        RenderFileRequest wanted;
        wanted.input = in("in.wav");
        wanted.output = in(output);
        wanted.threads = 1;
        return wanted;
    }
    Result<Verdict> verify(const char *file, const char *input = "in.wav") const
    {
        return render::verifyFile({in(file), in(input), {}, {}, 1}, {});
    }
    /// Writes the sound anew, with the recipe of another file and one thing changed.
    void tamper(const char *file, int format, const std::function<void(AudioBuffer &)> &change)
    {
        AudioBuffer sound = tests::readSound(in(file));
        const std::string text = io::recipeText(io::readRecipe(in(file)).value().value());
        change(sound);
        SF_INFO info{};
        info.samplerate = sound.format().sampleRateHz;
        info.channels = sound.channels();
        info.format = format;
        SNDFILE *written = sf_open(in(file).c_str(), SFM_WRITE, &info);
        sf_set_string(written, SF_STR_COMMENT, text.c_str());
        std::vector<float> frame(static_cast<std::size_t>(sound.channels()));
        for (std::size_t n = 0; n < static_cast<std::size_t>(sound.frames()); ++n) {
            for (std::size_t c = 0; c < frame.size(); ++c)
                frame[c] = sound.channel(static_cast<int>(c))[n];
            sf_writef_float(written, frame.data(), 1);
        }
        sf_close(written);
    }
};

void TestVerify::everyPresetIsMadeAgain_data()
{
    QTest::addColumn<QByteArray>("preset");
    const auto list = io::listPresets({std::filesystem::path(QD_SHARE_DIR) / "presets", {}});
    for (const io::PresetEntry &entry : list.presets)
        QTest::newRow(entry.preset.name.c_str()) << QByteArray::fromStdString(entry.preset.name);
}

void TestVerify::everyPresetIsMadeAgain()
{
    QFETCH(QByteArray, preset);
    makeInput("in.wav");
    const auto found =
        io::findPreset(preset.toStdString(), {std::filesystem::path(QD_SHARE_DIR) / "presets", {}});
    QVERIFY(found);
    int number = 0;
    for (const bool mono : {false, true}) {
        for (const char *ending : {".wav", ".flac", ".ogg", ".mp3", ".opus"}) {
            const std::string name = std::to_string(++number) + ending;
            RenderFileRequest wanted = request(name.c_str());
            wanted.settings = found->settings;
            wanted.monoDownmix = mono;
            wanted.renderOversampling = dsp::Oversampling::X8;
            QVERIFY(render::renderFile(wanted, {}));
            const auto verdict = verify(name.c_str());
            QVERIFY2(verdict, verdict ? "" : verdict.error().oneLine().c_str());
            QVERIFY2(verdict->agreement == Agreement::Identical, verdict->text().c_str());
            QVERIFY(verdict->frames > 29999);
        }
    }
}

void TestVerify::everyExportIsMadeAgain_data()
{
    QTest::addColumn<QByteArray>("ending");
    QTest::addColumn<int>("depth");
    for (const io::ContainerInfo &info : io::containers()) {
        if (!io::holdsRecipe(info.container))
            continue;
        for (const io::SampleFormat depth : info.sampleFormats)
            QTest::newRow(qPrintable(QString("%1 %2").arg(info.key.data()).arg(int(depth))))
                << QByteArray(info.endings.front().data()) << int(depth);
    }
}

void TestVerify::everyExportIsMadeAgain()
{
    QFETCH(QByteArray, ending);
    QFETCH(int, depth);
    makeInput("in.wav", 2, 60000);
    const auto sampleFormat = io::SampleFormat(depth);
    const bool integer =
        sampleFormat == io::SampleFormat::Pcm16 || sampleFormat == io::SampleFormat::Pcm24;
    const std::string name = "out." + ending.toStdString();
    for (int variant = 0; variant < 4; ++variant) {
        RenderFileRequest wanted = request(name.c_str());
        wanted.overwrite = io::OverwritePolicy::Replace;
        wanted.settings.distortion.foldAmount = 3.0;
        if (sampleFormat != io::SampleFormat::Lossy)
            wanted.sampleFormat = sampleFormat;
        else if (variant > 0)
            wanted.quality = 0.2 * variant;
        if (integer)
            wanted.dither = std::array{io::Dither::Tpdf, io::Dither::NoiseShaped, io::Dither::None,
                                       io::Dither::NoiseShaped}[static_cast<std::size_t>(variant)];
        if (variant == 1)
            wanted.preview = render::PreviewWindow{0.3, 0.77};
        if (variant == 2) {
            wanted.loudness = io::TargetLoudness{-10.0, -2.0};
            wanted.sampleRateHz = 48000;
            wanted.settings.autoGain.on = true;
        }
        if (variant == 3) {
            wanted.preview = render::PreviewWindow{0.9, 30.0}; // longer than what there is
            wanted.source = pipeline::TapId::PreQuant;
            wanted.loudness = io::MatchSource{-1.0};
        }
        const auto report = render::renderFile(wanted, {});
        QVERIFY2(report, report ? "" : report.error().oneLine().c_str());
        QVERIFY(report->holdsRecipe);
        const auto verdict = verify(name.c_str());
        QVERIFY2(verdict, verdict ? "" : verdict.error().oneLine().c_str());
        QVERIFY2(verdict->agreement == Agreement::Identical, verdict->text().c_str());
        QCOMPARE(verdict->lossy, sampleFormat == io::SampleFormat::Lossy);
    }
}

void TestVerify::aSavedTapIsMadeAgain_data()
{
    QTest::addColumn<QByteArray>("ending");
    for (const char *ending : {"wav", "aiff", "caf", "flac", "ogg", "opus", "mp3"})
        QTest::newRow(ending) << QByteArray(ending);
}

void TestVerify::aSavedTapIsMadeAgain()
{
    QFETCH(QByteArray, ending);
    makeInput("in.wav", 2, 60000);
    const std::string output = "tap." + ending.toStdString();
    render::PreviewRenderer previews(1);
    render::PreviewRequest wanted;
    wanted.path = in("in.wav");
    wanted.soundId = 1;
    int loudTaps = 0;
    for (const bool inTheMiddle : {false, true}) {
        wanted.firstFrame = inTheMiddle ? 21000 : 0;
        wanted.frames = inTheMiddle ? 20000 : 30000;
        for (const double fold : {2.0, 6.0}) { // the second begins where the first is kept
            wanted.settings.distortion.foldAmount = fold;
            wanted.settings.autoGain.on = fold == 6.0;
            wanted.settings.mix.dryWet = 0.8;
            const auto preview = previews.render(wanted, {}).value();
            for (const pipeline::TapInfo &tap : pipeline::tapTable) {
                const auto saved = render::saveTap(*preview, tap.id, in(output.c_str()),
                                                   io::OverwritePolicy::Replace, {});
                QVERIFY2(saved, saved ? "" : saved.error().oneLine().c_str());
                const auto verdict = verify(output.c_str());
                QVERIFY2(verdict, verdict ? "" : verdict.error().oneLine().c_str());
                QVERIFY2(verdict->agreement == Agreement::Identical, verdict->text().c_str());
                QVERIFY(verdict->recipe.source == tap.id && !verdict->recipe.wholeFile);
                QCOMPARE(verdict->recipe.firstFrame, wanted.firstFrame);
                QVERIFY(verdict->recipe.settings == wanted.settings);
                if (ending != "wav")
                    continue;
                const AudioBuffer there = tests::readSound(in(output.c_str()));
                QVERIFY(tests::nullDb(there, preview->sound(tap.id)) < -120.0);
                const bool loud = tests::peakOf(preview->sound(tap.id)) > 1.0;
                QCOMPARE(saved->sampleFormat,
                         loud ? io::SampleFormat::Float32 : io::SampleFormat::Pcm24);
                QCOMPARE(saved->clippedSamples, std::int64_t{0});
                loudTaps += loud;
            }
        }
    }
    if (ending == "wav")
        QVERIFY(loudTaps > 0); // of what goes above full scale nothing is cut off
}

void TestVerify::aTapThatCannotBeMadeAgainSaysNothing()
{
    makeInput("in.wav", 2, 30000);
    render::PreviewRenderer previews(1);
    render::PreviewRequest wanted;
    wanted.path = in("in.wav");
    wanted.frames = 20000;
    const auto preview = previews.render(wanted, {}).value();
    const auto save = [&](const char *name) {
        return render::saveTap(*preview, pipeline::TapId::Output, in(name),
                               io::OverwritePolicy::Refuse, {});
    };
    QVERIFY(save("whole.wav"));
    QVERIFY(io::readRecipe(in("whole.wav")).value());
    makeInput("in.wav", 2, 30000, 48000); // another sound of this name
    QVERIFY(save("other.wav"));
    fs::remove(in("in.wav"));
    QVERIFY(save("gone.wav"));
    for (const char *name : {"other.wav", "gone.wav"}) {
        QVERIFY(!io::readRecipe(in(name)).value());
        QVERIFY(tests::sameBits(tests::readSound(in(name)), tests::readSound(in("whole.wav"))));
    }
    const auto refused = save("gone.wav");
    QVERIFY(!refused && refused.error().code == ErrorCode::CannotCreate);
    QCOMPARE(filesLeft().size(), std::size_t{3});
}

void TestVerify::theRequestComesBack()
{
    makeInput("in.wav");
    RenderFileRequest wanted = request("out.flac");
    wanted.preview = render::PreviewWindow{0.123456, 0.2};
    wanted.loudness = io::TargetLoudness{-20.0, -1.0};
    const auto recipe = render::recipeOf(wanted, {});
    QVERIFY(recipe);
    RenderFileRequest again = render::requestOf(*recipe, in("in.wav"));
    again.output = in("out.flac");
    QVERIFY(render::recipeOf(again, {}).value() == *recipe);
    QVERIFY(render::renderFile(wanted, {}));
    QVERIFY(io::readRecipe(in("out.flac")).value().value() == *recipe);
}

void TestVerify::oneSampleIsFound()
{
    makeInput("in.wav");
    QVERIFY(render::renderFile(request("out.flac"), {}));
    QVERIFY(verify("out.flac")->agreement == Agreement::Identical);
    tamper("out.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, [](AudioBuffer &sound) {
        sound.channel(1)[12345] += 0x1p-23F; // the smallest step
    });
    const auto verdict = verify("out.flac");
    QVERIFY2(verdict, verdict ? "" : verdict.error().oneLine().c_str());
    QVERIFY(verdict->agreement == Agreement::SameSound); // but said
    QCOMPARE(verdict->differingFrames, std::int64_t{1});
    QCOMPARE(verdict->firstDifference.value(), std::int64_t{12345});
    QCOMPARE(verdict->largestDifference, 0x1p-23);
    QVERIFY(has(verdict->text(), "1 of 30000 frames differ, from frame 12345"));
}

void TestVerify::aClickIsFoundInALongFile()
{
    makeInput("in.wav", 2, 6 * 44100);
    RenderFileRequest wanted = request("out.flac");
    wanted.settings.preQuant.on = wanted.settings.postQuant.on = false;
    QVERIFY(render::renderFile(wanted, {}));
    tamper("out.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24,
           [](AudioBuffer &sound) { sound.channel(0)[200000] += 0.003F; });
    QVERIFY(verify("out.flac")->agreement == Agreement::Different);
}

/// What another machine makes differs by rounding, which some settings amplify to −50 dB. Oracle: a
/// render whose input was moved in its last bits, as no render of the verdict's own is.
void TestVerify::roundingIsTheSameSound()
{
    const fs::path drums = fs::path(QD_SHARE_DIR) / "demo-sounds" / "drum-break.wav";
    int amplified = 0;
    for (const char *preset : {"Suspended Chord Stabs", "Glass Pad Fixer", "Hard Tuned Lead"}) {
        const auto found = io::findPreset(preset, {fs::path(QD_SHARE_DIR) / "presets", {}});
        QVERIFY(found);
        for (const char *name : {"out.wav", "out.ogg"}) {
            RenderFileRequest wanted = request(name);
            wanted.input = drums;
            wanted.settings = found->settings;
            wanted.overwrite = io::OverwritePolicy::Replace;
            wanted.nudgeSeed = 1234;
            QVERIFY(render::renderFile(wanted, {}));
            const auto verdict = render::verifyFile({in(name), drums, {}, {}, 1}, {});
            QVERIFY2(verdict, verdict ? "" : verdict.error().oneLine().c_str());
            QVERIFY2(verdict->agreement == Agreement::SameSound, verdict->text().c_str());
            QVERIFY(has(verdict->text(), "Same sound up to rounding"));
            amplified += verdict->difference->largestDb > -70.0 ? 1 : 0;
        }
    }
    QVERIFY(amplified >= 3);
}

/// Small turns of knobs are more than rounding, on sounds that do not amplify it to as much.
void TestVerify::aSettingIsNoRounding()
{
    fs::copy_file(fs::path(QD_SHARE_DIR) / "demo-sounds" / "reese-growl.wav", in("in.wav"));
    using Change = std::function<void(pipeline::Settings &)>;
    for (const Change &change :
         {Change([](auto &settings) { settings.distortion.foldAmount += 0.01; }),
          Change([](auto &settings) { settings.gain.gainDb += 0.02; })}) {
        RenderFileRequest wanted = request("out.wav");
        wanted.overwrite = io::OverwritePolicy::Replace;
        wanted.sampleFormat = io::SampleFormat::Float32;
        change(wanted.settings);
        QVERIFY(render::renderFile(wanted, {}));
        AudioBuffer other = tests::readSound(in("out.wav"));
        wanted.settings = {};
        QVERIFY(render::renderFile(wanted, {}));
        tamper("out.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT,
               [&other](AudioBuffer &sound) { sound = std::move(other); });
        const auto verdict = verify("out.wav");
        QVERIFY2(verdict, verdict ? "" : verdict.error().oneLine().c_str());
        QVERIFY2(verdict->agreement == Agreement::Different, verdict->text().c_str());
    }
}

void TestVerify::theReportSaysWhatWasFound()
{
    makeInput("in.wav");
    QVERIFY(render::renderFile(request("out.flac"), {}));
    render::VerifyRequest wanted{in("out.flac"), in("in.wav"), in("verdict.json"), {}, 1};
    const auto report = [&] {
        const auto verdict = render::verifyFile(wanted, {});
        if (!verdict)
            return QJsonObject{};
        QFile file(QString::fromStdString(in("verdict.json")));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject{};
    };
    QCOMPARE(report()["verdict"].toString(), QString("identical"));
    QCOMPARE(int(render::verifyFile(wanted, {}).error().code), int(ErrorCode::CannotCreate));
    wanted.overwrite = io::OverwritePolicy::Replace;
    tamper("out.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24,
           [](AudioBuffer &sound) { sound.channel(1)[12345] += 0x1p-23F; });
    const QJsonObject same = report();
    QCOMPARE(same["verdict"].toString(), QString("same_sound"));
    QCOMPARE(same["differing_frames"].toInt(), 1);
    for (const char *measure : {"largest", "median"}) {
        const QString name = QLatin1String(measure);
        QVERIFY(same[name + "_difference_db"].toDouble(-1000.0) <
                same[name + "_rounding_db"].toDouble(1000.0));
    }
    QCOMPARE(same["made_by"], same["compared_by"]);
    const QJsonObject libraries = same["made_by"].toObject()["libraries"].toObject();
    for (const char *name : {"fftw", "libsndfile", "soxr", "glibc", "compiler", "simd"})
        QVERIFY2(!libraries[name].toString().isEmpty(), name);
    makeInput("other.wav");
    wanted.input = in("other.wav");
    tests::writeSound(in("other.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT,
                      AudioBuffer({44100, 2}, 30000));
    QCOMPARE(report()["verdict"].toString(), QString("different_input"));
    wanted.json = in("out.flac");
    QCOMPARE(int(render::verifyFile(wanted, {}).error().code), int(ErrorCode::Usage));
}

void TestVerify::aMissingEndIsFound()
{
    makeInput("in.wav");
    for (const int change : {-1, 1, -20000, 5000}) {
        RenderFileRequest wanted = request("out.flac");
        wanted.overwrite = io::OverwritePolicy::Replace;
        QVERIFY(render::renderFile(wanted, {}));
        tamper("out.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24,
               [change](AudioBuffer &sound) { sound.resize(sound.frames() + change); });
        const auto verdict = verify("out.flac");
        QVERIFY2(verdict, verdict ? "" : verdict.error().oneLine().c_str());
        QVERIFY(verdict->agreement == Agreement::Different);
        QCOMPARE(verdict->differingFrames, std::int64_t{std::abs(change)});
    }
}

void TestVerify::anotherInputIsFound()
{
    makeInput("in.wav");
    QVERIFY(render::renderFile(request("out.wav"), {}));
    makeInput("longer.wav", 2, 30001);
    makeInput("mono.wav", 1);
    makeInput("rate.wav", 2, 30000, 48000);
    AudioBuffer other = tests::readSound(in("in.wav"));
    other.channel(0)[29999] = -other.channel(0)[29999] + 1e-7F;
    tests::writeSound(in("other.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, other);
    for (const char *name : {"longer.wav", "mono.wav", "rate.wav", "other.wav"}) {
        const auto verdict = verify("out.wav", name);
        QVERIFY2(verdict, verdict ? "" : verdict.error().oneLine().c_str());
        QVERIFY2(verdict->agreement == Agreement::DifferentInput, name);
        QVERIFY(has(verdict->text(), "Different input"));
    }
}

void TestVerify::anInputInAnotherContainerIsTheSame()
{
    makeInput("float.wav");
    const AudioBuffer sound = tests::readSound(in("float.wav"));
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_PCM_24, sound);
    tests::writeSound(in("in.flac"), SF_FORMAT_FLAC | SF_FORMAT_PCM_24, sound);
    QVERIFY(render::renderFile(request("out.wav"), {}));
    QVERIFY(verify("out.wav", "in.flac")->agreement == Agreement::Identical);
}

void TestVerify::whatCannotBeVerifiedIsTold()
{
    makeInput("in.wav");
    RenderFileRequest wanted = request("plain.wav");
    wanted.embedRecipe = false;
    const auto report = render::renderFile(wanted, {});
    QVERIFY(report && !report->holdsRecipe);
    const auto none = verify("plain.wav");
    QVERIFY(!none);
    QVERIFY(has(none.error().problem, "holds no recipe"));
    QCOMPARE(int(verify("missing.wav").error().code), int(ErrorCode::CannotOpen));
    QVERIFY(render::renderFile(request("out.wav"), {}));
    QCOMPARE(int(verify("out.wav", "missing.wav").error().code), int(ErrorCode::CannotOpen));
    // A recipe in a file of another shape.
    QVERIFY(render::renderFile(request("out.flac"), {}));
    tamper("out.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, [](AudioBuffer &sound) {
        sound = AudioBuffer({44100, 1}, 3000);
    });
    const auto shape = verify("out.flac");
    QVERIFY(!shape);
    QVERIFY(has(shape.error().problem, "is not the sound that its recipe describes"));
}

void TestVerify::nothingIsLeftBehind()
{
    makeInput("in.wav");
    QVERIFY(render::renderFile(request("out.wav"), {}));
    qputenv("TMPDIR", folder_.c_str());
    QVERIFY(verify("out.wav")->agreement == Agreement::Identical);
    QVERIFY((filesLeft() == std::vector<std::string>{"in.wav", "out.wav"}));
    std::stop_source stop;
    stop.request_stop();
    const auto cancelled =
        render::verifyFile({in("out.wav"), in("in.wav"), {}, {}, 1}, {stop.get_token(), {}});
    QCOMPARE(int(cancelled.error().code), int(ErrorCode::Cancelled));
    // No room for the new render.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit little{5000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &little);
    const auto full = verify("out.wav");
    setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(!full);
    QCOMPARE(int(full.error().code), int(ErrorCode::WriteFailed));
    QVERIFY((filesLeft() == std::vector<std::string>{"in.wav", "out.wav"}));
    qunsetenv("TMPDIR");
}

QD_TEST(TestVerify, QCoreApplication)
#include "TestVerify.moc"
