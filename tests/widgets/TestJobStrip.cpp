// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/JobStrip.h"

#include "tests/support/TestProgram.h"
#include "tests/widgets/PanelTest.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace panel_test;
using widgets::JobNotice;
using widgets::JobProgress;
using widgets::JobStrip;

namespace {

JobProgress rendering(double fraction)
{
    JobProgress job;
    job.title = QStringLiteral("Rendering");
    job.file = QStringLiteral("live_set_warehouse_growl.flac");
    job.fraction = fraction;
    job.percent = QStringLiteral("62 %");
    job.position = QStringLiteral("38:33 of 1:02:10");
    job.speed = QStringLiteral("83×");
    job.timeLeft = QStringLiteral("17 s left");
    return job;
}

} // namespace

class TestJobStrip : public QObject {
    Q_OBJECT

    std::unique_ptr<JobStrip> strip_;
    QAbstractButton *button(const char *name) const
    {
        for (auto *found : strip_->findChildren<QAbstractButton *>(QLatin1String(name)))
            if (found->isVisible())
                return found;
        return nullptr;
    }
    static void flush() { QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); }

private slots:
    void initTestCase()
    {
        Theme::shared().setMode(Theme::Mode::Dark);
        Theme::shared().setReducedMotion(true);
    }
    void init()
    {
        strip_ = std::make_unique<JobStrip>();
        strip_->resize(1256, 0);
        strip_->show();
    }
    void idleHasNoHeight()
    {
        QCOMPARE(strip_->height(), 0);
        strip_->setContent(rendering(0.1));
        QCOMPARE(strip_->height(), 44);
        strip_->setContent({});
        QCOMPARE(strip_->height(), 0);
    }
    void itSlidesOpen()
    {
        Theme::shared().setReducedMotion(false);
        strip_->resize(1256, 1);
        strip_->setFixedHeight(1);
        QVERIFY(QTest::qWaitForWindowExposed(strip_.get()));
        strip_->setContent(rendering(0.1));
        QVERIFY(strip_->height() < 44);
        QTRY_COMPARE_WITH_TIMEOUT(strip_->height(), 44, 2000);
        Theme::shared().setReducedMotion(true);
    }
    void theBarIsAsLongAsTheFractionAndNeverRunsBack()
    {
        strip_->setContent(rendering(0.62));
        const QRectF bar = strip_->barRect();
        QVERIFY(bar.width() > 300);
        const QImage image = picture(*strip_);
        const int drawn =
            countInRow(image, qRound(bar.center().y()), Theme::shared().colour("stage.output"));
        QVERIFY2(std::abs(drawn - 0.62 * bar.width()) <= 8, qPrintable(QString::number(drawn)));
        strip_->setContent(rendering(0.5));
        QCOMPARE(strip_->shownFraction(), 0.62);
        JobProgress other = rendering(0.2);
        other.file = QStringLiteral("other.wav");
        strip_->setContent(other);
        QCOMPARE(strip_->shownFraction(), 0.2);
    }
    void cancelStopsAtOnceOrAsksInPlace()
    {
        QSignalSpy spy(strip_.get(), &JobStrip::cancelRequested);
        strip_->setContent(rendering(0.1));
        QTest::mouseClick(button("jobCancel"), Qt::LeftButton);
        QCOMPARE(spy.size(), 1);
        JobProgress asked = rendering(0.62);
        asked.question = QStringLiteral("Stop? 62 % is done.");
        strip_->setContent(asked);
        QTest::mouseClick(button("jobCancel"), Qt::LeftButton);
        QCOMPARE(spy.size(), 1);
        QVERIFY(strip_->isAsking());
        flush();
        QCOMPARE(static_cast<QPushButton *>(button("jobStop"))->text(), QStringLiteral("Stop"));
        QCOMPARE(static_cast<QPushButton *>(button("jobContinue"))->text(),
                 QStringLiteral("Continue"));
        strip_->setContent(rendering(0.63)); // progress goes on while it asks
        QVERIFY(strip_->isAsking());
        QTest::keyClick(button("jobContinue"), Qt::Key_Space);
        QVERIFY(!strip_->isAsking());
        strip_->setContent(asked);
        flush();
        QTest::mouseClick(button("jobCancel"), Qt::LeftButton);
        flush();
        QTest::mouseClick(button("jobStop"), Qt::LeftButton);
        QCOMPARE(spy.size(), 2);
    }
    void aNoticeOffersItsActions()
    {
        QSignalSpy spy(strip_.get(), &JobStrip::actionTriggered);
        QSignalSpy gone(strip_.get(), &JobStrip::dismissed);
        JobNotice notice;
        notice.severity = JobNotice::Severity::Error;
        notice.title = QStringLiteral("The disk is full: “x.wav” was not written.");
        notice.text = QStringLiteral("It needs 59 MB and /media/usb has 12 MB free.");
        notice.actions = {{QStringLiteral("elsewhere"), QStringLiteral("Save elsewhere…"), true},
                          {QStringLiteral("again"), QStringLiteral("Try again"), false}};
        strip_->setContent(notice);
        QCOMPARE(strip_->accessibleName(), notice.title + u' ' + notice.text);
        const QImage image = picture(*strip_);
        QVERIFY(near(image.pixel(30, 8), Theme::shared().colour("status.error_ground")));
        QTest::mouseClick(button("elsewhere"), Qt::LeftButton);
        QTest::keyClick(button("again"), Qt::Key_Space);
        QCOMPARE(spy.size(), 2);
        QCOMPARE(spy.at(1).first().toString(), QStringLiteral("again"));
        QCOMPARE(firstClipped(*strip_), QString());
        QTest::mouseClick(button("jobDismiss"), Qt::LeftButton);
        QCOMPARE(gone.size(), 1);
        QVERIFY(!strip_->isOpen());
    }
    void aDoneNoticeGoesByItselfUnlessThePointerIsOverIt()
    {
        QSignalSpy gone(strip_.get(), &JobStrip::dismissed);
        JobNotice notice;
        notice.severity = JobNotice::Severity::Done;
        notice.title = QStringLiteral("Rendered reese_growl.wav in 0.9 s");
        notice.autoHideMs = 60;
        strip_->setContent(notice);
        QEnterEvent enter({5, 5}, {5, 5}, {5, 5});
        QApplication::sendEvent(strip_.get(), &enter);
        QTest::qWait(120);
        QCOMPARE(gone.size(), 0);
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(strip_.get(), &leave);
        QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, 1000);
    }
    void escapeContinuesOrDismisses()
    {
        JobNotice notice;
        notice.title = QStringLiteral("Render cancelled. Nothing was written.");
        strip_->setContent(notice);
        QTest::keyClick(strip_.get(), Qt::Key_Escape);
        QVERIFY(!strip_->isOpen());
    }
};

QD_TEST(TestJobStrip, QApplication)
#include "TestJobStrip.moc"
