// SPDX-License-Identifier: GPL-3.0-or-later
//
// The trash as the desktop knows it: a deleted file can be found there by any file manager, comes
// back, never replaces another, and is never lost where there is no trash. Oracle: the
// specification's own words about names, info files and volumes, read from the disk past the
// engine.

#include "PresetFixtures.h"
#include "engine/io/Trash.h"
#include "tests/support/TestProgram.h"

#include <QDateTime>
#include <QTest>
#include <QUrl>
#include <sys/stat.h>
#include <unistd.h>

using namespace engine;
using namespace tests::files;

namespace {

/// The value of a line of an info file.
QByteArray infoValue(const fs::path &info, const QByteArray &key)
{
    const QList<QByteArray> lines = readBytes(info).split('\n');
    if (lines.isEmpty() || lines.front() != "[Trash Info]")
        return {};
    for (const QByteArray &line : lines) {
        if (line.startsWith(key + '='))
            return line.mid(key.size() + 1);
    }
    return {};
}

/// A folder on another file system than the temporary one, where this machine has one to write to.
fs::path otherVolume()
{
    struct stat here {};
    struct stat there {};
    if (::stat(fs::temp_directory_path().c_str(), &here) != 0 || ::stat("/dev/shm", &there) != 0 ||
        here.st_dev == there.st_dev || ::access("/dev/shm", W_OK) != 0)
        return {};
    return "/dev/shm";
}

} // namespace

class TestTrash : public QObject {
    Q_OBJECT

private slots:
    void aFileGoesToTheHomeTrashAndComesBack();
    void anyNameIsWrittenAsTheSpecificationSays();
    void namesInTheTrashAreNeverReplaced();
    void whereSomethingElseIsNowNothingComesBack();
    void anotherVolumeHasItsOwnTrash();
    void aSharedTrashIsUsedOnlyWhereItIsSafe();
    void withoutATrashTheFileStays();
    void whatIsGoneIsSaid();
    void aLinkIsDeletedNotItsTarget();
};

void TestTrash::aFileGoesToTheHomeTrashAndComesBack()
{
    const Folder folder;
    const Variable data("XDG_DATA_HOME", QByteArray::fromStdString((folder / "new/data").string()));
    fs::create_directory(folder / "presets");
    const fs::path file = folder / "presets/My sound.qdpreset";
    writeBytes(file, "content");
    const QDateTime before = QDateTime::currentDateTime().addSecs(-1);
    const auto trashed = io::moveToTrash(file);
    QVERIFY2(trashed, problemOf(trashed));
    QVERIFY(!fs::exists(file));
    QCOMPARE(trashed->file, folder / "new/data/Trash/files/My sound.qdpreset");
    QCOMPARE(trashed->info, folder / "new/data/Trash/info/My sound.qdpreset.trashinfo");
    QCOMPARE(readBytes(trashed->file), QByteArray("content"));
    QCOMPARE(
        QUrl::fromPercentEncoding(infoValue(trashed->info, "Path")),
        QString::fromStdString(fs::canonical(folder / "presets").string() + "/My sound.qdpreset"));
    const auto date = QDateTime::fromString(
        QString::fromLatin1(infoValue(trashed->info, "DeletionDate")), "yyyy-MM-ddTHH:mm:ss");
    QVERIFY(date.isValid() && date >= before.addMSecs(-before.time().msec()) &&
            date <= QDateTime::currentDateTime());
    for (const char *name : {"new/data/Trash", "new/data/Trash/files", "new/data/Trash/info"})
        QCOMPARE(fs::status(folder / name).permissions(), fs::perms::owner_all); // 0700
    QVERIFY(io::restoreFromTrash(*trashed));
    QCOMPARE(readBytes(file), QByteArray("content"));
    QVERIFY(!fs::exists(trashed->file) && !fs::exists(trashed->info));
    const auto again = io::restoreFromTrash(*trashed);
    QVERIFY(problemOf(again).contains("something else has its place") ||
            problemOf(again).contains("not in the trash any more"));
}

