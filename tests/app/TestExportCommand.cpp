// SPDX-License-Identifier: GPL-3.0-or-later
//
// The export flags of quantum-distortion-render as their user meets them: loudness, tap, quality,
// recipe, verify and batch, with their messages and exit codes.

#include "engine/render/RenderFile.h"
#include "tests/support/RenderFixture.h"
#include "tests/support/TestProgram.h"

#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

using tests::Outcome;
using tests::runRender;
namespace fs = std::filesystem;

class TestExportCommand : public tests::RenderFixture {
    Q_OBJECT

private slots:
    void usageErrorsNameTheFlag_data();
    void usageErrorsNameTheFlag();
    void theLoudnessIsTold();
    void theTapIsChosen();
    void onlyWhatLeadsToTheTapRuns_data();
    void onlyWhatLeadsToTheTapRuns();
    void anEndingThatMeansAnotherFormatIsTold();
    void theRecipeIsPrinted();
    void theRecipeCanBeLeftOut();
    void theRecipeTellsNothingOfTheUser();
    void verifyHasThreeGrades();
    void batchTellsEachOutput();
    void batchListsClashes();
    void batchTakesFoldersAndFlags();
    void batchWithoutPresetKeepsTheName();
    void batchIsTheSameForAnyNumberOfThreads();
    void batchWithoutPermission();
};

void TestExportCommand::usageErrorsNameTheFlag_data()
{
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const QStringList &flags, const QStringList &words) {
        QTest::newRow(qPrintable(flags.join(' '))) << flags << words;
    };
    row({"--loudness", "0"}, {"--loudness: 0 is outside -60…-3"});
    row({"--loudness", "loud"}, {"--loudness: \"loud\" is not a number"});
    row({"--loudness", "-14", "--match-loudness"}, {"--loudness", "--match-loudness", "exclude"});
    row({"--true-peak", "-1"}, {"--true-peak: it goes with --loudness"});
    row({"--loudness", "-14", "--true-peak", "1"}, {"--true-peak: 1 is outside -20…0"});
    row({"--dither", "rpdf"}, {"--dither", "tpdf, shaped, none"});
    row({"--dither", "shaped", "--bit-depth", "32f"}, {"Dither is only for"});
    row({"--quality", "2"}, {"--quality: 2 is outside 0…1"});
    row({"--quality", "0.5"}, {"WAV loses nothing"});
    row({"--source", "speaker"}, {"--source", "pre_quant"});
    row({"--template", "x"}, {"--template: it goes with --batch FOLDER"});
    row({"--resume"}, {"--resume: it goes with --batch FOLDER"});
    row({"--number-clashes"}, {"--number-clashes"});
    row({"--bit-depth", "lossy"}, {"--bit-depth", "16, 24, 32f"});
    row({"--loudness", ""}, {"--loudness: the value is empty"});
    row({"--recipe="}, {"--recipe: the value is empty"});
    row({"--no-recipe=1"}, {"no-recipe"});
    row({"--batch", "x", "--taps", "y"}, {"--taps: it does not go with --batch"});
    row({"--batch", "x", "--timing-json", "y"}, {"--timing-json"});
    row({"--batch", "x", "--outfile", "y"}, {"--outfile"});
    row({"--batch", "x", "--template", "{nonsense}"}, {"{nonsense}", "{source}, {preset}"});
    row({"--batch", "x", "--template", "a/b"}, {"one folder only"});
    row({"--batch", "x", "--resume", "--no-recipe"}, {"recipe"});
    row({"--batch", "x", "--preset", "No Such"}, {"No Such"});
    row({"--preset", "Subtle Tube Glue", "--preset", "Chordal Noise Wash"},
        {"--preset: several presets go with --batch FOLDER"});
    row({"--verify", "x.wav"}, {"--verify: one INPUT is expected"});
    row({"--verify-json", "x.json"}, {"--verify-json: it goes with --verify FILE"});
}

