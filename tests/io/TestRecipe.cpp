// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a file was made, in the file: whatever the settings and the format, what was put in comes
// out, also for other programs; what somebody else put there does no harm. Oracles: the value that
// went in; other programs that read tags; a JSON library used directly.

#include "FileFixtures.h"
#include "engine/io/PresetLibrary.h"
#include "engine/io/Recipe.h"
#include "engine/pipeline/ParameterText.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sndfile.h>

using namespace engine;
using namespace tests::files;
using io::Container;
using io::Recipe;
using Json = nlohmann::ordered_json;

namespace {

Recipe exampleFor(Container container)
{
    Recipe recipe;
    recipe.programVersion = "1.2.3";
    recipe.input = {"0123456789abcdef0123456789abcdef", {44100, 2}, 123456};
    recipe.wholeFile = false;
    recipe.firstFrame = 777;
    recipe.source = pipeline::TapId::PostDist;
    recipe.format = io::resolve(container, {}, {}, {48000, 2}).value();
    if (io::isLossy(container))
        recipe.format.quality = 0.35;
    recipe.sampleRateHz = 48000;
    recipe.loudness = io::TargetLoudness{-9.25, -1.5};
    recipe.settings.preQuant.classic.snapStrength = 0.1 + 0.2; // no short decimal
    return recipe;
}

/// Every parameter anywhere in its range.
pipeline::Settings randomSettings(tests::Random &random)
{
    pipeline::Settings settings;
    for (const pipeline::ParameterInfo &info : pipeline::parameterTable()) {
        const double value = random.between(info.minimum, info.maximum);
        const double written =
            info.kind == pipeline::ParameterKind::Number ? value : std::round(value);
        if (pipeline::checkParameter(info, written))
            info.write(settings, written);
    }
    return settings;
}

bool writeWith(const fs::path &path, const io::OutputFormat &format, const std::string &recipe)
{
    const AudioFormat audio{48000, 2};
    auto writer = io::AudioFileWriter::create(path, format, audio, 4800,
                                              io::OverwritePolicy::Replace, recipe);
    const AudioBuffer sound = sines(audio, 4800, 0.5);
    return writer && (*writer)->write(sound.block(0, 4800)) && (*writer)->finish();
}

/// By libsndfile, past the engine: text as the comment of a FLAC file.
void writeComment(const fs::path &path, const std::string &comment)
{
    SF_INFO info{};
    info.samplerate = 48000;
    info.channels = 1;
    info.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
    SNDFILE *file = sf_open(path.c_str(), SFM_WRITE, &info);
    sf_set_string(file, SF_STR_COMMENT, comment.c_str());
    const std::vector<float> silence(4800);
    sf_writef_float(file, silence.data(), 4800);
    sf_close(file);
}

} // namespace

class TestRecipe : public QObject {
    Q_OBJECT

private slots:
    void textAndBack();
    void factoryPresetsAndBack();
    void everyContainerKeepsIt_data();
    void everyContainerKeepsIt();
    void otherProgramsFindIt();
    void nothingPersonalIsInIt();
    void filesWithoutOneHaveNone();
    void damagedTextIsRefused_data();
    void damagedTextIsRefused();
    void anyCutAndAnyByteIsHarmless();
    void damagedFilesAreHarmless_data() { everyContainerKeepsIt_data(); }
    void damagedFilesAreHarmless();
    void hugeTextIsRefused();
};

void TestRecipe::textAndBack()
{
    tests::Random random(21);
    for (int i = 0; i < 200; ++i) {
        Recipe recipe = exampleFor(Container(i % 9));
        recipe.settings = randomSettings(random);
        recipe.loudness = i % 3 == 0 ? io::Loudness(io::AsRendered{})
                          : i % 3 == 1
                              ? io::Loudness(io::MatchSource{random.between(-20.0, 0.0)})
                              : io::Loudness(io::TargetLoudness{random.between(-60.0, -3.0), -1.0});
        recipe.monoDownmix = random.chance(0.5);
        const std::string text = io::recipeText(recipe);
        QVERIFY(text.size() < 2500);
        QVERIFY(std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 127; }));
        const Result<Recipe> back = io::parseRecipe(text, "test");
        QVERIFY2(back, back ? "" : back.error().oneLine().c_str());
        QVERIFY(*back == recipe);
        QVERIFY(io::parseRecipe(io::recipePage(recipe), "test").value() == recipe);
    }
}

