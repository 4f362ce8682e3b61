// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where panes, tabs and tools stand: nothing is clipped, borders move, nothing jumps, and the next
// start looks the same.
#include "app/workstation/PlotPane.h"
#include "tests/app/StageFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/views/SpectrumView.h"

#include <QSplitter>
#include <QToolButton>

using namespace tests;
using app::Axis;
using app::StageArea;
using engine::pipeline::TapId;
using widgets::AxisRange;

namespace {

class LayoutRequests final : public QObject {
public:
    explicit LayoutRequests(int &count) : count_(count) {}

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count_ += event->type() == QEvent::LayoutRequest;
        return false;
    }

private:
    int &count_;
};

} // namespace

class TestStageLayout : public StageFixture {
    Q_OBJECT

private slots:
    void bordersMoveByKeyboardAndReturn();
    void panesComeBackAtTheNextStart();
    void aDamagedMemoryIsNoHarm();
    void nothingIsClippedAtTheSmallestSize_data();
    void nothingIsClippedAtTheSmallestSize();
    void manyTabsGiveUpWordsBeforeRoom_data();
    void manyTabsGiveUpWordsBeforeRoom();
    void whileLateOnlyTheTitlesWordsChange();
};

void TestStageLayout::bordersMoveByKeyboardAndReturn()
{
    startWithSound();
    window_->resize(1440, 900);
    stage().setInspectorOpen(true);
    stage().setPaneCount(2);
    QCoreApplication::sendPostedEvents();
    auto &splitter = child<QSplitter>("paneSplitter");
    QSplitterHandle &handle = *splitter.handle(1);
    QVERIFY((handle.focusPolicy() & Qt::TabFocus) != 0);
    QVERIFY(!handle.accessibleName().isEmpty());
    handle.setFocus(Qt::TabFocusReason);
    const QList<int> usual = splitter.sizes();
    const double playhead = window_->playback().playheadSeconds();
    QTest::keyClick(&handle, Qt::Key_Left);
    QTest::keyClick(&handle, Qt::Key_Left);
    QTest::keyClick(&handle, Qt::Key_Left);
    QCOMPARE(splitter.sizes()[0], usual[0] - 24);
    QTest::keyClick(&handle, Qt::Key_Right);
    QCOMPARE(splitter.sizes()[0], usual[0] - 16);
    QCOMPARE(window_->playback().playheadSeconds(), playhead);
    // A border that was moved stays where it is put until its usual place is wanted.
    show(1, "view.phase");
    stage().setActivePane(1);
    stage().setView(app::viewNumber("view.spectrogram"));
    QCOMPARE(splitter.sizes()[0], usual[0] - 16);
    QTest::mouseDClick(&handle, Qt::LeftButton);
    QCOMPARE(splitter.sizes(), usual);
    auto &inspector = child<QSplitter>("inspectorSplitter");
    const int wide = child("inspector").width();
    inspector.handle(1)->setFocus(Qt::TabFocusReason);
    QTest::keyClick(inspector.handle(1), Qt::Key_Left);
    QCOMPARE(child("inspector").width(), wide + 8);
    QTest::keyClick(inspector.handle(1), Qt::Key_Return);
    QCOMPARE(child("inspector").width(), widgets::Theme::shared().px("size.inspector"));
}

void TestStageLayout::panesComeBackAtTheNextStart()
{
    startWithSound();
    window_->resize(1440, 900);
    stage().setPaneCount(3);
    show(1, "view.scope");
    stage().pane(1).setOwnTap(TapId::Input);
    stage().pane(2).setOwnTap(TapId::PreQuant);
    show(2, "view.spectrum");
    stage().setActivePane(1);
    stage().setRange(Axis::Level, AxisRange{-90.0, 0.0});
    auto &splitter = child<QSplitter>("paneSplitter");
    QTest::keyClick(splitter.handle(1), Qt::Key_Right);
    const QList<int> sizes = splitter.sizes();
    window_->close();
    window_.reset();
    startWindow();
    QCOMPARE(stage().paneCount(), 3);
    QCOMPARE(stage().activePane(), 1);
    QCOMPARE(stage().pane(0).view(), app::viewNumber("view.spectrogram"));
    QCOMPARE(stage().pane(1).view(), app::viewNumber("view.scope"));
    QCOMPARE(stage().pane(1).ownTap(), std::optional(TapId::Input));
    QCOMPARE(stage().pane(2).view(), app::viewNumber("view.spectrum"));
    QCOMPARE(stage().pane(2).ownTap(), std::optional(TapId::PreQuant));
    QCOMPARE(stage().range(Axis::Level), std::optional(AxisRange{-90.0, 0.0}));
    QVERIFY(window_->actions()["view.panes3"].isChecked());
    QVERIFY(window_->actions()["view.scope"].isChecked());
    openSound(in("in.wav"));
    window_->resize(1440, 900);
    QTRY_COMPARE(child<QSplitter>("paneSplitter").sizes(), sizes);
    QCOMPARE(viewOf<widgets::SpectrumView>(2).shownY(), (AxisRange{-90.0, 0.0}));
}

void TestStageLayout::aDamagedMemoryIsNoHarm()
{
    {
        app::Preferences preferences;
        preferences.setStage({{"panes", 77},
                              {"active", -3},
                              {"views", QStringList{"view.gone", "", "view.scope", "x", "y"}},
                              {"taps", QStringList{"?"}},
                              {"sizes", QVariantList{-1, "a"}},
                              {"octaves", QVariantList{9.0, 2.0}},
                              {"decibels", "loud"},
                              {"colourMap", 5}});
    }
    startWithSound();
    QCOMPARE(stage().paneCount(), 3);
    QCOMPARE(stage().activePane(), 0);
    QCOMPARE(stage().pane(2).view(), app::viewNumber("view.scope"));
    QVERIFY(!stage().range(Axis::Frequency));
    QVERIFY(!stage().range(Axis::Level));
}

