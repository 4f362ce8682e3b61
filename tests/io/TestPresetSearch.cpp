// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is typed finds what is meant, in any case, accent and spelling; filters, orders and steps
// stay with what is shown. Oracles: Qt's Unicode tables for the folding of text, lists written out
// here.

#include "PresetFixtures.h"
#include "engine/io/SearchText.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include <QTest>

using namespace engine;
using namespace tests::files;
using io::Favourites;
using io::PresetQuery;

namespace {

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

} // namespace

class TestPresetSearch : public QObject {
    Q_OBJECT

private slots:
    void textIsFoldedAsUnicodeSays();
    void whatIsTypedFindsWhatIsMeant_data();
    void whatIsTypedFindsWhatIsMeant();
    void filtersAndOrders();
    void steppingStaysInsideTheFilter();
    void keysAreNamed();
};

void TestPresetSearch::textIsFoldedAsUnicodeSays()
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

void TestPresetSearch::whatIsTypedFindsWhatIsMeant_data()
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

void TestPresetSearch::whatIsTypedFindsWhatIsMeant()
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

void TestPresetSearch::filtersAndOrders()
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

void TestPresetSearch::steppingStaysInsideTheFilter()
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

void TestPresetSearch::keysAreNamed()
{
    QCOMPARE(io::keyName({5, dsp::ScaleKind::Minor}), std::string("F minor"));
    QCOMPARE(io::keyName({1, dsp::ScaleKind::MajorPentatonic}), std::string("C♯ major pentatonic"));
    QCOMPARE(io::keyName({1, dsp::ScaleKind::Chromatic}), std::string("Chromatic"));
    QCOMPARE(io::keyName({2, dsp::ScaleKind::Custom, 0b0010'0010'0100}),
             std::string("Custom (D F A)"));
}

QD_TEST(TestPresetSearch, QCoreApplication)
#include "TestPresetSearch.moc"
