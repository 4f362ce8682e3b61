// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every view in the window, on demo sounds and where there is little to see: silence, mono, one
// sample, a stage that is off. Each has a picture that is drawn to its end, keeps its place and
// says what design words for its state. With QD_PICTURES=FOLDER in the environment a picture of
// each is left there; QD_LONG=1 takes more sounds, both themes and both sizes of the window.
#include "tests/app/StageFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/views/PhaseView.h"
#include "widgets/views/PictureSource.h"

#include <QRegularExpression>

using namespace tests;
using engine::pipeline::ParameterId;
using engine::pipeline::TapId;

namespace {

struct State {
    const char *name;
    int channels;
    int frames;
    double amplitude;
};
constexpr std::array states{State{"silent", 2, 88200, 0.0}, State{"mono", 1, 88200, 0.5},
                            State{"one-sample", 2, 1, 0.5}};

/// All words of a view's picture.
QString wordsOf(const widgets::PictureSource &source)
{
    const QString svg = QString::fromUtf8(source.pictureFile(widgets::PictureFormat::Svg));
    static const QRegularExpression text(QStringLiteral(">([^<]*)</text>"));
    QString words;
    for (auto found = text.globalMatch(svg); found.hasNext();)
        words += found.next().captured(1).simplified() + u'\n';
    return words;
}

} // namespace

class TestViewStates final : public StageFixture {
    Q_OBJECT

    static bool isLong() { return qEnvironmentVariableIntValue("QD_LONG") != 0; }

