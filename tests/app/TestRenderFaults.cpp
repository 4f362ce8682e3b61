// SPDX-License-Identifier: GPL-3.0-or-later
//
// quantum-distortion-render when something is wrong: words, exit codes, what is left on the disk,
// and how much memory a long file takes.

#include "tests/support/RenderFixture.h"
#include "tests/support/Sanitizers.h"
#include "tests/support/TestProgram.h"

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace fs = std::filesystem;
using tests::Outcome;
using tests::runRender;

namespace {

constexpr long mebibyte = 1024; // in KiB

} // namespace

class TestRenderFaults : public tests::RenderFixture {
    Q_OBJECT

private slots:
    void existingFilesAreKeptUnlessForced();
    void noFileIsWrittenOverAnother_data();
    void noFileIsWrittenOverAnother();
    void emptyValuesAreRefused_data();
    void emptyValuesAreRefused();
    void ignoredSignalsStayIgnored();
    void closedStreamsDoNoHarm();
    void aFullStandardOutputIsTold();
    void anErrorLeavesNoTaps();
    void usageErrorsNameFlagValueAndRange_data();
    void usageErrorsNameFlagValueAndRange();
    void faultsHaveTheirExitCodes();
    void oddNamesWork_data();
    void oddNamesWork();
    void damagedInputIsTold();
    void theSourceCanBeReplacedByItsRender();
    void aFullDiskLeavesNothingBehind();
    void interruptLeavesNothingBehind();
    void memoryDoesNotGrowWithLength();
    void anEightHourFilePreviewsAtOnce();
};

void TestRenderFaults::existingFilesAreKeptUnlessForced()
{
    makeInput("in.wav");
    tests::writeText(in("out.wav"), "mine");
    const Outcome refused = runRender({in("in.wav"), in("out.wav")});
    QCOMPARE(refused.exitCode, 73);
    QVERIFY(has(refused.err, "out.wav"));
    QCOMPARE(tests::readText(in("out.wav")), std::string("mine"));
    QCOMPARE(runRender({"--force", in("in.wav"), in("out.wav")}).exitCode, 0);
    QCOMPARE(tests::readSound(in("out.wav")).frames(), std::int64_t{30000});
}

void TestRenderFaults::noFileIsWrittenOverAnother_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const QStringList &arguments) {
        QTest::newRow(qPrintable(arguments.join(' '))) << arguments;
    };
    row({"--timing-json", "in.wav", "in.wav", "out.wav"});
    row({"--timing-json", "out.wav", "in.wav", "out.wav"});
    row({"--timing-json", "./x/../out.wav", "in.wav", "out.wav"});
    row({"--timing-json", "notes.txt", "in.wav", "out.wav"});
    row({"--taps", ".", "input.wav", "out.wav"});
    row({"--taps", "t", "in.wav", "t/output.wav"});
    row({"--taps", "t", "--timing-json", "t/input.wav", "in.wav", "out.wav"});
    row({"--taps", ".", "link.wav", "out.wav"});
}

void TestRenderFaults::noFileIsWrittenOverAnother()
{
    QFETCH(QStringList, arguments);
    makeInput("in.wav");
    fs::copy_file(in("in.wav"), in("input.wav"));
    fs::create_directory(in("x"));
    fs::create_symlink("input.wav", in("link.wav"));
    tests::writeText(in("notes.txt"), "mine");
    const std::string before = tests::readText(in("in.wav"));
    const bool needsForce = !arguments.contains("notes.txt");
    std::vector<std::string> words;
    if (needsForce)
        words.push_back("--force");
    for (const QString &argument : arguments)
        words.push_back(argument.toStdString());
    const Outcome outcome = runRender(words, {{}, folder_, {}, {}});
    QCOMPARE(outcome.exitCode, needsForce ? 64 : 73);
    QCOMPARE(lines(outcome.err), 1);
    QVERIFY(tests::readText(in("in.wav")) == before);
    QVERIFY(tests::readText(in("input.wav")) == before);
    QCOMPARE(tests::readText(in("notes.txt")), std::string("mine"));
    QVERIFY(!fs::exists(in("out.wav")));
}

