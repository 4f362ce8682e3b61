// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/StartPanel.h"

#include "tests/support/TestProgram.h"
#include "tests/widgets/PanelTest.h"
#include "widgets/panels/DropFrame.h"
#include "widgets/panels/ErrorPanel.h"

#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace panel_test;
using namespace widgets;

class TestStartPanel : public QObject {
    Q_OBJECT

    std::unique_ptr<StartPanel> panel_;
    QAbstractButton *button(const QWidget &where, const char *name) const
    {
        return where.findChild<QAbstractButton *>(QLatin1String(name));
    }

private slots:
    void initTestCase() { Theme::shared().setMode(Theme::Mode::Dark); }
    void init()
    {
        panel_ = std::make_unique<StartPanel>();
        panel_->setDemos({{QStringLiteral("Reese growl"), QStringLiteral("Detuned saw bass"), 10.0,
                           std::vector<float>(28, 0.5F)},
                          {QStringLiteral("Chord stabs"), {}, 6.0, {}}});
        panel_->setRecent(
            {{QStringLiteral("reese_growl_140.wav"), QStringLiteral("~/Projects/deepform"), 154.1},
             {QStringLiteral("x.flac"), QStringLiteral("/srv"), 3730.0}});
        panel_->resize(1256, 280);
        panel_->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
    }
    void openAsks()
    {
        QSignalSpy spy(panel_.get(), &StartPanel::openRequested);
        auto *open = button(*panel_, "openFile");
        QCOMPARE(open->text(), QStringLiteral("Open a file…"));
        QCOMPARE(open->height(), 36);
        QTest::mouseClick(open, Qt::LeftButton);
        QTest::keyClick(open, Qt::Key_Space);
        QCOMPARE(spy.size(), 2);
    }
    void itSaysWhatCanBeDropped()
    {
        bool found = false;
        for (const QWidget *child : panel_->findChildren<QWidget *>())
            found |= child->accessibleName() == u"Drop an audio file here" &&
                     child->accessibleDescription() == u"WAV, AIFF, FLAC, Ogg or MP3, any length";
        QVERIFY(found);
    }
    void headingsStandOut()
    {
        for (const QLabel *label : panel_->findChildren<QLabel *>())
            QCOMPARE(label->font().weight(), QFont::Medium);
    }
    void demosOpenAndSound()
    {
        QSignalSpy opened(panel_.get(), &StartPanel::demoRequested);
        QSignalSpy heard(panel_.get(), &StartPanel::demoAuditionRequested);
        auto *row = button(*panel_, "demo.1");
        QTest::mouseClick(row, Qt::LeftButton, {}, QPoint(120, 14));
        QTest::keyClick(row, Qt::Key_Return);
        QCOMPARE(opened.size(), 2);
        QCOMPARE(opened.first().first().toInt(), 1);
        auto *play = button(*panel_, "demo.0")->findChild<QToolButton *>();
        QTest::mouseClick(play, Qt::LeftButton);
        QCOMPARE(heard.size(), 1);
        QCOMPARE(opened.size(), 2);
        panel_->setAuditioning(0);
        QCOMPARE(play->toolTip(), QStringLiteral("Stop Reese growl"));
        panel_->setAuditioning({});
        QCOMPARE(play->toolTip(), QStringLiteral("Listen to Reese growl"));
    }
    void recentFilesOpen()
    {
        QSignalSpy spy(panel_.get(), &StartPanel::recentRequested);
        auto *row = button(*panel_, "recent.1");
        QCOMPARE(row->accessibleName(), QStringLiteral("x.flac in /srv, 1:02:10"));
        QTest::mouseClick(row, Qt::LeftButton);
        QTest::keyClick(row, Qt::Key_Enter);
        QCOMPARE(spy.size(), 2);
    }
    void nothingClipsAtTheSmallestWindow()
    {
        panel_->setCompact(true);
        panel_->resize(1256, 228);
        QTest::qWait(20);
        QVERIFY(panel_->minimumSizeHint().height() <= 228);
        QCOMPARE(firstClipped(*panel_), QString());
    }
    void theErrorPanelHelps()
    {
        ErrorPanel panel;
        panel.resize(1256, 400);
        panel.setContent(
            {QStringLiteral("“vox.m4a” could not be opened"),
             QStringLiteral("The audio inside is AAC, which Quantum Distortion cannot decode."),
             QStringLiteral("Convert it to WAV or FLAC and drop it here, or open another file."),
             {{QStringLiteral("open"), QStringLiteral("Open another file…"), true},
              {QStringLiteral("folder"), QStringLiteral("Show in folder"), false}},
             QStringLiteral("~/vox.m4a\nlibsndfile: no")});
        panel.show();
        QSignalSpy spy(&panel, &ErrorPanel::actionTriggered);
        QTest::mouseClick(button(panel, "open"), Qt::LeftButton);
        QTest::keyClick(button(panel, "folder"), Qt::Key_Space);
        QCOMPARE(spy.size(), 2);
        QCOMPARE(spy.first().first().toString(), QStringLiteral("open"));
        QLabel *details = nullptr;
        for (QLabel *label : panel.findChildren<QLabel *>())
            if (label->text().startsWith(u"~/vox"))
                details = label;
        QVERIFY(details && !details->isVisible());
        QTest::mouseClick(button(panel, "errorDetails"), Qt::LeftButton);
        QVERIFY(details->isVisible());
        QTest::mouseClick(button(panel, "errorCopy"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("“vox.m4a” could not be opened\n~/vox.m4a\nlibsndfile: no"));
        QVERIFY(panel.minimumSizeHint().height() <= 228);
    }
    void draggingSaysWhatWillHappen()
    {
        QWidget window;
        window.resize(600, 400);
        window.show();
        DropFrame frame(&window);
        frame.showFor({QStringLiteral("reese.wav")});
        QCOMPARE(frame.text(), QStringLiteral("Open reese.wav"));
        QVERIFY(near(picture(frame).pixel(1, 200), Theme::shared().colour("action.focus")));
        frame.showFor({});
        QCOMPARE(frame.text(), QStringLiteral("Only audio files can be opened"));
        frame.showFor({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        QCOMPARE(frame.text(), QStringLiteral("Open the first of 3 files"));
        window.resize(800, 500);
        QCOMPARE(frame.size(), window.size());
    }
};

QD_TEST(TestStartPanel, QApplication)
#include "TestStartPanel.moc"