void TestRecipe::factoryPresetsAndBack()
{
    const io::PresetList list = io::listPresets({fs::path(QD_SHARE_DIR) / "presets", {}});
    QVERIFY(!list.presets.empty());
    for (const io::PresetEntry &entry : list.presets) {
        Recipe recipe = exampleFor(Container::Flac);
        recipe.settings = entry.preset.settings;
        QVERIFY(io::parseRecipe(io::recipeText(recipe), "test").value() == recipe);
    }
}

void TestRecipe::everyContainerKeepsIt_data()
{
    QTest::addColumn<int>("container");
    for (const io::ContainerInfo &info : io::containers())
        QTest::newRow(info.key.data()) << int(info.container);
}

void TestRecipe::everyContainerKeepsIt()
{
    QFETCH(int, container);
    const Folder folder;
    const fs::path path = folder / "sound";
    for (const io::SampleFormat depth : io::info(Container(container)).sampleFormats) {
        Recipe recipe = exampleFor(Container(container));
        recipe.format = io::resolve(Container(container), depth, {}, {48000, 2}).value();
        QVERIFY(writeWith(path, recipe.format, io::recipeText(recipe)));
        const auto held = io::readRecipe(path);
        QVERIFY2(held, problemOf(held).constData());
        QCOMPARE(held->has_value(), io::holdsRecipe(Container(container)));
        if (*held)
            QVERIFY(**held == recipe);
        QCOMPARE(readDirectly(path).frames(), std::int64_t{4800});
    }
}

void TestRecipe::otherProgramsFindIt()
{
    const Folder folder;
    const auto holds = [&](Container container, const char *name, const char *program,
                           QStringList arguments) {
        const Recipe recipe = exampleFor(container);
        const fs::path path = folder / name;
        if (!writeWith(path, recipe.format, io::recipeText(recipe)))
            return false;
        arguments << QString::fromStdString(path.string());
        const Run run = tests::files::runProgram(program, arguments);
        return run.exitCode == 0 && run.output.contains("quantum-distortion/recipe");
    };
    QVERIFY(
        holds(Container::Flac, "a.flac", "metaflac", {"--list", "--block-type=VORBIS_COMMENT"}));
    QVERIFY(holds(Container::OggVorbis, "a.ogg", "vorbiscomment", {"-l"}));
    QVERIFY(holds(Container::Opus, "a.opus", "opusinfo", {}));
    QVERIFY(holds(Container::Aiff, "a.aiff", "sox", {"--info", "-a"}));
}

void TestRecipe::nothingPersonalIsInIt()
{
    const Json json = Json::parse(io::recipeText(exampleFor(Container::Mp3)));
    std::vector<std::string> keys;
    for (const auto &[key, value] : json.items())
        keys.push_back(key);
    // Whoever adds a field thinks about what it tells of a person.
    QVERIFY((keys == std::vector<std::string>{"schema", "version", "program", "input", "part",
                                              "mono_downmix", "parameters", "tap", "file",
                                              "loudness"}));
}

void TestRecipe::filesWithoutOneHaveNone()
{
    const Folder folder;
    QVERIFY(writeWith(folder / "a.wav", exampleFor(Container::Wav).format, {}));
    writeComment(folder / "b.flac", "Made with love");
    writeComment(folder / "c.flac", R"({"some": "other JSON"})");
    writeBytes(folder / "d.wav", "no sound at all");
    writeBytes(folder / "e.wav", "");
    for (const char *name : {"a.wav", "b.flac", "c.flac", "d.wav", "e.wav"}) {
        const auto held = io::readRecipe(folder / name);
        QVERIFY2(held, name);
        QVERIFY(!*held);
    }
    QCOMPARE(int(io::readRecipe(folder / "none").error().code), int(ErrorCode::CannotOpen));
    QCOMPARE(int(io::readRecipe(folder.path()).error().code), int(ErrorCode::CannotOpen));
}