void TestExportCommand::usageErrorsNameTheFlag()
{
    QFETCH(QStringList, flags);
    QFETCH(QStringList, words);
    makeInput("in.wav");
    std::vector<std::string> arguments;
    for (const QString &flag : flags)
        arguments.push_back(flag.toStdString());
    arguments.insert(arguments.end(), {in("in.wav"), in("out.wav")});
    const Outcome outcome = runRender(arguments, {{}, folder_, {}, {}});
    QVERIFY2(outcome.exitCode == 64, outcome.err.c_str());
    QCOMPARE(lines(outcome.err), 1);
    QCOMPARE(outcome.out, std::string());
    for (const QString &word : words)
        QVERIFY2(has(outcome.err, word.toStdString()), outcome.err.c_str());
    QVERIFY((filesLeft() == std::vector<std::string>{"in.wav"}));
}

void TestExportCommand::theLoudnessIsTold()
{
    makeInput("in.wav", 2, 60000);
    const Outcome outcome =
        runRender({"--loudness", "-20", "--true-peak", "-2", in("in.wav"), in("out.wav")});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(lines(outcome.out), 2);
    QVERIFY2(has(outcome.out, "\n[LOUDNESS] -20.0 LUFS, "), outcome.out.c_str());
}

void TestExportCommand::theTapIsChosen()
{
    makeInput("in.wav");
    QCOMPARE(runRender({"--bit-depth", "32f", "--taps", in("taps"), "--source", "post_dist",
                        "--fold-amount", "6", in("in.wav"), in("out.wav")})
                 .exitCode,
             0);
    const engine::AudioBuffer out = tests::readSound(in("out.wav"));
    QVERIFY(tests::sameBits(out, tests::readSound(in("taps/post_dist.wav"))));
    QVERIFY(!tests::sameBits(out, tests::readSound(in("taps/output.wav"))));
}

void TestExportCommand::onlyWhatLeadsToTheTapRuns_data()
{
    QTest::addColumn<int>("tap");
    QTest::addColumn<int>("lastStage");
    using engine::pipeline::StageId;
    using engine::pipeline::TapId;
    QTest::newRow("input") << int(TapId::Input) << int(StageId::Input);
    QTest::newRow("pre") << int(TapId::PreQuant) << int(StageId::PreQuant);
    QTest::newRow("distortion") << int(TapId::PostDist) << int(StageId::Distortion);
    QTest::newRow("post") << int(TapId::PostQuant) << int(StageId::PostQuant);
    QTest::newRow("output") << int(TapId::Output) << int(StageId::Limiter);
}

void TestExportCommand::onlyWhatLeadsToTheTapRuns()
{
    QFETCH(int, tap);
    QFETCH(int, lastStage);
    makeInput("in.wav", 2, 60000);
    const auto id = engine::pipeline::TapId(tap);
    for (const bool inTheMiddle : {false, true}) {
        engine::render::RenderFileRequest request;
        request.input = in("in.wav");
        request.output = in("out.wav");
        request.source = id;
        request.sampleFormat = engine::io::SampleFormat::Float32;
        request.overwrite = engine::io::OverwritePolicy::Replace;
        request.settings.mix.dryWet = 0.7;
        request.settings.autoGain.on = true;
        if (inTheMiddle)
            request.preview = engine::render::PreviewWindow{0.6, 0.3};
        const auto alone = engine::render::renderFile(request, {}).value();
        int last = 0;
        for (const auto &cost : alone.timing.stages)
            last = std::max(last, int(cost.stage));
        QCOMPARE(last, lastStage);
        QCOMPARE(alone.timing.levelMatchDb.has_value(), id == engine::pipeline::TapId::Output);
        const engine::AudioBuffer sound = tests::readSound(in("out.wav"));
        request.tapsFolder = in("taps"); // then everything runs
        QVERIFY(engine::render::renderFile(request, {}));
        const std::string key(engine::pipeline::tapTable[std::size_t(tap)].key);
        QVERIFY(tests::sameBits(sound, tests::readSound(in("taps/") + key + ".wav")));
    }
}

