// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the views can do, as a person reaches it in the window: close looks, the whole file, the
// spectrum at the playhead, the scope's choices, gain reduction and difference; all of it is of the
// right sound, and the next start looks the same.
#include "app/workstation/PlotPane.h"
#include "engine/analysis/Spectrum.h"
#include "engine/base/Units.h"
#include "tests/app/StageFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/chain/Rail.h"
#include "widgets/chain/TapPill.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/views/DifferenceView.h"
#include "widgets/views/GainReductionView.h"
#include "widgets/views/PhaseView.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/SpectrogramView.h"
#include "widgets/views/SpectrumView.h"

#include <QClipboard>
#include <QMenu>
#include <QPointer>

using namespace tests;
using app::Axis;
using app::isNearly;
using app::StageArea;
using engine::pipeline::ParameterId;
using engine::pipeline::TapId;
using widgets::AxisRange;
using widgets::DifferenceView;
using widgets::GainReductionView;
using widgets::ScopeView;
using widgets::SpectrogramView;
using widgets::SpectrumView;

class TestViews : public StageFixture {
    Q_OBJECT

private slots:
    void anEnlargedSpectrogramIsWorkedOutAgain();
    void levelsAreChosenFromTheViewsOwn();
    void theWholeFileIsShownAndItsTimeIsItsOwn();
    void anotherFileIsAnotherWholeFile();
    void theSpectrumIsThatAtThePlayhead();
    void peaksAreHeldUntilReset();
    void theScopesMenuChoosesWhatItShows();
    void gainReductionIsTheLimitersWhateverTheTap();
    void aLimiterThatIsOffIsSaidToBeOff();
    void theDifferenceIsBetweenTheTwoTaps();
    void choicesComeBackAtTheNextStart();
    void damagedChoicesAreNoHarm();
    void theSpectrumOfATapIsCopied();
    void legendsFitIntoNarrowPlots();
    void theCorrelationStandsAboveTheLetters();

private:
    void press(const char *wordSwitch, int word) const
    {
        QTest::mouseClick(child<widgets::WordSwitch>(wordSwitch).segment(word), Qt::LeftButton);
    }
    /// Opens the view's context menu, as a person would, and chooses from it or from its submenu.
    void choose(QWidget &view, const QString &submenu, const QString &words) const
    {
        emit view.customContextMenuRequested(view.rect().center());
        QPointer<QMenu> menu;
        QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
        QMenu *from = menu;
        for (QAction *action : menu->actions())
            if (action->menu() && action->text() == submenu)
                from = action->menu();
        QVERIFY2(submenu.isEmpty() || from != menu, qPrintable(submenu));
        for (QAction *action : from->actions()) {
            if (action->text() == words) {
                QVERIFY2(action->isEnabled(), qPrintable(words));
                action->trigger();
                if (menu)
                    menu->close();
                return;
            }
        }
        QFAIL(qPrintable(words));
    }
    void startWithSound() { StageFixture::startWithSound({1440, 900}); }
    /// Six seconds, of which only the last two are loud.
    void makeLateNoise(const char *name) const
    {
        Random random(7);
        engine::AudioBuffer sound =
            makeSignal(SignalKind::Noise, {44100, 1}, 6 * 44100, 0.5, random);
        std::ranges::fill(sound.channel(0).first(4 * 44100), 0.0F);
        writeSound(in(name), SF_FORMAT_WAV | SF_FORMAT_FLOAT, sound);
    }
    static std::vector<std::vector<double>> rowsOf(const QString &csv)
    {
        std::vector<std::vector<double>> rows;
        for (const QString &line : csv.split(u'\n', Qt::SkipEmptyParts).mid(1)) {
            std::vector<double> row;
            for (const QString &cell : line.split(u','))
                row.push_back(cell.toDouble());
            rows.push_back(row);
        }
        return rows;
    }
    /// The loudest level of a table over time between two moments.
    static double loudest(const QString &csv, double fromS, double toS)
    {
        double most = -1000.0;
        for (const auto &row : rowsOf(csv))
            if (row[0] >= fromS && row[0] < toS)
                most = std::max(most, *std::max_element(row.begin() + 1, row.end()));
        return most;
    }
    void showWholeFile(SpectrogramView &view)
    {
        press("spectrogram.span", 1);
        QTRY_VERIFY_WITH_TIMEOUT(view.settled() && view.valuesAsCsv().count(u'\n') > 100,
                                 patienceMs);
    }
};

