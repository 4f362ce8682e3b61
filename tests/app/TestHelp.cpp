// SPDX-License-Identifier: GPL-3.0-or-later
//
// What helps a person who asks: the tour of the window, the log, and the menus that lead there.
#include "app/workstation/Log.h"
#include "app/workstation/WatchedApplication.h"
#include "tests/app/WorkstationFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/panels/QuickTour.h"

#include <QDesktopServices>
#include <QEventLoop>
#include <QMenu>
#include <QPushButton>
#include <QTimer>

using namespace engine;
using namespace tests;

class TestHelp final : public WorkstationFixture {
    Q_OBJECT

    widgets::QuickTour *tour() const { return window_->findChild<widgets::QuickTour *>(); }
    widgets::QuickTour &startTour()
    {
        window_->actions()["help.tour"].trigger();
        return *tour();
    }
    QString title() const { return child<QLabel>("tourTitle").text(); }
    /// Of all files of a log, newest first.
    static QString linesIn(const QString &folder)
    {
        QString lines;
        for (const QString &name : QDir(folder).entryList(QDir::Files, QDir::Name)) {
            QFile file(QDir(folder).filePath(name));
            if (file.open(QIODevice::ReadOnly))
                lines.prepend(QString::fromUtf8(file.readAll()));
        }
        return lines;
    }

public slots:
    void take(const QUrl &url) { opened_ = url; }

private slots:
    void theTourLightsOnePartAfterTheOther();
    void theTourFitsTheSmallestWindow();
    void theTourKeepsKeysToItself();
    void theTourShowsWhatWasHidden();
    void theTourNamesTheKeysOfNow();
    void theLogTellsWhatHappened();
    void theLogTellsWhenTheWindowDidNotAnswer();
    void tenLogsAreKept();
    void withoutAFolderThereIsNoLog();
    void theMenuOpensTheFolderOfTheLog();
    void theMenuHasTheColourMaps();
    void nextRegionGoesThroughThePartsOfTheStage();

private:
    QUrl opened_;
};

void TestHelp::theTourLightsOnePartAfterTheOther()
{
    makeNoise("in.wav", 2, 44100);
    startWindow();
    openSound(in("in.wav"));
    QPointer<widgets::QuickTour> tour(&startTour());
    const QStringList parts{"overview",    "previewButton", "chain", "rail",        "stage",
                            "listenPanel", "presetName",    "undo",  "renderButton"};
    QSet<QString> titles;
    for (int i = 0; i < parts.size(); ++i) {
        QCOMPARE(tour->stop(), i);
        titles << title();
        QVERIFY(child<QLabel>("tourText").text().size() > 40);
        QVERIFY(wordsIn(*tour).contains(QStringLiteral("%1 of %2").arg(i + 1).arg(parts.size())));
        QWidget &part = child(qPrintable(parts[i]));
        const QRect place(part.mapTo(window_.get(), QPoint()), part.size());
        QVERIFY2(tour->lightRect().contains(place), qPrintable(parts[i]));
        QVERIFY(tour->lightRect().width() <= place.width() + 20);
        QVERIFY(window_->rect().contains(tour->wordsRect()));
        if (parts[i] != "stage")
            QVERIFY2(!tour->wordsRect().intersects(place), qPrintable(parts[i]));
        // Light is as it was, the rest is darker.
        const QPoint inside = place.topLeft() + QPoint(place.width() / 4, place.height() / 2);
        tour->hide();
        const QImage before = window_->grab().toImage();
        tour->show();
        const QImage now = window_->grab().toImage();
        if (!tour->wordsRect().contains(inside))
            QCOMPARE(now.pixel(inside), before.pixel(inside));
        double brightBefore = 0.0;
        double brightNow = 0.0;
        for (int y = 0; y < now.height(); y += 3) {
            for (int x = 0; x < now.width(); x += 3) {
                if (tour->lightRect().contains(x, y) || tour->wordsRect().contains(x, y))
                    continue;
                brightBefore += qGray(before.pixel(x, y));
                brightNow += qGray(now.pixel(x, y));
            }
        }
        QVERIFY2(brightNow < 0.6 * brightBefore, qPrintable(parts[i]));
        QTest::keyClick(tour, i % 2 == 0 ? Qt::Key_Right : Qt::Key_Space);
    }
    QCOMPARE(titles.size(), parts.size());
    QTRY_VERIFY(!tour);
    QVERIFY(window_->focusWidget());
}

