// SPDX-License-Identifier: GPL-3.0-or-later
//
// Presets say what they should, survive saving and loading byte for byte, keep what this version
// does not know, and refuse everything broken with one line that names file and field. Names of any
// kind stay inside the user's folder. Oracles: the recorded settings of the earlier prototype, and
// JSON text written here.

#include "PresetFixtures.h"
#include "engine/pipeline/ParameterText.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>

using namespace engine;
using namespace tests::files;
using io::OverwritePolicy;
using io::Preset;
using nlohmann::json;
using pipeline::ParameterInfo;
using pipeline::ParameterKind;

namespace {

const std::string head = R"("schema": "quantum-distortion/preset", "version": 1, "name": "Test")";

std::string withFields(const std::string &fields)
{
    return "{" + head + ", " + fields + "}";
}
std::string withParameters(const std::string &parameters)
{
    return withFields("\"parameters\": {" + parameters + "}");
}
std::string withParameter(std::string_view key, const std::string &value)
{
    return withParameters("\"" + std::string(key) + "\": " + value);
}

/// The prototype's nested dictionary as flat key and value.
json flattened(const json &parameters)
{
    json flat = parameters;
    flat.erase("distortion_params");
    if (parameters.contains("distortion_params"))
        flat.update(parameters.at("distortion_params"));
    return flat;
}

/// What a setting says, as the prototype wrote it.
json valueOf(const pipeline::Settings &settings, const std::string &key)
{
    const ParameterInfo &info = *pipeline::findParameterByKey(key);
    const double value = info.read(settings);
    if (info.kind == ParameterKind::Number)
        return value;
    if (info.kind == ParameterKind::Switch)
        return value != 0.0;
    return pipeline::parameterText(info, value);
}

/// The names of the files that were installed.
std::vector<std::string> factoryNames()
{
    std::vector<std::string> names;
    for (const auto &entry : fs::directory_iterator(QD_SHARE_DIR "/presets"))
        names.push_back(entry.path().stem().string());
    return names;
}

} // namespace

class TestPresets : public QObject {
    Q_OBJECT

private slots:
    void factoryPresetsHoldTheRecordedValues_data();
    void factoryPresetsHoldTheRecordedValues();
    void savingLoadingAndSavingGivesTheSameBytes();
    void whatIsMissingHasItsDefault();
    void whatIsUnknownIsKept();
    void aBrokenPresetIsRefusedByName_data();
    void aBrokenPresetIsRefusedByName();
    void everyParameterRefusesOtherTypesAndRanges_data();
    void everyParameterRefusesOtherTypesAndRanges();
    void aPresetCutAnywhereIsRefused();
    void prototypePresetsAreImported();
    void aBrokenPrototypeFileImportsNothing_data();
    void aBrokenPrototypeFileImportsNothing();
    void anyNameStaysInsideTheFolder_data();
    void anyNameStaysInsideTheFolder();
    void theListIsSortedAndNamesTheDamaged();
    void withoutAHomeThereIsNoUserFolder();
    void whatIsNoPresetFileIsRefusedAtOnce();
};

void TestPresets::factoryPresetsHoldTheRecordedValues_data()
{
    QTest::addColumn<QByteArray>("recorded");
    const json manifest =
        json::parse(readBytes(QD_TEST_DATA_DIR "/reference/manifest.json").toStdString());
    std::map<std::string, json> presets;
    for (const json &entry : manifest.at("cases")) {
        const auto setting = entry.at("setting").get<std::string>();
        if (setting.starts_with("preset:"))
            presets[setting.substr(7)] = flattened(entry.at("params"));
    }
    QCOMPARE(presets.size(), std::size_t{4});
    for (const auto &[name, parameters] : presets)
        QTest::newRow(name.c_str()) << QByteArray::fromStdString(parameters.dump());
}

void TestPresets::factoryPresetsHoldTheRecordedValues()
{
    QFETCH(QByteArray, recorded);
    const Folder folder;
    const std::string name = QTest::currentDataTag();
    const auto preset =
        io::loadPresetFile(fs::path(QD_SHARE_DIR "/presets") / (name + ".qdpreset"));
    QVERIFY2(preset, problemOf(preset));
    QCOMPARE(preset->name, name);
    QVERIFY(!preset->uuid.empty() && !preset->description.empty() && !preset->category.empty());
    QVERIFY(preset->unknownFields.empty() && preset->unknownParameters.empty());
    const json parameters = json::parse(recorded.toStdString());
    for (const auto &[key, value] : parameters.items())
        QVERIFY2(valueOf(preset->settings, key) == value, key.c_str());
    const auto found = io::findPreset(name, foldersIn(folder));
    QVERIFY(found && *found == *preset);
}