void TestTrash::anyNameIsWrittenAsTheSpecificationSays()
{
    const Folder folder;
    const Variable data("XDG_DATA_HOME", QByteArray::fromStdString((folder / "data").string()));
    for (const char *name : {"a b", "100%", "ä\xff", "-n", "line\nfeed", "[Trash Info]", "🔥", "x=y",
                             "שלום", ".hidden"}) {
        const fs::path file = folder / name;
        writeBytes(file, name);
        const auto trashed = io::moveToTrash(file);
        QVERIFY2(trashed, problemOf(trashed));
        const QByteArray path = infoValue(trashed->info, "Path");
        for (const char c : path) // RFC 2396: what is not plain is escaped
            QVERIFY2(c > 32 && c < 127 && !std::strchr("[]\"<>\\^`{|}=", c), path);
        QCOMPARE(QByteArray::fromPercentEncoding(path),
                 QByteArray::fromStdString((fs::canonical(folder.path()) / name).string()));
        QVERIFY(io::restoreFromTrash(*trashed));
        QCOMPARE(readBytes(file), QByteArray(name));
    }
    // As long as a name can be, with the ending of the info file behind it.
    const std::string longest(255, 'n');
    writeBytes(folder / longest, "long");
    const auto trashed = io::moveToTrash(folder / longest);
    QVERIFY2(trashed, problemOf(trashed));
    QVERIFY(io::restoreFromTrash(*trashed));
    QVERIFY(fs::exists(folder / longest));
}

void TestTrash::namesInTheTrashAreNeverReplaced()
{
    const Folder folder;
    const Variable data("XDG_DATA_HOME", QByteArray::fromStdString((folder / "data").string()));
    std::vector<io::TrashedFile> all;
    for (int i = 0; i < 5; ++i) {
        writeBytes(folder / "x.qdpreset", QByteArray::number(i));
        auto trashed = io::moveToTrash(folder / "x.qdpreset");
        QVERIFY2(trashed, problemOf(trashed));
        all.push_back(*trashed);
    }
    // A file that lost its info, and an info that lost its file.
    writeBytes(folder / "data/Trash/files/y.qdpreset", "orphan");
    writeBytes(folder / "data/Trash/info/z.qdpreset.trashinfo", "orphan");
    for (const char *name : {"y.qdpreset", "z.qdpreset"}) {
        writeBytes(folder / name, "mine");
        const auto trashed = io::moveToTrash(folder / name);
        QVERIFY2(trashed, problemOf(trashed));
        QCOMPARE(readBytes(trashed->file), QByteArray("mine"));
    }
    QCOMPARE(readBytes(folder / "data/Trash/files/y.qdpreset"), QByteArray("orphan"));
    QCOMPARE(readBytes(folder / "data/Trash/info/z.qdpreset.trashinfo"), QByteArray("orphan"));
    QVERIFY(!fs::exists(folder / "data/Trash/info/y.qdpreset.trashinfo"));
    for (int i = 0; i < 5; ++i)
        QCOMPARE(readBytes(all[static_cast<std::size_t>(i)].file), QByteArray::number(i));
}

void TestTrash::whereSomethingElseIsNowNothingComesBack()
{
    const Folder folder;
    const Variable data("XDG_DATA_HOME", QByteArray::fromStdString((folder / "data").string()));
    writeBytes(folder / "x", "old");
    const auto trashed = io::moveToTrash(folder / "x");
    writeBytes(folder / "x", "new");
    const auto restored = io::restoreFromTrash(*trashed);
    QVERIFY2(problemOf(restored).contains("something else has its place now"), problemOf(restored));
    QCOMPARE(readBytes(folder / "x"), QByteArray("new"));
    QCOMPARE(readBytes(trashed->file), QByteArray("old"));
    QVERIFY(fs::exists(trashed->info));
}

void TestTrash::anotherVolumeHasItsOwnTrash()
{
    const fs::path volume = otherVolume();
    if (volume.empty())
        QSKIP("this machine has no second file system to write to");
    const Folder home;
    const Variable data("XDG_DATA_HOME", QByteArray::fromStdString(home.path().string()));
    QTemporaryDir inside(QString::fromStdString(volume.string()) + "/qd-trash-XXXXXX");
    const fs::path file = fs::path(inside.path().toStdString()) / "a b.qdpreset";
    writeBytes(file, "there");
    const auto trashed = io::moveToTrash(file);
    QVERIFY2(trashed, problemOf(trashed));
    const fs::path trash = volume / (".Trash-" + std::to_string(::getuid()));
    QCOMPARE(trashed->file.parent_path(), trash / "files");
    // Told from the volume's top.
    QCOMPARE(QByteArray::fromPercentEncoding(infoValue(trashed->info, "Path")),
             QByteArray::fromStdString(file.lexically_relative(volume).string()));
    QVERIFY(io::restoreFromTrash(*trashed));
    QCOMPARE(readBytes(file), QByteArray("there"));
    std::error_code ignored; // only where nothing of anybody's lies in it
    fs::remove(trash / "files", ignored);
    fs::remove(trash / "info", ignored);
    fs::remove(trash, ignored);
}