void TestHelp::theTourFitsTheSmallestWindow()
{
    startWindow();
    window_->resize(1280, 720);
    QTRY_COMPARE(window_->size(), QSize(1280, 720));
    widgets::QuickTour *const tour = &startTour();
    for (int i = 0; i < 9; ++i) {
        QCOMPARE(tour->geometry(), window_->rect());
        QVERIFY(tour->lightRect().isValid());
        QVERIFY(window_->rect().contains(tour->wordsRect()));
        // Nothing of the words is cut off.
        const auto &text = child<QLabel>("tourText");
        QVERIFY(text.height() >= text.heightForWidth(text.width()));
        if (i < 8)
            QTest::mouseClick(&child<QPushButton>("tourNext"), Qt::LeftButton);
    }
    window_->resize(1400, 800);
    QTRY_COMPARE(tour->geometry(), window_->rect());
    QTest::mouseClick(&child<QPushButton>("tourBack"), Qt::LeftButton);
    QCOMPARE(tour->stop(), 7);
    QTest::mouseClick(tour, Qt::LeftButton, {}, QPoint(5, 5));
    QCOMPARE(tour->stop(), 8);
}

void TestHelp::theTourKeepsKeysToItself()
{
    startWindow();
    QPointer<widgets::QuickTour> tour(&startTour());
    const pipeline::Settings before = window_->session().settings();
    QTest::keyClick(window_->focusWidget(), Qt::Key_P);
    QTest::keyClick(tour, Qt::Key_R);
    QTest::keyClick(tour, Qt::Key_1, Qt::ShiftModifier);
    QVERIFY(window_->session().settings() == before);
    QVERIFY(!window_->presetBinding().isOpen());
    // But for the one that ends the program.
    QKeyEvent quit(QEvent::ShortcutOverride, Qt::Key_Q, Qt::ControlModifier);
    QCoreApplication::sendEvent(tour, &quit);
    QKeyEvent preview(QEvent::ShortcutOverride, Qt::Key_P, Qt::ControlModifier);
    QCoreApplication::sendEvent(tour, &preview);
    QVERIFY(!quit.isAccepted() && preview.isAccepted());
    // Tab goes round the tour's buttons.
    QSet<QString> reached;
    for (int i = 0; i < 6; ++i) {
        QTest::keyClick(window_->focusWidget(), Qt::Key_Tab);
        QVERIFY(tour->isAncestorOf(window_->focusWidget()));
        reached << window_->focusWidget()->objectName();
    }
    QCOMPARE(reached, (QSet<QString>{"tourNext", "tourEnd"}));
    QTest::keyClick(window_->focusWidget(), Qt::Key_Right);
    QCOMPARE(tour->stop(), 1);
    QTest::keyClick(window_->focusWidget(), Qt::Key_Left);
    QCOMPARE(tour->stop(), 0);
    QTest::keyClick(window_->focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!tour);
}