void TestExportCommand::anEndingThatMeansAnotherFormatIsTold()
{
    makeInput("in.wav");
    const auto told = [&](const char *format, const char *name) {
        const Outcome outcome = runRender({"--format", format, in("in.wav"), in(name)});
        return outcome.exitCode == 0 ? outcome.err : "failed: " + outcome.err;
    };
    QCOMPARE(
        told("wav", "out.flac"),
        std::string("warning: “out.flac” is written as WAV, although its ending means FLAC.\n"));
    QCOMPARE(tests::soundFormat(in("out.flac")) & SF_FORMAT_TYPEMASK, SF_FORMAT_WAV);
    // What usually has this ending, means none or says so itself is no surprise.
    for (const auto &[format, name] :
         {std::pair{"rf64", "big.wav"}, std::pair{"opus", "speech.ogg"},
          std::pair{"flac", "out.part"}, std::pair{"flac", "right.flac"}})
        QVERIFY2(!has(told(format, name), "ending") && fs::exists(in(name)), name);
}

void TestExportCommand::theRecipeIsPrinted()
{
    makeInput("in.wav");
    QCOMPARE(runRender({"--smear", "0.35", "--loudness", "-18", "--preview=0.25", "--preview-start",
                        "0.1", "--mono", "--sample-rate", "48000", "--quality", "0.3", in("in.wav"),
                        in("out.ogg")})
                 .exitCode,
             0);
    const Outcome printed =
        runRender({"--recipe", in("out.ogg")}, {{{"LC_ALL", "de_DE.UTF-8"}}, {}, {}, {}});
    QCOMPARE(printed.exitCode, 0);
    QCOMPARE(printed.err, std::string());
    const auto json = nlohmann::json::parse(printed.out);
    QVERIFY(json["parameters"]["smear"] == 0.35);
    QVERIFY(json["loudness"]["lufs"] == -18);
    QVERIFY(json["part"]["first_frame"] == 4410);
    QVERIFY(json["input"]["frames"] == 11025);
    QVERIFY(json["file"]["format"] == "ogg");
    QVERIFY(json["file"]["quality"] == 0.3);
    QVERIFY(json["mono_downmix"] == true);
    QCOMPARE(runRender({"--recipe", in("in.wav")}).exitCode, 65);
    QCOMPARE(runRender({"--recipe", in("none.wav")}).exitCode, 66);
}

void TestExportCommand::theRecipeCanBeLeftOut()
{
    makeInput("in.wav");
    for (const char *name : {"out.wav", "out.flac", "out.ogg", "out.mp3", "out.aiff", "out.caf"}) {
        QCOMPARE(runRender({"--no-recipe", in("in.wav"), in(name)}).exitCode, 0);
        QCOMPARE(runRender({"--recipe", in(name)}).exitCode, 65);
        const std::string bytes = tests::readText(in(name));
        QVERIFY(!has(bytes, "quantum") && !has(bytes, "snap_strength"));
    }
}

void TestExportCommand::theRecipeTellsNothingOfTheUser()
{
    fs::create_directories(in("secret-name"));
    makeInput("secret-name/secret-input.wav");
    QCOMPARE(runRender({in("secret-name/secret-input.wav"), in("secret-name/secret-output.wav")},
                       {{{"USER", "secret-user"}, {"HOME", in("secret-name")}}, {}, {}, {}})
                 .exitCode,
             0);
    const std::string bytes = tests::readText(in("secret-name/secret-output.wav"));
    QVERIFY(has(bytes, "quantum-distortion/recipe"));
    QVERIFY(!has(bytes, "secret") && !has(bytes, folder_.string()));
    for (int year = 2024; year < 2040; ++year)
        QVERIFY(!has(bytes, std::to_string(year) + "-"));
}

