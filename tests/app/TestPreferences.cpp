// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person sets once: devices, folders, memory, and which key does what.
#include "app/workstation/KeyboardMap.h"
#include "tests/app/WorkstationFixture.h"
#include "tests/support/TestProgram.h"

#include <QComboBox>
#include <QDialog>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QSpinBox>

using namespace engine;
using namespace tests;

class TestPreferences final : public WorkstationFixture {
    Q_OBJECT

    app::KeyboardMap &keyboardMap()
    {
        window_->actions()["help.keyboard"].trigger();
        return child<app::KeyboardMap>("keyboardMap");
    }
    /// Types a key into the row of a command, as a person would.
    void typeKey(const char *command, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        const QByteArray name = QByteArray("key.") + command;
        auto &edit = child<QKeySequenceEdit>(name.constData());
        edit.setFocus();
        QTest::keyClick(&edit, key, modifiers);
        emit edit.editingFinished();
    }
    QString words() { return child<QLabel>("keyboardMap.words").text(); }

private slots:
    void theTestToneIsHeardOnOneSideThenOnTheOther();
    void choicesApplyAtOnceAndStay();
    void clearingTheCacheRendersAfresh();
    void aCommandGetsAnotherKey();
    void aTakenKeyMovesOnlyWhenAskedTo();
    void theKeyboardMapFindsCommands();
};

void TestPreferences::theTestToneIsHeardOnOneSideThenOnTheOther()
{
    if constexpr (underThreadSanitizer)
        QSKIP(nothingIsCaptured);
    startWindow();
    window_->actions()["file.preferences"].trigger();
    auto &tone = child<QAbstractButton>("preferences.test_tone");
    QTRY_VERIFY_WITH_TIMEOUT(tone.isEnabled(), patienceMs);
    QTest::mouseClick(&tone, Qt::LeftButton);
    constexpr std::size_t rateHz = 48000;
    QTRY_VERIFY_WITH_TIMEOUT(heard().size() > 2 * rateHz * 18 / 10, patienceMs);
    const std::vector<float> all = heard();
    const auto loudest = [&](std::size_t side, double fromSeconds, double toSeconds) {
        float most = 0.0F;
        for (auto n = static_cast<std::size_t>(fromSeconds * rateHz);
             n < static_cast<std::size_t>(toSeconds * rateHz); ++n)
            most = std::max(most, std::abs(all[2 * n + side]));
        return most;
    };
    // −18 dB of full scale.
    QVERIFY(std::abs(loudest(0, 0.1, 0.7) - 0.12589F) < 1e-4F);
    QCOMPARE(loudest(1, 0.0, 1.0), 0.0F);
    QVERIFY(std::abs(loudest(1, 1.2, 1.7) - 0.12589F) < 1e-4F);
    QCOMPARE(loudest(0, 1.0, 1.7), 0.0F);
    // 1 kHz: it crosses zero upwards a thousand times a second.
    int crossings = 0;
    for (std::size_t n = rateHz / 10; n < rateHz * 6 / 10; ++n)
        crossings += all[2 * n] < 0.0F && all[2 * (n + 1)] >= 0.0F;
    QVERIFY2(std::abs(crossings - 500) <= 1, qPrintable(QString::number(crossings)));
}

void TestPreferences::choicesApplyAtOnceAndStay()
{
    makeNoise("in.wav", 1, 44100 * 12);
    startWindow();
    openSound(in("in.wav"));
    window_->actions()["file.preferences"].trigger();
    child<QSpinBox>("preferences.preview_seconds").setValue(4);
    child<QSpinBox>("preferences.threads").setValue(1);
    child<QSpinBox>("preferences.cache").setValue(128);
    waitForPreview();
    QCOMPARE(window_->session().window().frames, std::int64_t{4 * 44100});
    window_.reset();
    startWindow();
    openSound(in("in.wav"));
    QCOMPARE(window_->session().window().frames, std::int64_t{4 * 44100});
    window_->actions()["file.preferences"].trigger();
    QCOMPARE(child<QSpinBox>("preferences.threads").value(), 1);
    QCOMPARE(child<QSpinBox>("preferences.cache").value(), 128);
    QVERIFY(!child<QLabel>("preferences.preset_folder").text().isEmpty());
}

