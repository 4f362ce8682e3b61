// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many files at once: what they will be called, and that each of them has an end of its own.
// Oracles: single renders of the same requests; the folder as another process sees it.

#include "engine/render/Batch.h"
#include "engine/render/BatchNames.h"
#include "tests/support/RenderFixture.h"
#include "tests/support/TestProgram.h"

#include <mutex>
#include <sys/stat.h>
#include <thread>

using namespace engine;
using render::BatchItem;
using render::BatchOutcome;
using render::BatchPlan;
using render::BatchPreset;
using render::BatchReport;
using render::BatchRequest;
using render::BatchState;
using render::NameClash;
namespace fs = std::filesystem;

class TestBatch : public tests::RenderFixture {
    Q_OBJECT

private slots:
    void namesComeFromTheTemplate();
    void aLongSourceLeavesRoomForTheRest();
    void wrongTemplatesAreRefused_data();
    void wrongTemplatesAreRefused();
    void noNameLeavesTheFolder_data();
    void noNameLeavesTheFolder();
    void foldersAreSearched();
    void clashesAreListedAndRefused();
    void clashesAreNumbered();
    void inputsAreNeverWrittenOver();
    void everyOutputIsThatOfASingleRender();
    void oneBadFileStopsNothing();
    void cancellingKeepsWhatIsFinished();
    void aFolderMadeForNothingGoes();
    void resumingDoesOnlyTheRest();
    void resumingTrustsNoStranger();
    void aCutFileIsNotFinished_data();
    void aCutFileIsNotFinished();
    void twoAtOnceDoNoHarm();
    void foldersThatCannotBeWritten();
    void emptyRequestsAreRefused();
    void progressIsTold();

private:
    BatchRequest request(const std::vector<std::string> &inputs) const
    {
        BatchRequest wanted;
        for (const std::string &input : inputs)
            wanted.inputs.emplace_back(in(input.c_str()));
        wanted.presets = {preset("Soft", 1.5), preset("Hard", 6.0)};
        wanted.folder = in("out");
        wanted.threads = 2;
        return wanted;
    }
    static BatchPreset preset(const std::string &name, double fold)
    {
        BatchPreset made{name, {}, false};
        made.settings.distortion.foldAmount = fold;
        return made;
    }
    static std::vector<std::string> outputs(const BatchPlan &plan)
    {
        std::vector<std::string> names;
        for (const BatchItem &item : plan.items)
            names.push_back(item.output.filename().string());
        return names;
    }
    static BatchReport run(const BatchRequest &wanted)
    {
        return render::runBatch(wanted, render::planBatch(wanted).value(), {}, {}).value();
    }
    static std::string nameOf(std::string_view nameTemplate, const std::string &input,
                              const std::string &presetName)
    {
        return render::batchName(nameTemplate, input, preset(presetName, 1.0), 4, 120,
                                 io::Container::Flac)
            .value();
    }
};

void TestBatch::namesComeFromTheTemplate()
{
    QCOMPARE(nameOf("{source} {preset}", "/a/b/kick.wav", "Growl"), std::string("kick Growl.flac"));
    QCOMPARE(nameOf("{index}-{key}-{source}", "x.y.wav", "Growl"), std::string("005-D-x.y.flac"));
    QCOMPARE(nameOf("fixed", "x.wav", "Growl"), std::string("fixed.flac"));
    QCOMPARE(nameOf("{source}{source}", "x.wav", "Growl"), std::string("xx.flac"));
    // What a name holds is text, whatever it looks like.
    QCOMPARE(nameOf("{preset}", "x.wav", "{source}"), std::string("{source}.flac"));
    makeInput("a.wav", 1, 100);
    makeInput("b.wav", 1, 100);
    const auto plan = render::planBatch(request({"a.wav", "b.wav"}));
    QVERIFY((outputs(*plan) ==
             std::vector<std::string>{"a Soft.wav", "a Hard.wav", "b Soft.wav", "b Hard.wav"}));
    QCOMPARE(plan->clashes, std::size_t{0});
    QVERIFY(!fs::exists(in("out"))); // a plan touches nothing
}