void TestPresets::savingLoadingAndSavingGivesTheSameBytes()
{
    const Folder folder;
    const io::PresetFolders folders = foldersIn(folder);
    Preset preset = named("Ünï „quoted\" \\ \n\t\u0001 🔥");
    preset.uuid = io::newUuid();
    preset.description = "two\nlines";
    preset.tags = {"a", "", "ß"};
    preset.prototypeCompatible = true;
    for (const ParameterInfo &info : pipeline::parameterTable())
        info.write(preset.settings, info.kind == ParameterKind::Number
                                        ? info.minimum + (info.maximum - info.minimum) / 3.0
                                        : info.maximum);
    const auto path = io::savePreset(preset, folders, OverwritePolicy::Refuse);
    QVERIFY2(path, problemOf(path));
    const QByteArray first = readBytes(*path);
    const auto loaded = io::loadPresetFile(*path);
    QVERIFY2(loaded, problemOf(loaded));
    QVERIFY(*loaded == preset);
    QVERIFY(!io::savePreset(*loaded, folders, OverwritePolicy::Refuse));
    QVERIFY(io::savePreset(*loaded, folders, OverwritePolicy::Replace));
    QCOMPARE(readBytes(*path), first);
    for (const auto &file : fs::directory_iterator(folders.factory)) {
        const auto factory = io::loadPresetFile(file.path());
        const std::string once = io::presetText(factory.value());
        QCOMPARE(io::presetText(io::parsePreset(once, "x").value()), once);
    }
}

void TestPresets::whatIsMissingHasItsDefault()
{
    const auto preset = io::parsePreset("{" + head + "}", "x");
    QVERIFY2(preset, problemOf(preset));
    QVERIFY(preset->settings == pipeline::Settings{});
    const auto one = io::parsePreset(withParameter("smear", "0.75"), "x");
    pipeline::Settings expected;
    expected.preQuant.classic.smear = 0.75F;
    QVERIFY(one && one->settings == expected);
}

void TestPresets::whatIsUnknownIsKept()
{
    const std::string text = withFields(
        R"("zz_future": {"b": [1, 2.5, null, "ü"], "a": {"deep": true}}, "aa": 12345678901234567890,
           "parameters": {"smear": 0.5, "new_knob": [0.1, {"x": "y"}], "key": "A"})");
    const auto preset = io::parsePreset(text, "x");
    QVERIFY2(preset, problemOf(preset));
    const json before = json::parse(text);
    const json after = json::parse(io::presetText(*preset));
    for (const char *key : {"zz_future", "aa"})
        QCOMPARE(after.at(key).dump(), before.at(key).dump());
    QVERIFY(after.at("parameters").at("new_knob") == before.at("parameters").at("new_knob"));
    // The order inside is kept too, which a comparison of values would not see.
    QVERIFY(io::presetText(*preset).find("\"b\"") < io::presetText(*preset).find("\"deep\""));
}

