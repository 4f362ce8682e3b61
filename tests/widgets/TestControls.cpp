// SPDX-License-Identifier: GPL-3.0-or-later
//
// The controls besides the knob, by mouse and keyboard.
#include "tests/support/TestProgram.h"
#include "tests/widgets/ActiveWindow.h"
#include "widgets/controls/ChoiceBox.h"
#include "widgets/controls/GainReductionMeter.h"
#include "widgets/controls/KeyStrip.h"
#include "widgets/controls/LinkToggle.h"
#include "widgets/controls/NoteNames.h"
#include "widgets/controls/ReadoutLine.h"
#include "widgets/controls/SegmentedControl.h"
#include "widgets/controls/ToggleSwitch.h"
#include "widgets/controls/TransferCurve.h"
#include "widgets/theme/Theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

using namespace engine::pipeline;
using namespace widgets;
using engine::dsp::DistortionMode;
using engine::dsp::Scale;
using engine::dsp::ScaleKind;

namespace {

struct Told {
    ParameterId id;
    double value;
    Edit edit;
};

template <typename Control>
void listen(Control *control, std::vector<Told> &told)
{
    QObject::connect(control, &Control::edited, control,
                     [&told](ParameterId id, double value, Edit edit) {
                         told.push_back({id, value, edit});
                     });
}

Scale scaleOf(int root, ScaleKind kind)
{
    Scale scale;
    scale.rootPitchClass = root;
    scale.kind = kind;
    return scale;
}

} // namespace

