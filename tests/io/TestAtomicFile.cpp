// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file that is saved is there complete or not at all, whatever happens: a full disk, a killed
// process, a target that cannot be replaced, a disk that reports faults. An older file of the name
// stays as it was, and nothing else is left in the folder.
// Oracle: the bytes in the folder afterwards, as another process sees them. QD_LONG_TESTS=1 kills
// more often.

#include "FileFixtures.h"
#include "engine/base/Clock.h"
#include "engine/io/AtomicFile.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace engine;
using namespace tests::files;
using io::AtomicFile;
using io::Container;
using io::OverwritePolicy;
using io::SampleFormat;

namespace {

using Names = std::vector<std::string>;

Status save(const fs::path &path, const QByteArray &bytes, OverwritePolicy policy)
{
    return io::writeWholeFile(path, {bytes.data(), std::size_t(bytes.size())}, policy);
}

io::OutputFormat formatOf(Container container)
{
    const bool wav = container == Container::Wav;
    return io::resolve(container, wav ? std::optional(SampleFormat::Pcm16) : std::nullopt, {},
                       {48000, 2})
        .value();
}

AudioBuffer noise(std::uint64_t seed, int frames)
{
    tests::Random random(seed);
    return tests::makeSignal(tests::SignalKind::Noise, {48000, 2}, frames, 0.5, random);
}

mode_t modeOf(const fs::path &path)
{
    struct stat info {};
    ::stat(path.c_str(), &info);
    return info.st_mode & 07777;
}

} // namespace

class TestAtomicFile : public QObject {
    Q_OBJECT

public:
    enum class Outcome { Saved, Refused, Killed };
    Q_ENUM(Outcome)

private slots:
    void initTestCase() { std::signal(SIGXFSZ, SIG_IGN); }
    void refuseKeepsAndReplaceReplaces();
    void aFileThatAppearsMeanwhileIsKept();
    void unfinishedLeavesNothing();
    void abandoningDoesNotWait();
    void impossibleTargetsAreRefused_data();
    void impossibleTargetsAreRefused();
    void withoutTheRightNothingIsTouched();
    void aLinkStaysALink();
    void permissionBitsStay();
    void aNewFileFollowsTheUmask();
    void anyNameIsSaved();
    void aFullDiskLeavesTheOldFile_data();
    void aFullDiskLeavesTheOldFile();
    void aKilledProcessLeavesOldOrNew_data();
    void aKilledProcessLeavesOldOrNew();
    void aFaultOfTheDiskIsToldAndHarmless_data();
    void aFaultOfTheDiskIsToldAndHarmless();
};

void TestAtomicFile::refuseKeepsAndReplaceReplaces()
{
    const Folder folder;
    QVERIFY(save(folder / "x", "first", OverwritePolicy::Refuse));
    const Status refused = save(folder / "x", "second", OverwritePolicy::Refuse);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::CannotCreate);
    QVERIFY2(isClearSentence(refused.error(), "x"), refused.error().problem.c_str());
    QCOMPARE(readBytes(folder / "x"), QByteArray("first"));
    QVERIFY(save(folder / "x", "second", OverwritePolicy::Replace));
    QCOMPARE(readBytes(folder / "x"), QByteArray("second"));
    QVERIFY(save(folder / "new", "third", OverwritePolicy::Replace));
    QVERIFY(save(folder / "empty", "", OverwritePolicy::Refuse));
    QCOMPARE(readBytes(folder / "empty"), QByteArray());
    QCOMPARE(folder.names(), (Names{"empty", "new", "x"}));
}

void TestAtomicFile::aFileThatAppearsMeanwhileIsKept()
{
    const Folder folder;
    auto file = AtomicFile::create(folder / "x", OverwritePolicy::Refuse);
    QVERIFY(file);
    QCOMPARE(::write(file->descriptor(), "mine", 4), ssize_t{4});
    QVERIFY(folder.names().empty() || folder.names()[0].starts_with(".qd-"));
    writeBytes(folder / "x", "theirs");
    const Status committed = file->commit();
    QVERIFY(!committed && committed.error().code == ErrorCode::CannotCreate);
    QCOMPARE(readBytes(folder / "x"), QByteArray("theirs"));
    QCOMPARE(folder.names(), Names{"x"});
}