void TestBatch::aLongSourceLeavesRoomForTheRest()
{
    const std::string umlauts = QByteArray("ä").repeated(110).toStdString();
    const std::string loud = QByteArray("🔊").repeated(60).toStdString();
    for (const std::string &middle : {std::string(230, 'x'), umlauts, "x" + umlauts, loud})
        for (const char *nameTemplate :
             {"{source} {preset}", "{preset} {source}", "{source}-{source} {preset}",
              "{index} {source}.{preset}"}) {
            const std::string name =
                nameOf(nameTemplate, "/a/take" + middle + "_07.wav", "Dubstep Growl");
            QVERIFY2(has(name, "Dubstep Growl"), name.c_str());
            QVERIFY2(has(name, "take") && has(name, "…") && has(name, "_07"), name.c_str());
            QVERIFY2(name.size() <= render::longestStem + 5 && name.size() > 160, name.c_str());
            const QString text = QString::fromStdString(name);
            QVERIFY2(!text.contains(QChar::ReplacementCharacter) && !text.contains(u'?'),
                     name.c_str());
        }
    // Where there is room for everything nothing is taken away.
    QVERIFY(has(nameOf("{source} {preset}", std::string(150, 'x') + ".wav", "Growl"),
                std::string(150, 'x') + " Growl"));
    // A preset that is too long leaves some of the source.
    QVERIFY(nameOf("{source} {preset}", "kick.wav", std::string(400, 'p')).starts_with("kick ppp"));
}

void TestBatch::wrongTemplatesAreRefused_data()
{
    QTest::addColumn<QByteArray>("nameTemplate");
    for (const char *wrong :
         {"", " ", ".", "..", "{", "}", "{source", "source}", "{{source}}", "{}", "{sourc}",
          "{source}/{preset}", "../{source}", "/{source}", "{date}"})
        QTest::newRow(wrong) << QByteArray(wrong);
}

void TestBatch::wrongTemplatesAreRefused()
{
    QFETCH(QByteArray, nameTemplate);
    makeInput("a.wav", 1, 100);
    BatchRequest wanted = request({"a.wav"});
    wanted.nameTemplate = nameTemplate.toStdString();
    const auto plan = render::planBatch(wanted);
    QVERIFY(!plan);
    QCOMPARE(int(plan.error().code), int(ErrorCode::Usage));
    QVERIFY(has(plan.error().advice, "{source}, {preset}, {key}, {index}"));
}

void TestBatch::noNameLeavesTheFolder_data()
{
    QTest::addColumn<QByteArray>("name");
    const std::vector<QByteArray> names{"../../etc/passwd",
                                        "/etc/passwd",
                                        "..",
                                        ".",
                                        "",
                                        ".hidden",
                                        "-rf",
                                        "a/b",
                                        "a\\b",
                                        "a\nb",
                                        "con",
                                        "COM1",
                                        "🔊 bass 𝄢",
                                        "\u202Eevil",
                                        QByteArray("caf\xE9"),
                                        QByteArray(1000, 'x'),
                                        QByteArray("ä").repeated(400),
                                        "a:b*c?d\"e<f>g|h",
                                        "   ",
                                        "...",
                                        QByteArray("a\0b", 3),
                                        "x ",
                                        "x."};
    for (const QByteArray &name : names)
        QTest::newRow(qPrintable(QString::fromLatin1(name.left(20).toPercentEncoding()))) << name;
}

void TestBatch::noNameLeavesTheFolder()
{
    QFETCH(QByteArray, name);
    makeInput("a.wav", 1, 2000);
    BatchRequest wanted = request({"a.wav"});
    wanted.presets = {preset(name.toStdString(), 2.0)};
    wanted.nameTemplate = "{preset}";
    const auto plan = render::planBatch(wanted);
    QVERIFY(plan);
    const fs::path output = plan->items.front().output;
    QVERIFY(output.parent_path() == wanted.folder);
    const std::string file = output.filename().string();
    QVERIFY2(file.size() <= 200 && file.front() != '.' && file.front() != '-', file.c_str());
    QVERIFY(file.find_first_of("/\\:*?\"<>|\n") == std::string::npos);
    QVERIFY(!QString::fromStdString(file).contains(QChar::ReplacementCharacter));
    QCOMPARE(run(wanted).count(BatchState::Done), std::size_t{1});
    QVERIFY(fs::is_regular_file(output));
    QVERIFY((filesLeft() == std::vector<std::string>{"a.wav", "out"}));
}

