// SPDX-License-Identifier: GPL-3.0-or-later
//
// The library of presets: what is typed finds what is meant, in any case, accent and spelling; the
// list follows the disk; favourites survive; names of any kind stay inside the user's folder
// through save, rename and import. Oracles: Qt's Unicode tables for the folding of text, lists
// written out here, the file system read past the engine.

#include "PresetFixtures.h"
#include "engine/io/PresetFiles.h"
#include "engine/io/PresetQuery.h"
#include "engine/io/SearchText.h"
#include "tests/support/CommaLocale.h"
#include "tests/support/Cpu.h"
#include "tests/support/Signals.h"

#include <QTest>
#include <algorithm>
#include <future>

using namespace engine;
using namespace tests::files;
using io::Favourites;
using io::LibraryPreset;
using io::OverwritePolicy;
using io::Preset;
using io::PresetEntry;
using io::PresetQuery;

namespace {

/// One of the user's, with what searches look at.
struct Row {
    const char *name;
    const char *author;
    const char *category;
    std::vector<std::string> tags;
    dsp::Scale scale;
};
const std::vector<Row> rows{
    {"Überschall Growl",
     "José Ñandú",
     "Bass & Growl",
     {"bass", "lo-fi"},
     {6, dsp::ScaleKind::Minor}},
    {"Straße bei Nacht",
     "Quantum Distortion",
     "Drone & Texture",
     {"drone"},
     {0, dsp::ScaleKind::Major}},
    {"808 Kick", "Zoë", "Bass & Growl", {"bass", "sub"}, {10, dsp::ScaleKind::HarmonicMinor}},
    {"Ёлка", "Иван", "My own", {"noise"}, {2, dsp::ScaleKind::Dorian}},
    {"Grain", "Zoë", "", {}, {4, dsp::ScaleKind::Chromatic}},
    {"Basic", "zoe b", "Vocal", {"vocal", "bassy"}, {9, dsp::ScaleKind::Custom, 0b0010'0001'0001}},
};

void saveRows(const io::PresetFolders &folders)
{
    for (const Row &row : rows) {
        Preset preset = named(row.name);
        preset.uuid = io::newUuid();
        preset.author = row.author;
        preset.category = row.category;
        preset.tags = row.tags;
        preset.settings.preQuant.classic.scale = row.scale;
        QVERIFY(io::savePreset(preset, folders, OverwritePolicy::Refuse));
    }
}

io::PresetFolders userOnly(const Folder &folder)
{
    io::PresetFolders folders = foldersIn(folder);
    folders.factory = folder / "no-factory";
    return folders;
}

QStringList namesOf(const io::PresetLibrarySnapshot &library, const PresetQuery &query,
                    const Favourites &favourites = {})
{
    QStringList names;
    for (const std::size_t i : io::findPresets(library, query, favourites))
        names << QString::fromStdString(library.presets[i].preset.name);
    return names;
}

/// What Qt takes a text for, without case and accents.
QString foldedByQt(const QString &text)
{
    QString folded;
    for (const QChar c : text.normalized(QString::NormalizationForm_D)) {
        if (c.category() != QChar::Mark_NonSpacing)
            folded += c;
    }
    // Case folding as Qt has it is of single letters: ß and its like are in the groups below.
    return folded.toCaseFolded().normalized(QString::NormalizationForm_D);
}

QString folded(const QString &text)
{
    return QString::fromStdString(io::foldForSearch(text.toStdString()));
}

PresetEntry entryOf(const Preset &preset, const fs::path &path)
{
    return {preset, path, false};
}

/// The user's folder, but for favourites: names inside, no folders.
std::vector<std::string> filesOf(const io::PresetFolders &folders)
{
    std::vector<std::string> names;
    for (const auto &entry : fs::directory_iterator(folders.user))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

} // namespace

class TestPresetLibrary : public QObject {
    Q_OBJECT

private slots:
    void textIsFoldedAsUnicodeSays();
    void whatIsTypedFindsWhatIsMeant_data();
    void whatIsTypedFindsWhatIsMeant();
    void filtersAndOrders();
    void steppingStaysInsideTheFilter();
    void keysAreNamed();
    void theListFollowsTheDisk();
    void theDamagedAreListedWithTheirError();
    void fiveHundredPresetsLoadAtOnce();
    void snapshotsAreReadWhileNewOnesAreMade();
    void favouritesSurviveNamesAndUnknowns();
    void damagedFavouritesAreNotOverwrittenByReading();
    void saveRenameAndReplace();
    void theFactorysAreNotChanged();
    void anyNameStaysInsideThroughRenameAndImport_data();
    void anyNameStaysInsideThroughRenameAndImport();
    void anEmptyNameIsRefused();
    void aRenameThatCannotBeLeavesEverything();
    void theSameBytesWithCommas();
};

void TestPresetLibrary::textIsFoldedAsUnicodeSays()
{
    // Letters with a case or an accent: all of the blocks that are promised, by Qt's own tables.
    int compared = 0;
    const std::pair<int, int> blocks[] = {{0x20, 0x250},    {0x370, 0x530},   {0x531, 0x557},
                                          {0x1E00, 0x1F70}, {0x1F70, 0x1FBC}, {0x1FC6, 0x1FCC}};
    // Letters that only a search takes for Latin ones, and those that count as several.
    const QString own = QStringLiteral("ÆæŒœØøĐđŁłĦħıȷŧŦÐðÞþĲĳŉßẞẚſẛǄǅǆǇǈǉǊǋǌǢǣǱǲǳǼǽǾǿ");
    for (const auto &[first, end] : blocks) {
        for (int point = first; point < end; ++point) {
            const QChar c(point);
            // Iota below is a mark to Qt's decomposition and a letter to its folding.
            const bool iota =
                c.decomposition().contains(QChar(0x345)) ||
                QString(c).normalized(QString::NormalizationForm_D).contains(QChar(0x345));
            if (!c.isLetter() || own.contains(c) || iota)
                continue;
            const QString text(c);
            QVERIFY2(folded(text) == foldedByQt(text),
                     qPrintable(QStringLiteral("U+%1 %2: %3, not %4")
                                    .arg(point, 4, 16, QLatin1Char('0'))
                                    .arg(text, folded(text), foldedByQt(text))));
            // What is folded stays; a decomposed letter is the same as a composed one.
            QCOMPARE(folded(folded(text)), folded(text));
            QCOMPARE(folded(text.normalized(QString::NormalizationForm_D)), folded(text));
            ++compared;
        }
    }
    QVERIFY(compared > 1000);
    const std::pair<const char *, const char *> pairs[] = {{"Straße", "strasse"},
                                                           {"Ærø", "aero"},
                                                           {"ŁÓDŹ", "lodz"},
                                                           {"İIıi", "iiii"},
                                                           {"ǅ", "dz"},
                                                           {"ﬁn", "fin"},
                                                           {"Ｆｕｌｌ１２", "full12"},
                                                           {"ΣΊΣΥΦΟΣ", "σισυφοσ"},
                                                           {"ς", "σ"},
                                                           {"K", "k"},
                                                           {"🔥 Ö", "🔥 o"},
                                                           {"日本", "日本"},
                                                           {"שלום", "שלום"},
                                                           {"\xff\xc3", "\xff\xc3"},
                                                           {"", ""},
                                                           {"a\xcc", "a\xcc"}};
    for (const auto &[text, expected] : pairs)
        QCOMPARE(io::foldForSearch(text), std::string(expected));
    // Any bytes: never longer than three times, never a crash.
    tests::Random random(3);
    for (int i = 0; i < 2000; ++i) {
        std::string bytes;
        for (int n = random.whole(0, 20); n > 0; --n)
            bytes += static_cast<char>(random.whole(0, 255));
        QVERIFY(io::foldForSearch(bytes).size() <= 3 * bytes.size());
    }
}

void TestPresetLibrary::whatIsTypedFindsWhatIsMeant_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const char *typed, const QStringList &found) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << found;
    };
    const QStringList all{"808 Kick",         "Basic", "Grain", "Straße bei Nacht",
                          "Überschall Growl", "Ёлка"};
    row("", all);
    row("   ", all);
    row("#", all);
    row("by:", all);
    row("uberschall", {"Überschall Growl"});
    row("ÜBERSCHALL", {"Überschall Growl"});
    row("U\u0308berschall", {"Überschall Growl"});
    row("strasse", {"Straße bei Nacht"});
    row("елка", {"Ёлка"});
    row("rowl over", {});
    row("row ubersch", {"Überschall Growl"});               // parts of words, in any order
    row("gr", {"Grain", "Überschall Growl", "808 Kick"});   // name, name, category
    row("ro", {});                                          // short: only where a word begins
    row("bass", {"808 Kick", "Basic", "Überschall Growl"}); // tags too
    row("#bass", {"808 Kick", "Basic", "Überschall Growl"});
    row("#bass #sub", {"808 Kick"});
    row("#bass #lo-f", {"Überschall Growl"});
    row("#ass", {});
    row("#Bass by:zoe", {"808 Kick", "Basic"});
    row("by:Zoë", {"808 Kick", "Basic", "Grain"});
    row("by:\"zoe b\"", {"Basic"});
    row("by:jose growl", {"Überschall Growl"});
    row("by:jose #sub", {});
    row("\"bei nacht\"", {"Straße bei Nacht"});
    row("“bei nacht”", {"Straße bei Nacht"});
    row("\"nacht bei\"", {});
    row("nacht bei", {"Straße bei Nacht"});
    row("\"bei", {"Straße bei Nacht"}); // an open quotation
    row("f# minor", {"Überschall Growl"});
    row("F♯", {"Überschall Growl"});
    row("Gb minor", {"Überschall Growl"});
    row("G♭", {"Überschall Growl"});
    row("f sharp", {"Überschall Growl"});
    row("G Flat minor", {"Überschall Growl"});
    row("flat", {});
    row("\"b flat harmonic\"", {"808 Kick"});
    row("bb", {"808 Kick"});
    row("minor", {"808 Kick", "Überschall Growl"});
    row("dorian", {"Ёлка"});
    row("chromatic", {"Grain"});
    row("custom", {"Basic"});
    row("texture", {"Straße bei Nacht"}); // the category
    row("\t growl \n", {"808 Kick", "Überschall Growl"});
    row("growl\u00A0ubersch", {"Überschall Growl"});
    row("nothing at all", {});
    row("%s\\", {});
}