void TestExportCommand::verifyHasThreeGrades()
{
    makeInput("in.wav");
    makeInput("other.wav", 2, 20000);
    QCOMPARE(runRender({in("in.wav"), in("out.wav")}).exitCode, 0);
    const Outcome same = runRender({"--verify", in("out.wav"), "--infile", in("in.wav")});
    QCOMPARE(same.exitCode, 0);
    QVERIFY2(same.out.starts_with("Identical: 30000 frames"), same.out.c_str());
    QCOMPARE(runRender({"--verify", in("out.wav"), in("in.wav")}).exitCode, 0);
    const Outcome different = runRender({"--verify", in("out.wav"), in("other.wav")});
    QCOMPARE(different.exitCode, 1);
    QVERIFY(different.out.starts_with("Different input"));
    // One bit of the last sample: the lowest, then one of the highest.
    std::string bytes = tests::readText(in("out.wav"));
    const std::size_t lowest = bytes.size() - 3;
    for (const auto &[place, bit, code, words] :
         {std::tuple(lowest, 1, 0, "Same sound up to rounding: 1 of 30000 frames differ"),
          std::tuple(bytes.size() - 1, 0x40, 1, "Different: 1 of 30000 frames differ")}) {
        std::string other = bytes;
        other[place] = static_cast<char>(other[place] ^ bit);
        tests::writeText(in("out.wav"), other);
        const Outcome changed = runRender({"--verify", in("out.wav"), "--verify-json",
                                           in("verdict.json"), "--force", in("in.wav")});
        QCOMPARE(changed.exitCode, code);
        QVERIFY2(changed.out.starts_with(words), changed.out.c_str());
        QVERIFY(has(tests::readText(in("verdict.json")),
                    code == 0 ? "\"verdict\": \"same_sound\"" : "\"verdict\": \"different\""));
    }
    QCOMPARE(runRender({"--quiet", "--verify", in("out.wav"), in("in.wav")}).out, std::string());
    QCOMPARE(runRender({"--verify", in("in.wav"), in("in.wav")}).exitCode, 65);
    QCOMPARE(runRender({"--verify", in("none.wav"), in("in.wav")}).exitCode, 66);
    QCOMPARE(runRender({"--verify", in("out.wav")}).exitCode, 64);
}

void TestExportCommand::batchTellsEachOutput()
{
    makeInput("a.wav");
    makeInput("c.wav");
    tests::writeText(in("b.wav"), "no sound");
    const std::vector<std::string> arguments{"--batch",          in("out"),   "--preset",
                                             "Subtle Tube Glue", "--preset",  "Chordal Noise Wash",
                                             in("a.wav"),        in("b.wav"), in("c.wav")};
    const Outcome outcome = runRender(arguments);
    QCOMPARE(outcome.exitCode, 65);
    QVERIFY2(has(outcome.out, "done: “a Subtle Tube Glue.wav” (-") &&
                 has(outcome.out, "done: “c Chordal Noise Wash.wav”") &&
                 has(outcome.out, "4 done, 0 finished before, 2 failed, 0 cancelled\n"),
             outcome.out.c_str());
    QVERIFY2(has(outcome.err, "“b.wav”") && has(outcome.err, "failed: “b Subtle Tube Glue.wav”"),
             outcome.err.c_str());
    std::vector<std::string> resumed = arguments;
    resumed.erase(std::ranges::find(resumed, in("b.wav")));
    resumed.emplace_back("--resume");
    const Outcome again = runRender(resumed);
    QCOMPARE(again.exitCode, 0);
    QVERIFY(has(again.out, "0 done, 4 finished before"));
    resumed.back() = "--quiet";
    const Outcome refused = runRender(resumed);
    QCOMPARE(refused.exitCode, 73);
    QCOMPARE(refused.out, std::string());
}

void TestExportCommand::batchListsClashes()
{
    fs::create_directories(in("x"));
    makeInput("a.wav");
    makeInput("x/a.wav");
    const std::vector<std::string> arguments{"--batch", in("out"), in("a.wav"), in("x")};
    const Outcome refused = runRender(arguments);
    QCOMPARE(refused.exitCode, 64);
    const std::string clash = "clash: “" + in("x/a.wav") +
                              "” would become “a.wav”, and this is the name of “" + in("a.wav") +
                              "” too";
    QVERIFY2(has(refused.err, clash), refused.err.c_str());
    QVERIFY(!fs::exists(in("out")));
    std::vector<std::string> numbered = arguments;
    numbered.emplace_back("--number-clashes");
    QCOMPARE(runRender(numbered).exitCode, 0);
    QVERIFY(fs::exists(in("out/a.wav")) && fs::exists(in("out/a (2).wav")));
}