void TestBatch::foldersAreSearched()
{
    fs::create_directories(in("in/deep/deeper"));
    fs::create_directories(in("in/out"));
    for (const char *name :
         {"in/b.wav", "in/a.WAV", "in/deep/c.flac", "in/deep/deeper/d.aif", "in/.hidden.wav",
          "in/notes.txt", "in/deep/e.au", "in/out/old.wav", "in/without"})
        tests::writeText(in(name), "x");
    fs::create_directory_symlink(in("in"), in("in/deep/loop"));
    BatchRequest wanted = request({"in", "in/b.wav", "in/notes.txt"});
    wanted.folder = in("in/out");
    wanted.presets.resize(1);
    const auto plan = render::planBatch(wanted);
    QVERIFY(plan);
    std::vector<std::string> names;
    for (const BatchItem &item : plan->items)
        names.push_back(fs::relative(item.input, in("in")).string());
    // A file that is named itself is tried, whatever it is called.
    QVERIFY((names == std::vector<std::string>{"a.WAV", "b.wav", "deep/c.flac", "deep/deeper/d.aif",
                                               "deep/e.au", "notes.txt"}));
    QCOMPARE(plan->warnings.size(), std::size_t{2});
    QVERIFY(has(plan->warnings[0], "was left out"));
    QVERIFY(has(plan->warnings[1], "more than once"));
    fs::create_directories(in("empty"));
    const auto none = render::planBatch(request({"empty"}));
    QVERIFY(!none);
    QVERIFY2(has(none.error().problem, "holds no sound files"), none.error().problem.c_str());
}

void TestBatch::clashesAreListedAndRefused()
{
    fs::create_directories(in("one"));
    fs::create_directories(in("two"));
    for (const char *name : {"one/kick.wav", "two/Kick.wav", "two/snare.wav"})
        makeInput(name, 1, 100);
    const BatchRequest wanted = request({"one", "two"});
    const auto plan = render::planBatch(wanted);
    QVERIFY(plan);
    QCOMPARE(plan->clashes, std::size_t{2});
    QCOMPARE(plan->items[2].clashesWith.value(), std::size_t{0}); // some disks know no case
    QCOMPARE(plan->items[3].clashesWith.value(), std::size_t{1});
    const auto refused = render::runBatch(wanted, *plan, {}, {});
    QVERIFY(!refused);
    QCOMPARE(int(refused.error().code), int(ErrorCode::Usage));
    const std::string both = "“" + in("one/kick.wav") + "” and “" + in("two/Kick.wav") + "” would";
    QVERIFY2(has(refused.error().problem, both) && has(refused.error().problem, "1 more"),
             refused.error().problem.c_str());
    QVERIFY(!fs::exists(in("out")));
}

void TestBatch::clashesAreNumbered()
{
    fs::create_directories(in("one"));
    fs::create_directories(in("two"));
    for (const char *name : {"one/x.wav", "two/x.wav", "x.wav"})
        makeInput(name, 1, 100);
    BatchRequest wanted = request({"one", "two", "x.wav"});
    wanted.nameTemplate = "{source}";
    wanted.presets.resize(1);
    wanted.clashes = NameClash::Number;
    const auto plan = render::planBatch(wanted);
    QVERIFY((outputs(*plan) == std::vector<std::string>{"x.wav", "x (2).wav", "x (3).wav"}));
    QCOMPARE(plan->clashes, std::size_t{0});
    QVERIFY(!plan->items[0].numbered && plan->items[1].numbered);
    QCOMPARE(run(wanted).count(BatchState::Done), std::size_t{3});
}

