// SPDX-License-Identifier: GPL-3.0-or-later
//
// The factory's bank is what it says: named, described and tagged in one manner, as loud as what
// goes in, true to its categories, using all that the program can do, and without two that are the
// same. Everything that is heard is measured on the loudest seconds of the demo sounds that a
// preset names, by libebur128 and double-precision spectra; with QD_LONG=1 on the whole sounds.

#include "engine/base/WorkerPool.h"
#include "engine/io/PresetLibrarySnapshot.h"
#include "engine/pipeline/ParameterText.h"
#include "tests/support/PresetMeasure.h"
#include "tests/support/TestProgram.h"

#include <QRegularExpression>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

using namespace engine;
using tests::PresetNumbers;

namespace {

constexpr std::size_t leastPresets = 72;
constexpr std::size_t leastOfCategory = 8;
constexpr double mostLoudnessChange = 1.5; // LU
constexpr double leastHeardDistanceDb = 1.5;
constexpr double leastSetDistance = 0.75;

/// What the tags may be: materials, what is done, how much, what for.
const std::set<std::string> vocabulary{
    "air",       "bass",    "chord",  "clean",    "custom-scale", "drone", "drums", "extreme",
    "glue",      "growl",   "impact", "keys",     "limiter",      "lo-fi", "metal", "mix",
    "multifold", "noise",   "pad",    "parallel", "riser",        "smear", "snap",  "sub",
    "subtle",    "texture", "tonal",  "tube",     "two-key",      "vocal", "wash",  "wavefold"};

const std::vector<io::LibraryPreset> &bank()
{
    static const auto library = io::loadPresetLibrary({QD_SHARE_DIR "/presets", {}});
    return library->presets;
}

const std::map<std::string, AudioBuffer> &sounds()
{
    static const auto all = [] {
        auto list = tests::demoSounds();
        if (!qEnvironmentVariableIsSet("QD_LONG")) {
            for (auto &[name, sound] : list)
                sound = tests::loudestOf(sound);
        }
        return list;
    }();
    return all;
}

struct Measured {
    const io::LibraryPreset *entry;
    PresetNumbers numbers;
};

/// Every preset on everything that it is made for, measured once.
const std::vector<Measured> &measured()
{
    static const auto all = [] {
        std::vector<Measured> list;
        for (const io::LibraryPreset &entry : bank()) {
            for (const std::string &material : entry.preset.material)
                list.push_back({&entry, {material, {}, {}, 0.0, 0.0}});
        }
        (void)sounds();
        WorkerPool workers;
        workers.forEach(static_cast<int>(list.size()), [&](int i, int) {
            Measured &one = list[static_cast<std::size_t>(i)];
            const std::string material = one.numbers.material;
            one.numbers = tests::measurePreset(one.entry->preset, material, sounds().at(material));
        });
        return list;
    }();
    return all;
}

QByteArray described(const Measured &one)
{
    return QByteArray::fromStdString(one.entry->preset.name + " on " + one.numbers.material);
}

/// What a category promises of each of its presets.
struct Promise {
    const char *category;
    double leastInKeyGain; ///< in-key share after minus before
    double leastEnvelope;  ///< correlation of the envelopes
    double lowestCentroid; ///< after over before
    double highestCentroid;
};
constexpr Promise promises[] = {
    {"Bass & Growl", 0.05, -0.2, 0.35, 10.0},  {"Drums to Tone", 0.25, 0.45, 0.4, 16.0},
    {"Noise & Wash", 0.03, 0.2, 0.2, 5.0},     {"Vocal", 0.01, 0.3, 0.5, 8.0},
    {"Keys & Pads", 0.1, -0.2, 0.5, 4.0},      {"Glue & Subtle", -0.1, 0.6, 0.65, 1.5},
    {"Drone & Texture", 0.05, -0.2, 0.2, 7.0}, {"FX & Impacts", 0.25, 0.4, 0.5, 16.0},
};

} // namespace