void TestPresetLibrary::whatIsTypedFindsWhatIsMeant()
{
    static const Folder folder;
    static const auto library = [] {
        saveRows(userOnly(folder));
        return io::loadPresetLibrary(userOnly(folder));
    }();
    QFETCH(QString, typed);
    QFETCH(QStringList, found);
    QStringList names = namesOf(*library, io::parsePresetQuery(typed.toStdString()));
    names.sort();
    found.sort();
    QCOMPARE(names, found);
}

void TestPresetLibrary::filtersAndOrders()
{
    const Folder folder;
    const io::PresetFolders folders = foldersIn(folder);
    saveRows(folders);
    // Newest: times set apart, not waited for.
    const auto now = fs::file_time_type::clock::now();
    int age = 0;
    for (const char *name : {"Grain", "Basic", "808 Kick"})
        fs::last_write_time(folders.user / io::presetFileName(name),
                            now + std::chrono::hours(1000 - age++));
    const auto library = io::loadPresetLibrary(folders);
    PresetQuery query;
    const auto factory = library->presets.size() - rows.size();
    QCOMPARE(namesOf(*library, query).size(), static_cast<qsizetype>(library->presets.size()));
    query.bank = io::PresetBank::Factory;
    QCOMPARE(namesOf(*library, query).size(), static_cast<qsizetype>(factory));
    query.bank = io::PresetBank::User;
    QCOMPARE(namesOf(*library, query),
             (QStringList{"808 Kick", "Basic", "Grain", "Straße bei Nacht", "Überschall Growl",
                          "Ёлка"}));
    query.order = io::PresetOrder::Category; // the factory's order, own ones, none
    QCOMPARE(namesOf(*library, query), (QStringList{"808 Kick", "Überschall Growl", "Basic",
                                                    "Straße bei Nacht", "Ёлка", "Grain"}));
    query.order = io::PresetOrder::Key; // C D F# A A#, then no key
    QCOMPARE(namesOf(*library, query), (QStringList{"Straße bei Nacht", "Ёлка", "Überschall Growl",
                                                    "Basic", "808 Kick", "Grain"}));
    query.order = io::PresetOrder::Newest;
    QCOMPARE(namesOf(*library, query).mid(0, 3), (QStringList{"Grain", "Basic", "808 Kick"}));
    query.order = io::PresetOrder::Name;
    query.category = "Bass & Growl";
    QCOMPARE(namesOf(*library, query), (QStringList{"808 Kick", "Überschall Growl"}));
    query.bank = io::PresetBank::All;
    QVERIFY(namesOf(*library, query).contains("Reese Into Key"));
    query = {};
    query.favouritesOnly = true;
    Favourites favourites;
    QVERIFY(namesOf(*library, query, favourites).isEmpty());
    favourites.set(library->presets[3].preset, true);
    QCOMPARE(namesOf(*library, query, favourites).size(), 1);
    const auto categories = library->categories();
    QCOMPARE(categories.size(), io::presetCategories().size() + 1);
    QCOMPARE(categories.front(), std::string("Bass & Growl"));
    QCOMPARE(categories.back(), std::string("My own"));
    const auto tags = library->tags();
    QVERIFY(tags.size() > 20 && tags.front().second >= tags.back().second);
}