void TestExportCommand::batchTakesFoldersAndFlags()
{
    fs::create_directories(in("loops/more"));
    makeInput("loops/a.wav");
    makeInput("loops/more/b.wav");
    const Outcome outcome =
        runRender({"--batch", in("out"), "--format", "flac", "--bit-depth", "16", "--dither",
                   "shaped", "--loudness", "-20", "--preview=0.3", "--key", "F", "--template",
                   "{index} {key} {source}", "--infile", in("loops")});
    QVERIFY2(outcome.exitCode == 0, outcome.err.c_str());
    for (const char *name : {"out/1 F a.flac", "out/2 F b.flac"}) {
        QCOMPARE(tests::readSound(in(name)).frames(), std::int64_t{13230});
        QCOMPARE(tests::soundFormat(in(name)), int{SF_FORMAT_FLAC | SF_FORMAT_PCM_16});
    }
    QVERIFY(has(outcome.out, "-20.0 LUFS"));
}

void TestExportCommand::batchWithoutPresetKeepsTheName()
{
    makeInput("a.wav");
    QCOMPARE(runRender({"--batch", in("out"), "--fold-amount", "3", in("a.wav")}).exitCode, 0);
    QVERIFY(fs::exists(in("out/a.wav")));
    // Into the folder of the source: never over it.
    const Outcome over = runRender({"--force", "--batch", folder_.string(), in("a.wav")});
    QCOMPARE(over.exitCode, 64);
    QVERIFY(has(over.err, "over one of the inputs"));
}

void TestExportCommand::batchIsTheSameForAnyNumberOfThreads()
{
    makeInput("a.wav");
    makeInput("b.wav", 1, 50000);
    std::string reference;
    for (const char *threads : {"1", "2", "7"}) {
        QCOMPARE(
            runRender({"--force", "--threads", threads, "--batch", in("out"), "--bit-depth", "16",
                       "--dither", "shaped", "--loudness", "-12", in("a.wav"), in("b.wav")})
                .exitCode,
            0);
        const std::string bytes =
            tests::readText(in("out/a.wav")) + tests::readText(in("out/b.wav"));
        if (reference.empty())
            reference = bytes;
        QVERIFY(bytes == reference);
    }
}

void TestExportCommand::batchWithoutPermission()
{
    if (geteuid() != 0)
        QSKIP("only root can become somebody else");
    makeInput("a.wav");
    makeInput("b.wav");
    chmod(folder_.c_str(), 0755);
    chmod(in("a.wav").c_str(), 0600);
    chmod(in("b.wav").c_str(), 0644);
    fs::create_directories(in("closed"));
    fs::create_directories(in("open"));
    chmod(in("open").c_str(), 0777);
    tests::ProgramOptions nobody;
    nobody.inChild = [] {
        if (setgid(65534) != 0 || setuid(65534) != 0)
            _exit(99);
    };
    const Outcome partly = runRender({"--batch", in("open"), in("a.wav"), in("b.wav")}, nobody);
    QCOMPARE(partly.exitCode, 66);
    QVERIFY2(has(partly.err, "may not be read by you"), partly.err.c_str());
    QVERIFY(fs::exists(in("open/b.wav")) && !fs::exists(in("open/a.wav")));
    const Outcome closed = runRender({"--batch", in("closed"), in("b.wav")}, nobody);
    QCOMPARE(closed.exitCode, 73);
    QVERIFY(has(closed.err, "you may not write in the folder"));
    const Outcome nowhere = runRender({"--batch", in("closed/new"), in("b.wav")}, nobody);
    QCOMPARE(nowhere.exitCode, 73);
    QCOMPARE(lines(nowhere.err), 1);
}

QD_TEST(TestExportCommand, QCoreApplication)
#include "TestExportCommand.moc"
