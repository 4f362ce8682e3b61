// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every row of the parameter table survives text, preset and command line, refuses what it does not
// allow, and really changes the field it stands for. The stage table agrees with itself.

#include "app/CommandLine.h"
#include "engine/base/Text.h"
#include "engine/io/Preset.h"
#include "engine/pipeline/ParameterText.h"
#include "engine/pipeline/StageTable.h"
#include "tests/support/CommaLocale.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <set>

using namespace engine;
using namespace engine::pipeline;

namespace {

std::vector<double> valuesToTry(const ParameterInfo &info)
{
    if (info.kind == ParameterKind::Number) {
        const double third = info.minimum + (info.maximum - info.minimum) / 3.0;
        return {info.minimum, info.maximum, third, info.defaultValue()};
    }
    if (info.kind == ParameterKind::NoteMask)
        return {1.0, 0b100000000000, 0b101010101010, 0xFFF};
    std::vector<double> values;
    for (double value = info.minimum; value <= info.maximum; ++value)
        values.push_back(value);
    return values;
}

Settings withValue(const ParameterInfo &info, double value)
{
    Settings settings;
    info.write(settings, value);
    return settings;
}

Result<app::Command> commandWith(const std::vector<std::string> &options)
{
    std::vector<std::string> arguments = options;
    arguments.insert(arguments.end(), {"in.wav", "out.wav"});
    return app::parseCommandLine(arguments, "");
}

const app::Render &rendered(const Result<app::Command> &command)
{
    return std::get<app::Render>(*command);
}

} // namespace

class TestTables : public QObject {
    Q_OBJECT

private slots:
    void everyRow_data();
    void everyRow();
    void aValueOutsideIsRefusedByName_data() { everyRow_data(); }
    void aValueOutsideIsRefusedByName();
    void everyFieldHasOneRow();
    void keysHaveManySpellings_data();
    void keysHaveManySpellings();
    void scalesKeepTheirOldNames();
    void aMaskMakesTheScaleCustom();
    void aSettingOfPostQuantUnlinksIt();
    void knobPositionsRoundTrip();
    void numbersUseAPointInEveryLocale();
    void tapsAndStagesAgree();
};

void TestTables::everyRow_data()
{
    QTest::addColumn<int>("row");
    for (const ParameterInfo &info : parameterTable())
        QTest::newRow(std::string(info.key).c_str()) << static_cast<int>(info.id);
}

void TestTables::everyRow()
{
    QFETCH(int, row);
    const ParameterInfo &info = parameterTable()[static_cast<std::size_t>(row)];
    QVERIFY(!info.help.empty() && !info.label.empty());
    for (const double value : valuesToTry(info)) {
        const Settings settings = withValue(info, value);
        QCOMPARE(info.read(settings), value);

        const std::string text = parameterText(info, value);
        const Result<double> parsed = parseParameter(info, text);
        QVERIFY2(parsed, text.c_str());
        QCOMPARE(*parsed, value);

        io::Preset preset;
        preset.name = "x";
        preset.settings = settings;
        const Result<io::Preset> reread = io::parsePreset(io::presetText(preset), "x");
        QVERIFY2(reread, reread ? "" : reread.error().oneLine().c_str());
        QVERIFY(reread->settings == settings);

        const Result<app::Command> command = commandWith({"--" + std::string(info.flag), text});
        QVERIFY2(command, command ? "" : command.error().oneLine().c_str());
        Settings expected;
        applyParameter(expected, info, value);
        QVERIFY(rendered(command).request.settings == expected);
    }
}

void TestTables::aValueOutsideIsRefusedByName()
{
    QFETCH(int, row);
    const ParameterInfo &info = parameterTable()[static_cast<std::size_t>(row)];
    std::vector<std::string> wrong{"", "nonsense", "nan", "inf", "1e999", "0,5", "0x1", "--"};
    if (info.kind == ParameterKind::Number) {
        wrong.push_back(numberText(info.minimum - 0.001));
        wrong.push_back(numberText(info.maximum + 0.001));
    }
    for (const std::string &text : wrong) {
        QVERIFY2(!parseParameter(info, text), text.c_str());
        if (text.empty())
            continue;
        const Result<app::Command> command =
            commandWith({"--" + std::string(info.flag) + "=" + text});
        QVERIFY2(!command, text.c_str());
        const std::string message = command.error().oneLine();
        QCOMPARE(static_cast<int>(command.error().code), 64);
        QVERIFY2(message.find("--" + std::string(info.flag)) != std::string::npos, message.c_str());
        QVERIFY2(message.find(text) != std::string::npos, message.c_str());
        QVERIFY2(message.find(allowedText(info)) != std::string::npos, message.c_str());
    }
}

void TestTables::everyFieldHasOneRow()
{
    // Writing one row changes no other row's reading: no two rows stand for the same field.
    for (const ParameterInfo &changed : parameterTable()) {
        const double other = valuesToTry(changed)[0] != changed.defaultValue()
                                 ? valuesToTry(changed)[0]
                                 : valuesToTry(changed)[1];
        const Settings settings = withValue(changed, other);
        QVERIFY(!(settings == Settings{}));
        for (const ParameterInfo &info : parameterTable()) {
            if (info.id != changed.id)
                QCOMPARE(info.read(settings), info.defaultValue());
        }
    }
}