void TestPresetLibrary::steppingStaysInsideTheFilter()
{
    const std::vector<std::size_t> shown{4, 1, 7};
    using Place = std::optional<std::size_t>;
    QCOMPARE(io::stepAmong(shown, 4, +1), Place(1));
    QCOMPARE(io::stepAmong(shown, 7, +1), Place(4)); // round
    QCOMPARE(io::stepAmong(shown, 4, -1), Place(7));
    QCOMPARE(io::stepAmong(shown, 1, -1), Place(4));
    QCOMPARE(io::stepAmong(shown, 2, +1), Place(4)); // not shown
    QCOMPARE(io::stepAmong(shown, 2, -1), Place(7));
    QCOMPARE(io::stepAmong(shown, std::nullopt, +1), Place(4));
    QCOMPARE(io::stepAmong(shown, std::nullopt, -1), Place(7));
    QCOMPARE(io::stepAmong(shown, 4, +30), Place(4));
    QCOMPARE(io::stepAmong(shown, 4, -31), Place(7));
    QCOMPARE(io::stepAmong({}, 4, +1), Place());
}

void TestPresetLibrary::keysAreNamed()
{
    QCOMPARE(io::keyName({5, dsp::ScaleKind::Minor}), std::string("F minor"));
    QCOMPARE(io::keyName({1, dsp::ScaleKind::MajorPentatonic}), std::string("C♯ major pentatonic"));
    QCOMPARE(io::keyName({1, dsp::ScaleKind::Chromatic}), std::string("Chromatic"));
    QCOMPARE(io::keyName({2, dsp::ScaleKind::Custom, 0b0010'0010'0100}),
             std::string("Custom (D F A)"));
}