void TestPreferences::clearingTheCacheRendersAfresh()
{
    makeNoise("in.wav", 2, 44100);
    startWindow();
    openSound(in("in.wav"));
    const auto edit = [&](double fold) {
        window_->session().edit(pipeline::ParameterId::FoldAmount, fold, widgets::Edit::Set);
        waitForPreview();
        return !window_->previews().current()->inputWasKept;
    };
    QVERIFY2(!edit(2.0), "the input is kept");
    window_->actions()["file.preferences"].trigger();
    click("preferences.clear_cache");
    QVERIFY2(edit(3.0), "nothing is kept any more");
    QVERIFY2(!edit(4.0), "from here on it is kept again");
}

void TestPreferences::aCommandGetsAnotherKey()
{
    startWindow();
    keyboardMap();
    typeKey("listen.loop", Qt::Key_J);
    QCOMPARE(words(), QString("J is “Loop” now."));
    const bool looping = window_->playback().isLooping();
    QTest::keyClick(window_.get(), Qt::Key_L);
    QCOMPARE(window_->playback().isLooping(), looping);
    QTest::keyClick(window_.get(), Qt::Key_J);
    QCOMPARE(window_->playback().isLooping(), !looping);
    // It is still so after a restart, and gone after a reset.
    window_.reset();
    startWindow();
    QCOMPARE(window_->actions().key("listen.loop"), QKeySequence(Qt::Key_J));
    keyboardMap();
    click("keyboardMap.reset");
    QCOMPARE(window_->actions().key("listen.loop"), QKeySequence(Qt::Key_L));
    window_.reset();
    startWindow();
    QCOMPARE(window_->actions().key("listen.loop"), QKeySequence(Qt::Key_L));
}

void TestPreferences::aTakenKeyMovesOnlyWhenAskedTo()
{
    startWindow();
    keyboardMap();
    typeKey("view.inspector", Qt::Key_P, Qt::ControlModifier);
    QCOMPARE(words(), QString("Ctrl+P already is “Preview”."));
    QCOMPARE(window_->actions().key("view.inspector"), QKeySequence(Qt::Key_I));
    QCOMPARE(child<QKeySequenceEdit>("key.view.inspector").keySequence(), QKeySequence(Qt::Key_I));
    click("keyboardMap.takeOver");
    QCOMPARE(window_->actions().key("view.inspector"), QKeySequence("Ctrl+P"));
    QVERIFY(window_->actions().key("listen.preview").isEmpty());
    QVERIFY2(words().contains("“Preview” has no key"), qPrintable(words()));
    typeKey("view.inspector", Qt::Key_Escape);
    QCOMPARE(window_->actions().key("view.inspector"), QKeySequence("Ctrl+P"));
}

void TestPreferences::theKeyboardMapFindsCommands()
{
    startWindow();
    app::KeyboardMap &map = keyboardMap();
    auto &search = child<QLineEdit>("keyboardMap.search");
    search.setText("inspector");
    QVERIFY(child<QKeySequenceEdit>("key.view.inspector").isVisible());
    QVERIFY(!child<QKeySequenceEdit>("key.file.open").isVisible());
    search.setText("ctrl+o");
    QVERIFY(child<QKeySequenceEdit>("key.file.open").isVisible());
    if (const QString folder = qEnvironmentVariable("QD_PICTURES"); !folder.isEmpty()) {
        search.clear();
        map.grab().save(folder + "/keyboard-map.png");
        window_->actions()["file.preferences"].trigger();
        child<QDialog>("preferences").grab().save(folder + "/preferences.png");
    }
}

QD_TEST(TestPreferences, QApplication)
#include "TestPreferences.moc"