void TestHelp::theTourShowsWhatWasHidden()
{
    startWindow();
    window_->actions()["chain.presets"].trigger();
    window_->actions()["view.maximise"].trigger();
    QVERIFY(!child("chain").isVisible());
    startTour();
    QVERIFY(child("chain").isVisible());
    QVERIFY(!window_->presetBinding().isOpen());
    // What floats over the window goes.
    window_->actions()["help.keyboard"].trigger();
    QVERIFY(child("keyboardMap").isVisible());
    startTour();
    QVERIFY(!window_->findChild<QWidget *>("keyboardMap") || !child("keyboardMap").isVisible());
    // Asked for once more it begins again; there is one.
    QTest::keyClick(tour(), Qt::Key_Right);
    startTour();
    QCOMPARE(window_->findChildren<widgets::QuickTour *>().size(), 1);
    QCOMPARE(tour()->stop(), 0);
    // What was hidden is hidden again afterwards.
    QTest::keyClick(tour(), Qt::Key_Escape);
    QVERIFY(!child("chain").isVisible());
    QVERIFY(window_->actions()["view.maximise"].isChecked());
    window_->actions()["view.maximise"].trigger();
    QVERIFY(child("chain").isVisible());
    startTour();
    window_->close();
    QVERIFY(!window_->isVisible());
}

void TestHelp::theTourNamesTheKeysOfNow()
{
    startWindow();
    window_->actions().setKey("listen.preview", QKeySequence(QStringLiteral("Ctrl+F7")));
    startTour();
    QTest::keyClick(tour(), Qt::Key_Right);
    QVERIFY(child<QLabel>("tourText").text().contains(QStringLiteral("(Ctrl+F7)")));
}

void TestHelp::theLogTellsWhatHappened()
{
    makeNoise("in.wav", 2, 44100);
    QFile broken(QString::fromStdString(in("broken.wav")));
    QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("RIFF of something else") > 0);
    broken.close();
    const QString folder = QString::fromStdString(in("logs"));
    {
        const app::Log log(folder);
        QVERIFY(log.file().startsWith(folder));
        startWindow();
        openSound(in("in.wav"));
        window_->exportFlow().renderTo(in("out.wav"));
        QTRY_VERIFY_WITH_TIMEOUT(!window_->exports().isRunning(), patienceMs);
        window_->openPath(in("broken.wav"));
        QTRY_VERIFY_WITH_TIMEOUT(child("jobStrip").accessibleName().contains("broken"), patienceMs);
        window_.reset();
    }
    const QString lines = linesIn(folder);
    for (const char *words :
         {"with Qt", "Opening", "Opened", "in.wav", "1 s, 2 channels, 44100 Hz", "Rendering",
          "Rendered", "out.wav", "Not opened:", "Told:", "broken.wav", "Closed"})
        QVERIFY2(lines.contains(QLatin1String(words)), words);
    QVERIFY(lines.indexOf("Opening") < lines.indexOf("Opened"));
    QVERIFY(lines.indexOf("Rendering") < lines.indexOf("Rendered"));
    // Nothing is written after its end.
    qCInfo(app::happened) << "afterwards";
    QCOMPARE(linesIn(folder), lines);
}

void TestHelp::theLogTellsWhenTheWindowDidNotAnswer()
{
    const QString answering = QString::fromStdString(in("answering"));
    {
        const app::Log log(answering);
        bool done = false;
        QTimer::singleShot(0, this, [&] {
            QEventLoop inner; // a menu, say: it answers all the time
            QTimer::singleShot(200, &inner, &QEventLoop::quit);
            inner.exec();
            done = true;
        });
        QTRY_VERIFY(done);
    }
    QVERIFY2(!linesIn(answering).contains("for TestHelp"), qPrintable(linesIn(answering)));
    const QString stuck = QString::fromStdString(in("stuck"));
    {
        const app::Log log(stuck);
        bool done = false;
        QTimer::singleShot(0, this, [&] {
            QThread::msleep(2345);
            QTimer::singleShot(0, this, [&] {
                QThread::msleep(321); // soon after, and no worse
                done = true;
            });
        });
        QTRY_VERIFY(done);
    }
    const QString lines = linesIn(stuck);
    const QRegularExpression slow(
        QStringLiteral("did not answer for (\\d+) ms: \\w+ for TestHelp"));
    const QRegularExpressionMatch match = slow.match(lines);
    QVERIFY2(match.hasMatch(), qPrintable(lines));
    QVERIFY(match.captured(1).toInt() >= 2345);
    QVERIFY2(!lines.mid(match.capturedEnd()).contains("did not answer"), qPrintable(lines));
}