void TestPresetLibrary::theListFollowsTheDisk()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    auto library = io::loadPresetLibrary(folders); // neither folder exists
    QVERIFY(library->presets.empty() && library->damaged.empty());
    QVERIFY(!io::presetsChanged(*library));
    const auto changes = [&](auto change) {
        change();
        const bool noticed = io::presetsChanged(*library);
        library = io::loadPresetLibrary(folders, library);
        return noticed && !io::presetsChanged(*library);
    };
    QVERIFY(changes([&] { saveRows(folders); }));
    QCOMPARE(library->presets.size(), rows.size());
    const fs::path grain = folders.user / io::presetFileName("Grain");
    QVERIFY(changes([&] { fs::remove(grain); }));
    QVERIFY(changes([&] { writeBytes(grain, "{"); }));
    QCOMPARE(library->damaged.size(), std::size_t{1});
    QVERIFY(changes(
        [&] { writeBytes(grain, QByteArray::fromStdString(io::presetText(named("Grain")))); }));
    QVERIFY(library->damaged.empty() && library->presets.size() == rows.size());
    // The same length at a time set back: only the inode's own time tells.
    const auto time = fs::last_write_time(grain);
    QVERIFY(changes([&] {
        writeBytes(grain, QByteArray::fromStdString(io::presetText(named("Brain"))));
        fs::last_write_time(grain, time);
    }));
    QVERIFY(namesOf(*library, {}).contains("Brain") && !namesOf(*library, {}).contains("Grain"));
    QVERIFY(changes([&] { fs::rename(grain, folders.user / "other.qdpreset"); }));
    QVERIFY(library->findPath(folders.user / "other.qdpreset") && !library->findPath(grain));
    writeBytes(folders.user / "note.txt", "x"); // no preset
    QVERIFY(!io::presetsChanged(*library));
    // A list made from an earlier one is the same as one made anew.
    const auto anew = io::loadPresetLibrary(folders);
    QCOMPARE(anew->presets.size(), library->presets.size());
    for (std::size_t i = 0; i < anew->presets.size(); ++i) {
        QVERIFY(anew->presets[i].preset == library->presets[i].preset);
        QVERIFY(anew->presets[i].path == library->presets[i].path);
        QVERIFY(anew->presets[i].words == library->presets[i].words);
    }
    // A copied file has its original's uuid: the path decides.
    fs::copy_file(folders.user / io::presetFileName("Basic"), folders.user / "copy.qdpreset");
    library = io::loadPresetLibrary(folders, library);
    const Preset basic = *io::loadPresetFile(folders.user / "copy.qdpreset");
    const auto found = library->find(basic, folders.user / "copy.qdpreset");
    QVERIFY(found && library->presets[*found].path == folders.user / "copy.qdpreset");
    QVERIFY(library->find(basic, "/gone.qdpreset"));
    QVERIFY(!library->find(named("Basic"), "/gone.qdpreset"));
}