void TestViews::anEnlargedSpectrogramIsWorkedOutAgain()
{
    startWithSound();
    auto &view = viewOf<SpectrogramView>(0);
    QTRY_VERIFY_WITH_TIMEOUT(!view.valuesAsCsv().isEmpty() && view.settled(), patienceMs);
    QVERIFY(!view.closeLook());
    click("tap.input");
    stage().setRange(Axis::Time, AxisRange{0.50, 0.52});
    QTRY_VERIFY_WITH_TIMEOUT(view.closeLook() && view.settled(), patienceMs);
    const auto close = view.closeLook();
    QVERIFY(close->startS() <= 0.50 && close->endS() >= 0.52);
    const double wholeColumnS = 2.0 / engine::analysis::Spectrogram::mostColumns;
    QVERIFY((close->endS() - close->startS()) / close->columns() < 0.5 * wholeColumnS);
    window_->session().closeSound();
    QVERIFY(!view.closeLook());
}

void TestViews::levelsAreChosenFromTheViewsOwn()
{
    startWithSound();
    auto &spectrogram = viewOf<SpectrogramView>(0);
    choose(spectrogram, QStringLiteral("Range"), QStringLiteral("−84 to 0 dB"));
    QCOMPARE(spectrogram.dbRange(), (AxisRange{-84.0, 0.0}));
    show(0, "view.spectrum");
    auto &spectrum = viewOf<SpectrumView>(0);
    QCOMPARE(spectrum.dbRange(), (AxisRange{-84.0, 0.0}));
    choose(spectrum, QStringLiteral("Range"), QStringLiteral("−72 to 0 dB"));
    QCOMPARE(spectrum.shownY(), (AxisRange{-72.0, 0.0}));
    choose(spectrum, QStringLiteral("Range"), QStringLiteral("Usual"));
    QCOMPARE(spectrum.dbRange(), SpectrumView::defaultDb);
}

void TestViews::theWholeFileIsShownAndItsTimeIsItsOwn()
{
    makeLateNoise("late.wav");
    startWindow();
    window_->resize(1440, 900);
    openSound(in("late.wav"));
    window_->session().setWindow({0, 2 * 44100});
    waitForPreview();
    stage().setPaneCount(2);
    show(1, "view.spectrogram");
    auto &view = viewOf<SpectrogramView>(0);
    auto &other = viewOf<SpectrogramView>(1);
    QTRY_VERIFY_WITH_TIMEOUT(view.settled() && other.settled() && !other.valuesAsCsv().isEmpty(),
                             patienceMs);
    stage().setRange(Axis::Time, AxisRange{0.5, 1.5});
    stage().setRange(Axis::Frequency, AxisRange{7.0, 11.0});
    showWholeFile(view);
    // The shared frequencies stay, the shared time is not touched.
    QVERIFY(isNearly(view.shownX(), {0.0, 6.0}));
    QVERIFY(isNearly(view.shownY(), {7.0, 11.0}));
    QVERIFY(isNearly(other.shownX(), {0.5, 1.5}));
    QVERIFY(isNearly(other.shownY(), {7.0, 11.0}));
    QVERIFY(stage().toolbar().title() == QStringLiteral("Input, whole file"));
    QVERIFY(child("pane1.tap").accessibleName().contains("Input, whole file"));
    const QString values = view.valuesAsCsv();
    QVERIFY(loudest(values, 0.5, 3.5) < -100.0);
    QVERIFY(loudest(values, 4.5, 5.5) > -60.0);
    stage().setLate(true);
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Input, whole file"));
    stage().setLate(false);
    // Moves of either side stay there; frequency goes along.
    view.showX({4.0, 5.0});
    QVERIFY(isNearly(other.shownX(), {0.5, 1.5}));
    other.showX({0.2, 0.9});
    QVERIFY(isNearly(view.shownX(), {4.0, 5.0}));
    other.showRanges(other.shownX(), {8.0, 10.0});
    QVERIFY(isNearly(view.shownY(), {8.0, 10.0}));
    press("spectrogram.span", 0);
    QVERIFY(isNearly(view.shownX(), {0.2, 0.9}));
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Output"));
    choose(view, QStringLiteral("Sound shown"), QStringLiteral("Whole file (Input)"));
    QVERIFY(view.span() == widgets::SpectrogramSpan::WholeFile);
    QVERIFY(child<widgets::WordSwitch>("spectrogram.span").index() == 1);
    QVERIFY(isNearly(view.shownX(), {4.0, 5.0})); // as it was left
}

