// SPDX-License-Identifier: GPL-3.0-or-later
//
// quantum-distortion-render as its user meets it: what a sound becomes, what flags, presets and
// formats do, and what is told about it. Sound files are written and read here with libsndfile
// directly.

#include "engine/pipeline/ParameterTable.h"
#include "tests/support/RenderFixture.h"
#include "tests/support/TestProgram.h"

#include <QRegularExpression>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

using tests::Outcome;
using tests::runRender;

class TestRenderProgram : public tests::RenderFixture {
    Q_OBJECT

private slots:
    void rendersADemoSoundWithEachPreset_data();
    void rendersADemoSoundWithEachPreset();
    void theTimingLineHasItsForm();
    void timingJsonAgreesWithTheLine();
    void outputAsFloatIsTheOutputTap();
    void tapsAreWrittenAlignedAndComplete();
    void sameBytesForAnyNumberOfThreads();
    void sameBytesInAGermanLocale();
    void previewComesFromFlagThenEnvironment_data();
    void previewComesFromFlagThenEnvironment();
    void previewIsAPartOfTheRender();
    void compatAndMonoMixDown();
    void thePrototypesSpellingWorks();
    void flagsOverrideThePreset();
    void importsThePrototypesPresets();
    void everyFormatCanBeWritten_data();
    void everyFormatCanBeWritten();
    void anyFormatCanBeRead_data() { everyFormatCanBeWritten_data(); }
    void anyFormatCanBeRead();
    void quietAndProgress();
    void helpVersionAndLists();
};

void TestRenderProgram::rendersADemoSoundWithEachPreset_data()
{
    QTest::addColumn<QByteArray>("preset");
    for (const char *name : {"Chordal Noise Wash", "Controlled Dubstep Growl",
                             "Perc To Tonal Clang", "Subtle Tube Glue"})
        QTest::newRow(name) << QByteArray(name);
}

void TestRenderProgram::rendersADemoSoundWithEachPreset()
{
    QFETCH(QByteArray, preset);
    const std::string output = in("out.wav");
    for (const char *sound : {"reese-growl.wav", "chord-stab.wav", "metal-hit.wav",
                              "noise-riser.wav", "808-and-rim.wav", "vocal-ah.wav"}) {
        const Outcome outcome =
            runRender({"--force", "--preset", preset.toStdString(), demo(sound), output});
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.err, std::string());
        const engine::AudioBuffer before = tests::readSound(demo(sound));
        const engine::AudioBuffer after = tests::readSound(output);
        QCOMPARE(after.frames(), before.frames());
        QVERIFY(after.format() == before.format());
        QVERIFY(tests::peakOf(after) > 0.1);
        QVERIFY(tests::peakOf(after) <= 1.0);
        QVERIFY(!tests::sameBits(after, before));
    }
}

void TestRenderProgram::theTimingLineHasItsForm()
{
    makeInput("in.wav");
    const Outcome outcome = runRender({in("in.wav"), in("out.wav")});
    const QRegularExpression form(
        R"(^\[RENDER_TIMING\] mode=full load=\d+\.\d{3}s stft=\d+\.\d{3}s proc=\d+\.\d{3}s )"
        R"(istft=\d+\.\d{3}s save=\d+\.\d{3}s total=\d+\.\d{3}s( \w+=[\d.]+s?)*\n$)");
    QVERIFY2(form.match(QString::fromStdString(outcome.out)).hasMatch(), outcome.out.c_str());
}

void TestRenderProgram::timingJsonAgreesWithTheLine()
{
    makeInput("in.wav");
    const Outcome outcome =
        runRender({"--timing-json", in("t.json"), "--dry-wet", "0.5", in("in.wav"), in("out.wav")});
    QCOMPARE(outcome.exitCode, 0);
    const auto json = nlohmann::json::parse(tests::readText(in("t.json")));
    const auto mode = json["mode"].get<std::string>();
    QCOMPARE(mode, std::string("full"));
    std::vector<std::string> stages;
    for (const auto &stage : json["stages"])
        stages.push_back(stage["stage"].get<std::string>());
    QVERIFY((stages ==
             std::vector<std::string>{"pre_quant", "distortion", "post_quant", "mix", "limiter"}));
    for (const char *key : {"load", "stft", "proc", "istft", "save", "total"}) {
        const QRegularExpression field(QString(" %1=([\\d.]+)s").arg(key));
        const double told = field.match(QString::fromStdString(outcome.out)).captured(1).toDouble();
        const auto exact = json[key].get<double>();
        QVERIFY(std::abs(told - exact) <= 0.0005 + 1e-9);
    }
}

