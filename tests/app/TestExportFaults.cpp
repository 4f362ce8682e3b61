// SPDX-License-Identifier: GPL-3.0-or-later
//
// An export that is killed, cut off by a full disk or cancelled leaves the old file or the complete
// new one, and nothing else. Oracle: the folder and the bytes in it afterwards, as another process
// sees them. QD_LONG=1: 200 kills and 500 cuts for every format instead of a few.

#include "engine/render/RenderFile.h"
#include "tests/support/Cpu.h"
#include "tests/support/RenderFixture.h"
#include "tests/support/Sanitizers.h"
#include "tests/support/TestProgram.h"

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using tests::Outcome;
using tests::runRender;
namespace fs = std::filesystem;

namespace {

/// What a process has written to files that have no name.
std::int64_t unnamedBytes(const fs::path &process)
{
    std::int64_t bytes = 0;
    std::error_code gone;
    for (const auto &entry : fs::directory_iterator(process / "fd", gone)) {
        struct stat info {};
        if (stat(entry.path().c_str(), &info) == 0 && S_ISREG(info.st_mode) && info.st_nlink == 0)
            bytes += info.st_size;
    }
    return bytes;
}

/// What the system needs to free a file of so many bytes, in CPU time.
double secondsToFree(const fs::path &folder, std::int64_t bytes)
{
    const int file = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    const std::string part(1 << 15, 'x');
    for (std::int64_t at = 0; file >= 0 && at < bytes; at += std::ssize(part))
        (void)!pwrite(file, part.data(), part.size(), at);
    const double start = tests::threadCpuSeconds();
    close(file);
    return tests::threadCpuSeconds() - start;
}

constexpr std::int64_t muchBytes = std::int64_t{300} << 20;

} // namespace

class TestExportFaults : public tests::RenderFixture {
    Q_OBJECT

private slots:
    void aKillLeavesOldOrNew_data() { formats(); }
    void aKillLeavesOldOrNew();
    void aFullDiskLeavesTheOld_data() { formats(); }
    void aFullDiskLeavesTheOld();
    void cancellingIsQuickAndClean_data();
    void cancellingIsQuickAndClean();
    void nobodyWaitsForWhatACancelledRenderWrote();
    void aCancelledProgramLeavesTheFreeingToAChild();
    void aDiskThatDoesNotAnswerLeavesNoNames();
    void aKilledBatchIsResumed();

private:
    static bool isLong() { return qEnvironmentVariableIsSet("QD_LONG"); }
    static void formats()
    {
        QTest::addColumn<QByteArray>("ending");
        for (const char *ending :
             {"wav", "rf64", "w64", "aiff", "caf", "flac", "ogg", "opus", "mp3"})
            QTest::newRow(ending) << QByteArray(ending);
    }
    /// With a loudness target there is a spool, too.
    std::vector<std::string> arguments(const std::string &output, int variant) const
    {
        std::vector<std::string> all{"--force", "--quiet", in("in.wav"), output};
        if (variant % 2 == 1)
            all.insert(all.end(), {"--loudness", "-12"});
        return all;
    }
    static bool isWhole(const std::string &path)
    {
        return tests::readSound(path).frames() == 30000;
    }
};

void TestExportFaults::aKillLeavesOldOrNew()
{
    QFETCH(QByteArray, ending);
    makeInput("in.wav", 2, 30000, 48000);
    const std::string output = in(("out." + ending).constData());
    const std::vector<std::string> clean{"in.wav", fs::path(output).filename().string()};
    // How long it takes, to kill it anywhere on the way.
    double slow = runRender(arguments(output, 1)).wallSeconds;
    for (int i = 0; i < 4; ++i)
        slow = std::min(slow, runRender(arguments(output, 1)).wallSeconds);
    tests::Random random(31);
    int old = 0;
    int complete = 0;
    const int kills = isLong() ? 200 : 10;
    for (int i = 0; i < kills; ++i) {
        tests::writeText(output, "mine");
        tests::ProgramOptions options;
        options.whileRunning = [&](pid_t child) {
            usleep(static_cast<useconds_t>(random.between(0.0, 1.2e6 * slow)));
            kill(child, SIGKILL);
        };
        runRender(arguments(output, i), options);
        if (tests::readText(output) == "mine")
            ++old;
        else if (isWhole(output))
            ++complete;
        // Only in the instant of a replacement there is a second name, which the next save removes.
        std::vector<std::string> left = filesLeft();
        std::erase_if(left, [](const std::string &name) { return name.starts_with(".qd-"); });
        QVERIFY(left == clean);
    }
    qInfo("%d kills: %d times the old file, %d times the new one", kills, old, complete);
    QCOMPARE(old + complete, kills);
    QCOMPARE(runRender(arguments(output, 0)).exitCode, 0);
    QVERIFY(filesLeft() == clean);
}