void TestAtomicFile::unfinishedLeavesNothing()
{
    const Folder folder;
    writeBytes(folder / "old", "old");
    for (const char *name : {"new", "old"}) {
        auto file = AtomicFile::create(folder / name, OverwritePolicy::Replace);
        QVERIFY(file && ::write(file->descriptor(), "half", 4) == 4);
    }
    for (const Container container :
         {Container::Wav, Container::Flac, Container::OggVorbis, Container::Mp3}) {
        auto writer = io::AudioFileWriter::create(folder / "old", formatOf(container), {48000, 2},
                                                  {}, OverwritePolicy::Replace);
        QVERIFY(writer && (*writer)->write(noise(1, 9000).block(0, 9000)));
    }
    QCOMPARE(readBytes(folder / "old"), QByteArray("old"));
    QCOMPARE(folder.names(), Names{"old"});
}

void TestAtomicFile::abandoningDoesNotWait()
{
    const Folder folder;
    const std::string part(4 << 20, 'x');
    const auto secondsFor = [&](void (AtomicFile::*end)()) {
        double least = 1e9;
        for (int tries = 0; tries < 3; ++tries) {
            auto file = AtomicFile::create(folder / "x", OverwritePolicy::Replace).value();
            for (int i = 0; i < 64; ++i)
                std::ignore = file.write(part);
            const int descriptor = file.descriptor();
            const double start = engine::secondsNow();
            (file.*end)();
            least = std::min(least, engine::secondsNow() - start);
            [&] { QTRY_COMPARE_WITH_TIMEOUT(::fcntl(descriptor, F_GETFD), -1, 60'000); }();
        }
        return least;
    };
    const double waiting = secondsFor(&AtomicFile::discard);
    const double abandoning = secondsFor(&AtomicFile::abandon);
    qInfo("256 MiB: %.2f ms, and %.2f ms in the background", 1e3 * waiting, 1e3 * abandoning);
    QVERIFY(abandoning < 0.25 * waiting);
    QCOMPARE(folder.names(), Names{});
}

void TestAtomicFile::impossibleTargetsAreRefused_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("words");
    const std::pair<const char *, const char *> rows[] = {
        {"missing/x", "“missing” does not exist"},
        {"file/x", "“file” is not a folder"},
        {"folder", "it is a folder"},
        {"pipe", "it is a pipe"},
        {"device", "it is a device"},
        {"circle", "in a circle"},
        {"folder/", "it is a folder"},
        {"link", "it is a pipe"},
    };
    for (const auto &[target, words] : rows)
        QTest::newRow(target) << QByteArray(target) << QByteArray(words);
    QTest::newRow("long") << QByteArray(256, 'x') << QByteArray("too long");
}

void TestAtomicFile::impossibleTargetsAreRefused()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, words);
    const Folder folder;
    writeBytes(folder / "file", "file");
    fs::create_directory(folder / "folder");
    QCOMPARE(::mkfifo((folder / "pipe").c_str(), 0666), 0);
    fs::create_symlink("/dev/null", folder / "device");
    fs::create_symlink("circle", folder / "circle");
    fs::create_symlink("pipe", folder / "link");
    const Names before = folder.names();
    for (const OverwritePolicy policy : {OverwritePolicy::Refuse, OverwritePolicy::Replace}) {
        const Status saved = save(folder / target.toStdString(), "new", policy);
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, ErrorCode::CannotCreate);
        const std::string shown = fs::path(target.toStdString()).filename().string();
        QVERIFY2(isClearSentence(saved.error(), shown), saved.error().problem.c_str());
        QVERIFY2(problemOf(saved).contains(words), problemOf(saved));
        QVERIFY(!saved.error().consequence.empty() && !saved.error().advice.empty());
    }
    QVERIFY(folder.names() == before);
    QCOMPARE(readBytes(folder / "file"), QByteArray("file"));
    QVERIFY(fs::is_character_file("/dev/null"));
}