void TestRenderProgram::outputAsFloatIsTheOutputTap()
{
    makeInput("in.wav", 3);
    const Outcome outcome = runRender({"--bit-depth", "32f", "--taps", in("taps"), "--fold-amount",
                                       "6", in("in.wav"), in("out.wav")});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(
        tests::sameBits(tests::readSound(in("out.wav")), tests::readSound(in("taps/output.wav"))));
    QVERIFY(
        tests::sameBits(tests::readSound(in("in.wav")), tests::readSound(in("taps/input.wav"))));
}

void TestRenderProgram::tapsAreWrittenAlignedAndComplete()
{
    makeInput("in.wav");
    QCOMPARE(runRender({"--taps", in("taps"), "--snap-strength", "0", "--limiter-ceiling-db", "-3", "--limiter", "off",
                        "--oversampling", "1", in("in.wav"), in("out.wav")})
                 .exitCode,
             0);
    const engine::AudioBuffer input = tests::readSound(in("in.wav"));
    // Neutral settings: every tap is the input, at its place.
    for (const char *tap : {"input", "pre_quant", "post_dist", "post_quant", "output"}) {
        const std::string path = in("taps") + "/" + tap + ".wav";
        QVERIFY2(tests::sameBits(tests::readSound(path), input), tap);
    }
}

void TestRenderProgram::sameBytesForAnyNumberOfThreads()
{
    makeInput("in.wav", 2, 100000);
    std::string reference;
    for (const char *threads : {"1", "2", "0", "7"}) {
        QCOMPARE(runRender({"--force", "--threads", threads, "--bit-depth", "16", in("in.wav"),
                            in("out.wav")})
                     .exitCode,
                 0);
        const std::string bytes = tests::readText(in("out.wav"));
        if (reference.empty())
            reference = bytes;
        QVERIFY(bytes == reference);
    }
}

void TestRenderProgram::sameBytesInAGermanLocale()
{
    makeInput("in.wav");
    std::string reference;
    for (const char *locale : {"C", "de_DE.UTF-8", "tr_TR.UTF-8"}) {
        const Outcome outcome = runRender(
            {"--force", "--smear", "0.35", "--output-gain-db", "-1.5", in("in.wav"), in("out.wav")},
            {{{"LC_ALL", locale}}, {}, {}, {}});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(has(outcome.out, "total=0."));
        const std::string bytes = tests::readText(in("out.wav"));
        if (reference.empty())
            reference = bytes;
        QVERIFY(bytes == reference);
    }
}

void TestRenderProgram::previewComesFromFlagThenEnvironment_data()
{
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<QByteArray>("environment");
    QTest::addColumn<double>("seconds");
    constexpr double full = 12.0;
    QTest::newRow("default") << QStringList{} << QByteArray() << full;
    for (const char *yes : {"1", "true", "yes", "on", "TRUE", "On"})
        QTest::newRow(yes) << QStringList{} << QByteArray(yes) << 10.0;
    for (const char *no : {"0", "false", "no", "off", "2", "maybe"})
        QTest::newRow(no) << QStringList{} << QByteArray(no) << full;
    QTest::newRow("--full wins") << QStringList{"--full"} << QByteArray("1") << full;
    QTest::newRow("--preview") << QStringList{"--preview"} << QByteArray("0") << 10.0;
    QTest::newRow("--preview=2.5") << QStringList{"--preview=2.5"} << QByteArray("1") << 2.5;
    QTest::newRow("--preview-start") << QStringList{"--preview-start", "11"} << QByteArray() << 1.0;
}

void TestRenderProgram::previewComesFromFlagThenEnvironment()
{
    QFETCH(QStringList, flags);
    QFETCH(QByteArray, environment);
    QFETCH(double, seconds);
    makeInput("in.wav", 1, 12 * 8000, 8000);
    std::vector<std::string> arguments;
    for (const QString &flag : flags)
        arguments.push_back(flag.toStdString());
    arguments.insert(arguments.end(), {in("in.wav"), in("out.wav")});
    tests::ProgramOptions options;
    if (!environment.isEmpty())
        options.environment["DSP_PREVIEW_MODE"] = environment.toStdString();
    const Outcome outcome = runRender(arguments, options);
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(static_cast<double>(tests::readSound(in("out.wav")).frames()) / 8000.0, seconds);
    QVERIFY(has(outcome.out, seconds == 12.0 ? "mode=full" : "mode=preview"));
}