void TestTrash::aSharedTrashIsUsedOnlyWhereItIsSafe()
{
    const fs::path volume = otherVolume();
    if (volume.empty() || fs::exists(volume / ".Trash"))
        QSKIP("this machine has no second file system whose trash may be made");
    const Folder home;
    const Variable data("XDG_DATA_HOME", QByteArray::fromStdString(home.path().string()));
    QTemporaryDir inside(QString::fromStdString(volume.string()) + "/qd-trash-XXXXXX");
    const fs::path file = fs::path(inside.path().toStdString()) / "x";
    const std::string user = std::to_string(::getuid());
    const auto trashOf = [&] {
        writeBytes(file, "x");
        const auto trashed = io::moveToTrash(file);
        if (!trashed)
            return fs::path();
        (void)io::restoreFromTrash(*trashed);
        return trashed->file.parent_path().parent_path();
    };
    fs::create_directory(volume / ".Trash");
    fs::permissions(volume / ".Trash", fs::perms::all);
    const fs::path withoutSticky = trashOf();
    fs::permissions(volume / ".Trash", fs::perms::all | fs::perms::sticky_bit);
    const fs::path withSticky = trashOf();
    fs::remove_all(volume / ".Trash");
    fs::create_directory_symlink(inside.path().toStdString(), volume / ".Trash");
    const fs::path link = trashOf();
    fs::remove(volume / ".Trash");
    const fs::path own = volume / (".Trash-" + user);
    std::error_code ignored;
    for (const fs::path &part : {own / "files", own / "info", own})
        fs::remove(part, ignored);
    QCOMPARE(withoutSticky, own);
    QCOMPARE(withSticky, volume / ".Trash" / user);
    QCOMPARE(link, own);
}

void TestTrash::withoutATrashTheFileStays()
{
    const Folder folder;
    writeBytes(folder / "x.qdpreset", "x");
    // A stranger in the way, a link to elsewhere, no home at all, no right to take the file away.
    writeBytes(folder / "Trash", "no folder");
    fs::create_directory(folder / "linked");
    fs::create_directory_symlink(folder / "linked", folder / "link");
    struct Case {
        QByteArray dataHome;
        bool readOnlyFolder;
    };
    for (const Case &one :
         {Case{QByteArray::fromStdString(folder.path().string()), false}, Case{"/proc/none", false},
          Case{QByteArray::fromStdString((folder / "free").string()), true}}) {
        QByteArray said;
        fs::create_directories(folder / "presets");
        writeBytes(folder / "presets/mine", "mine");
        fs::permissions(folder / "presets",
                        one.readOnlyFolder ? fs::perms::owner_read | fs::perms::owner_exec |
                                                 fs::perms::others_read | fs::perms::others_exec
                                           : fs::perms::all);
        const int outcome = inChild(
            [&](const Say &say) {
                qputenv("XDG_DATA_HOME", one.dataHome);
                const auto trashed = io::moveToTrash(folder / "presets/mine");
                say(trashed ? trashed->file.string() : trashed.error().oneLine());
                return trashed ? 1 : 0;
            },
            &said, true);
        fs::permissions(folder / "presets", fs::perms::owner_all);
        QVERIFY2(outcome == 0, said);
        QVERIFY2(said.contains("“mine”") && said.contains("could not be moved to the trash") &&
                     said.contains("It is still where it was"),
                 said);
        QCOMPARE(readBytes(folder / "presets/mine"), QByteArray("mine"));
    }
    // Nothing is left behind by the attempt.
    if (fs::exists(folder / "free/Trash/info"))
        QVERIFY(fs::is_empty(folder / "free/Trash/info"));
}

void TestTrash::whatIsGoneIsSaid()
{
    const Folder folder;
    for (const fs::path &path : {folder / "gone", folder / "no/folder"}) {
        const auto trashed = io::moveToTrash(path);
        QVERIFY(!trashed);
        QCOMPARE(trashed.error().code, ErrorCode::CannotOpen);
        QVERIFY2(problemOf(trashed).contains("not there any more"), problemOf(trashed));
    }
}

void TestTrash::aLinkIsDeletedNotItsTarget()
{
    const Folder folder;
    const Variable data("XDG_DATA_HOME", QByteArray::fromStdString((folder / "data").string()));
    writeBytes(folder / "target", "kept");
    fs::create_symlink("target", folder / "link");
    const auto trashed = io::moveToTrash(folder / "link");
    QVERIFY2(trashed, problemOf(trashed));
    QCOMPARE(readBytes(folder / "target"), QByteArray("kept"));
    QVERIFY(fs::is_symlink(trashed->file) && !fs::is_symlink(folder / "link"));
}

QD_TEST(TestTrash, QCoreApplication)
#include "TestTrash.moc"