class TestPresetBank : public QObject {
    Q_OBJECT

private slots:
    void everyFileIsInTheBank();
    void namesAreUniqueAndTellTheUse();
    void everyPresetIsDescribed();
    void everyCategoryIsFull();
    void theBankUsesAllThereIs();
    void theMeasuresKnowWhatTheyMeasure();
    void everyPresetIsAsLoudAsItsSound();
    void noPeakPassesTheCeiling();
    void everyPresetKeepsItsCategorysPromise();
    void noneIsANearCopyOfAnother();
};

void TestPresetBank::everyFileIsInTheBank()
{
    std::set<std::string> files;
    for (const auto &entry :
         std::filesystem::directory_iterator(QD_TEST_DATA_DIR "/../../presets")) {
        if (entry.path().extension() == ".qdpreset")
            files.insert(entry.path().filename().string());
    }
    std::set<std::string> installed;
    for (const io::LibraryPreset &entry : bank()) {
        installed.insert(entry.path.filename().string());
        QCOMPARE(entry.path.filename().string(), entry.preset.name + ".qdpreset");
    }
    QVERIFY(files == installed);
    QVERIFY(bank().size() >= leastPresets + 4);
    for (const char *name : {"Chordal Noise Wash", "Controlled Dubstep Growl",
                             "Perc To Tonal Clang", "Subtle Tube Glue"})
        QVERIFY(files.contains(name + std::string(".qdpreset")));
}

void TestPresetBank::namesAreUniqueAndTellTheUse()
{
    std::set<std::string> names;
    for (const io::LibraryPreset &entry : bank()) {
        const QString name = QString::fromStdString(entry.preset.name);
        QVERIFY2(names.insert(entry.sortName).second, qPrintable(name));
        const auto words = name.split(u' ').size();
        QVERIFY2(words >= 2 && words <= 4, qPrintable(name));
        QVERIFY2(name.size() <= 24 && name == name.simplified(), qPrintable(name));
    }
}