void TestViews::anotherFileIsAnotherWholeFile()
{
    makeLateNoise("late.wav");
    makeNoise("in.wav", 1, 6 * 44100); // as long
    startWindow();
    window_->resize(1440, 900);
    openSound(in("late.wav"));
    auto &view = viewOf<SpectrogramView>(0);
    showWholeFile(view);
    openSound(in("in.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(loudest(view.valuesAsCsv(), 0.5, 3.5) > -60.0, patienceMs);
    window_->session().closeSound();
    QVERIFY(view.valuesAsCsv().isEmpty());
    QTest::qWait(20);
    QVERIFY2(view.valuesAsCsv().isEmpty(), "nothing is told any more");
}

void TestViews::theSpectrumIsThatAtThePlayhead()
{
    startWithSound();
    click("tap.post_dist");
    show(0, "view.spectrum");
    stage().setView(app::viewNumber("view.spectrum"));
    auto &view = viewOf<SpectrumView>(0);
    const auto isShown = [&view](const engine::analysis::Spectrum &expected) {
        const auto rows = rowsOf(view.valuesAsCsv());
        if (rows.size() != static_cast<std::size_t>(expected.points()))
            return false;
        for (int i = 0; i < expected.points(); ++i)
            if (std::abs(rows[static_cast<std::size_t>(i)][1] -
                         static_cast<double>(expected.levelDb(i))) > 0.0051)
                return false;
        return true;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isShown(*engine::analysis::averageSpectrum(tap(TapId::PostDist))),
                             patienceMs);
    press("spectrum.moment", 1);
    for (const double seconds : {0.5, 1.25}) {
        emit view.seekRequested(seconds);
        stage().setPlayhead(seconds);
        QTRY_VERIFY_WITH_TIMEOUT(
            isShown(*engine::analysis::spectrumAt(tap(TapId::PostDist), seconds)), patienceMs);
    }
    press("spectrum.moment", 0);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(*engine::analysis::averageSpectrum(tap(TapId::PostDist))),
                             patienceMs);
}

void TestViews::peaksAreHeldUntilReset()
{
    startWithSound();
    stage().setView(app::viewNumber("view.spectrum"));
    auto &view = viewOf<SpectrumView>(0);
    QTRY_VERIFY_WITH_TIMEOUT(!view.valuesAsCsv().isEmpty(), patienceMs);
    choose(view, {}, QStringLiteral("Peak hold"));
    QTRY_VERIFY_WITH_TIMEOUT(view.held(), patienceMs);
    const auto expected = engine::analysis::peakSpectrum(tap(TapId::Output));
    for (int i = 0; i < expected->points(); ++i)
        QCOMPARE(view.held()->levelDb(i), expected->levelDb(i));
    press("spectrum.moment", 1);
    stage().setPlayhead(0.5);
    stage().setPlayhead(1.5);
    QTRY_VERIFY_WITH_TIMEOUT(view.held() && view.settled(), patienceMs);
    click("tap.input"); // what was held is another sound's
    QTRY_VERIFY_WITH_TIMEOUT(view.held() && view.settled() && view.title() == u"Input", patienceMs);
    for (int i = 0; i < view.held()->points(); ++i)
        QVERIFY(view.held()->levelDb(i) >= view.spectrum()->levelDb(i));
    choose(view, {}, QStringLiteral("Reset peak hold"));
    QVERIFY(!view.held());
    choose(view, {}, QStringLiteral("Peak hold"));
    QVERIFY(!view.peakHoldShown());
}

void TestViews::theScopesMenuChoosesWhatItShows()
{
    startWithSound();
    click("tap.input");
    show(0, "view.scope");
    auto &view = viewOf<ScopeView>(0);
    choose(view, QStringLiteral("Channel"), QStringLiteral("Side"));
    choose(view, QStringLiteral("Trigger"), QStringLiteral("Off"));
    choose(view, QStringLiteral("Time shown"), QStringLiteral("100 ms"));
    QCOMPARE(view.lengthMs(), 100.0);
    window_->playback().seek(0.5);
    QTRY_VERIFY_WITH_TIMEOUT(view.settled() && std::abs(view.originFrame() - 22050.0) < 0.51,
                             patienceMs);
    const auto rows = rowsOf(view.valuesAsCsv());
    QVERIFY(rows.size() > 4000);
    const auto first = static_cast<std::size_t>(std::ceil(view.originFrame()));
    const engine::AudioBuffer &sound = tap(TapId::Input);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double side = (static_cast<double>(sound.channel(0)[first + i]) -
                             static_cast<double>(sound.channel(1)[first + i])) /
                            2.0;
        QVERIFY(std::abs(rows[i][1] - side) < 1e-6);
    }
}