void TestBatch::inputsAreNeverWrittenOver()
{
    makeInput("a.wav", 1, 1000);
    const std::string before = tests::readText(in("a.wav"));
    BatchRequest wanted = request({"a.wav"});
    wanted.folder = folder_;
    wanted.nameTemplate = "{source}";
    wanted.options.overwrite = io::OverwritePolicy::Replace;
    wanted.presets.resize(1);
    auto plan = render::planBatch(wanted);
    QVERIFY(plan->items.front().overInput);
    const auto refused = render::runBatch(wanted, *plan, {}, {});
    QVERIFY(!refused);
    QVERIFY(has(refused.error().problem, "over one of the inputs"));
    // Neither through a link that lies where the output would go.
    BatchRequest linked = request({"a.wav"});
    fs::create_directories(linked.folder);
    fs::create_symlink(in("a.wav"), linked.folder / "a Soft.wav");
    linked.options.overwrite = io::OverwritePolicy::Replace;
    QVERIFY(!render::runBatch(linked, render::planBatch(linked).value(), {}, {}));
    wanted.clashes = NameClash::Number;
    plan = render::planBatch(wanted);
    QVERIFY((outputs(*plan) == std::vector<std::string>{"a (2).wav"}));
    QCOMPARE(run(wanted).count(BatchState::Done), std::size_t{1});
    QVERIFY(tests::readText(in("a.wav")) == before);
}

void TestBatch::everyOutputIsThatOfASingleRender()
{
    makeInput("a.wav", 2, 20000);
    makeInput("b.wav", 1, 30000);
    BatchRequest wanted = request({"a.wav", "b.wav"});
    wanted.options.container = io::Container::Flac;
    wanted.options.sampleFormat = io::SampleFormat::Pcm16;
    wanted.options.loudness = io::TargetLoudness{-20.0, -1.0};
    const BatchPlan plan = render::planBatch(wanted).value();
    const BatchReport report = render::runBatch(wanted, plan, {}, {}).value();
    QCOMPARE(report.count(BatchState::Done), std::size_t{4});
    for (std::size_t i = 0; i < plan.items.size(); ++i) {
        render::RenderFileRequest single = wanted.options;
        single.input = plan.items[i].input;
        single.output = in("single.flac");
        single.overwrite = io::OverwritePolicy::Replace;
        single.settings = wanted.presets[plan.items[i].preset].settings;
        QVERIFY(render::renderFile(single, {}));
        QVERIFY(tests::readText(single.output) == tests::readText(plan.items[i].output));
        QVERIFY(std::abs(*report.outcomes[i].report.writtenLufs + 20.0) < 0.1);
    }
}

void TestBatch::oneBadFileStopsNothing()
{
    makeInput("a.wav", 1, 1000);
    makeInput("z.wav", 1, 1000);
    tests::writeText(in("b.wav"), "no sound");
    tests::writeText(in("c.wav"), "");
    tests::writeSound(in("d.wav"), SF_FORMAT_WAV | SF_FORMAT_PCM_16, AudioBuffer({44100, 1}, 0));
    mkfifo(in("e.wav").c_str(), 0600);
    fs::create_directories(in("out/f Soft.wav")); // a folder where a file would go
    makeInput("f.wav", 1, 1000);
    BatchRequest wanted =
        request({"a.wav", "b.wav", "c.wav", "d.wav", "e.wav", "missing.wav", "f.wav", "z.wav"});
    wanted.presets.resize(1);
    const BatchReport report = run(wanted);
    QCOMPARE(report.count(BatchState::Done), std::size_t{2});
    QCOMPARE(report.count(BatchState::Failed), std::size_t{6});
    QCOMPARE(int(report.outcomes.front().state), int(BatchState::Done));
    QCOMPARE(int(report.outcomes.back().state), int(BatchState::Done));
    for (const BatchOutcome &outcome : report.outcomes)
        QCOMPARE(outcome.error.has_value(), outcome.state == BatchState::Failed);
    QCOMPARE(int(report.outcomes[5].error->code), int(ErrorCode::CannotOpen));
    QCOMPARE(int(report.outcomes[6].error->code), int(ErrorCode::CannotCreate));
}

