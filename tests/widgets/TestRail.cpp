// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/Rail.h"

#include "tests/support/TestProgram.h"
#include "tests/widgets/PanelTest.h"
#include "widgets/chain/TapPill.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QSignalSpy>

using namespace panel_test;
using namespace widgets;
using engine::pipeline::StageId;
using engine::pipeline::TapId;

class TestRail : public QObject {
    Q_OBJECT

    std::unique_ptr<Rail> rail_;

    QAbstractButton *pill(const char *name) const
    {
        auto *button = rail_->findChild<QAbstractButton *>(QLatin1String(name));
        Q_ASSERT(button);
        return button;
    }
    QAbstractButton *cost(int card) const
    {
        return rail_->findChild<QAbstractButton *>(QStringLiteral("cost.%1").arg(card));
    }
    static RailCosts costs()
    {
        RailCosts all;
        all.file = true;
        all.cards = {CostCached{},
                     CostSpent{5.9, 9.0, 5.2},
                     CostSpent{0.0, 3.9, 0.0},
                     CostSpent{5.6, 8.7, 5.1},
                     CostSpent{0.0, 0.3, 0.0},
                     CostSpent{0.0, 1.2, 0.0}};
        return all;
    }
    static std::vector<QRect> cards()
    {
        std::vector<QRect> all;
        int x = 0;
        for (const int width : {172, 372, 272, 228, 178, 136}) {
            all.emplace_back(x, 36, width, 208);
            x += width + 10;
        }
        return all;
    }

private slots:
    void initTestCase() { Theme::shared().setMode(Theme::Mode::Dark); }
    void init()
    {
        rail_ = std::make_unique<Rail>();
        rail_->resize(1408, 36);
        rail_->setAnchors(cards());
        rail_->setCosts(costs());
        rail_->show();
        QVERIFY(QTest::qWaitForWindowExposed(rail_.get()));
    }
    void pillsSitOnTheGapsAndTheLastAtTheEnd()
    {
        const auto rects = cards();
        const std::array names{"tap.input", "tap.pre_quant", "tap.post_dist", "tap.post_quant"};
        for (std::size_t i = 0; i < names.size(); ++i) {
            const double gap = (rects[i].right() + 1 + rects[i + 1].left()) / 2.0;
            QVERIFY(std::abs(pill(names[i])->geometry().center().x() + 0.5 - gap) <= 1.5);
        }
        const int halo = Theme::shared().px("size.tap_halo");
        QVERIFY(std::abs(pill("tap.output")->geometry().right() + 1 - halo - 1408) <= 1);
        QCOMPARE(pill("tap.input")->height() - 2 * halo, 24);
    }
    void pillsSayTheirNumberAndName()
    {
        QCOMPARE(pill("tap.input")->text(), QStringLiteral("1 Input"));
        QCOMPARE(pill("tap.post_dist")->text(), QStringLiteral("3 Distortion"));
        QCOMPARE(pill("tap.output")->text(), QStringLiteral("5 Output"));
        QCOMPARE(pill("tap.post_dist")->toolTip(),
                 QStringLiteral("Hear and see the sound after Distortion (3)"));
        QCOMPARE(pill("tap.post_dist")->accessibleName(), QStringLiteral("After Distortion"));
        QCOMPARE(QAccessible::queryAccessibleInterface(pill("tap.input"))->role(),
                 QAccessible::RadioButton);
    }
    void aClickSelectsOneTap()
    {
        QSignalSpy spy(rail_.get(), &Rail::tapSelected);
        QTest::mouseClick(pill("tap.post_dist"), Qt::LeftButton);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().value<TapId>(), TapId::PostDist);
        QCOMPARE(rail_->selectedTap(), TapId::PostDist);
        QVERIFY(!pill("tap.output")->isChecked());
        const QImage image = picture(*rail_);
        const QPoint place = pill("tap.post_dist")->geometry().center();
        QVERIFY(near(image.pixel(place.x() - 40, place.y() - 6),
                     Theme::shared().colour("stage.distortion")));
        rail_->setSelectedTap(TapId::Input); // told, not wished
        QCOMPARE(spy.size(), 1);
    }
    void arrowsMoveWithinTheGroup()
    {
        QSignalSpy spy(rail_.get(), &Rail::tapSelected);
        rail_->setSelectedTap(TapId::PreQuant);
        pill("tap.pre_quant")->setFocus(Qt::TabFocusReason);
        QTest::keyClick(pill("tap.pre_quant"), Qt::Key_Right);
        QCOMPARE(rail_->selectedTap(), TapId::PostDist);
        QTest::keyClick(pill("tap.post_dist"), Qt::Key_Left);
        QCOMPARE(rail_->selectedTap(), TapId::PreQuant);
        QCOMPARE(spy.size(), 2);
    }
    void aBarIsAsLongAsItsTime_data()
    {
        QTest::addColumn<double>("ratio");
        QTest::newRow("100 %") << 1.0;
        QTest::newRow("200 %") << 2.0;
    }
    void aBarIsAsLongAsItsTime()
    {
        QFETCH(double, ratio);
        QCOMPARE(rail_->pxPerMs(), Theme::shared().number("size.cost_px_per_ms"));
        QCOMPARE(rail_->barLength(2), 3.9 * 3.6);
        QCOMPARE(rail_->barLength(1), 20.1 * 3.6);
        const QImage image = picture(*rail_, ratio);
        const int drawn =
            countInRow(image, image.height() / 2, Theme::shared().colour("stage.distortion"));
        QVERIFY2(std::abs(drawn - 3.9 * 3.6 * ratio) <= 2, qPrintable(QString::number(drawn)));
    }
    void oneScaleForAllHalvesUntilTheLongestFits()
    {
        RailCosts slow = costs();
        slow.cards[2] = CostSpent{0.0, 60.0, 0.0};
        rail_->setCosts(slow);
        QCOMPARE(rail_->pxPerMs(), 1.8);
        QCOMPARE(rail_->barLength(2), 60.0 * 1.8);
        QCOMPARE(rail_->barLength(1), 20.1 * 1.8);
    }
    void aShortStretchClipsItsBarAndKeepsItsNumber()
    {
        RailCosts odd = costs();
        odd.cards[1] = CostSpent{0.0, 60.0, 0.0};
        odd.cards[5] = CostSpent{0.0, 59.0, 0.0}; // hardly shorter, with a fifth of the room
        rail_->setCosts(odd);
        QVERIFY(rail_->barLength(5) < 59.0 * rail_->pxPerMs());
        QVERIFY(cost(5)->isVisible());
    }
    void hoverListsTheParts()
    {
        QCOMPARE(cost(1)->toolTip(),
                 QStringLiteral("Pre-Quant: 20.1 ms\nSTFT 5.9 ms, process 9.0 ms, inverse STFT "
                                "5.2 ms"));
        QCOMPARE(cost(0)->toolTip(), QStringLiteral("Load: cached"));
    }
    void aCostOpensTiming()
    {
        QSignalSpy spy(rail_.get(), &Rail::costClicked);
        QTest::mouseClick(cost(1), Qt::LeftButton);
        QTest::keyClick(cost(5), Qt::Key_Space);
        QCOMPARE(spy.size(), 2);
        QCOMPARE(spy.at(0).first().value<StageId>(), StageId::PreQuant);
        QCOMPARE(spy.at(1).first().value<StageId>(), StageId::Limiter);
    }
    void aRightClickAsksForTheTapsMenu()
    {
        QSignalSpy spy(rail_.get(), &Rail::tapContextMenu);
        QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(5, 5), QPoint(50, 60));
        QApplication::sendEvent(pill("tap.pre_quant"), &event);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().at(0).value<TapId>(), TapId::PreQuant);
    }
    void offStagesAndNoFileAreDashed()
    {
        const QColor wire = Theme::shared().colour("line.strong");
        const int row = 18;
        const int solid = countInRow(picture(*rail_), row, wire);
        RailCosts off = costs();
        off.cards[1] = CostOff{};
        rail_->setCosts(off);
        QCOMPARE(cost(1)->toolTip(), QStringLiteral("Pre-Quant: off"));
        QVERIFY(countInRow(picture(*rail_), row, wire) < solid);
        rail_->setCosts({});
        QCOMPARE(countInRow(picture(*rail_), row, wire), 0);
        QVERIFY(!cost(1)->isVisible());
    }
    void aLateStagePulsesAndThenShowsABar()
    {
        RailCosts late = costs();
        late.cards[3] = CostLate{};
        Theme::shared().setReducedMotion(true);
        rail_->setCosts(late);
        const QColor lilac = Theme::shared().colour("stage.post_quant");
        QVERIFY(countInRow(picture(*rail_), 18, lilac) > 20);
        QCOMPARE(countInRow(picture(*rail_), 35, lilac), 0);
        QTRY_VERIFY_WITH_TIMEOUT(countInRow(picture(*rail_), 35, lilac) > 50, 3000);
        rail_->setCosts(costs());
        QCOMPARE(countInRow(picture(*rail_), 35, lilac), 0);
        Theme::shared().setReducedMotion(false);
    }
    void nothingOverlapsAtTheSmallestWindow()
    {
        rail_->setCompact(true);
        rail_->resize(1256, 36);
        rail_->setAnchors({});
        QList<QAbstractButton *> buttons = rail_->findChildren<QAbstractButton *>();
        for (const QAbstractButton *a : buttons)
            for (const QAbstractButton *b : buttons)
                QVERIFY(a == b || !a->isVisible() || !b->isVisible() ||
                        !a->geometry()
                             .adjusted(3, 0, -3, 0)
                             .intersects(b->geometry().adjusted(3, 0, -3, 0)));
    }
};

QD_TEST(TestRail, QApplication)
#include "TestRail.moc"