class TestControls final : public QObject {
    Q_OBJECT

private:
    std::vector<Told> told_;

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        Theme::shared().setMode(Theme::Mode::Dark);
    }
    void init() { told_.clear(); }

    void aSwitchTellsWhatItBecame()
    {
        ToggleSwitch control(parameterInfo(ParameterId::LimiterOn));
        listen(&control, told_);
        control.resize(control.sizeHint());
        control.show();
        control.showValue(1.0);
        QVERIFY(told_.empty());
        QTest::mouseClick(&control, Qt::LeftButton);
        QTest::keyClick(&control, Qt::Key_Space);
        QTest::keyClick(&control, Qt::Key_Return);
        QCOMPARE(told_.size(), 3U);
        QCOMPARE(told_[0].value, 0.0);
        QCOMPARE(told_[1].value, 1.0);
        QCOMPARE(told_[2].value, 0.0);
        QCOMPARE(told_[0].edit, Edit::Set);
        QVERIFY(control.height() >= 24);
    }
    void segmentsExcludeEachOtherAndArrowsMove()
    {
        SegmentedControl control(parameterInfo(ParameterId::DistortionMode));
        listen(&control, told_);
        control.resize(248, 28);
        control.show();
        QTest::mouseClick(control.segment(2), Qt::LeftButton);
        QCOMPARE(control.shownParameter(), 2.0);
        QVERIFY(!control.segment(0)->isChecked());
        QTest::keyClick(control.segment(2), Qt::Key_Left);
        QCOMPARE(told_.size(), 2U);
        QCOMPARE(told_[1].value, 1.0);
        QTest::keyClick(control.segment(1), Qt::Key_Left);
        QTest::keyClick(control.segment(0), Qt::Key_Left); // around
        QCOMPARE(control.shownParameter(), 2.0);
        told_.clear();
        control.showValue(0.0);
        QVERIFY(told_.empty());
        QCOMPARE(control.shownParameter(), 0.0);
        QCOMPARE(control.segment(0)->focusPolicy(), Qt::TabFocus);
        QCOMPARE(control.segment(2)->focusPolicy(), Qt::NoFocus);
    }
    void aChoiceIsMadeByKeyboard()
    {
        ChoiceBox control(parameterInfo(ParameterId::Oversampling));
        listen(&control, told_);
        control.show();
        control.showValue(2.0);
        QVERIFY(told_.empty());
        QTest::keyClick(&control, Qt::Key_Down);
        QCOMPARE(told_.size(), 1U);
        QCOMPARE(told_[0].value, 3.0);
        QCOMPARE(told_[0].edit, Edit::Nudged);
        QTest::keyClick(&control, Qt::Key_Home);
        QCOMPARE(told_[1].value, 0.0);
    }
    void theLinkSaysWhatItIs()
    {
        LinkToggle control(parameterInfo(ParameterId::PostLink));
        listen(&control, told_);
        control.resize(204, 28);
        control.show();
        QCOMPARE(control.text(), QStringLiteral("Linked to Pre-Quant"));
        QTest::mouseClick(&control, Qt::LeftButton);
        QCOMPARE(control.text(), QStringLiteral("Own settings"));
        QTest::keyClick(&control, Qt::Key_Space);
        QCOMPARE(told_.size(), 2U);
        QCOMPARE(told_[0].value, 0.0);
        QCOMPARE(told_[1].value, 1.0);
    }

    void aKeyAllowsAndForbidsItsNote()
    {
        QWidget window;
        KeyStrip strip(parameterInfo(ParameterId::Mask), KeyStrip::Look::Large, &window);
        strip.resize(188, 88);
        window.show();
        listen(&strip, told_);
        strip.setScale(scaleOf(5, ScaleKind::Minor)); // F G A♭ B♭ C D♭ E♭
        QCOMPARE(int(strip.mask()), 0b0101'1010'1011);
        QVERIFY(told_.empty());
        QTest::mouseClick(strip.key(8), Qt::LeftButton);
        QCOMPARE(told_.size(), 1U);
        QCOMPARE(told_[0].value, double(0b0100'1010'1011));
        QTest::keyClick(strip.key(8), Qt::Key_Space);
        QCOMPARE(told_[1].value, double(0b0101'1010'1011));
        QCOMPARE(told_[1].edit, Edit::Set);
    }
    void theLastAllowedNoteStays()
    {
        QWidget window;
        KeyStrip strip(parameterInfo(ParameterId::Mask), KeyStrip::Look::Small, &window);
        strip.resize(204, 24);
        window.show();
        listen(&strip, told_);
        Scale one = scaleOf(0, ScaleKind::Custom);
        one.customMask = 1U << 4;
        strip.setScale(one);
        QSignalSpy refused(&strip, &KeyStrip::refused);
        QTest::mouseClick(strip.key(4), Qt::LeftButton, {}, {4, strip.key(4)->height() - 3});
        QCOMPARE(refused.size(), 1);
        QVERIFY(told_.empty());
        QVERIFY(strip.key(4)->isChecked());
        QCOMPARE(int(strip.mask()), 1 << 4);
    }
    void arrowsWalkTheKeysAndTabLeaves()
    {
        QWidget window;
        KeyStrip strip(parameterInfo(ParameterId::Mask), KeyStrip::Look::Large, &window);
        strip.resize(188, 88);
        window.show();
        tests::activate(window);
        strip.setScale(scaleOf(2, ScaleKind::Minor));
        QCOMPARE(strip.key(2)->focusPolicy(), Qt::TabFocus);
        strip.key(2)->setFocus(Qt::TabFocusReason);
        QTest::keyClick(strip.key(2), Qt::Key_Right);
        QVERIFY(strip.key(3)->hasFocus());
        QCOMPARE(strip.key(2)->focusPolicy(), Qt::NoFocus);
        QTest::keyClick(strip.key(3), Qt::Key_Home);
        QVERIFY(strip.key(0)->hasFocus());
        QTest::keyClick(strip.key(0), Qt::Key_Left);
        QVERIFY(strip.key(11)->hasFocus());
    }
    void notesAreSpelledForTheKey_data()
    {
        QTest::addColumn<int>("root");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("note");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *name, int root, ScaleKind kind, int note,
                            const char *text) {
            QTest::newRow(name) << root << int(kind) << note << QString::fromUtf8(text);
        };
        row("F minor", 5, ScaleKind::Minor, 8, "A flat");
        row("D major", 2, ScaleKind::Major, 6, "F sharp");
        row("D minor", 2, ScaleKind::Minor, 10, "B flat");
        row("D harmonic minor, sixth", 2, ScaleKind::HarmonicMinor, 10, "B flat");
        row("D harmonic minor, seventh", 2, ScaleKind::HarmonicMinor, 1, "C sharp");
        row("A dorian", 9, ScaleKind::Dorian, 6, "F sharp");
        row("C dorian", 0, ScaleKind::Dorian, 3, "E flat");
        row("C mixolydian", 0, ScaleKind::Mixolydian, 10, "B flat");
        row("E minor pentatonic", 4, ScaleKind::MinorPentatonic, 6, "F sharp");
        row("E flat minor", 3, ScaleKind::Minor, 3, "E flat");
        row("F sharp major", 6, ScaleKind::Major, 6, "F sharp");
        row("white", 5, ScaleKind::Minor, 0, "C");
    }
    void notesAreSpelledForTheKey()
    {
        QFETCH(int, root);
        QFETCH(int, kind);
        QFETCH(int, note);
        QFETCH(QString, name);
        QWidget window;
        KeyStrip strip(parameterInfo(ParameterId::Mask), KeyStrip::Look::Large, &window);
        strip.setScale(scaleOf(root, ScaleKind(kind)));
        QCOMPARE(spokenNoteName(note, scaleOf(root, ScaleKind(kind))), name);
        const QString spoken = strip.key(note)->accessibleName();
        QVERIFY2(spoken.startsWith(name + u','), qPrintable(spoken));
        QVERIFY(spoken.endsWith(strip.key(note)->isChecked() ? u", allowed" : u", not allowed"));
    }

    void draggingTheCurveTurnsOneKnobOrBoth()
    {
        TransferCurve curve;
        curve.resize(100, 88);
        curve.show();
        listen(&curve, told_);
        engine::dsp::Distortion::Parameters shape;
        shape.foldAmount = 2.0;
        curve.setShape(shape);
        QVERIFY(told_.empty());
        const auto drag = [&](QPoint by) {
            told_.clear();
            QTest::mousePress(&curve, Qt::LeftButton, {}, {50, 44});
            QMouseEvent move(QEvent::MouseMove, QPoint(50, 44) + by,
                             curve.mapToGlobal(QPoint(50, 44) + by), Qt::NoButton, Qt::LeftButton,
                             Qt::NoModifier);
            QApplication::sendEvent(&curve, &move);
            QTest::mouseRelease(&curve, Qt::LeftButton, {}, QPoint(50, 44) + by);
        };
        drag({2, -40}); // a slip of two pixels does not turn Bias
        QCOMPARE(told_.size(), 2U);
        QCOMPARE(told_[0].id, ParameterId::FoldAmount);
        QCOMPARE(told_[0].value, 4.0);
        QCOMPARE(told_[0].edit, Edit::Moving);
        QCOMPARE(told_[1].edit, Edit::Ended);
        drag({20, 0});
        QCOMPARE(told_.size(), 2U);
        QCOMPARE(told_[0].id, ParameterId::Bias);
        QCOMPARE(told_[0].value, 0.2);
        shape.mode = DistortionMode::Tube;
        curve.setShape(shape);
        drag({-20, -20});
        QCOMPARE(told_.size(), 4U);
        QCOMPARE(told_[0].id, ParameterId::Drive);
        QCOMPARE(told_[0].value, 2.0);
        QCOMPARE(told_[1].id, ParameterId::Warmth);
        QCOMPARE(told_[1].value, 0.4);
        QCOMPARE(told_[3].edit, Edit::Ended);
    }
    void theCurveIsTheEngines()
    {
        TransferCurve curve;
        curve.resize(100, 88);
        engine::dsp::Distortion::Parameters shape;
        curve.setShape(shape); // at 1× it is the straight line
        const QPointF zero = curve.pointAt(0.0);
        const QPointF one = curve.pointAt(1.0);
        const QPointF half = curve.pointAt(0.5);
        QCOMPARE(zero, QPointF(50, 44));
        QCOMPARE((half.y() - zero.y()) * 2, one.y() - zero.y());
        shape.foldAmount = 2.0;
        curve.setShape(shape); // folded back to zero at full scale
        QVERIFY(qAbs(curve.pointAt(1.0).y() - zero.y()) < 1e-9);
        QVERIFY(qAbs(curve.pointAt(0.5).y() - one.y()) < 1e-9);
    }
    void theDotStandsAtTheInputLevel()
    {
        TransferCurve curve;
        curve.resize(100, 88);
        curve.setInputLevel(0.5);
        const QPixmap picture = curve.grab();
        const QPointF at = curve.pointAt(0.5);
        QCOMPARE(picture.toImage().pixelColor(int(at.x()), int(at.y())),
                 Theme::shared().colour("text.primary"));
    }
    void arrowsOnTheCurveNudge()
    {
        TransferCurve curve;
        curve.resize(100, 88);
        curve.show();
        listen(&curve, told_);
        QTest::keyClick(&curve, Qt::Key_Up);
        QTest::keyClick(&curve, Qt::Key_Left);
        QCOMPARE(told_.size(), 2U);
        QCOMPARE(told_[0].value, 1.1);
        QCOMPARE(told_[1].id, ParameterId::Bias);
        QCOMPARE(told_[1].value, -0.02);
        QCOMPARE(told_[1].edit, Edit::Nudged);
    }
    void theMeterGrowsFromTheTop()
    {
        QWidget window;
        GainReductionMeter meter(&window);
        meter.placeBar({10, 20, 8, 120});
        meter.setReduction(6.0, 9.0);
        const QImage image = meter.grab().toImage();
        const int top = 20 - meter.y();
        const Theme &theme = Theme::shared();
        QCOMPARE(image.pixelColor(4, top + 30), theme.colour("stage.limiter"));
        QCOMPARE(image.pixelColor(4, top + 75), theme.colour("meter.track"));
        QCOMPARE(image.pixelColor(4, top + 90), theme.colour("text.primary"));
    }
    void aReadoutWithoutAValueSaysSo()
    {
        ReadoutLine line(QStringLiteral("Loudness"));
        QCOMPARE(line.accessibleName(), QStringLiteral("Loudness: none"));
        line.setValue(QStringLiteral("−11.7 LUFS"));
        QCOMPARE(line.accessibleName(), QStringLiteral("Loudness: −11.7 LUFS"));
    }
};

QD_TEST(TestControls, QApplication)
#include "TestControls.moc"