void TestRenderFaults::emptyValuesAreRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    for (const char *flag : {"--key", "--preset", "--snap-strength", "--bit-depth", "--taps",
                             "--threads", "--infile", "--timing-json", "--preview-start"}) {
        QTest::newRow(flag) << QStringList{flag, ""};
        QTest::newRow(qPrintable(QString(flag) + "=")) << QStringList{QString(flag) + "="};
    }
}

void TestRenderFaults::emptyValuesAreRefused()
{
    QFETCH(QStringList, arguments);
    makeInput("in.wav");
    std::vector<std::string> words;
    for (const QString &argument : arguments)
        words.push_back(argument.toStdString());
    words.insert(words.end(), {in("in.wav"), in("out.wav")});
    const Outcome outcome = runRender(words);
    QCOMPARE(outcome.exitCode, 64);
    const std::string flag = arguments.front().remove('=').toStdString();
    QVERIFY2(has(outcome.err, flag + ": the value is empty"), outcome.err.c_str());
    QVERIFY((filesLeft() == std::vector<std::string>{"in.wav"}));
}

void TestRenderFaults::ignoredSignalsStayIgnored()
{
    tests::writeSparseWav(in("long.wav"), 44100, 1, std::int64_t{44100} * 60);
    tests::ProgramOptions options;
    options.inChild = [] { std::signal(SIGHUP, SIG_IGN); }; // as nohup does
    options.whileRunning = [](pid_t child) {
        tests::waitUntilBlocked(child, SIGINT);
        kill(child, SIGHUP);
    };
    QCOMPARE(runRender({in("long.wav"), in("out.wav")}, options).exitCode, 0);
}

void TestRenderFaults::closedStreamsDoNoHarm()
{
    makeInput("in.wav");
    tests::ProgramOptions options;
    options.inChild = [] {
        for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            close(stream);
    };
    QCOMPARE(runRender({"--progress", in("in.wav"), in("out.wav")}, options).exitCode, 0);
    QCOMPARE(tests::readSound(in("out.wav")).frames(), std::int64_t{30000});
}

void TestRenderFaults::aFullStandardOutputIsTold()
{
    tests::ProgramOptions options;
    options.inChild = [] { dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO); };
    QCOMPARE(runRender({"--list-presets"}, options).exitCode, 74);
}

void TestRenderFaults::anErrorLeavesNoTaps()
{
    makeInput("in.wav");
    tests::writeText(in("out.wav"), "mine");
    QCOMPARE(runRender({"--taps", in("taps"), in("in.wav"), in("out.wav")}).exitCode, 73);
    QVERIFY(!fs::exists(in("taps")) || fs::is_empty(in("taps")));
}

void TestRenderFaults::usageErrorsNameFlagValueAndRange_data()
{
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const QStringList &flags, const QStringList &words) {
        QTest::newRow(qPrintable(flags.join(' '))) << flags << words;
    };
    row({"--snap-strength", "1.5"}, {"--snap-strength: 1.5 is outside 0…1"});
    row({"--scale", "blues"}, {"--scale", "\"blues\"", "dorian"});
    row({"--key", "H"}, {"--key", "\"H\""});
    row({"--limiter-ceiling-db", "0"}, {"--limiter-ceiling-db: 0 is outside -12…-0.1 dB"});
    row({"--threads", "-1"}, {"--threads: -1 is outside 0…256"});
    row({"--threads", "1.5"}, {"--threads", "1.5", "whole"});
    row({"--preview=0"}, {"--preview", "0"});
    row({"--preview=x"}, {"--preview", "\"x\""});
    row({"--preview-start", "-1"}, {"--preview-start", "-1"});
    row({"--force=banana"}, {"force"});
    row({"--post-link", "maybe"}, {"--post-link", "\"maybe\" is not on or off"});
    row({"--preview", "--full"}, {"--full", "--preview"});
    row({"--bit-depth", "20"}, {"--bit-depth", "20", "16, 24, 32f"});
    row({"--bit-depth", "32f", "--format", "flac"}, {"FLAC", "24"});
    row({"--bit-depth", "16", "--format", "mp3"}, {"MP3"});
    row({"--dither", "rpdf"}, {"--dither", "tpdf"});
    row({"--format", "xyz"}, {"xyz", "wav", "flac"});
    row({"--sample-rate", "12"}, {"--sample-rate: 12 is outside 1000…768000"});
    row({"--preset", "No Such"}, {"No Such", "--list-presets"});
    row({"--preset", "Subtle Glue"}, {"Close to it: Subtle Tube Glue,"});
    row({"--nonsense"}, {"--nonsense"});
}

