// SPDX-License-Identifier: GPL-3.0-or-later
//
// A blind test as a listener takes it: X is what chance says, matched in level; nothing that can be
// seen or read tells which it is before the end; the result is right.

#include "app/workstation/BlindTestDialog.h"
#include "tests/app/WorkstationFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/controls/BigChoice.h"
#include "widgets/controls/LoopRangeBar.h"

#include <QFileDialog>
#include <QPushButton>

using namespace tests;
using app::BlindTestDialog;
using app::ListenSource;
using engine::analysis::TestSound;
using engine::pipeline::ParameterId;

class TestBlindTest : public WorkstationFixture {
    Q_OBJECT

private slots:
    void withoutADifferenceThereIsNoTest();
    void xIsWhatChanceSays();
    void aPerfectListenerIsTold();
    void nothingTellsBeforeTheEnd();
    void preferenceCountsWhatIsChosen();
    void itCanBeStoppedAndSaved();
    void afterwardsAllIsAsBefore();

private:
    void openTwoSlots()
    {
        makeInput("in.wav", 2, 100000);
        startWindow(std::make_shared<PacedDriver>());
        window_->resize(1440, 900);
        openSound(in("in.wav"));
        window_->session().setSlot(app::Slot::B);
        window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
        waitForPreview();
        QTRY_VERIFY_WITH_TIMEOUT(window_->previews().other(), patienceMs);
    }
    /// Chance deals these, over and over.
    void begin(std::vector<bool> bits)
    {
        auto next = std::make_shared<std::size_t>(0);
        dialog_ = new BlindTestDialog(
            window_->session(), window_->listening(), window_->playback(), window_.get(),
            [bits = std::move(bits), next] { return bits[(*next)++ % bits.size()]; });
        dialog_->openOver();
        QVERIFY(dialog_->isVisible());
        // Once the levels are known there is one sound for each slot, and they differ.
        QTRY_VERIFY_WITH_TIMEOUT(window_->listening().appliedGainDb(), patienceMs);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(dialog_.data(), key, modifiers);
    }
    bool hears(ListenSource source) const
    {
        return window_->playback().heard() == window_->listening().soundOf(source);
    }
    template <typename Widget>
    Widget &part(const char *name) const
    {
        return *dialog_->findChild<Widget *>(QLatin1String(name));
    }
    QPointer<BlindTestDialog> dialog_;
};

void TestBlindTest::withoutADifferenceThereIsNoTest()
{
    makeInput("in.wav", 1, 60000);
    startWindow(std::make_shared<PacedDriver>());
    auto &button = child<QPushButton>("abx");
    QVERIFY(!button.isEnabled());
    QCOMPARE(button.toolTip(), QStringLiteral("Open a sound first"));
    openSound(in("in.wav"));
    QTRY_COMPARE(button.toolTip(), QStringLiteral("A and B are the same"));
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    QTRY_VERIFY_WITH_TIMEOUT(button.isEnabled(), patienceMs);
    QTest::mouseClick(&button, Qt::LeftButton);
    QTRY_VERIFY(window_->findChild<BlindTestDialog *>());
}

void TestBlindTest::xIsWhatChanceSays()
{
    openTwoSlots();
    begin({false, true, true, false});
    for (const ListenSource hidden :
         {ListenSource::A, ListenSource::B, ListenSource::B, ListenSource::A}) {
        press(Qt::Key_X);
        QVERIFY(hears(hidden));
        press(Qt::Key_A);
        QVERIFY(hears(ListenSource::A));
        press(Qt::Key_B);
        QVERIFY(hears(ListenSource::B));
        press(Qt::Key_X);
        press(Qt::Key_A, Qt::ShiftModifier);
        press(Qt::Key_Return);
    }
    QCOMPARE(dialog_->test().answered(), 4);
}

void TestBlindTest::aPerfectListenerIsTold()
{
    openTwoSlots();
    begin({false, true, true, false, true});
    while (!dialog_->test().finished()) {
        const bool isB = dialog_->test().hidden() == TestSound::B;
        press(isB ? Qt::Key_B : Qt::Key_A, Qt::ShiftModifier);
        press(Qt::Key_Return);
    }
    QCOMPARE(part<QLabel>("blind.verdict").text(), QStringLiteral("You hear a difference"));
    QVERIFY(part<QLabel>("blind.sentence").text().startsWith("16 of 16 correct."));
}