void TestBatch::cancellingKeepsWhatIsFinished()
{
    std::vector<std::string> inputs;
    for (int i = 0; i < 12; ++i) {
        inputs.push_back("in" + std::to_string(i) + ".wav");
        makeInput(inputs.back().c_str(), 2, 60000);
    }
    BatchRequest wanted = request(inputs);
    wanted.presets.resize(1);
    std::stop_source stop;
    int done = 0;
    const BatchPlan plan = render::planBatch(wanted).value();
    const auto report = render::runBatch(wanted, plan, stop.get_token(),
                                         [&](std::size_t, const BatchOutcome &outcome) {
                                             done += outcome.state == BatchState::Done ? 1 : 0;
                                             if (done == 3)
                                                 stop.request_stop();
                                         });
    QVERIFY(report);
    QVERIFY(report->count(BatchState::Done) >= 3 && report->count(BatchState::Done) <= 5);
    QCOMPARE(report->count(BatchState::Done) + report->count(BatchState::Cancelled), inputs.size());
    std::size_t files = 0;
    for (const auto &entry : fs::directory_iterator(in("out"))) {
        ++files;
        QCOMPARE(tests::readSound(entry.path()).frames(), std::int64_t{60000});
    }
    QCOMPARE(files, report->count(BatchState::Done));
    // And on from there.
    wanted.resume = true;
    const BatchReport rest = run(wanted);
    QCOMPARE(rest.count(BatchState::Skipped), files);
    QCOMPARE(rest.count(BatchState::Done), inputs.size() - files);
}

void TestBatch::aFolderMadeForNothingGoes()
{
    makeInput("in.wav", 1, 4000);
    const BatchRequest wanted = request({"in.wav"});
    const BatchPlan plan = render::planBatch(wanted).value();
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(render::runBatch(wanted, plan, stop.get_token(), {}));
    QVERIFY(!fs::exists(in("out")));
    fs::create_directory(in("out"));
    QVERIFY(render::runBatch(wanted, plan, stop.get_token(), {}));
    QVERIFY(fs::exists(in("out")));
}

void TestBatch::resumingDoesOnlyTheRest()
{
    makeInput("a.wav", 2, 20000);
    makeInput("b.wav", 2, 20000);
    BatchRequest wanted = request({"a.wav", "b.wav"});
    QCOMPARE(run(wanted).count(BatchState::Done), std::size_t{4});
    fs::remove(in("out/b Hard.wav"));
    wanted.resume = true;
    BatchReport report = run(wanted);
    QCOMPARE(report.count(BatchState::Skipped), std::size_t{3});
    QCOMPARE(report.count(BatchState::Done), std::size_t{1});
    // Other settings, other options, another input of the same name: no longer the same outputs.
    wanted.options.overwrite = io::OverwritePolicy::Replace;
    wanted.presets[0] = preset("Soft", 1.6);
    QCOMPARE(run(wanted).count(BatchState::Done), std::size_t{2});
    wanted.options.sampleFormat = io::SampleFormat::Pcm16;
    QCOMPARE(run(wanted).count(BatchState::Done), std::size_t{4});
    QCOMPARE(run(wanted).count(BatchState::Skipped), std::size_t{4});
    makeInput("b.wav", 2, 20001);
    report = run(wanted);
    QCOMPARE(report.count(BatchState::Skipped), std::size_t{2});
    QCOMPARE(report.count(BatchState::Done), std::size_t{2});
}

void TestBatch::resumingTrustsNoStranger()
{
    makeInput("a.wav", 2, 20000);
    BatchRequest wanted = request({"a.wav"});
    wanted.presets.resize(1);
    QCOMPARE(run(wanted).count(BatchState::Done), std::size_t{1});
    wanted.resume = true;
    const auto redone = [&] {
        const BatchReport report = run(wanted);
        return report.count(BatchState::Failed) == 1 &&
               has(report.outcomes[0].error->problem, "the file exists");
    };
    // Cut off behind the recipe, or somebody else's: neither skipped nor replaced without leave.
    fs::resize_file(in("out/a Soft.wav"), 50000);
    QVERIFY(redone());
    makeInput("out/a Soft.wav", 2, 20000);
    QVERIFY(redone());
    wanted.options.overwrite = io::OverwritePolicy::Replace;
    QCOMPARE(run(wanted).count(BatchState::Done), std::size_t{1});
    wanted.options.embedRecipe = false;
    const auto refused = render::runBatch(wanted, render::planBatch(wanted).value(), {}, {});
    QVERIFY(!refused);
    QCOMPARE(int(refused.error().code), int(ErrorCode::Usage));
}

void TestBatch::aCutFileIsNotFinished_data()
{
    QTest::addColumn<QString>("key");
    for (const io::ContainerInfo &container : io::containers()) {
        if (io::holdsRecipe(container.container))
            QTest::newRow(container.key.data())
                << QString::fromUtf8(container.key.data(), qsizetype(container.key.size()));
    }
}