void TestRenderFaults::usageErrorsNameFlagValueAndRange()
{
    QFETCH(QStringList, flags);
    QFETCH(QStringList, words);
    makeInput("in.wav");
    std::vector<std::string> arguments;
    for (const QString &flag : flags)
        arguments.push_back(flag.toStdString());
    arguments.insert(arguments.end(), {in("in.wav"), in("out.wav")});
    const Outcome outcome = runRender(arguments);
    QCOMPARE(outcome.exitCode, 64);
    QCOMPARE(lines(outcome.err), 1);
    QCOMPARE(outcome.out, std::string());
    for (const QString &word : words)
        QVERIFY2(has(outcome.err, word.toStdString()), outcome.err.c_str());
    QVERIFY(!fs::exists(in("out.wav")));
}

void TestRenderFaults::faultsHaveTheirExitCodes()
{
    makeInput("in.wav");
    tests::writeText(in("text.wav"), "This is no sound at all, whatever its name says.");
    const auto code = [&](const std::string &input, const std::string &output) {
        const Outcome outcome = runRender({input, output});
        if (lines(outcome.err) != 1)
            return -2;
        return outcome.exitCode;
    };
    QCOMPARE(code(in("none.wav"), in("out.wav")), 66);
    QCOMPARE(code(folder_.string(), in("out.wav")), 66);
    QCOMPARE(code(in("text.wav"), in("out.wav")), 65);
    QCOMPARE(code(in("in.wav"), in("none/out.wav")), 73);
    QCOMPARE(code(in("in.wav"), in("in.wav/out.wav")), 73);
    QCOMPARE(code(in("in.wav"), in("out.xyz")), 64);
    QCOMPARE(runRender({}).exitCode, 64);
    QCOMPARE(runRender({in("in.wav")}).exitCode, 64);
    QCOMPARE(runRender({in("in.wav"), in("a.wav"), in("b.wav")}).exitCode, 64);
    QCOMPARE(runRender({"--preview-start", "99", in("in.wav"), in("o.wav")}).exitCode, 64);
    QVERIFY((filesLeft() == std::vector<std::string>{"in.wav", "text.wav"}));
}

void TestRenderFaults::oddNamesWork_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("dash") << QByteArray("-n");
    QTest::newRow("format") << QByteArray("%s%n");
    QTest::newRow("newline") << QByteArray("a\nb");
    QTest::newRow("emoji") << QByteArray("🔊 bass 𝄢");
    QTest::newRow("rtl") << QByteArray("\u202Eevil");
    QTest::newRow("latin-1") << QByteArray("caf\xE9");
    QTest::newRow("long") << QByteArray(251, 'x');
}

void TestRenderFaults::oddNamesWork()
{
    QFETCH(QByteArray, name);
    const std::string input = name.toStdString() + ".wav";
    makeInput("plain.wav");
    fs::rename(in("plain.wav"), folder_ / input);
    const tests::ProgramOptions here{{}, folder_, {}, {}};
    std::string output = input;
    output.front() = 'O';
    const Outcome outcome = runRender({"--", input, output}, here);
    QVERIFY2(outcome.exitCode == 0, outcome.err.c_str());
    QCOMPARE(tests::readSound(folder_ / output).frames(), std::int64_t{30000});
    const Outcome again = runRender({"--", input, output}, here);
    QCOMPARE(again.exitCode, 73);
    QCOMPARE(lines(again.err), 1);
}

void TestRenderFaults::damagedInputIsTold()
{
    makeInput("in.wav");
    fs::resize_file(in("in.wav"), 100001);
    const Outcome outcome = runRender({in("in.wav"), in("out.wav")});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(has(outcome.err, "warning: “in.wav” ends early"), outcome.err.c_str());
    QVERIFY(tests::readSound(in("out.wav")).frames() > 12000);
}