void TestPresets::aBrokenPresetIsRefusedByName_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *tag, const std::string &text, const char *words) {
        QTest::newRow(tag) << QByteArray::fromStdString(text) << QByteArray(words);
    };
    row("empty", "", "is empty");
    row("blank", " \n\t ", "is empty");
    row("garbage", std::string("\x00\xFF\xFEgarbage{{", 12), "not valid JSON");
    row("invalid UTF-8", withFields("\"author\": \"\xE9\""), "not valid JSON");
    row("list", "[]", "no JSON object");
    row("number", "1", "no JSON object");
    row("text", "\"x\"", "no JSON object");
    row("null", "null", "no JSON object");
    row("two documents", "{" + head + "}{}", "not valid JSON");
    row("comment", "{" + head + "} // x", "not valid JSON");
    row("NaN", withParameter("smear", "NaN"), "not valid JSON");
    row("infinite", withParameter("smear", "1e999"), "not valid JSON");
    row("large", withParameter("output_gain_db", "1e308"), "output_gain_db");
    row("comma", withParameter("smear", "0,5"), "not valid JSON");
    row("twice", "{" + head + R"(, "author": "a", "author": "b"})", "\"author\" twice");
    row("parameter twice", withParameters(R"("smear": 0.1, "smear": 0.1)"), "\"smear\" twice");
    row("escaped twice", withParameters(R"("smear": 0.1, "sme\u0061r": 0.1)"), "\"smear\" twice");
    row("nested twice", withFields(R"("x": {"y": [{"z": 1, "z": 2}]})"), "\"z\" twice");
    row("deep", withFields("\"x\": " + std::string(10000, '[') + std::string(10000, ']')),
        "nested too deeply");
    row(
        "deep objects",
        [] {
            std::string text;
            for (int i = 0; i < 5000; ++i)
                text += "{\"a\":";
            return text + "1" + std::string(5000, '}');
        }(),
        "nested too deeply");
    row("2 MiB", withFields("\"x\": \"" + std::string(2 << 20, 'x') + "\""), "1 MiB");
    row("other schema", R"({"schema": "other", "version": 1, "name": "x"})", "schema");
    row("no schema", R"({"version": 1, "name": "x"})", "schema");
    row("schema number", R"({"schema": 1, "version": 1, "name": "x"})", "schema");
    const std::string schema = R"({"schema": "quantum-distortion/preset", "name": "x")";
    row("no version", schema + "}", "version");
    for (const char *version : {"0", "-1", "1.5", "\"1\"", "true", "null"})
        row(version, schema + ", \"version\": " + version + "}", "version");
    row("future", schema + ", \"version\": 2}", "newer");
    row("far future", schema + ", \"version\": 18446744073709551615}", "version");
    row("no name", R"({"schema": "quantum-distortion/preset", "version": 1})", "name");
    row("name number", R"({"schema": "quantum-distortion/preset", "version": 1, "name": 7})",
        "name");
    for (const char *field : {"uuid", "description", "author", "category", "tags", "parameters",
                              "prototype_compatible"})
        row(field, withFields("\"" + std::string(field) + "\": 7"), field);
    row("tag", withFields(R"("tags": ["a", 7])"), "tags");
    row("parameter list", withFields(R"("parameters": [1])"), "parameters");
}

void TestPresets::aBrokenPresetIsRefusedByName()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    const Folder folder;
    writeBytes(folder / "broken.qdpreset", text);
    const auto preset = io::loadPresetFile(folder / "broken.qdpreset");
    QVERIFY(!preset);
    QCOMPARE(preset.error().code, ErrorCode::BadData);
    QVERIFY2(isClearSentence(preset.error(), "broken.qdpreset"), problemOf(preset));
    QVERIFY2(QByteArray::fromStdString(preset.error().problem).contains(words), problemOf(preset));
    QVERIFY(preset.error().consequence.find("Nothing was loaded") == 0);
}

void TestPresets::everyParameterRefusesOtherTypesAndRanges_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    for (const ParameterInfo &info : pipeline::parameterTable()) {
        std::vector<std::string> wrong{"null", "[]", "{}", "[0.5]", "\"nonsense\"", "\"\""};
        const bool number = info.kind == ParameterKind::Number;
        if (number) {
            const auto outside = {info.minimum - 0.001, info.maximum + 0.001, 1e308, -1e308};
            for (const double value : outside)
                wrong.push_back(json(value).dump());
            wrong.insert(wrong.end(), {"true", "\"0.5\"", "18446744073709551615"});
        } else {
            wrong.insert(wrong.end(), {"0", "1", "0.5", "-1"});
            wrong.push_back(info.kind == ParameterKind::Switch ? "\"true\"" : "true");
        }
        // Choices whose names are numbers may stand as numbers.
        std::erase_if(wrong, [&](const std::string &value) {
            return std::ranges::count(info.choices, value, &pipeline::Choice::key) > 0;
        });
        for (const std::string &value : wrong)
            QTest::addRow("%s %s", info.key.data(), value.c_str())
                << QByteArray(info.key.data(), qsizetype(info.key.size()))
                << QByteArray::fromStdString(value);
    }
}

void TestPresets::everyParameterRefusesOtherTypesAndRanges()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    const auto preset =
        io::parsePreset(withParameter(key.toStdString(), value.toStdString()), "a.qdpreset");
    QVERIFY(!preset);
    QCOMPARE(preset.error().code, ErrorCode::BadData);
    QVERIFY2(isClearSentence(preset.error(), "a.qdpreset"), problemOf(preset));
    QVERIFY2(problemOf(preset).contains("“a.qdpreset”: " + key + ": "), problemOf(preset));
}

void TestPresets::aPresetCutAnywhereIsRefused()
{
    const QByteArray whole = readBytes(QD_SHARE_DIR "/presets/Subtle Tube Glue.qdpreset");
    const qsizetype end = whole.lastIndexOf('}');
    for (qsizetype length = 0; length <= end; ++length) {
        const auto preset = io::parsePreset(whole.left(length).toStdString(), "cut.qdpreset");
        QVERIFY2(!preset, QByteArray::number(length));
        QVERIFY2(isClearSentence(preset.error(), "cut.qdpreset"), problemOf(preset));
    }
    QVERIFY(io::parsePreset(whole.left(end + 1).toStdString(), "whole"));
}