void TestViews::gainReductionIsTheLimitersWhateverTheTap()
{
    startWithSound();
    window_->session().edit(ParameterId::LimiterCeilingDb, -12.0, widgets::Edit::Set);
    waitForPreview();
    show(0, "view.reduction");
    auto &view = viewOf<GainReductionView>(0);
    const auto &values = window_->previews().current()->limiterTrace->reduction.db;
    const auto most = static_cast<double>(*std::ranges::max_element(values));
    QVERIFY(most > 1.0);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(view.mostReductionDb(-1.0, 3.0) - most) < 1e-6, patienceMs);
    QVERIFY(isNearly(view.wholeX(), {0.0, 2.0}));
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Limiter gain reduction"));
    const QString before = view.valuesAsCsv();
    click("tap.input");
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Limiter gain reduction"));
    QTRY_COMPARE_WITH_TIMEOUT(view.valuesAsCsv(), before, patienceMs);
    // It shares the time of the others.
    stage().setPaneCount(2);
    show(1, "view.spectrogram");
    auto &spectrogram = viewOf<SpectrogramView>(1);
    QTRY_VERIFY_WITH_TIMEOUT(!spectrogram.valuesAsCsv().isEmpty(), patienceMs);
    stage().setRange(Axis::Time, AxisRange{0.5, 1.0});
    QVERIFY(isNearly(view.shownX(), {0.5, 1.0}));
    QTest::keyClick(&view, Qt::Key_Right);
    QVERIFY(view.shownX().low > 0.5);
    QVERIFY(isNearly(spectrogram.shownX(), view.shownX()));
}

void TestViews::aLimiterThatIsOffIsSaidToBeOff()
{
    startWithSound();
    show(0, "view.reduction");
    auto &view = viewOf<GainReductionView>(0);
    QTRY_VERIFY_WITH_TIMEOUT(!view.valuesAsCsv().isEmpty(), patienceMs);
    window_->session().edit(ParameterId::LimiterOn, 0.0, widgets::Edit::Set);
    waitForPreview();
    QTRY_VERIFY_WITH_TIMEOUT(view.valuesAsCsv().isEmpty(), patienceMs);
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Limiter gain reduction (Limiter is off)"));
    QVERIFY(view.accessibleName().contains("off") || view.accessibleDescription().contains("off"));
    QVERIFY(isNearly(view.wholeX(), {0.0, 2.0}));
}