void TestHelp::tenLogsAreKept()
{
    const QString folder = QString::fromStdString(in("logs"));
    QVERIFY(QDir().mkpath(folder));
    for (int day = 1; day <= 20; ++day) {
        QFile file(folder +
                   QStringLiteral("/2001-01-%1 10.00.00 1.log").arg(day, 2, 10, QChar('0')));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QFile other(folder + QStringLiteral("/notes.txt"));
    QVERIFY(other.open(QIODevice::WriteOnly));
    const app::Log log(folder);
    const QStringList left =
        QDir(folder).entryList({QStringLiteral("*.log")}, QDir::Files, QDir::Name);
    QCOMPARE(left.size(), 10);
    QCOMPARE(left.first(), QStringLiteral("2001-01-12 10.00.00 1.log"));
    QCOMPARE(folder + u'/' + left.last(), log.file());
    QVERIFY(other.exists());
}

void TestHelp::withoutAFolderThereIsNoLog()
{
    makeNoise("in.wav", 1, 4410);
    const app::Log log(QString::fromStdString(in("in.wav")) + QStringLiteral("/logs"));
    QVERIFY(log.file().isEmpty());
    startWindow();
    openSound(in("in.wav"));
}

void TestHelp::theMenuOpensTheFolderOfTheLog()
{
    startWindow();
    QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "take");
    window_->actions()["help.logs"].trigger();
    QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
    QCOMPARE(opened_.toLocalFile(), app::logFolder());
    QVERIFY(QDir(app::logFolder()).exists());
    // Without a program that shows folders the place is told.
    qputenv("PATH", "");
    window_->actions()["help.logs"].trigger();
    QVERIFY(child("jobStrip").accessibleName().contains(app::logFolder()));
}

void TestHelp::theMenuHasTheColourMaps()
{
    makeNoise("in.wav", 1, 44100);
    startWindow();
    openSound(in("in.wav"));
    QMenu &maps = window_->actions().submenu("view.colour_map");
    emit maps.aboutToShow();
    QCOMPARE(maps.actions().size(), 1 + static_cast<int>(widgets::allColourMaps.size()));
    QVERIFY(maps.actions().first()->isChecked());
    QAction *const last = maps.actions().last();
    const QString name = last->text();
    last->trigger();
    emit maps.aboutToShow();
    QCOMPARE(maps.actions().size(), 1 + static_cast<int>(widgets::allColourMaps.size()));
    QVERIFY(!maps.actions().first()->isChecked());
    QVERIFY(maps.actions().last()->isChecked() && maps.actions().last()->text() == name);
}

void TestHelp::nextRegionGoesThroughThePartsOfTheStage()
{
    makeNoise("in.wav", 1, 44100);
    startWindow();
    window_->resize(1440, 900);
    openSound(in("in.wav"));
    if (!child("inspector").isVisible())
        window_->actions()["view.inspector"].trigger();
    QStringList reached;
    for (int i = 0; i < 9; ++i) {
        window_->actions()["view.next_region"].trigger();
        QVERIFY(window_->focusWidget());
        for (const char *part :
             {"header", "overview", "stageToolbar", "inspector", "rail", "chain", "transport"}) {
            QWidget &region = child(part);
            if (&region == window_->focusWidget() || region.isAncestorOf(window_->focusWidget()))
                reached << QLatin1String(part);
        }
        if (reached.size() == i) // in the picture
            reached << (child("stage").isAncestorOf(window_->focusWidget()) ? "plot" : "nowhere");
    }
    const QStringList order{"header",    "overview", "stageToolbar", "plot",
                            "inspector", "rail",     "chain",        "transport"};
    const auto first = static_cast<int>(order.indexOf(reached.first()));
    for (int i = 0; i < 9; ++i)
        QVERIFY2(reached[i] == order[(first + i) % order.size()],
                 qPrintable(reached.join(QStringLiteral(" "))));
}

QD_TEST(TestHelp, app::WatchedApplication)

#include "TestHelp.moc"