void TestPresets::prototypePresetsAreImported()
{
    const Folder folder;
    const io::PresetFolders folders = foldersIn(folder);
    const json old = {{"../Growl",
                       {{"key", "F"},
                        {"scale", "minor"},
                        {"snap_strength", 0.9},
                        {"smear", 0.3},
                        {"bin_smoothing", false},
                        {"distortion_mode", "wavefold"},
                        {"distortion_params", {{"fold_amount", 5.0}, {"bias", 0.1}}},
                        {"description", "low"},
                        {"dry_wet", 0.25},
                        {"later", {1, 2}}}},
                      {"Tube",
                       {{"distortion_mode", "tube"},
                        {"distortion_params", {{"drive", 4}, {"warmth", 1}}},
                        {"limiter_ceiling_db", -2.5},
                        {"pre_quant", false}}}};
    writeBytes(folder / "old.json", QByteArray::fromStdString(old.dump()));
    const auto paths =
        io::importPrototypeFile(folder / "old.json", folders, OverwritePolicy::Refuse);
    QVERIFY2(paths, problemOf(paths));
    QCOMPARE(paths->size(), old.size());
    for (const auto &[name, recorded] : old.items()) {
        const auto preset = io::findPreset(name, folders);
        QVERIFY2(preset, problemOf(preset));
        QVERIFY(preset->prototypeCompatible && !preset->uuid.empty());
        QCOMPARE(preset->name, name);
        QCOMPARE(preset->description, recorded.value("description", ""));
        const json flat = flattened(recorded);
        for (const auto &[key, value] : flat.items()) {
            if (pipeline::findParameterByKey(key))
                QVERIFY2(valueOf(preset->settings, key) == value, key.c_str());
        }
        QCOMPARE(preset->unknownParameters.size(), std::size_t(recorded.contains("later")));
    }
}

void TestPresets::aBrokenPrototypeFileImportsNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("value") << QByteArray(R"({"A": {"key": "C"}, "B": {"smear": 7}})");
    QTest::newRow("nested value") << QByteArray(
        R"({"A": {}, "B": {"distortion_params": {"drive": "x"}}})");
    QTest::newRow("no preset") << QByteArray(R"({"A": {"key": "C"}, "B": 7})");
    QTest::newRow("none") << QByteArray("{}");
    QTest::newRow("list") << QByteArray("[{}]");
    QTest::newRow("cut") << QByteArray(R"({"A": {"key": "C"})");
    QTest::newRow("twice") << QByteArray(R"({"A": {}, "A": {}})");
}

void TestPresets::aBrokenPrototypeFileImportsNothing()
{
    QFETCH(QByteArray, text);
    const Folder folder;
    writeBytes(folder / "old.json", text);
    const auto paths =
        io::importPrototypeFile(folder / "old.json", foldersIn(folder), OverwritePolicy::Refuse);
    QVERIFY(!paths);
    QCOMPARE(paths.error().code, ErrorCode::BadData);
    QVERIFY2(isClearSentence(paths.error(), "old.json"), problemOf(paths));
    QCOMPARE(folder.names(), std::vector<std::string>{"old.json"});
}

void TestPresets::anyNameStaysInsideTheFolder_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : awkwardNames)
        QTest::newRow(name) << QByteArray(name);
    QTest::newRow("300 characters") << QByteArray(300, 'n');
    QTest::newRow("300 others") << QByteArray(299, 'n') + "m";
    QTest::newRow("300 emoji") << QByteArray("🔥").repeated(300);
}

void TestPresets::anyNameStaysInsideTheFolder()
{
    QFETCH(QByteArray, name);
    const Folder folder;
    const io::PresetFolders folders = foldersIn(folder);
    const Preset preset = named(name.toStdString());
    const auto path = io::savePreset(preset, folders, OverwritePolicy::Refuse);
    QVERIFY2(path, problemOf(path));
    QCOMPARE(fs::canonical(path->parent_path()), fs::canonical(folders.user));
    const std::string file = path->filename().string();
    QVERIFY2(file.size() < 120 && file.ends_with(".qdpreset") && file[0] != '.', file.c_str());
    const auto safe = [](unsigned char c) {
        return c >= 32 && c < 127 && !std::strchr("/\\:*?\"<>|", c);
    };
    QVERIFY2(std::ranges::all_of(file, safe), file.c_str());
    QCOMPARE(folder.names().size(), std::size_t{1});
    const io::PresetList list = io::listPresets(folders);
    QCOMPARE(list.presets.size(), factoryNames().size() + 1);
    const auto own = std::ranges::find(list.presets, false, &io::PresetEntry::factory);
    QVERIFY(own != list.presets.end());
    QCOMPARE(own->preset.name, preset.name);
    // A close name is another file.
    for (const std::string &other : {preset.name + "_", "_" + preset.name, preset.name + "~"})
        QVERIFY(io::presetFileName(other) != file);
    const auto found = io::findPreset(preset.name, folders);
    QVERIFY2(found && found->name == preset.name, problemOf(found));
}