void TestStageLayout::nothingIsClippedAtTheSmallestSize_data()
{
    QTest::addColumn<int>("panes");
    for (int panes = 1; panes <= StageArea::mostPanes; ++panes)
        QTest::addRow("%d", panes) << panes;
}

void TestStageLayout::nothingIsClippedAtTheSmallestSize()
{
    QFETCH(int, panes);
    startWithSound();
    window_->resize(1280, 720);
    stage().setInspectorOpen(true);
    stage().setPaneCount(panes);
    click("tap.post_quant");
    click("post.on"); // the longest title
    waitForPreview();
    QTRY_VERIFY(stage().toolbar().title().contains("is off"));
    QCoreApplication::processEvents();
    QVERIFY2(child("inspector").isVisible(), "there is room for it");
    QVERIFY(window_->width() == 1280 && window_->height() == 720);
    std::vector<QRect> buttons;
    for (const QToolButton *button : stage().toolbar().findChildren<QToolButton *>()) {
        if (!button->isVisible())
            continue;
        const QByteArray name = button->objectName().toUtf8();
        QVERIFY2(stage().toolbar().rect().contains(button->geometry()), name.constData());
        QVERIFY2(button->width() >= std::min(button->sizeHint().width(), button->maximumWidth()),
                 name.constData());
        QVERIFY2(button->width() >= 24 && button->height() >= 24, name.constData());
        QVERIFY2(!button->toolTip().isEmpty() && !button->accessibleName().isEmpty(),
                 name.constData());
        for (const QRect &other : buttons)
            QVERIFY2(!other.intersects(button->geometry()), name.constData());
        buttons.push_back(button->geometry());
    }
    QVERIFY(buttons.size() >= app::viewTable().size() + 4);
    int right = -1;
    for (int i = 0; i < panes; ++i) {
        QWidget &pane = stage().pane(i);
        QVERIFY(pane.parentWidget()->rect().contains(pane.geometry()));
        QVERIFY(pane.x() > right);
        right = pane.geometry().right();
        QVERIFY(pane.width() >= widgets::Theme::shared().px("size.pane_min"));
        const QWidget &view = stage().pane(i).current().widget();
        QVERIFY(pane.rect().contains(view.geometry()));
        QVERIFY2(view.height() >= 120, qPrintable(QString::number(view.height())));
    }
    const QRect inspector(child("inspector").mapTo(window_.get(), QPoint()),
                          child("inspector").size());
    QVERIFY(window_->rect().contains(inspector));
}

void TestStageLayout::manyTabsGiveUpWordsBeforeRoom_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("wordy"); ///< tabs that show their words
    QTest::addRow("all words") << 1800 << 9;
    QTest::addRow("inspector open") << 968 << 1;
    QTest::addRow("icons") << 540 << 0;
}

void TestStageLayout::manyTabsGiveUpWordsBeforeRoom()
{
    QFETCH(int, width);
    QFETCH(int, wordy);
    widgets::StageToolbar toolbar;
    std::vector<widgets::ViewTab> tabs;
    constexpr std::array ids{"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    for (const char *id : ids)
        tabs.push_back({id, "spectrum", QStringLiteral("Long name of view %1").arg(id), {}});
    toolbar.setTabs(tabs);
    toolbar.setView(3);
    toolbar.setPaneCount(3);
    toolbar.resize(width, toolbar.height());
    toolbar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&toolbar));
    QVERIFY2(toolbar.minimumSizeHint().width() <= width,
             qPrintable(QString::number(toolbar.minimumSizeHint().width())));
    QList<QToolButton *> buttons = toolbar.findChildren<QToolButton *>();
    std::sort(buttons.begin(), buttons.end(),
              [](const QWidget *a, const QWidget *b) { return a->x() < b->x(); });
    int words = 0;
    for (qsizetype i = 0; i < buttons.size(); ++i) {
        const QRect place = buttons[i]->geometry();
        QVERIFY(toolbar.rect().contains(place));
        QVERIFY(i == 0 || place.left() > buttons[i - 1]->geometry().right());
        QVERIFY(!buttons[i]->toolTip().isEmpty() && !buttons[i]->accessibleName().isEmpty());
        if (buttons[i]->property("tab").toBool() &&
            buttons[i]->toolButtonStyle() == Qt::ToolButtonTextBesideIcon) {
            ++words;
            QVERIFY(wordy > 1 || buttons[i]->isChecked());
        }
    }
    QCOMPARE(words, wordy);
    // It comes to rest: an arrangement does not ask for another one.
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    int requests = 0;
    LayoutRequests counter(requests);
    toolbar.installEventFilter(&counter);
    QTest::qWait(50);
    QVERIFY2(requests <= 1, qPrintable(QString::number(requests)));
}

void TestStageLayout::whileLateOnlyTheTitlesWordsChange()
{
    startWithSound();
    window_->resize(1440, 900);
    click("tap.post_dist");
    QWidget &tab = child("view.spectrum");
    const QRect before = tab.geometry();
    stage().setLate(true);
    QCOMPARE(stage().toolbar().title(), QStringLiteral("After Distortion (Updating…)"));
    QCOMPARE(tab.geometry(), before);
    stage().setLate(false);
    QCOMPARE(stage().toolbar().title(), QStringLiteral("After Distortion"));
    QCOMPARE(tab.geometry(), before);
}

QD_TEST(TestStageLayout, QApplication)
#include "TestStageLayout.moc"
