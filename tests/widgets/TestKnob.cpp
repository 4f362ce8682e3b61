// SPDX-License-Identifier: GPL-3.0-or-later
//
// A knob by mouse, wheel and keyboard: exact values, kinds of edit, words.
#include "engine/pipeline/ParameterText.h"
#include "tests/support/TestProgram.h"
#include "tests/widgets/ActiveWindow.h"
#include "widgets/controls/FocusRing.h"
#include "widgets/controls/Knob.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/ValueEditor.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <memory>

using namespace engine::pipeline;
using widgets::Edit;
using widgets::Knob;
using widgets::ValueEditor;

class TestKnob final : public QObject {
    Q_OBJECT

private:
    struct Told {
        double value;
        Edit edit;
    };
    std::unique_ptr<QWidget> window_;
    Knob *knob_ = nullptr;
    std::vector<Told> told_;

    Knob &make(ParameterId id, Knob::Size size = Knob::Size::Hero)
    {
        window_ = std::make_unique<QWidget>();
        window_->resize(300, 200);
        knob_ = new Knob(parameterInfo(id), size, window_.get());
        knob_->placeRing(150, 120);
        told_.clear();
        connect(knob_, &Knob::edited, this, [this, id](ParameterId of, double value, Edit edit) {
            QCOMPARE(of, id);
            told_.push_back({value, edit});
        });
        window_->show();
        return *knob_;
    }
    void drag(const QPoint &by, Qt::KeyboardModifiers keys = {}, bool release = true)
    {
        const QPoint from = knob_->ringBox().center();
        QTest::mousePress(knob_, Qt::LeftButton, keys, from);
        QMouseEvent move(QEvent::MouseMove, from + by, knob_->mapToGlobal(from + by), Qt::NoButton,
                         Qt::LeftButton, keys);
        QApplication::sendEvent(knob_, &move);
        if (release)
            QTest::mouseRelease(knob_, Qt::LeftButton, keys, from + by);
    }
    /// `timeMs` as the window system gives it; 0: none.
    void wheel(int notches, Qt::KeyboardModifiers keys = {}, quint64 timeMs = 0)
    {
        const QPointF at = knob_->ringBox().center();
        QWheelEvent event(at, knob_->mapToGlobal(at), {}, {0, notches * 120}, Qt::NoButton, keys,
                          Qt::NoScrollPhase, false);
        event.setTimestamp(timeMs);
        QApplication::sendEvent(knob_, &event);
    }
    ValueEditor *editor() const { return window_->findChild<ValueEditor *>(); }
    void enter(const QString &text)
    {
        QTest::keyClick(knob_, Qt::Key_Return);
        QVERIFY(editor());
        editor()->insert(text); // over the selected old value; keyClicks() knows ASCII only
        QTest::keyClick(editor(), Qt::Key_Return);
    }

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        widgets::Theme::shared().setMode(widgets::Theme::Mode::Dark);
    }
    void cleanup()
    {
        window_.reset();
        QLocale::setDefault(QLocale::c());
    }

    void aDragOfHalfTheTravelMovesHalfTheRangeAndEnds()
    {
        Knob &knob = make(ParameterId::FoldAmount);
        knob.showValue(1.0);
        QVERIFY(told_.empty());
        drag({0, -100});
        QCOMPARE(knob.shownParameter(), 6.0);
        QCOMPARE(told_.size(), 2U);
        QCOMPARE(told_[0].value, 6.0);
        QCOMPARE(told_[0].edit, Edit::Moving);
        QCOMPARE(told_[1].value, 6.0);
        QCOMPARE(told_[1].edit, Edit::Ended);
    }
    void draggingRightRaisesAndPastTheEndStaysThere()
    {
        Knob &knob = make(ParameterId::FoldAmount);
        knob.showValue(2.0);
        drag({20, 0});
        QCOMPARE(knob.shownParameter(), 3.0);
        drag({0, -5000});
        QCOMPARE(knob.shownParameter(), 10.0);
        drag({0, 5000});
        QCOMPARE(knob.shownParameter(), 0.0);
    }
    void ctrlAndShiftDragTenTimesFiner()
    {
        for (const auto key : {Qt::ControlModifier, Qt::ShiftModifier}) {
            Knob &knob = make(ParameterId::FoldAmount);
            knob.showValue(5.0);
            drag({0, -8}, key);
            QCOMPARE(knob.shownParameter(), 5.04); // 8/2000 of 10
            QCOMPARE(widgets::shownValue(knob.info(), knob.shownParameter()),
                     QStringLiteral("5.04"));
        }
    }
    void aPressWithoutAMoveStillEnds()
    {
        Knob &knob = make(ParameterId::Smear);
        drag({0, 0});
        QCOMPARE(told_.size(), 1U);
        QCOMPARE(told_[0].edit, Edit::Ended);
        QCOMPARE(told_[0].value, knob.info().defaultValue());
    }
    void zeroHoldsForFourPixels()
    {
        Knob &knob = make(ParameterId::OutputGainDb, Knob::Size::Normal);
        knob.showValue(-1.2); // 10 px below zero
        drag({0, -10});
        QCOMPARE(knob.shownParameter(), 0.0);
        knob.showValue(-1.2);
        drag({0, -13}); // 3 px into the detent
        QCOMPARE(knob.shownParameter(), 0.0);
        knob.showValue(-1.2);
        drag({0, -24}); // 10 below, 4 held, 10 above
        QCOMPARE(knob.shownParameter(), 1.2);
    }
    void theWheelMovesOnePercentOrATenth()
    {
        Knob &knob = make(ParameterId::SnapStrength);
        knob.showValue(0.5);
        wheel(1);
        QCOMPARE(knob.shownParameter(), 0.51);
        wheel(-2);
        QCOMPARE(knob.shownParameter(), 0.49);
        wheel(1, Qt::ControlModifier);
        QCOMPARE(knob.shownParameter(), 0.491);
        QCOMPARE(told_.size(), 3U);
        QCOMPARE(told_[0].edit, Edit::Nudged);
        QCOMPARE(told_[1].edit, Edit::NudgedOn);
        QCOMPARE(told_[2].edit, Edit::NudgedOn);
    }
    void aRunIsWhatWasTurnedWithoutAPause()
    {
        Knob &knob = make(ParameterId::SnapStrength);
        knob.showValue(0.5);
        const auto turned = [this](quint64 timeMs) {
            wheel(1, {}, timeMs);
            return told_.back().edit;
        };
        QCOMPARE(turned(10000), Edit::Nudged);
        QTest::qWait(700); // however late the program comes to look at it
        QCOMPARE(turned(10040), Edit::NudgedOn);
        QCOMPARE(turned(10600), Edit::NudgedOn);
        QCOMPARE(turned(11200), Edit::Nudged); // a pause, however soon it is told
        QCOMPARE(turned(11210), Edit::NudgedOn);
        QCOMPARE(turned(500), Edit::Nudged); // the clock began anew
        // Without a time, when it comes counts.
        QCOMPARE(turned(0), Edit::Nudged);
        QCOMPARE(turned(0), Edit::NudgedOn);
        QTest::qWait(700);
        QCOMPARE(turned(0), Edit::Nudged);
    }
    void aHeldKeyIsOneRunAndLeavingEndsIt()
    {
        Knob &knob = make(ParameterId::SnapStrength);
        QLineEdit other(window_.get());
        other.show();
        tests::activate(*window_);
        knob.setFocus(Qt::TabFocusReason);
        const auto pressed = [&](quint64 timeMs, bool repeats) {
            QKeyEvent event(QEvent::KeyPress, Qt::Key_Down, Qt::NoModifier, QString(), repeats);
            event.setTimestamp(timeMs);
            QApplication::sendEvent(&knob, &event);
            return told_.back().edit;
        };
        QCOMPARE(pressed(1000, false), Edit::Nudged);
        QCOMPARE(pressed(1660, true), Edit::NudgedOn); // the usual delay of a keyboard
        QCOMPARE(pressed(1700, true), Edit::NudgedOn);
        QCOMPARE(pressed(1800, false), Edit::NudgedOn);
        other.setFocus();
        knob.setFocus(Qt::TabFocusReason);
        QCOMPARE(pressed(1900, false), Edit::Nudged);
    }
    void doubleClickAndDeleteGoToTheDefault()
    {
        Knob &knob = make(ParameterId::Smear);
        knob.showValue(0.7);
        QTest::mouseDClick(&knob, Qt::LeftButton, {}, knob.ringBox().center());
        QCOMPARE(knob.shownParameter(), 0.1);
        knob.showValue(0.7);
        QTest::keyClick(&knob, Qt::Key_Delete);
        QCOMPARE(knob.shownParameter(), 0.1);
        QCOMPARE(told_.back().edit, Edit::Set);
    }
    void keysMoveByThePercent_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("shift");
        QTest::addColumn<double>("after");
        QTest::addColumn<int>("edit");
        const int nudged = static_cast<int>(Edit::Nudged);
        const int set = static_cast<int>(Edit::Set);
        QTest::newRow("up") << int(Qt::Key_Up) << false << 5.1 << nudged;
        QTest::newRow("right") << int(Qt::Key_Right) << false << 5.1 << nudged;
        QTest::newRow("down") << int(Qt::Key_Down) << false << 4.9 << nudged;
        QTest::newRow("left") << int(Qt::Key_Left) << false << 4.9 << nudged;
        QTest::newRow("fine up") << int(Qt::Key_Up) << true << 5.01 << nudged;
        QTest::newRow("fine down") << int(Qt::Key_Down) << true << 4.99 << nudged;
        QTest::newRow("page up") << int(Qt::Key_PageUp) << false << 6.0 << nudged;
        QTest::newRow("page down") << int(Qt::Key_PageDown) << false << 4.0 << nudged;
        QTest::newRow("home") << int(Qt::Key_Home) << false << 0.0 << set;
        QTest::newRow("end") << int(Qt::Key_End) << false << 10.0 << set;
    }
    void keysMoveByThePercent()
    {
        QFETCH(int, key);
        QFETCH(bool, shift);
        QFETCH(double, after);
        QFETCH(int, edit);
        Knob &knob = make(ParameterId::FoldAmount);
        knob.showValue(5.0);
        QTest::keyClick(&knob, Qt::Key(key), shift ? Qt::ShiftModifier : Qt::NoModifier);
        QCOMPARE(knob.shownParameter(), after);
        QCOMPARE(told_.size(), 1U);
        QCOMPARE(static_cast<int>(told_[0].edit), edit);
    }
    void typedTextIsRead_data()
    {
        QTest::addColumn<int>("id");
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        const auto row = [](const char *name, ParameterId id, const char *text, double value) {
            QTest::newRow(name) << int(id) << QString::fromUtf8(text) << value;
        };
        row("unit", ParameterId::OutputGainDb, "7 dB", 7.0);
        row("hyphen", ParameterId::OutputGainDb, "-3.5", -3.5);
        row("minus", ParameterId::OutputGainDb, "\u22123.5dB", -3.5);
        row("comma", ParameterId::Bias, "0,25", 0.25);
        row("percent", ParameterId::SnapStrength, "42 %", 0.42);
        row("times", ParameterId::FoldAmount, "3.3×", 3.3);
        row("letter x", ParameterId::FoldAmount, "3x", 3.0);
    }
    void typedTextIsRead()
    {
        QFETCH(int, id);
        QFETCH(QString, text);
        QFETCH(double, value);
        Knob &knob = make(ParameterId(id));
        enter(text);
        QCOMPARE(knob.shownParameter(), value);
        QCOMPARE(told_.size(), 1U);
        QCOMPARE(told_[0].edit, Edit::Set);
        QTRY_VERIFY(!editor());
    }
    void tooMuchIsMovedToTheEdgeAndSaid()
    {
        Knob &knob = make(ParameterId::FoldAmount);
        enter(QStringLiteral("200"));
        QCOMPARE(knob.shownParameter(), 10.0);
        QVERIFY(editor());
        QCOMPARE(editor()->text(), QStringLiteral("Most is 10"));
        QTRY_VERIFY_WITH_TIMEOUT(!editor(), 3000);
    }
    void theNextKeyActsWhileTheEdgeIsSaid()
    {
        Knob &knob = make(ParameterId::FoldAmount);
        window_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
        knob.setFocus();
        enter(QStringLiteral("99"));
        QCOMPARE(editor()->text(), QStringLiteral("Most is 10"));
        QTest::keyClick(editor(), Qt::Key_Delete);
        QCOMPARE(knob.shownParameter(), 1.0);
        QTRY_VERIFY(!editor());
        QVERIFY(knob.hasFocus());
        QTest::keyClick(&knob, Qt::Key_Up);
        QVERIFY(knob.shownParameter() > 1.0);
    }
    void wordsInTheEditorAreNotCutOff()
    {
        make(ParameterId::FoldAmount);
        for (const char *typed : {"200", "0", "loud"}) {
            enter(QLatin1String(typed));
            const QFontMetricsF metrics(editor()->font());
            QVERIFY(metrics.horizontalAdvance(editor()->text()) + 8.0 <= editor()->width());
            QTest::keyClick(editor(), Qt::Key_Escape);
            QTRY_VERIFY(!editor());
        }
    }
    void tooLittleIsMovedToTheEdgeAndSaid()
    {
        Knob &knob = make(ParameterId::LimiterReleaseMs);
        enter(QStringLiteral("0"));
        QCOMPARE(knob.shownParameter(), 1.0);
        QCOMPARE(editor()->text(), QStringLiteral("Least is 1"));
        QTest::keyClick(editor(), Qt::Key_Escape);
        QTRY_VERIFY(!editor());
    }
    void whatIsNoNumberIsSaidAndStays_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"loud", "5e9", "1e9999", "3 dB", "4 4x4", "2..5", "--1"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void whatIsNoNumberIsSaidAndStays()
    {
        QFETCH(QString, text);
        Knob &knob = make(ParameterId::FoldAmount);
        enter(text);
        QVERIFY(told_.empty());
        QCOMPARE(editor()->text(), QStringLiteral("Not a number"));
        QTRY_COMPARE_WITH_TIMEOUT(editor()->text(), text, 3000);
        QCOMPARE(knob.shownParameter(), 1.0);
    }
    void escapeLeavesTheValue()
    {
        Knob &knob = make(ParameterId::FoldAmount);
        QTest::keyClick(&knob, Qt::Key_F2);
        QTest::keyClicks(editor(), QStringLiteral("9"));
        QTest::keyClick(editor(), Qt::Key_Escape);
        QVERIFY(told_.empty());
        QTRY_VERIFY(!editor());
    }
    void aDigitOrAMinusOpensTheEditorWithIt()
    {
        for (const char typed : {'4', '-'}) {
            Knob &knob = make(ParameterId::OutputGainDb);
            QTest::keyClick(&knob, typed);
            QVERIFY(editor());
            QTest::keyClicks(editor(), QStringLiteral("2"));
            QCOMPARE(editor()->text(), QString(QLatin1Char(typed)) + u'2');
        }
    }
    void germanWritesACommaAndReadsBoth()
    {
        QLocale::setDefault(QLocale(QStringLiteral("de_DE")));
        Knob &knob = make(ParameterId::OutputGainDb);
        knob.showValue(-2.5);
        QCOMPARE(knob.valueText(), QStringLiteral("\u22122,5 dB"));
        enter(QStringLiteral("1,5"));
        QCOMPARE(knob.shownParameter(), 1.5);
        QTRY_VERIFY(!editor());
        enter(QStringLiteral("2.5 dB"));
        QCOMPARE(knob.shownParameter(), 2.5);
    }
    void copyAndPasteCarryTheValueWithItsUnit()
    {
        Knob &knob = make(ParameterId::OutputGainDb);
        knob.showValue(-2.5);
        QTest::keyClick(&knob, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("\u22122.5 dB"));
        knob.showValue(3.0);
        QTest::keyClick(&knob, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(knob.shownParameter(), -2.5);
        QCOMPARE(told_.back().edit, Edit::Set);
    }
    void theMenuOffersTheOtherSlotOnlyWhereThereIsOne()
    {
        Knob &knob = make(ParameterId::FoldAmount);
        const auto words = [&] {
            QContextMenuEvent event(QContextMenuEvent::Mouse, knob.ringBox().center(),
                                    knob.mapToGlobal(knob.ringBox().center()));
            QApplication::sendEvent(&knob, &event);
            auto *menu = knob.findChild<QMenu *>();
            QStringList texts;
            for (QAction *action : menu->actions()) {
                texts << action->text();
                if (action->text() == u"Copy value from the other slot")
                    action->trigger();
            }
            delete menu;
            return texts;
        };
        QVERIFY(!words().contains(QStringLiteral("Copy value from the other slot")));
        knob.showOther(7.0);
        const QStringList all = words();
        for (const char *text : {"Enter value…", "Reset to default", "Copy", "Paste"})
            QVERIFY(all.contains(QString::fromUtf8(text)));
        QCOMPARE(knob.shownParameter(), 7.0);
        QCOMPARE(told_.back().edit, Edit::Set);
    }
    void shownFromOutsideItIsSilentAndInsideTheRange()
    {
        Knob &knob = make(ParameterId::FoldAmount);
        knob.showValue(99.0);
        QCOMPARE(knob.shownParameter(), 10.0);
        knob.showOther(3.0);
        QVERIFY(told_.empty());
    }
    void aMouseDoesNotTakeTheFocusAndTabDoes()
    {
        Knob &knob = make(ParameterId::FoldAmount);
        QCOMPARE(knob.focusPolicy(), Qt::TabFocus);
        tests::activate(*window_);
        knob.clearFocus();
        drag({0, -5});
        QVERIFY(!knob.hasFocus());
        knob.setFocus(Qt::TabFocusReason);
        QVERIFY(window_->findChild<widgets::FocusRing *>());
        knob.clearFocus();
        QTRY_VERIFY(!window_->findChild<widgets::FocusRing *>());
    }
};

QD_TEST(TestKnob, QApplication)
#include "TestKnob.moc"