void TestRenderFaults::theSourceCanBeReplacedByItsRender()
{
    makeInput("in.wav");
    QCOMPARE(runRender({in("in.wav"), in("out.wav")}).exitCode, 0);
    QCOMPARE(runRender({in("in.wav"), in("in.wav")}).exitCode, 73);
    QCOMPARE(runRender({"--force", in("in.wav"), in("in.wav")}).exitCode, 0);
    QVERIFY(tests::readText(in("in.wav")) == tests::readText(in("out.wav")));
}

void TestRenderFaults::aFullDiskLeavesNothingBehind()
{
    makeInput("in.wav", 2, 100000);
    for (const char *output : {"out.wav", "out.flac", "out.ogg"}) {
        tests::writeText(in(output), "mine");
        for (const rlim_t limit : {rlim_t{1}, rlim_t{10000}, rlim_t{20000}}) {
            tests::ProgramOptions options;
            options.inChild = [limit] {
                const rlimit size{limit, limit};
                setrlimit(RLIMIT_FSIZE, &size);
            };
            const Outcome outcome = runRender({"--force", in("in.wav"), in(output)}, options);
            QVERIFY2(outcome.exitCode == 74 || outcome.exitCode == 73, outcome.err.c_str());
            QCOMPARE(tests::readText(in(output)), std::string("mine"));
        }
    }
    QVERIFY((filesLeft() == std::vector<std::string>{"in.wav", "out.flac", "out.ogg", "out.wav"}));
}

void TestRenderFaults::interruptLeavesNothingBehind()
{
    tests::writeSparseWav(in("long.wav"), 44100, 2, std::int64_t{44100} * 3600);
    tests::Random random(3);
    int cancelled = 0;
    for (int i = 0; i < 20; ++i) {
        tests::ProgramOptions options;
        options.whileRunning = [&](pid_t child) {
            tests::waitUntilBlocked(child, SIGINT);
            usleep(static_cast<useconds_t>(random.between(0.0, 250e3)));
            kill(child, i % 2 == 0 ? SIGINT : SIGTERM);
        };
        const Outcome outcome = runRender({in("long.wav"), in("out.wav")}, options);
        QCOMPARE(outcome.exitCode, 130);
        ++cancelled;
        QVERIFY((filesLeft() == std::vector<std::string>{"long.wav"}));
    }
    QCOMPARE(cancelled, 20);
}

void TestRenderFaults::memoryDoesNotGrowWithLength()
{
    if constexpr (tests::underAddressSanitizer)
        QSKIP("AddressSanitizer keeps what is freed for a while");
    constexpr std::int64_t minute = 44100 * 60;
    long peaks[2] = {};
    const std::int64_t lengths[2] = {minute, 30 * minute};
    for (int i = 0; i < 2; ++i) {
        tests::writeSparseWav(in("long.wav"), 44100, 1, lengths[i]);
        const Outcome outcome = runRender(
            {"--force", "--bit-depth", "16", "--dither", "none", in("long.wav"), in("out.wav")});
        QCOMPARE(outcome.exitCode, 0);
        peaks[i] = outcome.peakMemoryKib;
    }
    qInfo("peak memory: 1 minute %ld KiB, 30 minutes %ld KiB", peaks[0], peaks[1]);
    QVERIFY(peaks[1] - peaks[0] < 50 * mebibyte);
}

void TestRenderFaults::anEightHourFilePreviewsAtOnce()
{
    tests::writeSparseWav(in("long.wav"), 44100, 2, std::int64_t{44100} * 3600 * 8);
    const Outcome outcome =
        runRender({"--preview", "--preview-start", "20000", in("long.wav"), in("out.wav")});
    QVERIFY2(outcome.exitCode == 0, outcome.err.c_str());
    QCOMPARE(tests::readSound(in("out.wav")).frames(), std::int64_t{441000});
    qInfo("8 hours: %.3f s of CPU time, %ld KiB", outcome.cpuSeconds, outcome.peakMemoryKib);
    QVERIFY(outcome.peakMemoryKib < 300 * mebibyte);
    QVERIFY(outcome.cpuSeconds < (tests::underSanitizer ? 20.0 : 2.0));
}

QD_TEST(TestRenderFaults, QCoreApplication)
#include "TestRenderFaults.moc"
