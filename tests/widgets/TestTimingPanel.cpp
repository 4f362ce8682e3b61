// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/TimingPanel.h"

#include "tests/support/TestProgram.h"
#include "tests/widgets/PanelTest.h"
#include "widgets/panels/ScrollColumn.h"
#include "widgets/panels/TimingHistory.h"
#include "widgets/panels/TimingTable.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

using namespace panel_test;
using namespace widgets;
using engine::pipeline::CostKind;
using engine::pipeline::StageId;

namespace {

TimingRun run(double totalMs, const QString &what = {}, bool preview = true)
{
    TimingRun run;
    run.preview = preview;
    run.whatChanged = what;
    run.cached = {StageId::Input};
    run.timing.audioSeconds = 10.0;
    run.timing.totalSeconds = totalMs * 1e-3;
    run.timing.stages = {{StageId::PreQuant, CostKind::Stft, 5.9e-3},
                         {StageId::PostQuant, CostKind::Stft, 5.6e-3},
                         {StageId::Distortion, CostKind::Distortion, 3.9e-3},
                         {StageId::Limiter, CostKind::Limiter, 1.2e-3},
                         {StageId::Mix, CostKind::Mix, 0.3e-3}};
    return run;
}

} // namespace

class TestTimingPanel : public QObject {
    Q_OBJECT