void TestTables::keysHaveManySpellings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("pitchClass");
    const std::pair<const char *, int> spellings[] = {
        {"C", 0},   {"c", 0},   {"B#", 0}, {"b♯", 0},  {"C#", 1},  {"Db", 1},
        {"D♭", 1},  {"d", 2},   {"D♯", 3}, {"Eb", 3},  {"E", 4},   {"Fb", 4},
        {"F♭", 4},  {"E#", 5},  {"F", 5},  {"F#", 6},  {"GB", 6},  {"g", 7},
        {"G#", 8},  {"Ab", 8},  {"A", 9},  {" a ", 9}, {"A#", 10}, {"BB", 10},
        {"bb", 10}, {"B♭", 10}, {"B", 11}, {"Cb", 11}, {"C♭", 11},
    };
    for (const auto &[text, pitchClass] : spellings)
        QTest::newRow(text) << QByteArray(text) << pitchClass;
}

void TestTables::keysHaveManySpellings()
{
    QFETCH(QByteArray, text);
    QFETCH(int, pitchClass);
    const Result<double> value =
        parseParameter(parameterInfo(ParameterId::Key), text.toStdString());
    QVERIFY(value);
    QCOMPARE(static_cast<int>(*value), pitchClass);
}

void TestTables::scalesKeepTheirOldNames()
{
    const ParameterInfo &scale = parameterInfo(ParameterId::ScaleName);
    const auto notes = [&](const char *name) {
        Settings settings;
        parameterInfo(ParameterId::Key).write(settings, 0);
        scale.write(settings, *parseParameter(scale, name));
        return int{dsp::allowedPitchClasses(settings.preQuant.classic.scale)};
    };
    const auto mask = [](std::initializer_list<int> semitones) {
        int bits = 0;
        for (const int s : semitones)
            bits |= 1 << s;
        return bits;
    };
    QCOMPARE(notes("major"), mask({0, 2, 4, 5, 7, 9, 11}));
    QCOMPARE(notes("minor"), mask({0, 2, 3, 5, 7, 8, 10}));
    QCOMPARE(notes("pentatonic"), mask({0, 2, 4, 7, 9}));
    QCOMPARE(notes("major_pentatonic"), mask({0, 2, 4, 7, 9}));
    QCOMPARE(notes("minor_pentatonic"), mask({0, 3, 5, 7, 10}));
    QCOMPARE(notes("dorian"), mask({0, 2, 3, 5, 7, 9, 10}));
    QCOMPARE(notes("mixolydian"), mask({0, 2, 4, 5, 7, 9, 10}));
    QCOMPARE(notes("Harmonic Minor"), mask({0, 2, 3, 5, 7, 8, 11}));
    QCOMPARE(notes("chromatic"), 0xFFF);
}

void TestTables::aMaskMakesTheScaleCustom()
{
    const Result<app::Command> command = commandWith({"--mask", "D F A"});
    QVERIFY(command);
    const dsp::Scale &scale = rendered(command).request.settings.preQuant.classic.scale;
    QVERIFY(scale.kind == dsp::ScaleKind::Custom);
    QCOMPARE(int{dsp::allowedPitchClasses(scale)}, 1 << 2 | 1 << 5 | 1 << 9);
    QVERIFY(commandWith({"--mask", "001001000100", "--scale", "custom"}));
    QVERIFY(!commandWith({"--mask", "D F A", "--scale", "minor"}));
    QVERIFY(!commandWith({"--mask", "000000000000"}));
}

void TestTables::aSettingOfPostQuantUnlinksIt()
{
    QVERIFY(rendered(commandWith({})).request.settings.postLink);
    QVERIFY(rendered(commandWith({"--post-quant", "off"})).request.settings.postLink);
    QVERIFY(!rendered(commandWith({"--post-key", "A"})).request.settings.postLink);
    QVERIFY(!rendered(commandWith({"--post-link", "off"})).request.settings.postLink);
    QVERIFY(
        rendered(commandWith({"--post-key", "A", "--post-link", "on"})).request.settings.postLink);
}

void TestTables::knobPositionsRoundTrip()
{
    for (const ParameterInfo &info : parameterTable()) {
        if (info.kind != ParameterKind::Number)
            continue;
        for (double position = 0.0; position <= 1.0; position += 1.0 / 64.0) {
            const double value = valueAtKnob(info, position);
            QVERIFY(checkParameter(info, value));
            QVERIFY(std::abs(knobPosition(info, value) - position) < 1e-12);
        }
        if (info.curve == Curve::Bipolar)
            QCOMPARE(valueAtKnob(info, 0.5), 0.0);
    }
}

void TestTables::numbersUseAPointInEveryLocale()
{
    const tests::CommaLocale locale;
    if (locale.name().empty())
        QSKIP("no locale with decimal commas can be had here");
    const ParameterInfo &snap = parameterInfo(ParameterId::SnapStrength);
    QCOMPARE(parameterText(snap, 0.5), std::string("0.5"));
    QCOMPARE(*parseParameter(snap, "0.5"), 0.5);
    QVERIFY(!parseParameter(snap, "0,5"));
    RenderTiming timing;
    timing.totalSeconds = 1.5;
    QVERIFY(timingLine(timing).find("total=1.500s") != std::string::npos);
}

void TestTables::tapsAndStagesAgree()
{
    std::set<std::string_view> keys;
    std::vector<TapId> taps;
    for (const StageRow &row : stageTable()) {
        QVERIFY(keys.insert(row.key).second);
        if (row.tap)
            taps.push_back(*row.tap);
        QVERIFY(stageTableText().find(row.key) != std::string::npos);
    }
    QCOMPARE(taps.size(), tapCount);
    QVERIFY(std::is_sorted(taps.begin(), taps.end()));
    QCOMPARE(taps.back(), TapId::Output);
}

QD_TEST(TestTables, QCoreApplication)
#include "TestTables.moc"