void TestRenderProgram::previewIsAPartOfTheRender()
{
    makeInput("in.wav", 2, 200000);
    const auto render = [&](std::vector<std::string> arguments, const char *output) {
        arguments.insert(arguments.end(), {"--bit-depth", "32f", in("in.wav"), in(output)});
        QCOMPARE(runRender(arguments).exitCode, 0);
    };
    render({}, "full.wav");
    render({"--preview=2"}, "start.wav");
    render({"--preview=1", "--preview-start", "2"}, "inside.wav");
    const engine::AudioBuffer full = tests::readSound(in("full.wav"));
    const engine::AudioBuffer start = tests::readSound(in("start.wav"));
    QVERIFY(tests::sameBits(start, tests::part(full, 0, start.frames())));
    const engine::AudioBuffer inside = tests::readSound(in("inside.wav"));
    QVERIFY(tests::nullDb(inside, tests::part(full, 88200, inside.frames())) <= -100.0);
}

void TestRenderProgram::compatAndMonoMixDown()
{
    makeInput("in.wav", 2);
    for (const char *flag : {"--compat", "--mono"}) {
        QCOMPARE(runRender({"--force", flag, "--taps", in("taps"), in("in.wav"), in("out.wav")})
                     .exitCode,
                 0);
        const engine::AudioBuffer tap = tests::readSound(in("taps/input.wav"));
        const engine::AudioBuffer input = tests::readSound(in("in.wav"));
        QCOMPARE(tap.channels(), 1);
        for (std::size_t n = 0; n < 1000; ++n) {
            const double average =
                (double{input.channel(0)[n]} + double{input.channel(1)[n]}) / 2.0;
            QCOMPARE(tap.channel(0)[n], static_cast<float>(average));
        }
    }
}

void TestRenderProgram::thePrototypesSpellingWorks()
{
    makeInput("in.wav");
    QCOMPARE(runRender({"--infile", in("in.wav"), "--outfile", in("a.wav")}).exitCode, 0);
    QCOMPARE(runRender({"-i", in("in.wav"), "-o", in("b.wav")}).exitCode, 0);
    QCOMPARE(runRender({"-i", in("in.wav"), in("c.wav")}).exitCode, 0);
    QVERIFY(tests::readText(in("a.wav")) == tests::readText(in("b.wav")));
    QVERIFY(tests::readText(in("a.wav")) == tests::readText(in("c.wav")));
}

void TestRenderProgram::flagsOverrideThePreset()
{
    makeInput("in.wav");
    const auto render = [&](std::vector<std::string> arguments, const char *output) {
        arguments.insert(arguments.end(), {in("in.wav"), in(output)});
        const Outcome outcome = runRender(arguments);
        return outcome.exitCode == 0 ? tests::readText(in(output)) : outcome.err;
    };
    const std::string preset = render({"--preset", "Subtle Tube Glue"}, "a.wav");
    const std::string same = render({"--preset", "subtle tube glue", "--drive", "2"}, "b.wav");
    const std::string driven = render({"--preset", "Subtle Tube Glue", "--drive", "9"}, "c.wav");
    const std::string byFile = render(
        {"--preset", std::string(QD_SHARE_DIR) + "/presets/Subtle Tube Glue.qdpreset"}, "d.wav");
    QVERIFY(preset.starts_with("RIFF"));
    QVERIFY(preset == same);
    QVERIFY(preset == byFile);
    QVERIFY(preset != driven);
}

void TestRenderProgram::importsThePrototypesPresets()
{
    tests::writeText(in("old.json"), R"({"Old One": {"key": "Eb", "scale": "pentatonic",
        "snap_strength": 0.5, "smear": 0.2, "bin_smoothing": false, "pre_quant": true,
        "post_quant": false, "distortion_mode": "tube",
        "distortion_params": {"drive": 3.0, "warmth": 0.4}, "limiter_on": false,
        "limiter_ceiling_db": -3.0, "dry_wet": 0.9}})");
    const Outcome imported = runRender({"--import-presets", in("old.json")});
    QCOMPARE(imported.exitCode, 0);
    QVERIFY(has(runRender({"--list-presets"}).out, "Old One\n"));
    makeInput("in.wav");
    QCOMPARE(runRender({"--preset", "Old One", in("in.wav"), in("a.wav")}).exitCode, 0);
    QCOMPARE(runRender({"--compat",   "--key",
                        "Eb",         "--scale",
                        "pentatonic", "--snap-strength",
                        "0.5",        "--smear",
                        "0.2",        "--bin-smoothing",
                        "off",        "--post-quant",
                        "off",        "--distortion-mode",
                        "tube",       "--drive",
                        "3",          "--warmth",
                        "0.4",        "--limiter-ceiling-db", "-3", "--limiter",
                        "off",        "--dry-wet",
                        "0.9",        in("in.wav"),
                        in("b.wav")})
                 .exitCode,
             0);
    QVERIFY(tests::readText(in("a.wav")) == tests::readText(in("b.wav")));
}