void TestPresetLibrary::theDamagedAreListedWithTheirError()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    saveRows(folders);
    writeBytes(folders.user / "a.qdpreset", "");
    writeBytes(folders.user / "b.qdpreset",
               R"({"schema": "quantum-distortion/preset", "version": 9})");
    fs::create_directory(folders.user / "c.qdpreset");
    fs::create_symlink("nowhere", folders.user / "d.qdpreset");
    writeBytes(folders.user / "e.qdpreset", QByteArray(2 << 20, ' '));
    const auto library = io::loadPresetLibrary(folders);
    QCOMPARE(library->presets.size(), rows.size());
    QCOMPARE(library->damaged.size(), std::size_t{5});
    const char *says[] = {"is empty", "newer", "folder", "d.qdpreset", "1 MiB"};
    for (std::size_t i = 0; i < 5; ++i) {
        const QByteArray line = QByteArray::fromStdString(library->damaged[i].error.oneLine());
        QVERIFY2(line.contains(says[i]) && line.contains(".qdpreset”"), line);
        QVERIFY(!library->damaged[i].factory);
    }
    // A folder that may not be read is told, too.
    const int outcome = inChild(
        [&](const Say &say) {
            const auto seen = io::loadPresetLibrary(folders);
            say(seen->damaged.empty() ? "" : seen->damaged.front().error.oneLine());
            return seen->presets.empty() && seen->damaged.size() == 1 &&
                           io::presetsChanged(*library)
                       ? 0
                       : 1;
        },
        nullptr, false);
    QCOMPARE(outcome, 1); // readable here: the check above can fail
    fs::permissions(folders.user, fs::perms::none);
    QByteArray said;
    const int closed = inChild(
        [&](const Say &say) {
            const auto seen = io::loadPresetLibrary(folders);
            say(seen->damaged.empty() ? "" : seen->damaged.front().error.oneLine());
            return seen->presets.empty() && seen->damaged.size() == 1 &&
                           io::presetsChanged(*library)
                       ? 0
                       : 1;
        },
        &said, true);
    fs::permissions(folders.user, fs::perms::owner_all);
    QVERIFY2(closed == 0 && said.contains("cannot be read"), said);
}

void TestPresetLibrary::fiveHundredPresetsLoadAtOnce()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    fs::create_directories(folders.user);
    for (int i = 0; i < 500; ++i) {
        Preset preset = named("Preset " + std::to_string(i));
        preset.uuid = io::newUuid();
        preset.author = "Somebody";
        preset.tags = {"bass", "growl"};
        writeBytes(folders.user / (std::to_string(i) + ".qdpreset"),
                   QByteArray::fromStdString(io::presetText(preset)));
    }
    double first = 1e9, again = 1e9, look = 1e9, search = 1e9;
    for (int round = 0; round < 5; ++round) {
        double start = tests::threadCpuSeconds();
        const auto library = io::loadPresetLibrary(folders);
        first = std::min(first, tests::threadCpuSeconds() - start);
        QCOMPARE(library->presets.size(), std::size_t{500});
        start = tests::threadCpuSeconds();
        QVERIFY(!io::presetsChanged(*library));
        look = std::min(look, tests::threadCpuSeconds() - start);
        start = tests::threadCpuSeconds();
        QCOMPARE(io::loadPresetLibrary(folders, library)->presets.size(), std::size_t{500});
        again = std::min(again, tests::threadCpuSeconds() - start);
        start = tests::threadCpuSeconds();
        QCOMPARE(io::findPresets(*library, io::parsePresetQuery("growl preset 49"), {}).size(),
                 std::size_t{11});
        search = std::min(search, tests::threadCpuSeconds() - start);
    }
    qInfo(
        "500 presets: read %.1f ms, again %.1f ms, looked at %.1f ms, searched %.2f ms of CPU time",
        1000 * first, 1000 * again, 1000 * look, 1000 * search);
    if (qEnvironmentVariableIsSet("QD_LONG"))
        QVERIFY(first < 0.05); // a promise of this machine's kind; sanitizers are slower
    QVERIFY(again < first);
}

