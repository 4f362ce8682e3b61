// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/HeaderBar.h"

#include "tests/support/TestProgram.h"
#include "tests/widgets/PanelTest.h"

#include <QMainWindow>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace panel_test;
using widgets::HeaderBar;

class TestHeaderBar : public QObject {
    Q_OBJECT

    std::unique_ptr<QMainWindow> window_;
    HeaderBar *header_ = nullptr;
    QAbstractButton *button(const char *name) const
    {
        auto *found = header_->findChild<QAbstractButton *>(QLatin1String(name));
        Q_ASSERT(found);
        return found;
    }

private slots:
    void initTestCase() { Theme::shared().setMode(Theme::Mode::Dark); }
    void init()
    {
        window_ = std::make_unique<QMainWindow>();
        header_ = new HeaderBar;
        for (const char *name : {"File", "Edit", "Chain", "Listen", "View", "Help"})
            header_->menuBar()->addMenu(QLatin1String(name));
        window_->setMenuWidget(header_);
        window_->resize(1440, 300);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }
    void previewAndRenderNeedAFile()
    {
        QVERIFY(!button("previewButton")->isEnabled() && !button("renderButton")->isEnabled());
        header_->setFileOpen(true);
        QVERIFY(button("previewButton")->isEnabled() && button("renderButton")->isEnabled());
        QCOMPARE(button("previewButton")->text(), QStringLiteral("Preview"));
        QCOMPARE(button("renderButton")->text(), QStringLiteral("Render…"));
        header_->setRendering(true);
        QCOMPARE(button("renderButton")->text(), QStringLiteral("Rendering"));
        QVERIFY(!button("renderButton")->isEnabled() && button("previewButton")->isEnabled());
        header_->setRendering(false);
        QVERIFY(button("renderButton")->isEnabled());
    }
    void everyButtonSignalsByMouseAndKeyboard()
    {
        header_->setFileOpen(true);
        header_->setUndo(true, QStringLiteral("Undo Fold 4.8 → 5.0"));
        header_->setRedo(true, QStringLiteral("Redo Mix 50 → 60"));
        QCOMPARE(button("undo")->toolTip(), QStringLiteral("Undo Fold 4.8 → 5.0"));
        QSignalSpy preview(header_, &HeaderBar::previewRequested);
        QSignalSpy render(header_, &HeaderBar::renderRequested);
        QSignalSpy undo(header_, &HeaderBar::undoRequested);
        QSignalSpy redo(header_, &HeaderBar::redoRequested);
        QSignalSpy previous(header_, &HeaderBar::presetPrevRequested);
        QSignalSpy next(header_, &HeaderBar::presetNextRequested);
        QSignalSpy presets(header_, &HeaderBar::presetsRequested);
        QSignalSpy save(header_, &HeaderBar::presetSaveRequested);
        const std::array names{"previewButton", "renderButton", "undo",       "redo",
                               "presetPrev",    "presetNext",   "presetName", "presetSave"};
        const std::array<QSignalSpy *, 8> spies{&preview,  &render, &undo,    &redo,
                                                &previous, &next,   &presets, &save};
        for (std::size_t i = 0; i < names.size(); ++i) {
            QTest::mouseClick(button(names[i]), Qt::LeftButton);
            QTest::keyClick(button(names[i]), Qt::Key_Space);
            QCOMPARE(spies[i]->size(), 2);
        }
    }
    void thePresetsNameIsCutOffAndItsEditMarked()
    {
        header_->setPreset(QStringLiteral("Controlled Dubstep Growl"), true);
        QCOMPARE(button("presetName")->toolTip(),
                 QStringLiteral("Controlled Dubstep Growl, edited"));
        QCOMPARE(button("presetName")->width(), 316);
        const QColor ink = Theme::shared().colour("text.primary");
        const int full = countAll(picture(*button("presetName")), ink);
        header_->setPreset(QString(300, u'W'), true);
        const QImage longName = picture(*button("presetName"));
        QVERIFY(countAll(longName, ink) > full);
        QCOMPARE(countInColumn(longName, 316 - 14, ink), 0);
    }
    void theStarIsGivenByAClickOnIt()
    {
        QSignalSpy star(header_, &HeaderBar::presetStarClicked);
        QSignalSpy presets(header_, &HeaderBar::presetsRequested);
        const QPoint place(18, button("presetName")->height() / 2);
        header_->setPreset(QStringLiteral("Init"), false);
        QTest::mouseClick(button("presetName"), Qt::LeftButton, {}, place);
        QCOMPARE(star.size(), 0); // nothing to give a star to
        QCOMPARE(presets.size(), 1);
        header_->setPreset(QStringLiteral("Growl"), false, false);
        const QImage plain = picture(*button("presetName"));
        QTest::mouseClick(button("presetName"), Qt::LeftButton, {}, place);
        QCOMPARE(star.size(), 1);
        QCOMPARE(presets.size(), 1);
        header_->setPreset(QStringLiteral("Growl"), false, true);
        QVERIFY(picture(*button("presetName")) != plain);
        QCOMPARE(button("presetName")->accessibleDescription(), QStringLiteral("Favourite"));
    }
    void undoAndRedoSayWhenThereIsNothing()
    {
        QVERIFY(!button("undo")->isEnabled());
        QCOMPARE(button("undo")->toolTip(), QStringLiteral("Nothing to undo"));
        QCOMPARE(button("redo")->toolTip(), QStringLiteral("Nothing to redo"));
    }
    void nothingClips_data()
    {
        QTest::addColumn<bool>("compact");
        QTest::addColumn<int>("width");
        QTest::newRow("1440") << false << 1440;
        QTest::newRow("1280") << true << 1280;
    }
    void nothingClips()
    {
        QFETCH(bool, compact);
        QFETCH(int, width);
        header_->setCompact(compact);
        window_->resize(width, 300);
        QTest::qWait(20);
        QCOMPARE(header_->width(), width);
        QCOMPARE(header_->height(), compact ? 44 : 48);
        QCOMPARE(firstClipped(*header_), QString());
        QVERIFY(
            !header_->menuBar()->actionGeometry(header_->menuBar()->actions().last()).isEmpty());
        const QPoint middle =
            button("presetName")->mapTo(header_, button("presetName")->rect().center());
        QVERIFY(std::abs(middle.x() - width / 2) <= 2);
    }
    void theLogoFollowsTheTheme()
    {
        const QImage dark = picture(*header_);
        QVERIFY(countAll(dark, Theme::shared().colour("stage.pre_quant")) > 10);
        Theme::shared().setMode(Theme::Mode::Light);
        QVERIFY(countAll(picture(*header_), Theme::shared().colour("stage.pre_quant")) > 10);
        Theme::shared().setMode(Theme::Mode::Dark);
    }
};

QD_TEST(TestHeaderBar, QApplication)
#include "TestHeaderBar.moc"