void TestPresets::theListIsSortedAndNamesTheDamaged()
{
    const Folder folder;
    const io::PresetFolders folders = foldersIn(folder);
    for (const char *name : {"Zed", "Alpha", "Subtle Tube Glue", "Ünï"})
        QVERIFY(io::savePreset(named(name), folders, OverwritePolicy::Refuse));
    writeBytes(folders.user / "bad.qdpreset", "{");
    writeBytes(folders.user / "note.txt", "{");
    writeBytes(folders.user / ".qd-abcdefgh.part", "{");
    fs::create_directory(folders.user / "folder.qdpreset");
    const io::PresetList list = io::listPresets(folders);
    std::vector<std::string> names;
    for (const io::PresetEntry &entry : list.presets)
        names.push_back(entry.preset.name + (entry.factory ? " (factory)" : ""));
    std::vector<std::string> expected{"Alpha", "Subtle Tube Glue", "Zed", "Ünï"};
    for (const std::string &name : factoryNames())
        expected.push_back(name + " (factory)");
    // The factory's namesake comes first.
    std::ranges::sort(expected, {}, [](const std::string &name) {
        const auto factory = name.find(" (factory)");
        return std::pair(name.substr(0, factory), factory == std::string::npos);
    });
    QVERIFY(names == expected);
    std::string damaged;
    for (const Error &error : list.damaged)
        damaged += error.problem + " ";
    QVERIFY2(damaged.find("“bad.qdpreset”") != std::string::npos, damaged.c_str());
    QVERIFY2(damaged.find("“folder.qdpreset” is a folder") != std::string::npos, damaged.c_str());
    QCOMPARE(list.damaged.size(), std::size_t{2});
    QVERIFY(io::findPreset("sUBTLE tube GLUE", folders)->uuid.empty()); // the user's own
    // A name that no preset has names the close ones: mistyped, or a part.
    for (const char *name : {"Alfa", "alp", "Zedd", "ALPHAS"}) {
        const QByteArray problem = problemOf(io::findPreset(name, folders));
        QVERIFY2(problem.contains(name[0] == 'Z' ? ": Zed, " : ": Alpha, "), problem);
        QVERIFY2(problem.size() < 400, problem);
    }
}

void TestPresets::withoutAHomeThereIsNoUserFolder()
{
    const Variable data("XDG_DATA_HOME", QByteArray());
    {
        const Variable home("HOME", "/home/someone");
        QCOMPARE(io::standardPresetFolders().user,
                 fs::path("/home/someone/.local/share/quantum-distortion/presets"));
        const Variable relative("XDG_DATA_HOME", "relative/folder"); // the specification: ignored
        QCOMPARE(io::standardPresetFolders().user,
                 fs::path("/home/someone/.local/share/quantum-distortion/presets"));
    }
    const Variable home("HOME", QByteArray());
    io::PresetFolders folders = io::standardPresetFolders();
    folders.factory = QD_SHARE_DIR "/presets";
    QVERIFY(folders.user.empty());
    QCOMPARE(io::listPresets(folders).presets.size(), factoryNames().size());
    const auto saved = io::savePreset(named("Mine"), folders, OverwritePolicy::Refuse);
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::CannotCreate);
    QVERIFY2(problemOf(saved).contains("“Mine” was not saved"), problemOf(saved));
    const QByteArray slash =
        problemOf(io::savePreset(named("a/b"), folders, OverwritePolicy::Refuse));
    QVERIFY2(slash.contains("“a/b” was not saved"), slash);
}

void TestPresets::whatIsNoPresetFileIsRefusedAtOnce()
{
    const Folder folder;
    for (const char *place : {"/dev/zero", "/dev/stdin"}) {
        fs::remove(folder / "x.qdpreset");
        fs::create_symlink(place, folder / "x.qdpreset");
        const auto preset = io::loadPresetFile(folder / "x.qdpreset");
        QVERIFY(!preset);
        QVERIFY2(isClearSentence(preset.error(), "x.qdpreset"), problemOf(preset));
    }
}

QD_TEST(TestPresets, QCoreApplication)
#include "TestPresets.moc"