void TestViews::theDifferenceIsBetweenTheTwoTaps()
{
    startWithSound();
    engine::pipeline::Settings settings;
    settings.preQuant.on = false;
    settings.distortionOn = false;
    settings.postQuant.on = false;
    settings.limiter.on = false;
    window_->session().change(settings, QStringLiteral("Only gain"));
    window_->session().edit(ParameterId::OutputGainDb, -6.0, widgets::Edit::Set);
    waitForPreview();
    stage().setView(app::viewNumber("view.difference"));
    auto &view = viewOf<DifferenceView>(0);
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Output − Input"));
    const auto isEverywhere = [&view](double db) {
        const auto rows = rowsOf(view.valuesAsCsv());
        return rows.size() > 100 && std::ranges::all_of(rows, [db](const auto &row) {
                   return std::all_of(row.begin() + 1, row.end(),
                                      [db](double cell) { return std::abs(cell - db) < 0.11; });
               });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isEverywhere(-6.0), patienceMs);
    auto &reference = child<QAbstractButton>("difference.reference");
    QVERIFY(reference.isVisible());
    QCOMPARE(reference.accessibleName(), QStringLiteral("Compared with Input"));
    click("difference.reference");
    QPointer<QMenu> menu;
    QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
    menu->actions().back()->trigger();
    menu->close();
    QCOMPARE(reference.accessibleName(), QStringLiteral("Compared with Output"));
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Output − Output"));
    QTRY_VERIFY_WITH_TIMEOUT(isEverywhere(0.0), patienceMs);
    click("tap.input");
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Input − Output"));
    QTRY_VERIFY_WITH_TIMEOUT(isEverywhere(6.0), patienceMs);
    // A view that computes for itself shows what all panes show, too.
    stage().setRange(Axis::Frequency, AxisRange{8.0, 10.0});
    stage().setRange(Axis::Time, AxisRange{0.5, 1.5});
    stage().setPaneCount(2);
    show(1, "view.difference");
    auto &second = viewOf<DifferenceView>(1);
    QTRY_VERIFY_WITH_TIMEOUT(!second.valuesAsCsv().isEmpty(), patienceMs);
    QVERIFY(isNearly(second.shownX(), {0.5, 1.5}));
    QVERIFY(isNearly(second.shownY(), {8.0, 10.0}));
    QVERIFY(isNearly(view.shownY(), {8.0, 10.0}));
    choose(view, QStringLiteral("Range"), DifferenceView::reachText(6.0));
    QCOMPARE(view.reachDb(), 6.0);
    window_->session().closeSound();
    QVERIFY(view.valuesAsCsv().isEmpty());
}

void TestViews::choicesComeBackAtTheNextStart()
{
    startWithSound();
    stage().setPaneCount(3);
    stage().setActivePane(0);
    press("spectrogram.span", 1);
    show(1, "view.scope");
    choose(viewOf<ScopeView>(1), QStringLiteral("Channel"), QStringLiteral("Mid"));
    choose(viewOf<ScopeView>(1), QStringLiteral("Trigger"), QStringLiteral("Falling through zero"));
    choose(viewOf<ScopeView>(1), QStringLiteral("Time shown"), QStringLiteral("10 ms"));
    show(1, "view.spectrum");
    stage().setActivePane(1);
    choose(viewOf<SpectrumView>(1), {}, QStringLiteral("Peak hold"));
    stage().pane(1).current().tools()->show();
    viewOf<SpectrumView>(1).setFocus();
    emit qobject_cast<widgets::WordSwitch *>(stage().pane(1).current().tools())->chosen(1);
    show(2, "view.difference");
    choose(viewOf<DifferenceView>(2), QStringLiteral("Compared with"),
           QStringLiteral("After Distortion"));
    window_->close();
    window_.reset();
    startWindow();
    QVERIFY(viewOf<SpectrogramView>(0).span() == widgets::SpectrogramSpan::WholeFile);
    QVERIFY(viewOf<SpectrumView>(1).peakHoldShown());
    QVERIFY(viewOf<SpectrumView>(1).moment() == widgets::SpectrumMoment::Playhead);
    QVERIFY(stage().pane(2).title().endsWith(QStringLiteral(" − After Distortion")));
    show(1, "view.scope"); // made only now
    QVERIFY(viewOf<ScopeView>(1).channel() == widgets::ScopeChannel::Mid);
    QVERIFY(viewOf<ScopeView>(1).trigger() == widgets::ScopeTrigger::Falling);
    QCOMPARE(viewOf<ScopeView>(1).lengthMs(), 10.0);
}