void TestExportFaults::aFullDiskLeavesTheOld()
{
    QFETCH(QByteArray, ending);
    makeInput("in.wav", 2, 30000, 48000);
    const std::string output = in(("out." + ending).constData());
    QCOMPARE(runRender(arguments(output, 0)).exitCode, 0);
    const auto plain = static_cast<double>(fs::file_size(output));
    const double spool = 30000.0 * 2 * 4;
    tests::writeText(output, "mine");
    tests::Random random(32);
    const int cuts = isLong() ? 500 : 12;
    int refused = 0;
    for (int i = 0; i < cuts; ++i) {
        const bool levelled = i % 2 == 1;
        // Every fourth in the last bytes, which some coders lose without a word.
        const double size = levelled ? std::max(spool, plain) : plain;
        const double at = i % 4 < 2 ? random.between(0.0, size) : size - random.between(1.0, 64.0);
        tests::ProgramOptions options;
        options.inChild = [at] {
            const rlimit limit{static_cast<rlim_t>(at), static_cast<rlim_t>(at)};
            setrlimit(RLIMIT_FSIZE, &limit);
        };
        const Outcome outcome = runRender(arguments(output, i), options);
        if (outcome.exitCode == 0 && levelled) {
            QVERIFY(isWhole(output)); // other levels make a coded file a little smaller
            tests::writeText(output, "mine");
            continue;
        }
        QVERIFY2(outcome.exitCode == 74 || outcome.exitCode == 73, outcome.err.c_str());
        QCOMPARE(lines(outcome.err), 1);
        QCOMPARE(tests::readText(output), std::string("mine"));
        ++refused;
    }
    qInfo("%d cuts, %d of them before the end", cuts, refused);
    QVERIFY(refused >= cuts / 2);
    QCOMPARE(filesLeft().size(), std::size_t{2});
}

void TestExportFaults::cancellingIsQuickAndClean_data()
{
    QTest::addColumn<QStringList>("flags");
    QTest::newRow("a long file") << QStringList{};
    QTest::newRow("levelled") << QStringList{"--loudness", "-20"};
    QTest::newRow("matched") << QStringList{"--match-loudness"};
    QTest::newRow("mp3") << QStringList{"--format", "mp3"};
    QTest::newRow("batch") << QStringList{"--batch"};
}

void TestExportFaults::cancellingIsQuickAndClean()
{
    QFETCH(QStringList, flags);
    tests::writeSparseWav(in("long.wav"), 44100, 2, std::int64_t{44100} * 3600);
    tests::Random random(33);
    for (int i = 0; i < (isLong() ? 50 : 6); ++i) {
        std::vector<std::string> all{"--force", in("long.wav")};
        if (flags == QStringList{"--batch"})
            all.insert(all.end(), {"--batch", in("out")});
        else
            all.push_back(in("out.wav"));
        for (const QString &flag : flags) {
            if (flag != "--batch")
                all.push_back(flag.toStdString());
        }
        double asked = 0.0;
        double slowdown = 1.0;
        tests::ProgramOptions options;
        options.whileRunning = [&](pid_t child) {
            tests::waitUntilBlocked(child, SIGINT);
            usleep(static_cast<useconds_t>(random.between(0.0, 400e3)));
            slowdown = tests::slowdown();
            asked = engine::secondsNow();
            kill(child, SIGINT);
        };
        const Outcome outcome = runRender(all, options);
        const double took = engine::secondsNow() - asked;
        QCOMPARE(outcome.exitCode, 130);
        QVERIFY2(took < 0.2 * slowdown + 0.05,
                 qPrintable(QString("%1 s, machine %2 times busy").arg(took).arg(slowdown)));
        std::vector<std::string> left = filesLeft();
        std::erase(left, "out"); // the folder of the batch
        QVERIFY((left == std::vector<std::string>{"long.wav"}));
        QVERIFY(!fs::exists(in("out")) || fs::is_empty(in("out")));
    }
}