void TestBlindTest::nothingTellsBeforeTheEnd()
{
    openTwoSlots();
    begin({true});
    const auto picture = [this] {
        for (const char *moving : {"blind.range"})
            part<widgets::LoopRangeBar>(moving).setMoment(0.0);
        return dialog_->findChild<widgets::BigChoice *>(QStringLiteral("blind.middle"))
            ->grab()
            .toImage();
    };
    press(Qt::Key_X);
    const QImage asB = picture();
    const QString words = wordsIn(*dialog_);
    dialog_->reject();
    QTRY_VERIFY(!dialog_);
    begin({false});
    press(Qt::Key_X);
    QCOMPARE(picture(), asB);
    QString now = wordsIn(*dialog_);
    const QRegularExpression clock(QStringLiteral("\\d:\\d\\d[.,]\\d"));
    QString before = words;
    QCOMPARE(now.remove(clock), before.remove(clock));
    QVERIFY(!now.contains("correct"));
    // The transport behind tells nothing either.
    QVERIFY(!window_->actions()["listen.abx"].isChecked());
}

void TestBlindTest::preferenceCountsWhatIsChosen()
{
    openTwoSlots();
    begin({true, false});
    auto *const kind = dialog_->findChild<QWidget *>(QStringLiteral("blind.kind"));
    QTest::mouseClick(kind->findChildren<QAbstractButton *>().last(), Qt::LeftButton);
    QVERIFY(!part<QWidget>("blind.middle").isVisible());
    while (!dialog_->test().finished()) { // B is always better
        const bool firstIsB = dialog_->test().hidden() == TestSound::B;
        press(Qt::Key_1);
        QVERIFY(hears(firstIsB ? ListenSource::B : ListenSource::A));
        press(Qt::Key_2);
        QVERIFY(hears(firstIsB ? ListenSource::A : ListenSource::B));
        QTest::mouseClick(&part<QPushButton>(firstIsB ? "blind.answer_a" : "blind.answer_b"),
                          Qt::LeftButton);
        QTest::mouseClick(&part<QPushButton>("blind.next"), Qt::LeftButton);
    }
    QCOMPARE(part<QLabel>("blind.verdict").text(), QStringLiteral("You prefer B"));
}

void TestBlindTest::itCanBeStoppedAndSaved()
{
    openTwoSlots();
    begin({true});
    QVERIFY(!part<QPushButton>("blind.stop").isEnabled());
    for (int i = 0; i < 3; ++i) {
        press(Qt::Key_A, Qt::ShiftModifier);
        press(Qt::Key_Return);
    }
    QTest::mouseClick(&part<QPushButton>("blind.stop"), Qt::LeftButton);
    QCOMPARE(part<QLabel>("blind.verdict").text(), QStringLiteral("No reliable difference heard"));
    QVERIFY(part<QLabel>("blind.sentence").text().startsWith("0 of 3 correct."));
    QTest::mouseClick(&part<QPushButton>("blind.stop"), Qt::LeftButton);
    auto *const files = dialog_->findChild<QFileDialog *>(QStringLiteral("reportDialog"));
    QVERIFY(files);
    emit files->fileSelected(QString::fromStdString(in("report.txt")));
    files->close();
    const std::string report = readText(in("report.txt"));
    QVERIFY(report.find("0 of 3 correct") != std::string::npos);
    QVERIFY(report.find("in.wav") != std::string::npos);
}

void TestBlindTest::afterwardsAllIsAsBefore()
{
    openTwoSlots();
    window_->playback().setLooping(false);
    begin({true});
    press(Qt::Key_X);
    dialog_->reject();
    QTRY_VERIFY(!dialog_);
    QVERIFY(!window_->listening().matchesLevel());
    QVERIFY(!window_->playback().isLooping());
    QVERIFY(hears(window_->listening().source()));
}

QD_TEST(TestBlindTest, QApplication)
#include "TestBlindTest.moc"