void TestPresetLibrary::snapshotsAreReadWhileNewOnesAreMade()
{
    const Folder folder;
    const io::PresetFolders folders = foldersIn(folder);
    const auto library = io::loadPresetLibrary(folders);
    const auto before = namesOf(*library, {});
    auto later = std::async(std::launch::async, [&] {
        auto next = library;
        for (int i = 0; i < 20; ++i) {
            (void)io::savePreset(named("New " + std::to_string(i)), folders,
                                 OverwritePolicy::Replace);
            next = io::loadPresetLibrary(folders, next);
        }
        return next;
    });
    for (int i = 0; i < 200; ++i)
        QCOMPARE(namesOf(*library, io::parsePresetQuery("")), before);
    QCOMPARE(later.get()->presets.size(), library->presets.size() + 20);
}

void TestPresetLibrary::favouritesSurviveNamesAndUnknowns()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    QVERIFY(io::loadFavourites(folders)->keys.empty());
    saveRows(folders);
    auto library = io::loadPresetLibrary(folders);
    Favourites favourites;
    favourites.keys.insert("5d6e2a58-0000-4000-8000-000000000000"); // nobody's
    const Preset star = library->presets[0].preset;
    favourites.set(star, true);
    favourites.set(library->presets[1].preset, true);
    favourites.set(library->presets[1].preset, false);
    const Preset written = named("By hand"); // has no uuid
    favourites.set(written, true);
    QVERIFY(favourites.contains(star) && favourites.contains(written));
    QVERIFY(!favourites.contains(library->presets[1].preset) && !favourites.contains(named("")));
    QVERIFY(io::saveFavourites(favourites, folders));
    QVERIFY(*io::loadFavourites(folders) == favourites);
    // It is no preset, and a new name takes the star along.
    QVERIFY(!io::presetsChanged(*library));
    const auto renamed =
        io::renamePreset({star, library->presets[0].path, false}, "Another name", folders);
    QVERIFY2(renamed, problemOf(renamed));
    library = io::loadPresetLibrary(folders, library);
    PresetQuery query;
    query.favouritesOnly = true;
    QCOMPARE(namesOf(*library, query, *io::loadFavourites(folders)), QStringList{"Another name"});
    // Fields of a later program stay.
    const auto later = io::parseFavourites(
        R"({"schema": "quantum-distortion/favourites", "version": 1, "presets": ["x"], "stars": {"x": 5}})",
        "f");
    QVERIFY2(later, problemOf(later));
    QVERIFY(io::favouritesText(*later).find("\"x\": 5") != std::string::npos);
    QVERIFY(*io::parseFavourites(io::favouritesText(*later), "f") == *later);
    // Without a home there is nowhere to save.
    const auto homeless = io::saveFavourites(favourites, {folders.factory, {}});
    QVERIFY(!homeless && problemOf(homeless).contains("favourites were not saved"));
    QVERIFY(io::loadFavourites({folders.factory, {}})->keys.empty());
}

void TestPresetLibrary::damagedFavouritesAreNotOverwrittenByReading()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    fs::create_directories(folders.user);
    const fs::path file = io::favouritesFile(folders);
    for (const char *text :
         {"", "{", "[]", R"({"schema": "quantum-distortion/favourites", "version": 2})",
          R"({"schema": "quantum-distortion/favourites", "version": 1, "presets": [1]})",
          R"({"schema": "x", "version": 1})"}) {
        writeBytes(file, text);
        const auto read = io::loadFavourites(folders);
        QVERIFY(!read);
        QVERIFY2(isClearSentence(read.error(), "favourites.json"), problemOf(read));
        QCOMPARE(readBytes(file), QByteArray(text));
    }
    fs::remove(file);
    fs::create_directory(file);
    QVERIFY(!io::loadFavourites(folders));
}