    std::unique_ptr<TimingPanel> panel_;
    TimingTable *table() const { return panel_->findChild<TimingTable *>(); }
    TimingHistory *history() const { return panel_->findChild<TimingHistory *>(); }
    void settle() const { QTest::qWait(TimingPanel::updateIntervalMs + 30); }

private slots:
    void initTestCase() { Theme::shared().setMode(Theme::Mode::Dark); }
    void init()
    {
        panel_ = std::make_unique<TimingPanel>();
        panel_->resize(264, 420);
        panel_->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
    }
    void rowsSayMillisecondsCachedOrNothing()
    {
        settle();
        panel_->addRun(run(44.9));
        QCOMPARE(table()->rowText(CostKind::Load), QStringLiteral("cached"));
        QCOMPARE(table()->rowText(CostKind::Stft), QStringLiteral("11.5"));
        QCOMPARE(table()->rowText(CostKind::Distortion), QStringLiteral("3.9"));
        QCOMPARE(table()->rowText(CostKind::Save), QStringLiteral("–"));
    }
    void theBarsHaveTheStagesColours()
    {
        settle();
        panel_->addRun(run(44.9));
        const QImage image = picture(*panel_);
        for (const char *stage : {"stage.pre_quant", "stage.distortion", "stage.post_quant"})
            QVERIFY(countAll(image, Theme::shared().colour(stage)) > 100);
        QVERIFY(countAll(image, Theme::shared().colour("stage.limiter")) > 20);
    }
    void fullRendersAreInSeconds()
    {
        settle();
        QSignalSpy spy(panel_.get(), &TimingPanel::modeChanged);
        auto *mode = panel_->findChild<QToolButton *>(QStringLiteral("timing.mode"));
        QCOMPARE(mode->text(), QStringLiteral("Preview"));
        mode->menu()->actions().at(1)->trigger();
        QCOMPARE(mode->text(), QStringLiteral("Full render"));
        QCOMPARE(spy.size(), 1);
        TimingRun full = run(27'900, {}, false);
        full.timing.stages[2].seconds = 3.04;
        full.timing.loadSeconds = 0.3;
        full.running = true;
        panel_->addRun(full);
        settle();
        QCOMPARE(table()->rowText(CostKind::Distortion), QStringLiteral("3.0"));
        QCOMPARE(table()->rowText(CostKind::Load), QStringLiteral("0.3"));
        full.running = false;
        panel_->addRun(full); // takes the running one's place
        QCOMPARE(panel_->csv().count(u'\n'), 2);
    }
    void historyKeeps39AndNamesWhatChanged()
    {
        for (int i = 0; i < 50; ++i)
            panel_->addRun(run(40.0 + i, QStringLiteral("Fold 4.8 → 5.0")));
        settle();
        QCOMPARE(history()->medianSeconds(), 0.070);
        QCOMPARE(history()->barText(38), QStringLiteral("Fold 4.8 → 5.0, 89 ms"));
        QCOMPARE(history()->barText(0), QStringLiteral("Fold 4.8 → 5.0, 51 ms"));
        const QRectF newest = history()->barRect(38);
        QVERIFY(std::abs(newest.right() - history()->width()) < 1);
        QVERIFY(near(picture(*history()).pixel(newest.center().toPoint()),
                     Theme::shared().colour("text.primary")));
        QVERIFY(near(picture(*history()).pixel(history()->barRect(20).center().toPoint()),
                     Theme::shared().colour("line.strong")));
        // 44 pixels less 4 are 100 ms.
        QCOMPARE(qRound(newest.height()), qRound(40 * 0.89));
        moveTo(*history(), history()->barRect(5).center());
        QVERIFY(near(picture(*history()).pixel(history()->barRect(5).center().toPoint()),
                     Theme::shared().colour("text.primary")));
    }
    void keysWalkAlongTheHistory()
    {
        for (int i = 0; i < 3; ++i)
            panel_->addRun(run(40.0 + i));
        settle();
        QTest::keyClick(history(), Qt::Key_Left);
        QTest::keyClick(history(), Qt::Key_Left);
        QVERIFY(near(picture(*history()).pixel(history()->barRect(1).center().toPoint()),
                     Theme::shared().colour("text.primary")));
    }
    void atMostTenUpdatesASecond()
    {
        settle();
        panel_->addRun(run(10));
        const double before = history()->medianSeconds();
        for (int i = 0; i < 20; ++i)
            panel_->addRun(run(90));
        QCOMPARE(history()->medianSeconds(), before);
        settle();
        QCOMPARE(history()->medianSeconds(), 0.090);
    }
    void copiesAsCsvAndClears()
    {
        panel_->addRun(run(44.9, QStringLiteral("Fold, \"up\"")));
        const QStringList lines = panel_->csv().split(u'\n');
        QVERIFY(lines.at(0).startsWith(u"kind,changed,audio_s,load_ms,stft_ms"));
        QVERIFY(lines.at(1).startsWith(u"preview,\"Fold, \"\"up\"\"\",10.000,0.000,11.500"));
        QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(5, 5), QPoint(50, 60));
        QApplication::sendEvent(panel_.get(), &event);
        auto *menu = panel_->findChild<QMenu *>(QStringLiteral("timing.menu"));
        QVERIFY(menu);
        QCOMPARE(menu->actions().at(0)->text(), QStringLiteral("Copy as CSV"));
        menu->actions().at(0)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), panel_->csv());
        menu->actions().at(1)->trigger();
        QCOMPARE(panel_->csv().count(u'\n'), 1);
        menu->close();
    }
    void aLowWindowScrollsToTheHistory()
    {
        panel_->resize(264, panel_->minimumSizeHint().height());
        QVERIFY(panel_->minimumSizeHint().height() <= 240);
        auto *const scroll = panel_->findChild<widgets::ScrollColumn *>();
        QScrollBar *const bar = scroll->verticalScrollBar();
        QCoreApplication::processEvents();
        const auto seen = [&] {
            return QRect({}, scroll->viewport()->size())
                .contains(QRect(history()->mapTo(scroll->viewport(), QPoint()), history()->size()));
        };
        QVERIFY(bar->isVisible() && bar->maximum() > 0 && !seen());
        bar->setValue(bar->maximum());
        QVERIFY(seen());
        panel_->resize(264, 420);
        QCoreApplication::processEvents();
        QVERIFY(!bar->isVisible() && seen());
    }
    /// Whatever the runs took, the limit's name lies on no bar.
    void theLimitIsNamedClearOfTheBars()
    {
        for (const std::vector<double> &all :
             std::vector<std::vector<double>>{{},
                                              {191.0, 180.0, 192.0},
                                              {40.0, 46.0, 44.0},
                                              {20.0, 400.0},
                                              {90.0, 95.0, 99.0}}) {
            panel_->clear();
            for (const double ms : all)
                panel_->addRun(run(ms));
            QTest::qWait(150); // at most ten times a second
            const auto name = history()->limitNameRect();
            QVERIFY(name);
            QVERIFY(QRectF(history()->rect()).contains(*name));
            for (std::size_t i = 0; i < all.size(); ++i)
                QVERIFY(!history()->barRect(i).intersects(*name));
        }
        for (int i = 0; i < 39; ++i)
            panel_->addRun(run(i % 2 == 0 ? 190.0 : 200.0));
        QTest::qWait(150);
        if (const auto name = history()->limitNameRect())
            for (std::size_t i = 0; i < 39; ++i)
                QVERIFY(!history()->barRect(i).intersects(*name));
    }
    void whatTheRailShowsOfARun()
    {
        TimingRun some = run(44.9);
        some.cached.push_back(StageId::PostQuant);
        some.timing.stages.erase(some.timing.stages.begin() + 1);
        const RailCosts costs =
            railCosts(some, {StageId::AutoGain, StageId::ClassicLimiter, StageId::PreQuant});
        QVERIFY(costs.file);
        QVERIFY(std::holds_alternative<CostCached>(costs.cards[0]));
        QCOMPARE(std::get<CostSpent>(costs.cards[1]).stftMs, 5.9);
        QCOMPARE(std::get<CostSpent>(costs.cards[2]).processMs, 3.9);
        QVERIFY(std::holds_alternative<CostCached>(costs.cards[3]));
        QCOMPARE(std::get<CostSpent>(costs.cards[4]).totalMs(), 0.3);
        QCOMPARE(std::get<CostSpent>(costs.cards[5]).totalMs(), 1.2);
        some.timing.stages.clear();
        some.cached.clear();
        QVERIFY(std::holds_alternative<CostOff>(railCosts(some, {StageId::Limiter}).cards[5]));
    }
};

QD_TEST(TestTimingPanel, QApplication)
#include "TestTimingPanel.moc"