void TestPresetBank::everyPresetIsDescribed()
{
    static const QRegularExpression uuid(
        QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    std::set<std::string> uuids, descriptions;
    for (const io::LibraryPreset &entry : bank()) {
        const io::Preset &preset = entry.preset;
        const char *name = preset.name.c_str();
        QVERIFY2(uuid.match(QString::fromStdString(preset.uuid)).hasMatch(), name);
        QVERIFY2(uuids.insert(preset.uuid).second, name);
        const QString text = QString::fromStdString(preset.description);
        QVERIFY2(text.size() >= 40 && text.size() <= 110 && text == text.simplified(), name);
        QVERIFY2(!text.endsWith(u'.') && descriptions.insert(preset.description).second, name);
        QCOMPARE(preset.author, std::string("Quantum Distortion"));
        QVERIFY2(!preset.prototypeCompatible, name);
        QVERIFY2(preset.unknownFields.empty() && preset.unknownParameters.empty(), name);
        QVERIFY2(preset.tags.size() >= 2 && preset.tags.size() <= 5, name);
        for (const std::string &tag : preset.tags)
            QVERIFY2(vocabulary.contains(tag), (preset.name + ": " + tag).c_str());
        QVERIFY2(!preset.material.empty() && preset.material.size() <= 2, name);
        for (const std::string &material : preset.material)
            QVERIFY2(sounds().contains(material), (preset.name + ": " + material).c_str());
    }
}

void TestPresetBank::everyCategoryIsFull()
{
    std::map<std::string, std::size_t> counts;
    for (const io::LibraryPreset &entry : bank())
        ++counts[entry.preset.category];
    QCOMPARE(counts.size(), io::presetCategories().size());
    for (const std::string_view category : io::presetCategories())
        QVERIFY2(counts[std::string(category)] >= leastOfCategory, category.data());
}

void TestPresetBank::theBankUsesAllThereIs()
{
    using pipeline::ParameterId;
    std::map<ParameterId, std::set<double>> values;
    std::size_t automatic = 0;
    std::set<std::string> materials;
    for (const io::LibraryPreset &entry : bank()) {
        for (const auto &info : pipeline::parameterTable())
            values[info.id].insert(info.read(entry.preset.settings));
        automatic += entry.preset.settings.autoGain.on ? 1 : 0;
        materials.insert(entry.preset.material.begin(), entry.preset.material.end());
    }
    const auto count = [&](ParameterId id) { return values[id].size(); };
    QCOMPARE(count(ParameterId::ScaleName), std::size_t{9}); // every scale and the custom one
    QCOMPARE(count(ParameterId::Key), std::size_t{12});
    QVERIFY(count(ParameterId::Mask) >= 8);
    QCOMPARE(count(ParameterId::DistortionMode), std::size_t{3});
    QVERIFY(count(ParameterId::Oversampling) >= 3);
    for (const ParameterId id :
         {ParameterId::PreQuant, ParameterId::PostQuant, ParameterId::DistortionOn,
          ParameterId::PostLink, ParameterId::BinSmoothing, ParameterId::AutoGain})
        QCOMPARE(count(id), std::size_t{2});
    const auto reaches = [&](ParameterId id, double low, double high) {
        return *values[id].begin() <= low && *values[id].rbegin() >= high;
    };
    QVERIFY(reaches(ParameterId::DryWet, 0.2, 1.0) && count(ParameterId::DryWet) >= 8);
    QVERIFY(reaches(ParameterId::Smear, 0.0, 0.9) && count(ParameterId::Smear) >= 8);
    QVERIFY(reaches(ParameterId::Bias, -0.3, 0.8) && count(ParameterId::Bias) >= 6);
    QVERIFY(reaches(ParameterId::SnapStrength, 0.2, 1.0));
    QVERIFY(reaches(ParameterId::FoldAmount, 1.0, 9.0));
    QVERIFY(reaches(ParameterId::Drive, 1.0, 6.0));
    QVERIFY(reaches(ParameterId::LimiterCeilingDb, -9.0, -1.0));
    QVERIFY(automatic * 2 < bank().size()); // where needed, not everywhere
    QCOMPARE(materials.size(), sounds().size());
}

/// The numbers behind the claims, on sounds of which they are known.
void TestPresetBank::theMeasuresKnowWhatTheyMeasure()
{
    constexpr int rateHz = 44100;
    AudioBuffer sine({rateHz, 1}, 2 * rateHz);
    for (std::size_t n = 0; n < sine.channel(0).size(); ++n)
        sine.channel(0)[n] = static_cast<float>(
            0.5 * std::sin(2.0 * std::numbers::pi * 880.0 * static_cast<double>(n) / rateHz));
    io::Preset through; // nothing on: out is in
    through.settings.preQuant.on = through.settings.postQuant.on = false;
    through.settings.distortionOn = through.settings.limiter.on = false;
    through.settings.preQuant.classic.scale = {9, dsp::ScaleKind::Minor};
    const PresetNumbers in = tests::measurePreset(through, "sine", sine);
    QVERIFY(std::abs(in.loudnessChange) < 1e-9 && in.envelopeCorrelation > 0.999);
    QVERIFY(std::abs(in.before.crestDb - 3.01) < 0.05);
    QVERIFY(std::abs(in.before.centroidHz - 880.0) < 5.0);
    QVERIFY(in.before.inKey > 0.99 && in.before.tonal > 0.9);
    QVERIFY(std::abs(in.before.truePeakDb + 6.02) < 0.1);
    through.settings.preQuant.classic.scale.rootPitchClass = 10; // no A in B flat minor
    through.settings.gain.gainDb = 2.0;
    const PresetNumbers louder = tests::measurePreset(through, "sine", sine);
    QVERIFY(std::abs(louder.loudnessChange - 2.0) < 0.01);
    QVERIFY(louder.before.inKey < 0.01);

    const AudioBuffer probe = tests::probeOf(sounds());
    io::Preset quieter = through;
    quieter.settings.gain.gainDb = -5.0;
    const auto print = [&](const io::Preset &preset) {
        return tests::fingerprint(tests::renderPreset(preset, probe));
    };
    QVERIFY(tests::distanceDb(print(through), print(quieter)) < 0.01); // a level is no difference
    io::Preset driven = through;
    driven.settings.distortionOn = true;
    driven.settings.distortion.foldAmount = 4.0;
    const double apart = tests::distanceDb(print(through), print(driven));
    QVERIFY2(apart > 3.0, QByteArray::number(apart));
    QCOMPARE(tests::parameterDistance(through.settings, quieter.settings), 0.0);
    io::Preset hidden = through; // a tube that is not on
    hidden.settings.distortion.drive = 7.0;
    QCOMPARE(tests::parameterDistance(through.settings, hidden.settings), 0.0);
    QVERIFY(tests::parameterDistance(through.settings, driven.settings) >= 1.3);
}

void TestPresetBank::everyPresetIsAsLoudAsItsSound()
{
    double most = 0.0;
    for (const Measured &one : measured()) {
        most = std::max(most, std::abs(one.numbers.loudnessChange));
        QVERIFY2(std::abs(one.numbers.loudnessChange) <= mostLoudnessChange,
                 described(one) + ": " + QByteArray::number(one.numbers.loudnessChange) + " LU");
    }
    qInfo("%zu presets on %zu sounds: at most %.2f LU off", bank().size(), measured().size(), most);
}

void TestPresetBank::noPeakPassesTheCeiling()
{
    for (const Measured &one : measured()) {
        const double ceilingDb = one.entry->preset.settings.limiter.levels.ceilingDb;
        QVERIFY2(one.entry->preset.settings.limiter.on, described(one));
        QVERIFY2(one.numbers.after.truePeakDb <= ceilingDb + 0.1, described(one));
    }
}

void TestPresetBank::everyPresetKeepsItsCategorysPromise()
{
    for (const Measured &one : measured()) {
        const auto promise = std::ranges::find_if(
            promises, [&](const Promise &p) { return p.category == one.entry->preset.category; });
        QVERIFY(promise != std::end(promises));
        const PresetNumbers &n = one.numbers;
        const double centroids = n.after.centroidHz / n.before.centroidHz;
        const QByteArray numbers = described(one) + ": in key " +
                                   QByteArray::number(n.before.inKey) + " > " +
                                   QByteArray::number(n.after.inKey) + ", envelope " +
                                   QByteArray::number(n.envelopeCorrelation) + ", centroid × " +
                                   QByteArray::number(centroids);
        QVERIFY2(n.after.inKey - n.before.inKey >= promise->leastInKeyGain, numbers);
        QVERIFY2(n.envelopeCorrelation >= promise->leastEnvelope, numbers);
        QVERIFY2(centroids >= promise->lowestCentroid && centroids <= promise->highestCentroid,
                 numbers);
    }
}

void TestPresetBank::noneIsANearCopyOfAnother()
{
    const AudioBuffer probe = tests::probeOf(sounds());
    std::vector<tests::Fingerprint> prints(bank().size());
    WorkerPool workers;
    workers.forEach(static_cast<int>(bank().size()), [&](int i, int) {
        const auto place = static_cast<std::size_t>(i);
        prints[place] = tests::fingerprint(tests::renderPreset(bank()[place].preset, probe));
    });
    double nearestHeard = 1e9, nearestSet = 1e9;
    for (std::size_t i = 0; i < bank().size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double heard = tests::distanceDb(prints[i], prints[j]);
            const double set =
                tests::parameterDistance(bank()[i].preset.settings, bank()[j].preset.settings);
            const std::string names = bank()[i].preset.name + " and " + bank()[j].preset.name;
            QVERIFY2(heard >= leastHeardDistanceDb, names.c_str());
            QVERIFY2(set >= leastSetDistance, names.c_str());
            nearestHeard = std::min(nearestHeard, heard);
            nearestSet = std::min(nearestSet, set);
        }
    }
    qInfo("nearest two: %.2f dB apart to hear, %.2f in what they set", nearestHeard, nearestSet);
}

QD_TEST(TestPresetBank, QCoreApplication)
#include "TestPresetBank.moc"