void TestAtomicFile::withoutTheRightNothingIsTouched()
{
    const Folder folder;
    fs::create_directory(folder / "locked");
    writeBytes(folder / "locked" / "x", "old");
    fs::permissions(folder / "locked", fs::perms{0555});
    writeBytes(folder / "protected", "old");
    fs::permissions(folder / "protected", fs::perms{0444});
    for (const char *target : {"locked/new", "locked/x", "protected"}) {
        QByteArray said;
        const auto work = [&](const Say &say) {
            const Status saved = save(folder / target, "new", OverwritePolicy::Replace);
            say(problemOf(saved).toStdString());
            return saved ? 0 : int(saved.error().code);
        };
        QCOMPARE(inChild(work, &said, true), 73);
        QVERIFY2(said.contains("write-protected") || said.contains("you may not write"), said);
    }
    QCOMPARE(readBytes(folder / "protected"), QByteArray("old"));
    QCOMPARE(readBytes(folder / "locked" / "x"), QByteArray("old"));
    QCOMPARE(folder.names(), (Names{"locked", "protected"}));
}

void TestAtomicFile::aLinkStaysALink()
{
    const Folder folder;
    fs::create_directory(folder / "music");
    writeBytes(folder / "music" / "real", "old");
    fs::create_symlink("music/real", folder / "link");
    fs::create_symlink("link", folder / "second");
    fs::create_symlink("music/fresh", folder / "dangling");
    QVERIFY(save(folder / "second", "new", OverwritePolicy::Replace));
    QVERIFY(save(folder / "dangling", "fresh", OverwritePolicy::Refuse));
    QVERIFY(!save(folder / "link", "newer", OverwritePolicy::Refuse));
    QVERIFY(fs::is_symlink(folder / "second") && fs::is_symlink(folder / "link"));
    QVERIFY(fs::is_symlink(folder / "dangling"));
    QVERIFY(!fs::is_symlink(folder / "music" / "real"));
    QCOMPARE(readBytes(folder / "music" / "real"), QByteArray("new"));
    QCOMPARE(readBytes(folder / "music" / "fresh"), QByteArray("fresh"));
    QCOMPARE(folder.names(), (Names{"dangling", "link", "music", "second"}));
}

void TestAtomicFile::permissionBitsStay()
{
    const Folder folder;
    for (const mode_t mode : {0600U, 0640U, 0664U, 0755U, 0606U}) {
        writeBytes(folder / "x", "old");
        fs::permissions(folder / "x", fs::perms(mode));
        QVERIFY(save(folder / "x", "new", OverwritePolicy::Replace));
        QCOMPARE(modeOf(folder / "x"), mode);
    }
}

void TestAtomicFile::aNewFileFollowsTheUmask()
{
    const Folder folder;
    const mode_t before = ::umask(027);
    const bool saved = bool(save(folder / "x", "new", OverwritePolicy::Refuse));
    ::umask(before);
    QVERIFY(saved);
    QCOMPARE(modeOf(folder / "x"), mode_t{0640});
}

void TestAtomicFile::anyNameIsSaved()
{
    const Folder folder;
    Names names{"-n", "%s%n", "caf\xE9\xFF", "two\nlines", "שלום", "🔥", std::string(255, 'n')};
    for (const std::string &name : names) {
        QVERIFY(save(folder / name, "x", OverwritePolicy::Refuse));
        QVERIFY(save(folder / name, "y", OverwritePolicy::Replace));
        QCOMPARE(readBytes(folder / name), QByteArray("y"));
    }
    std::sort(names.begin(), names.end());
    QVERIFY(folder.names() == names);
}

void TestAtomicFile::aFullDiskLeavesTheOldFile_data()
{
    QTest::addColumn<int>("container");
    QTest::addColumn<double>("place");
    QTest::addColumn<int>("missing");
    for (const Container container :
         {Container::Wav, Container::Flac, Container::OggVorbis, Container::Opus, Container::Mp3,
          Container::Aiff, Container::Caf}) {
        const char *key = io::info(container).key.data();
        QTest::addRow("%s start", key) << int(container) << 0.0 << 0;
        QTest::addRow("%s header", key) << int(container) << 0.0 << -20;
        QTest::addRow("%s middle", key) << int(container) << 0.5 << 0;
        QTest::addRow("%s last kilobytes", key) << int(container) << 1.0 << 3000;
        QTest::addRow("%s last byte", key) << int(container) << 1.0 << 1;
        QTest::addRow("%s just enough", key) << int(container) << 1.0 << 0;
    }
}