/// What is cut off behind the recipe can only be found by reading.
void TestBatch::aCutFileIsNotFinished()
{
    QFETCH(QString, key);
    makeInput("a.wav", 2, 60000);
    BatchRequest wanted = request({"a.wav"});
    wanted.presets.resize(1);
    wanted.options.container = io::containerByKey(key.toStdString()).value();
    QCOMPARE(run(wanted).count(BatchState::Done), std::size_t{1});
    wanted.resume = true;
    QCOMPARE(run(wanted).count(BatchState::Skipped), std::size_t{1});
    const fs::path output = fs::directory_iterator(in("out"))->path();
    fs::resize_file(output, fs::file_size(output) / 2);
    QCOMPARE(run(wanted).count(BatchState::Skipped), std::size_t{0});
}

void TestBatch::twoAtOnceDoNoHarm()
{
    std::vector<std::string> inputs;
    for (int i = 0; i < 10; ++i) {
        inputs.push_back("in" + std::to_string(i) + ".wav");
        makeInput(inputs.back().c_str(), 1, 20000);
    }
    for (const bool replace : {false, true}) {
        fs::remove_all(in("out"));
        std::vector<std::string> arguments{"--batch", in("out"), "--resume"};
        if (replace)
            arguments.emplace_back("--force");
        for (const std::string &input : inputs)
            arguments.push_back(in(input.c_str()));
        tests::Outcome first;
        tests::Outcome second;
        {
            const std::jthread other([&] { first = tests::runRender(arguments); });
            second = tests::runRender(arguments);
        }
        QVERIFY2(first.exitCode == 0, first.err.c_str());
        QVERIFY2(second.exitCode == 0, second.err.c_str());
        std::size_t files = 0;
        for (const auto &entry : fs::directory_iterator(in("out"))) {
            ++files;
            QCOMPARE(tests::readSound(entry.path()).frames(), std::int64_t{20000});
        }
        QCOMPARE(files, inputs.size());
    }
}

void TestBatch::foldersThatCannotBeWritten()
{
    makeInput("a.wav", 1, 1000);
    tests::writeText(in("file"), "no folder");
    BatchRequest wanted = request({"a.wav"});
    wanted.folder = in("file");
    auto refused = render::runBatch(wanted, render::planBatch(wanted).value(), {}, {});
    QVERIFY(!refused);
    QCOMPARE(int(refused.error().code), int(ErrorCode::CannotCreate));
    wanted.folder = in("file/under");
    refused = render::runBatch(wanted, render::planBatch(wanted).value(), {}, {});
    QVERIFY(!refused);
    QCOMPARE(int(refused.error().code), int(ErrorCode::CannotCreate));
}

void TestBatch::emptyRequestsAreRefused()
{
    makeInput("a.wav", 1, 100);
    BatchRequest wanted = request({"a.wav"});
    wanted.presets.clear();
    QVERIFY(!render::planBatch(wanted));
    wanted = request({});
    QVERIFY(!render::planBatch(wanted));
    wanted = request({"a.wav"});
    wanted.folder.clear();
    QVERIFY(!render::planBatch(wanted));
}

void TestBatch::progressIsTold()
{
    makeInput("a.wav", 2, 300000);
    makeInput("b.wav", 2, 1000);
    const BatchRequest wanted = request({"a.wav", "b.wav"});
    const BatchPlan plan = render::planBatch(wanted).value();
    std::vector<std::vector<BatchState>> told(plan.items.size());
    std::vector<double> fractions(plan.items.size(), 0.0);
    bool monotone = true;
    const auto report =
        render::runBatch(wanted, plan, {}, [&](std::size_t item, const BatchOutcome &outcome) {
            if (told[item].empty() || told[item].back() != outcome.state)
                told[item].push_back(outcome.state);
            monotone = monotone && outcome.fraction.value_or(1.0) >= fractions[item];
            fractions[item] = outcome.fraction.value_or(fractions[item]);
        });
    QVERIFY(report);
    QVERIFY(monotone);
    for (const auto &states : told)
        QVERIFY((states == std::vector<BatchState>{BatchState::Running, BatchState::Done}));
}

QD_TEST(TestBatch, QCoreApplication)
#include "TestBatch.moc"