void TestViews::damagedChoicesAreNoHarm()
{
    {
        const QVariantMap scope{{"channel", "up"}, {"trigger", 4}, {"milliseconds", -3.0}};
        const QVariantMap difference{{"reference", "?"}, {"reachDb", 1e9}};
        app::Preferences preferences;
        preferences.setStage({{"panes", 1},
                              {"views", QStringList{"view.scope"}},
                              {"taps", QStringList{"selected"}},
                              {"inViews", QVariantList{QVariantMap{{"view.scope", scope},
                                                                   {"view.difference", difference},
                                                                   {"view.spectrogram", 7}}}}});
    }
    startWithSound();
    QVERIFY(viewOf<ScopeView>(0).channel() == widgets::ScopeChannel::Left);
    QVERIFY(viewOf<ScopeView>(0).trigger() == widgets::ScopeTrigger::Rising);
    QCOMPARE(viewOf<ScopeView>(0).lengthMs(), ScopeView::defaultMs);
    show(0, "view.difference");
    QCOMPARE(viewOf<DifferenceView>(0).reachDb(), DifferenceView::defaultReachDb);
    QCOMPARE(stage().pane(0).title(), QStringLiteral("Output − Input"));
}

void TestViews::theSpectrumOfATapIsCopied()
{
    startWithSound();
    QTRY_VERIFY_WITH_TIMEOUT(stage().preview(), patienceMs); // it comes after what is heard
    QGuiApplication::clipboard()->clear();
    stage().setInKeyLines(false);
    auto &rail = child<widgets::Rail>("rail");
    const auto copied = [&](TapId id) {
        QGuiApplication::clipboard()->clear();
        QTimer::singleShot(0, this, [] {
            auto *const menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            for (QAction *action : menu->actions())
                if (action->text() == u"Copy spectrum image")
                    action->trigger();
            menu->close();
        });
        emit rail.tapContextMenu(id, rail.mapToGlobal(QPoint()));
        if (!QTest::qWaitFor([] { return !QGuiApplication::clipboard()->image().isNull(); },
                             patienceMs))
            qFatal("nothing was copied");
        return QGuiApplication::clipboard()->image().convertToFormat(QImage::Format_RGB32);
    };
    // What the view itself draws of the same spectra.
    const auto expected = [&](TapId id) {
        SpectrumView view;
        view.resize(stage().pane(0).current().widget().size());
        view.setTitle(widgets::tapTitle(id), widgets::tapStageToken(id));
        view.setInKeyLines(false);
        view.setSpectrum(engine::analysis::averageSpectrum(tap(id)));
        if (id != TapId::Input)
            view.setInput(engine::analysis::averageSpectrum(tap(TapId::Input)));
        return view.picture().convertToFormat(QImage::Format_RGB32);
    };
    for (const TapId id : {TapId::PostDist, TapId::Input})
        QVERIFY(copied(id) == expected(id));
}

void TestViews::legendsFitIntoNarrowPlots()
{
    const std::vector<widgets::ChipCell> entries{
        {"Input", Qt::gray}, {"Peak hold", Qt::white}, {"After Post-Quant, left", Qt::green}};
    const QRectF wide(10, 20, 600, 100);
    QVERIFY(legendFits(wide, entries) && wide.contains(legendPlace(wide, entries)));
    const double all = legendPlace(wide, entries).width();
    for (const double width : {all, 180.0, 120.0, 80.0}) {
        const QRectF plot(10, 20, width, 100);
        QVERIFY(!legendFits(plot, entries));
        const QRectF place = legendPlace(plot, entries);
        QVERIFY2(plot.contains(place), qPrintable(QString::number(width)));
        QVERIFY(place.width() > 40.0);
    }
}

void TestViews::theCorrelationStandsAboveTheLetters()
{
    widgets::PhaseView view;
    const double word = QFontMetricsF(widgets::Theme::shared().font("value_small")).height();
    for (const QSize size : {QSize(200, 240), QSize(240, 200), QSize(300, 300), QSize(420, 420)}) {
        view.resize(size);
        QVERIFY(view.plot().width() == view.plot().height());
        QVERIFY(view.rect().contains(view.plot().toAlignedRect()));
        QVERIFY(view.plot().top() >= word + widgets::Theme::shared().number("space.scale.x2"));
    }
    // With room beside the square nothing is given away.
    view.resize(900, 300);
    QCOMPARE(view.plot().top(), widgets::Theme::shared().number("space.scale.x3"));
}

QD_TEST(TestViews, QApplication)
#include "TestViews.moc"