void TestRenderProgram::everyFormatCanBeWritten_data()
{
    QTest::addColumn<QByteArray>("ending");
    QTest::addColumn<int>("majorFormat");
    QTest::addColumn<bool>("lossless");
    QTest::newRow("wav") << QByteArray("wav") << int{SF_FORMAT_WAV} << true;
    QTest::newRow("rf64") << QByteArray("rf64") << int{SF_FORMAT_RF64} << true;
    QTest::newRow("w64") << QByteArray("w64") << int{SF_FORMAT_W64} << true;
    QTest::newRow("aiff") << QByteArray("aiff") << int{SF_FORMAT_AIFF} << true;
    QTest::newRow("caf") << QByteArray("caf") << int{SF_FORMAT_CAF} << true;
    QTest::newRow("flac") << QByteArray("flac") << int{SF_FORMAT_FLAC} << true;
    QTest::newRow("ogg") << QByteArray("ogg") << int{SF_FORMAT_OGG} << false;
    QTest::newRow("opus") << QByteArray("opus") << int{SF_FORMAT_OGG} << false;
    QTest::newRow("mp3") << QByteArray("mp3") << int{SF_FORMAT_MPEG} << false;
}

void TestRenderProgram::everyFormatCanBeWritten()
{
    QFETCH(QByteArray, ending);
    QFETCH(int, majorFormat);
    QFETCH(bool, lossless);
    makeInput("in.wav", 2, 48000, 48000);
    QCOMPARE(runRender({in("in.wav"), in("reference.wav")}).exitCode, 0);
    const std::string output = in(("out." + ending).constData());
    const Outcome outcome = runRender({in("in.wav"), output});
    QVERIFY2(outcome.exitCode == 0, outcome.err.c_str());
    QCOMPARE(tests::soundFormat(output) & SF_FORMAT_TYPEMASK, majorFormat);
    const engine::AudioBuffer written = tests::readSound(output);
    const engine::AudioBuffer reference = tests::readSound(in("reference.wav"));
    QCOMPARE(written.frames(), reference.frames());
    if (lossless)
        QVERIFY(tests::sameBits(written, reference));
    else
        QVERIFY(tests::nullDb(written, reference) < -12.0);
    // By name, whatever the ending says.
    const Outcome named = runRender({"--format", ending.toStdString(), in("in.wav"), in("x.dat")});
    QCOMPARE(named.exitCode, 0);
    QCOMPARE(tests::soundFormat(in("x.dat")) & SF_FORMAT_TYPEMASK, majorFormat);
}

void TestRenderProgram::anyFormatCanBeRead()
{
    QFETCH(QByteArray, ending);
    QFETCH(bool, lossless);
    makeInput("in.wav", 2, 48000, 48000);
    const std::string coded = in(("coded." + ending).constData());
    QCOMPARE(runRender({"--snap-strength", "0", "--limiter-ceiling-db", "-3", "--limiter", "off", in("in.wav"), coded}).exitCode,
             0);
    const Outcome outcome = runRender({coded, in("out.wav")});
    QVERIFY2(outcome.exitCode == 0, outcome.err.c_str());
    QCOMPARE(outcome.err, std::string());
    QCOMPARE(tests::readSound(in("out.wav")).frames(), std::int64_t{48000});
    QVERIFY(lossless || tests::peakOf(tests::readSound(in("out.wav"))) > 0.1);
}

void TestRenderProgram::quietAndProgress()
{
    makeInput("in.wav", 1, 300000);
    const Outcome quiet = runRender({"--quiet", in("in.wav"), in("a.wav")});
    QCOMPARE(quiet.out + quiet.err, std::string());
    const Outcome plain = runRender({in("in.wav"), in("b.wav")});
    QCOMPARE(plain.err, std::string());
    const Outcome progress = runRender({"--progress", in("in.wav"), in("c.wav")});
    QVERIFY(has(progress.err, "Rendering"));
    QVERIFY(has(progress.err, " %"));
}

void TestRenderProgram::helpVersionAndLists()
{
    const Outcome help = runRender({"--help"});
    QCOMPARE(help.exitCode, 0);
    for (const engine::pipeline::ParameterInfo &info : engine::pipeline::parameterTable())
        QVERIFY(has(help.out, "--" + std::string(info.flag)));
    QVERIFY(has(runRender({"--version"}).out, "quantum-distortion-render "));
    QVERIFY(has(runRender({"--help-parameters"}).out, "snap_strength"));
    QVERIFY(has(runRender({"--list-stages"}).out, "classic_limiter"));
    std::set<std::string> names;
    for (const auto &entry : std::filesystem::directory_iterator(QD_SHARE_DIR "/presets"))
        names.insert(entry.path().stem().string());
    std::string lines;
    for (const std::string &name : names)
        lines += name + "\n";
    QCOMPARE(runRender({"--list-presets"}).out, lines);
}

QD_TEST(TestRenderProgram, QCoreApplication)
#include "TestRenderProgram.moc"