void TestPresetLibrary::saveRenameAndReplace()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    Preset preset = named("First");
    preset.description = "kept";
    preset.unknownFields = {{"later", "1"}};
    const auto first = io::savePresetAs(preset, "First", folders, OverwritePolicy::Refuse);
    QVERIFY2(first, problemOf(first));
    QVERIFY(!first->preset.uuid.empty() && !first->factory);
    QVERIFY(*io::loadPresetFile(first->path) == first->preset);
    // The same name in another case or accent is the same name.
    const auto taken = io::savePresetAs(preset, "FÎRST", folders, OverwritePolicy::Refuse);
    QVERIFY(!taken && problemOf(taken).contains("already have a preset “First”"));
    QCOMPARE(filesOf(folders).size(), std::size_t{1});
    preset.settings.distortion.foldAmount = 3.0;
    const auto replaced = io::savePresetAs(preset, "FIRST", folders, OverwritePolicy::Replace);
    QVERIFY2(replaced, problemOf(replaced));
    QCOMPARE(filesOf(folders).size(), std::size_t{1});
    QCOMPARE(replaced->preset.uuid, first->preset.uuid); // its star stays
    QCOMPARE(io::loadPresetFile(first->path)->settings.distortion.foldAmount, 3.0);
    // Save: name and uuid are the file's.
    Preset changed = named("Something else");
    changed.settings.distortion.foldAmount = 4.0;
    const auto saved = io::saveOverPreset(*replaced, changed);
    QVERIFY2(saved, problemOf(saved));
    QCOMPARE(io::loadPresetFile(first->path)->name, std::string("FIRST"));
    QCOMPARE(io::loadPresetFile(first->path)->uuid, first->preset.uuid);
    QVERIFY(io::loadPresetFile(first->path)->unknownFields == preset.unknownFields);
    // Rename.
    const auto second = io::savePresetAs(preset, "Second", folders, OverwritePolicy::Refuse);
    QVERIFY(!io::renamePreset(*second, "first", folders));
    QCOMPARE(filesOf(folders).size(), std::size_t{2});
    const auto same = io::renamePreset(*second, "SECOND", folders); // its own name in another case
    QVERIFY2(same, problemOf(same));
    QCOMPARE(same->preset.name, std::string("SECOND"));
    QVERIFY(same->preset.uuid == second->preset.uuid && filesOf(folders).size() == 2);
    const auto unchanged = io::renamePreset(*same, "SECOND", folders);
    QVERIFY(unchanged && unchanged->path == same->path && filesOf(folders).size() == 2);
    QVERIFY(unchanged->preset.unknownFields == preset.unknownFields);
    // A file that somebody named otherwise gets the name that its preset has.
    fs::rename(same->path, folders.user / "odd name.qdpreset");
    const auto tidied = io::renamePreset({same->preset, folders.user / "odd name.qdpreset", false},
                                         "Third", folders);
    QVERIFY2(tidied && fs::exists(tidied->path), problemOf(tidied));
    QVERIFY(!fs::exists(folders.user / "odd name.qdpreset") && filesOf(folders).size() == 2);
    // Gone behind our back.
    fs::remove(tidied->path);
    QVERIFY(!io::renamePreset(*tidied, "Fourth", folders));
    QCOMPARE(filesOf(folders).size(), std::size_t{1});
}

void TestPresetLibrary::theFactorysAreNotChanged()
{
    const Folder folder;
    const io::PresetFolders folders = foldersIn(folder);
    const fs::path path = folders.factory / "Subtle Tube Glue.qdpreset";
    const QByteArray before = readBytes(path);
    const PresetEntry entry{*io::loadPresetFile(path), path, true};
    QVERIFY(problemOf(io::saveOverPreset(entry, named("x"))).contains("came with the program"));
    QVERIFY(problemOf(io::renamePreset(entry, "x", folders)).contains("came with the program"));
    QVERIFY(problemOf(io::deletePreset(entry)).contains("came with the program"));
    QCOMPARE(readBytes(path), before);
    // Its name may be used for one's own.
    const auto own =
        io::savePresetAs(entry.preset, entry.preset.name, folders, OverwritePolicy::Refuse);
    QVERIFY2(own && own->preset.uuid != entry.preset.uuid, problemOf(own));
}

void TestPresetLibrary::anyNameStaysInsideThroughRenameAndImport_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : awkwardNames)
        QTest::newRow(name) << QByteArray(name);
    QTest::newRow("300 characters") << QByteArray(300, 'n');
    QTest::newRow("300 emoji") << QByteArray("🔥").repeated(300);
}