    void keep(const QString &name) const
    {
        const QString folder = qEnvironmentVariable("QD_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(window_->grab().save(folder + u'/' + name + QStringLiteral(".png")));
    }
    widgets::PlotView &shown(const char *view)
    {
        stage().setView(app::viewNumber(QLatin1String(view)));
        auto *const plot = stage().pane(0).current().plot();
        if (!plot)
            qFatal("%s is no plot", view);
        return *plot;
    }
    /// The picture is the newest, and stays so.
    static bool isDone(const widgets::PlotView &plot)
    {
        return QTest::qWaitFor([&] { return plot.settled(); }, patienceMs);
    }
    void start(QSize size = {1440, 900})
    {
        startWindow();
        window_->resize(size);
        window_->session().edit(ParameterId::FoldAmount, 4.0, widgets::Edit::Set);
    }

private slots:
    void everyViewOfADemoSound_data()
    {
        QTest::addColumn<QString>("sound");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        const QStringList sounds{"reese-growl", "drum-break", "glass-pad"};
        for (const QString &sound : isLong() ? sounds : sounds.mid(0, 1))
            for (const bool dark : {true, false})
                for (const QSize size : {QSize(1440, 900), QSize(1280, 720)})
                    if (isLong() || (dark && size.width() == 1280))
                        QTest::addRow("%s %s %d", qPrintable(sound), dark ? "dark" : "light",
                                      size.width())
                            << sound << dark << size;
    }
    void everyViewOfADemoSound()
    {
        QFETCH(QString, sound);
        QFETCH(bool, dark);
        QFETCH(QSize, size);
        using Mode = widgets::Theme::Mode;
        widgets::Theme::shared().setMode(dark ? Mode::Dark : Mode::Light);
        const auto later = qScopeGuard([] { widgets::Theme::shared().setMode(Mode::Dark); });
        start(size);
        openSound(QD_SHARE_DIR "/demo-sounds/" + sound.toStdString() + ".wav");
        window_->playback().seek(1.0);
        const QString suffix =
            QStringLiteral("-%1-%2-%3")
                .arg(sound, dark ? QStringLiteral("dark") : QStringLiteral("light"))
                .arg(size.width());
        for (const app::ViewRow &row : app::viewTable()) {
            const auto &plot = shown(row.id);
            const auto &source = dynamic_cast<const widgets::PictureSource &>(plot);
            QTRY_VERIFY2_WITH_TIMEOUT(!source.valuesAsCsv().isEmpty(), row.id, patienceMs);
            QVERIFY2(isDone(plot), row.id);
            keep(QLatin1String(row.id) + suffix);
        }
        // The same through the whole chain, and as a difference over frequency.
        shown("view.quantize");
        click("stageTitle");
        choose(QStringLiteral("Input → Output"));
        const auto &chain = *stage().pane(0).current().plot();
        QTRY_VERIFY_WITH_TIMEOUT(chain.accessibleName().contains(u"Input → Output"), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(chain.accessibleName().contains(u"in key"), patienceMs);
        QVERIFY(isDone(chain));
        keep(QStringLiteral("view.chain") + suffix);
        stage().pane(0).restoreViews(
            {{QStringLiteral("view.spectrum"), QVariantMap{{QStringLiteral("difference"), true}}}});
        QVERIFY(isDone(shown("view.spectrum")));
        keep(QStringLiteral("view.spectrum-difference") + suffix);
        stage().setPaneCount(3);
        for (const int pane : {1, 2}) {
            const auto &plot = *stage().pane(pane).current().plot();
            const auto &source = dynamic_cast<const widgets::PictureSource &>(plot);
            QTRY_VERIFY_WITH_TIMEOUT(!source.valuesAsCsv().isEmpty(), patienceMs);
            QVERIFY(isDone(plot));
        }
        keep(QStringLiteral("split") + suffix);
    }

    void littleToSee_data()
    {
        QTest::addColumn<int>("state");
        for (std::size_t i = 0; i < states.size(); ++i)
            QTest::newRow(states[i].name) << static_cast<int>(i);
    }
    void littleToSee()
    {
        QFETCH(int, state);
        const State &made = states[static_cast<std::size_t>(state)];
        Random random(7);
        writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT,
                   makeSignal(SignalKind::Noise, {44100, made.channels}, made.frames,
                              made.amplitude, random));
        start();
        openSound(in("in.wav"));
        for (const app::ViewRow &row : app::viewTable()) {
            const auto &plot = shown(row.id);
            const auto &source = dynamic_cast<const widgets::PictureSource &>(plot);
            const auto says = [&](const char *words) {
                return QTest::qWaitFor(
                    [&] { return wordsOf(source).contains(QString::fromUtf8(words)); },
                    patienceMs / 4);
            };
            QVERIFY2(isDone(plot), row.id);
            const QByteArray id(row.id);
            if (made.amplitude == 0.0) {
                const char *expected = id == "view.reduction"    ? "No gain reduction here."
                                       : id == "view.difference" ? "No difference:"
                                                                 : "Silence here.";
                QVERIFY2(says(expected), qPrintable(id + '\n' + wordsOf(source)));
            } else if (made.channels == 1 && id == "view.phase") {
                QVERIFY2(says("Mono: left and right are the same."), qPrintable(wordsOf(source)));
            }
            QVERIFY2(isDone(plot), row.id);
            keep(QStringLiteral("%1-%2").arg(QLatin1String(row.id), QLatin1String(made.name)));
        }
    }

    void withoutASoundThereIsNoView()
    {
        start();
        QVERIFY(child("startPanel").isVisible());
        for (const app::ViewRow &row : app::viewTable())
            show(0, row.id);
        QVERIFY(child("startPanel").isVisible());
    }

    /// What is off is said where its picture would be, or in the title; the tap before is shown.
    void aStageThatIsOffIsSaid()
    {
        makeNoise("in.wav", 2, 88200);
        start();
        openSound(in("in.wav"));
        for (const ParameterId stage : {ParameterId::PreQuant, ParameterId::DistortionOn,
                                        ParameterId::PostQuant, ParameterId::LimiterOn})
            window_->session().edit(stage, 0.0, widgets::Edit::Set);
        waitForPreview();
        click("tap.pre_quant");
        const auto says = [&](const char *view, const char *expected) {
            const auto &plot = shown(view);
            QString words;
            const bool found = QTest::qWaitFor(
                [&] {
                    words = wordsOf(dynamic_cast<const widgets::PictureSource &>(plot));
                    return plot.settled() && words.contains(QString::fromUtf8(expected));
                },
                patienceMs / 4);
            if (!found)
                qWarning("%s says\n%s", view, qPrintable(words));
            keep(QLatin1String(view) + QStringLiteral("-off"));
            return found;
        };
        QVERIFY(says("view.spectrogram", "Spectrogram: After Pre-Quant"));
        QCOMPARE(stage().toolbar().title(), QStringLiteral("After Pre-Quant (Pre-Quant is off)"));
        QVERIFY(says("view.quantize", "Pre-Quant is off, so nothing moved."));
        QVERIFY(says("view.reduction", "The limiter is off, so nothing is turned down."));
        QVERIFY(says("view.difference", "No difference:"));
    }
};

QD_TEST(TestViewStates, QApplication)
#include "TestViewStates.moc"