void TestAtomicFile::aFullDiskLeavesTheOldFile()
{
    QFETCH(int, container);
    QFETCH(double, place);
    QFETCH(int, missing);
    const io::OutputFormat format = formatOf(Container(container));
    const AudioBuffer sound = noise(5, 30000);
    const Folder folder;
    QVERIFY(writeSound(folder / "whole", format, sound));
    const auto size = double(fs::file_size(folder / "whole"));
    fs::remove(folder / "whole");
    const auto limit = rlim_t(place * size - missing);
    const bool enough = limit == rlim_t(size);
    for (const bool old : {true, false}) {
        if (old)
            writeBytes(folder / "x", "the old file");
        QByteArray said;
        const auto work = [&](const Say &say) {
            const struct rlimit room {
                limit, limit
            };
            ::setrlimit(RLIMIT_FSIZE, &room);
            const Status saved =
                writeSound(folder / "x", format, sound, 1000, OverwritePolicy::Replace);
            say(problemOf(saved).toStdString());
            return saved ? 0 : int(saved.error().code);
        };
        const int code = inChild(work, &said);
        QCOMPARE(folder.names(), old || enough ? Names{"x"} : Names{});
        if (enough) {
            QVERIFY2(code == 0, said);
            QCOMPARE(readDirectly(folder / "x").frames(), std::int64_t{30000});
            fs::remove(folder / "x");
            continue;
        }
        QVERIFY2(code == 74, said);
        QVERIFY2(said.contains("“x” could not be written: it grew past the largest file"), said);
        QVERIFY2(said.contains(old ? "left as it was" : "No incomplete file"), said);
        if (old) {
            QCOMPARE(readBytes(folder / "x"), QByteArray("the old file"));
            fs::remove(folder / "x");
        }
    }
}

void TestAtomicFile::aKilledProcessLeavesOldOrNew_data()
{
    QTest::addColumn<bool>("sound");
    QTest::newRow("preset") << false;
    QTest::newRow("WAV") << true;
}

void TestAtomicFile::aKilledProcessLeavesOldOrNew()
{
    QFETCH(bool, sound);
    const int kills = qEnvironmentVariableIsSet("QD_LONG_TESTS") ? 200 : 40;
    const Folder folder;
    const fs::path target = folder / "x";
    const AudioBuffer sounds[] = {noise(1, 40000), noise(2, 50000)};
    const QByteArray texts[] = {QByteArray(70000, 'a'), QByteArray(90000, 'b')};
    const auto put = [&](int which) {
        return sound ? writeSound(target, formatOf(Container::Wav), sounds[which], 4096,
                                  OverwritePolicy::Replace)
                     : save(target, texts[which], OverwritePolicy::Replace);
    };
    QByteArray whole[2];
    for (const int which : {1, 0}) {
        QVERIFY(put(which));
        whole[which] = readBytes(target);
    }
    tests::Random random(2024);
    int seen[2] = {};
    std::size_t left = 0;
    for (int i = 0; i < kills; ++i) {
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            for (int which = 1;; which = 1 - which) // saves for ever, one after the other
                std::ignore = put(which);
        }
        ::usleep(useconds_t(random.whole(0, 20000)));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const QByteArray found = readBytes(target);
        QVERIFY2(found == whole[0] || found == whole[1], QByteArray::number(i));
        ++seen[found == whole[1]];
        left = std::max(left, folder.names().size() - 1);
    }
    qInfo("%d kills: %d times the one, %d times the other, %zu temporary files at most", kills,
          seen[0], seen[1], left);
    QVERIFY(left <= 1);
    QVERIFY(put(0));
    QCOMPARE(folder.names(), Names{"x"});
}