void TestExportFaults::nobodyWaitsForWhatACancelledRenderWrote()
{
    tests::writeSparseWav(in("long.wav"), 44100, 2, std::int64_t{44100} * 3600);
    engine::render::RenderFileRequest request;
    request.input = in("long.wav");
    request.output = in("out.wav");
    request.tapsFolder = in("taps");
    request.embedRecipe = false; // it would be read first
    std::stop_source stop;
    double asked = 0.0;
    const auto result = engine::render::renderFile(
        request, {stop.get_token(), [&](std::optional<double>) {
                      if (stop.stop_requested() || unnamedBytes("/proc/self") < muchBytes)
                          return;
                      asked = tests::threadCpuSeconds();
                      stop.request_stop();
                  }});
    const double took = tests::threadCpuSeconds() - asked;
    QVERIFY(!result && result.error().code == engine::ErrorCode::Cancelled && asked > 0.0);
    QCOMPARE(filesLeft(), std::vector<std::string>{"long.wav"});
    QTRY_COMPARE_WITH_TIMEOUT(unnamedBytes("/proc/self"), 0, 60'000);
    const double freeing = secondsToFree(folder_, muchBytes);
    qInfo("%.1f ms of work after the wish; freeing takes %.1f ms", 1e3 * took, 1e3 * freeing);
    QVERIFY(took < 0.4 * freeing || tests::underSanitizer);
}

void TestExportFaults::aCancelledProgramLeavesTheFreeingToAChild()
{
    tests::writeSparseWav(in("long.wav"), 44100, 2, std::int64_t{44100} * 3600);
    QCOMPARE(prctl(PR_SET_CHILD_SUBREAPER, 1), 0); // an orphan of the program becomes ours
    tests::ProgramOptions options;
    options.whileRunning = [](pid_t child) {
        const fs::path process = "/proc/" + std::to_string(child);
        while (unnamedBytes(process) < muchBytes && kill(child, 0) == 0)
            usleep(2000);
        kill(child, SIGINT);
    };
    const Outcome outcome = runRender(
        {"--quiet", "--no-recipe", "--taps", in("taps"), in("long.wav"), in("out.wav")}, options);
    QCOMPARE(outcome.exitCode, 130);
    QCOMPARE(lines(outcome.err), 1);
    QCOMPARE(filesLeft(), std::vector<std::string>{"long.wav"});
    rusage usage{};
    int status = -1;
    const pid_t heir = wait4(-1, &status, 0, &usage);
    prctl(PR_SET_CHILD_SUBREAPER, 0);
    QVERIFY2(heir > 0, "the program freed everything itself");
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    const double spent =
        static_cast<double>(usage.ru_stime.tv_sec + usage.ru_utime.tv_sec) +
        1e-6 * static_cast<double>(usage.ru_stime.tv_usec + usage.ru_utime.tv_usec);
    const double freeing = secondsToFree(folder_, muchBytes);
    qInfo("the child worked for %.1f ms; freeing takes %.1f ms", 1e3 * spent, 1e3 * freeing);
    QVERIFY(spent > 0.5 * freeing || tests::underSanitizer);
}

/// Where there are no unnamed files, and the program ends while a thread of it waits for the disk.
void TestExportFaults::aDiskThatDoesNotAnswerLeavesNoNames()
{
#ifdef __x86_64__
    if (tests::runProgram("/usr/bin/strace", {"-qq", "-o", "/dev/null", "true"}).exitCode != 0)
        QSKIP("Nothing may be traced here");
    makeInput("in.wav");
    tests::writeText(in("out.wav"), "mine");
    const QTemporaryDir traces;
    const std::string trace = (traces.path() + "/trace").toStdString();
    tests::ProgramOptions options;
    options.environment["ASAN_OPTIONS"] = "detect_leaks=0"; // which cannot look at what is traced
    options.whileRunning = [&](pid_t child) {               // -D: the program itself is the child
        tests::waitUntilBlocked(child, SIGINT);
        while (!has(tests::readText(trace), "fsync(") && kill(child, 0) == 0)
            usleep(2000);
        kill(child, SIGINT);
    };
    const Outcome outcome = tests::runProgram(
        "/usr/bin/strace",
        {"-D", "-f", "-qq", "-o", trace, "-e", "trace=access,fsync", "-e",
         "inject=access:error=ENOENT", "-e", "inject=fsync:delay_enter=2000000:when=1",
         QD_RENDER_PROGRAM, "--force", "--quiet", in("in.wav"), in("out.wav")},
        options);
    QCOMPARE(outcome.exitCode, 130);
    QVERIFY2(has(outcome.err, "Cancelled"), outcome.err.c_str());
    QCOMPARE(filesLeft(), (std::vector<std::string>{"in.wav", "out.wav"}));
    QCOMPARE(tests::readText(in("out.wav")), std::string("mine"));
#endif
}

void TestExportFaults::aKilledBatchIsResumed()
{
    std::vector<std::string> all{"--batch", in("out"), "--resume", "--bit-depth", "16"};
    constexpr int count = 12;
    for (int i = 0; i < count; ++i) {
        const std::string name = "in" + std::to_string(i) + ".wav";
        makeInput(name.c_str(), 2, 60000);
        all.push_back(in(name.c_str()));
    }
    tests::Random random(34);
    for (int i = 0; i < (isLong() ? 40 : 4); ++i) {
        tests::ProgramOptions options;
        options.whileRunning = [&](pid_t child) {
            usleep(static_cast<useconds_t>(random.between(20e3, 150e3)));
            kill(child, SIGKILL);
        };
        runRender(all, options);
        if (!fs::exists(in("out")))
            continue;
        for (const auto &entry : fs::directory_iterator(in("out")))
            QCOMPARE(tests::readSound(entry.path()).frames(), std::int64_t{60000});
        if (isLong() && i % 4 == 3)
            fs::remove_all(in("out"));
    }
    const Outcome rest = runRender(all);
    QVERIFY2(rest.exitCode == 0, rest.err.c_str());
    const Outcome again = runRender(all);
    QCOMPARE(again.exitCode, 0);
    QVERIFY2(has(again.out, "0 done, 12 finished before, 0 failed"), again.out.c_str());
}

QD_TEST(TestExportFaults, QCoreApplication)
#include "TestExportFaults.moc"