void TestRecipe::damagedTextIsRefused_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char *pointer, const char *value, const char *word) {
        QTest::newRow(qPrintable(QString(pointer) + " " + value))
            << QByteArray(pointer) << QByteArray(value) << QByteArray(word);
    };
    row("/schema", "\"other\"", "schema");
    row("/version", "2", "newer");
    row("/version", "-1", "version");
    row("/input", "[]", "input");
    row("/input/hash", "\"../../etc/passwd\"", "hash");
    row("/input/hash", "7", "hash");
    row("/input/channels", "9", "channels");
    row("/input/channels", "99999999999999999999", "channels");
    row("/input/sample_rate", "0", "sample_rate");
    row("/input/frames", "-5", "frames");
    row("/input/frames", "18446744073709551615", "frames");
    row("/input/frames", "1.5", "frames");
    row("/part/first_frame", "\"1\"", "first_frame");
    row("/part/whole_file", "true", "first_frame");
    row("/mono_downmix", "1", "mono_downmix");
    row("/parameters", "3", "parameters");
    row("/parameters/smear", "7", "smear");
    row("/parameters/smear", "1e308", "smear");
    row("/parameters/limiter_lookahead_ms", "1e9", "limiter_lookahead_ms");
    row("/parameters/nonsense", "1", "nonsense");
    row("/tap", "\"speaker\"", "tap");
    row("/file/format", "\"exe\"", "format");
    row("/file/bit_depth", "\"64\"", "bit_depth");
    row("/file/bit_depth", "\"32f\"", "file");
    row("/file/dither", "\"lots\"", "dither");
    row("/file/quality", "0.5", "file");
    row("/file/sample_rate", "12", "sample_rate");
    row("/loudness/goal", "\"loudest\"", "goal");
    row("/loudness/lufs", "99", "loudness");
    row("/loudness/true_peak_db", "null", "true_peak_db");
}

void TestRecipe::damagedTextIsRefused()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, word);
    Json json = Json::parse(io::recipeText(exampleFor(Container::Flac)));
    json[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
    const Result<Recipe> recipe = io::parseRecipe(json.dump(), "x.flac");
    QVERIFY(!recipe);
    QCOMPARE(int(recipe.error().code), int(ErrorCode::BadData));
    QVERIFY2(problemOf(recipe).contains("x.flac") && problemOf(recipe).contains(word),
             problemOf(recipe).constData());
}

void TestRecipe::anyCutAndAnyByteIsHarmless()
{
    const std::string text = io::recipeText(exampleFor(Container::Wav));
    for (std::size_t length = 0; length < text.size(); ++length)
        QVERIFY(!io::parseRecipe(text.substr(0, length), "cut"));
    tests::Random random(5);
    for (int i = 0; i < 3000; ++i) {
        std::string other = text;
        other[static_cast<std::size_t>(random.whole(0, int(text.size()) - 1))] =
            static_cast<char>(random.whole(0, 255));
        const auto recipe = io::parseRecipe(other, "changed"); // must not crash; may be valid
        if (recipe)
            QVERIFY(io::check(recipe->loudness));
    }
}

void TestRecipe::damagedFilesAreHarmless()
{
    QFETCH(int, container);
    const Folder folder;
    const Recipe recipe = exampleFor(Container(container));
    QVERIFY(writeWith(folder / "whole", recipe.format, io::recipeText(recipe)));
    const QByteArray bytes = readBytes(folder / "whole");
    tests::Random random(6);
    for (int i = 0; i < 150; ++i) {
        QByteArray damaged = bytes;
        const int head = std::min<int>(int(bytes.size()), 4000);
        if (i % 3 == 0)
            damaged.truncate(random.whole(0, head));
        for (int n = 0; i % 3 != 0 && n < 4; ++n)
            damaged[random.whole(0, head - 1)] = char(random.whole(0, 255));
        writeBytes(folder / "damaged", damaged);
        const auto held = io::readRecipe(folder / "damaged");
        if (!held)
            QVERIFY(isClearSentence(held.error(), "damaged"));
    }
}

void TestRecipe::hugeTextIsRefused()
{
    const Folder folder;
    const std::string huge =
        R"({"schema": "quantum-distortion/recipe", "x": ")" + std::string(1 << 22, 'x') + "\"}";
    writeComment(folder / "a.flac", huge);
    const auto held = io::readRecipe(folder / "a.flac");
    QVERIFY(!held);
    QVERIFY(problemOf(held).contains("too long"));
    QVERIFY(!io::parseRecipe(huge, "huge"));
}

QD_TEST(TestRecipe, QCoreApplication)
#include "TestRecipe.moc"