void TestPresetLibrary::anyNameStaysInsideThroughRenameAndImport()
{
    QFETCH(QByteArray, name);
    const std::string text = name.toStdString();
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    const auto alone = [&](const fs::path &path) {
        const auto files = filesOf(folders);
        return files.size() == 1 && path == folders.user / files[0] && folder.names().size() == 1;
    };
    const auto plain = io::savePresetAs(named("x"), "Plain", folders, OverwritePolicy::Refuse);
    const auto renamed = io::renamePreset(*plain, text, folders);
    QVERIFY2(renamed, problemOf(renamed));
    QVERIFY(alone(renamed->path));
    QCOMPARE(io::loadPresetFile(renamed->path)->name, text);
    const auto back = io::renamePreset(*renamed, "Plain", folders);
    QVERIFY2(back && alone(back->path), problemOf(back));
    fs::remove(back->path);
    // Import, from a file of that content.
    {
        const Folder elsewhere;
        writeBytes(elsewhere / "in.qdpreset",
                   QByteArray::fromStdString(io::presetText(named(text))));
        const auto imported =
            io::importPresetFile(elsewhere / "in.qdpreset", folders, OverwritePolicy::Refuse);
        QVERIFY2(imported, problemOf(imported));
        QVERIFY(alone(imported->path));
        QVERIFY(!io::importPresetFile(elsewhere / "in.qdpreset", folders, OverwritePolicy::Refuse));
        QVERIFY(io::importPresetFile(elsewhere / "in.qdpreset", folders, OverwritePolicy::Replace));
        QVERIFY(alone(imported->path));
    }
    const auto library = io::loadPresetLibrary(folders);
    QCOMPARE(library->presets.size(), std::size_t{1});
    QCOMPARE(library->presets[0].preset.name, text);
    // And into the trash.
    const Variable data("XDG_DATA_HOME", QByteArray::fromStdString((folder / "data").string()));
    const auto trashed =
        io::deletePreset(entryOf(library->presets[0].preset, library->presets[0].path));
    QVERIFY2(trashed, problemOf(trashed));
    QVERIFY(filesOf(folders).empty());
    QVERIFY(fs::canonical(trashed->file)
                .string()
                .starts_with(fs::canonical(folder / "data/Trash/files").string() + "/"));
    QVERIFY(io::restoreFromTrash(*trashed));
    QCOMPARE(io::loadPresetLibrary(folders)->presets[0].preset.name, text);
}

void TestPresetLibrary::anEmptyNameIsRefused()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    const auto own = io::savePresetAs(named("x"), "x", folders, OverwritePolicy::Refuse);
    for (const char *name : {"", " ", "\t\n "}) {
        QVERIFY(problemOf(io::savePresetAs(named("x"), name, folders, OverwritePolicy::Replace))
                    .contains("needs a name"));
        QVERIFY(problemOf(io::renamePreset(*own, name, folders)).contains("needs a name"));
    }
    QCOMPARE(filesOf(folders).size(), std::size_t{1});
}

void TestPresetLibrary::aRenameThatCannotBeLeavesEverything()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    const auto own = io::savePresetAs(named("x"), "Mine", folders, OverwritePolicy::Refuse);
    QVERIFY(own);
    fs::permissions(folders.user, fs::perms::owner_read | fs::perms::owner_exec |
                                      fs::perms::others_read | fs::perms::others_exec);
    QByteArray said;
    const int outcome = inChild(
        [&](const Say &say) {
            const auto renamed = io::renamePreset(*own, "Other", folders);
            say(renamed ? "" : renamed.error().oneLine());
            return renamed ? 1 : 0;
        },
        &said, true);
    fs::permissions(folders.user, fs::perms::owner_all);
    QCOMPARE(outcome, 0);
    QVERIFY2(!said.isEmpty(), said);
    QCOMPARE(filesOf(folders), std::vector<std::string>{own->path.filename().string()});
    QCOMPARE(io::loadPresetFile(own->path)->name, std::string("Mine"));
}

void TestPresetLibrary::theSameBytesWithCommas()
{
    const Folder folder;
    const io::PresetFolders folders = foldersIn(folder);
    saveRows(folders);
    const auto before = io::loadPresetLibrary(folders);
    Favourites favourites;
    favourites.set(before->presets[0].preset, true);
    const std::string stars = io::favouritesText(favourites);
    const auto found = namesOf(*before, io::parsePresetQuery("ÜBER f# I"));
    const tests::CommaLocale locale;
    if (locale.name().empty())
        QSKIP("no locale with decimal commas can be had here");
    const auto after = io::loadPresetLibrary(folders);
    QCOMPARE(after->presets.size(), before->presets.size());
    for (std::size_t i = 0; i < before->presets.size(); ++i) {
        QVERIFY(after->presets[i].preset == before->presets[i].preset);
        QVERIFY(io::presetText(after->presets[i].preset) ==
                io::presetText(before->presets[i].preset));
    }
    QCOMPARE(io::favouritesText(*io::parseFavourites(stars, "f")), stars);
    QCOMPARE(namesOf(*after, io::parsePresetQuery("ÜBER f# I")), found);
}

QTEST_GUILESS_MAIN(TestPresetLibrary)
#include "TestPresetLibrary.moc"