void TestAtomicFile::aFaultOfTheDiskIsToldAndHarmless_data()
{
    QTest::addColumn<QStringList>("faults");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("no fault") << QStringList() << Outcome::Saved;
    const Run probe =
        runProgram("strace", {"-qq", "-o", "/dev/null", "-e", "inject=fsync:error=EIO", "true"});
    if (probe.exitCode != 0) {
        qInfo("Nothing may be traced here (%s): no faults are injected", probe.errors.constData());
        return;
    }
    const auto row = [](const char *name, const QStringList &faults, Outcome outcome) {
        QTest::newRow(name) << faults << outcome;
    };
    row("fsync fails", {"fsync:error=EIO:when=1"}, Outcome::Refused);
    row("fsync finds the disk full", {"fsync:error=ENOSPC:when=1"}, Outcome::Refused);
    row("a write fails", {"pwrite64:error=EIO:when=3"}, Outcome::Refused);
    row("the first write fails", {"pwrite64:error=ENOSPC:when=1"}, Outcome::Refused);
    row("the quota is used up", {"pwrite64:error=EDQUOT:when=2+"}, Outcome::Refused);
    row("a write is cut short", {"pwrite64:retval=1:when=3"}, Outcome::Refused);
    row("the rename fails", {"renameat:error=EIO"}, Outcome::Refused);
    row("writes are interrupted", {"pwrite64:error=EINTR:when=1+2"}, Outcome::Saved);
    row("fsync is interrupted", {"fsync:error=EINTR:when=1"}, Outcome::Saved);
    row("the disk fails while it is waited for", {"sync_file_range:error=EIO:when=1"},
        Outcome::Refused);
    row("nothing is written bit by bit", {"sync_file_range:error=ENOSYS"}, Outcome::Saved);
#ifdef __x86_64__
    // How a file system without unnamed files looks to the program.
    row("no unnamed files", {"access:error=ENOENT"}, Outcome::Saved);
    row("no unnamed files, fsync fails", {"access:error=ENOENT", "fsync:error=EIO:when=1"},
        Outcome::Refused);
    row("no unnamed files, the rename fails", {"access:error=ENOENT", "renameat:error=EIO"},
        Outcome::Refused);
    row("no unnamed files, killed at fsync", {"access:error=ENOENT", "fsync:signal=KILL"},
        Outcome::Killed);
#endif
    row("killed at the rename", {"renameat:error=EIO:signal=KILL"}, Outcome::Killed);
}

void TestAtomicFile::aFaultOfTheDiskIsToldAndHarmless()
{
    QFETCH(QStringList, faults);
    QFETCH(Outcome, outcome);
    const Folder folder;
    const Folder traces;
    const std::vector<double> samples = interleaved(noise(3, 9000));
    writeDirectly(folder / "in.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 2, samples);
    writeBytes(folder / "out.wav", "old");
    const auto text = [](const fs::path &path) { return QString::fromStdString(path.string()); };
    const QStringList render{"--force", text(folder / "in.wav"), text(folder / "out.wav")};
    QStringList arguments{"-f", "-qq", "-o", text(traces / "trace")};
    for (const QString &fault : faults)
        arguments << "-e"
                  << "inject=" + fault;
    const Run run = faults.isEmpty()
                        ? runProgram(QD_RENDER_PROGRAM, render)
                        // A leak checker cannot look at a program that is being traced.
                        : runProgram("strace", QStringList{"-E", "ASAN_OPTIONS=detect_leaks=0"}
                                                   << arguments << QD_RENDER_PROGRAM << render);
    if (!faults.isEmpty())
        QVERIFY2(readBytes(traces / "trace").contains("(INJECTED)") || outcome == Outcome::Killed,
                 "the fault never happened");
    if (outcome == Outcome::Killed) {
        QCOMPARE(run.exitCode, -1);
        QCOMPARE(readBytes(folder / "out.wav"), QByteArray("old"));
        const Names left = folder.names();
        QVERIFY2(left.size() == 3 && left[0].starts_with(".qd-"), "nothing was left to tidy up");
        writeBytes(folder / ".qd-mine.part", "somebody's");
        QVERIFY(save(folder / "out.wav", "new", OverwritePolicy::Replace));
        QCOMPARE(folder.names(), (Names{".qd-mine.part", "in.wav", "out.wav"}));
        return;
    }
    QCOMPARE(folder.names(), (Names{"in.wav", "out.wav"}));
    if (outcome == Outcome::Saved) {
        QVERIFY2(run.exitCode == 0, run.errors);
        QCOMPARE(readDirectly(folder / "out.wav").frames(), std::int64_t{9000});
        return;
    }
    QCOMPARE(run.exitCode, 74);
    QCOMPARE(readBytes(folder / "out.wav"), QByteArray("old"));
    QCOMPARE(run.errors.trimmed().count('\n'), 0);
    QVERIFY2(run.errors.contains("“out.wav” could not be written"), run.errors);
    QVERIFY2(run.errors.contains("left as it was"), run.errors);
}

QD_TEST(TestAtomicFile, QCoreApplication)
#include "TestAtomicFile.moc"
