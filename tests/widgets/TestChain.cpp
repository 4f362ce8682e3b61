// SPDX-License-Identifier: GPL-3.0-or-later
//
// The row of cards: every control by mouse and by keyboard tells the right parameter, and settings
// are shown everywhere without a word.
#include "tests/support/TestProgram.h"
#include "tests/widgets/ActiveWindow.h"
#include "tests/widgets/ChangedSettings.h"
#include "widgets/chain/ChainPanel.h"
#include "widgets/chain/StageCard.h"
#include "widgets/controls/ChoiceBox.h"
#include "widgets/controls/IconButton.h"
#include "widgets/controls/KeyStrip.h"
#include "widgets/controls/Knob.h"
#include "widgets/controls/ReadoutLine.h"
#include "widgets/controls/SegmentedControl.h"
#include "widgets/theme/Theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QMenu>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace engine::pipeline;
using namespace widgets;

namespace {

struct Row {
    const char *name;
    ParameterId id;
};

constexpr Row rows[] = {
    {"pre.on", ParameterId::PreQuant},
    {"pre.key", ParameterId::Key},
    {"pre.scale", ParameterId::ScaleName},
    {"pre.mask", ParameterId::Mask},
    {"pre.snap", ParameterId::SnapStrength},
    {"pre.smear", ParameterId::Smear},
    {"pre.smooth", ParameterId::BinSmoothing},
    {"dist.on", ParameterId::DistortionOn},
    {"dist.type", ParameterId::DistortionMode},
    {"dist.fold", ParameterId::FoldAmount},
    {"dist.bias", ParameterId::Bias},
    {"dist.drive", ParameterId::Drive},
    {"dist.warmth", ParameterId::Warmth},
    {"dist.os", ParameterId::Oversampling},
    {"post.on", ParameterId::PostQuant},
    {"post.link", ParameterId::PostLink},
    {"post.key", ParameterId::PostKey},
    {"post.scale", ParameterId::PostScale},
    {"post.mask", ParameterId::PostMask},
    {"post.snap", ParameterId::PostSnapStrength},
    {"post.smear", ParameterId::PostSmear},
    {"lim.on", ParameterId::LimiterOn},
    {"lim.ceiling", ParameterId::LimiterCeilingDb},
    {"lim.lookahead", ParameterId::LimiterLookaheadMs},
    {"lim.release", ParameterId::LimiterReleaseMs},
    {"out.auto_gain", ParameterId::AutoGain},
    {"out.mix", ParameterId::DryWet},
    {"out.gain", ParameterId::OutputGainDb},
};

} // namespace

class TestChain final : public QObject {
    Q_OBJECT

private:
    struct Told {
        ParameterId id;
        double value;
        Edit edit;
    };
    std::unique_ptr<ChainPanel> chain_;
    std::vector<Told> told_;

    ChainPanel &make(int width, bool compact, const Settings &settings)
    {
        chain_ = std::make_unique<ChainPanel>();
        chain_->setCompact(compact);
        chain_->resize(width, chain_->minimumSizeHint().height());
        chain_->setSettings(settings);
        told_.clear();
        connect(chain_.get(), &ChainPanel::edited, this,
                [this](ParameterId id, double value, Edit edit) {
                    told_.push_back({id, value, edit});
                });
        chain_->show();
        tests::activate(*chain_);
        return *chain_;
    }
    /// Settings in which the control can be seen.
    static Settings settingsFor(ParameterId id)
    {
        Settings settings;
        if (id == ParameterId::PostKey || id == ParameterId::PostScale)
            settings.postLink = false;
        if (id == ParameterId::Drive || id == ParameterId::Warmth)
            settings.distortion.mode = engine::dsp::DistortionMode::Tube;
        return settings;
    }
    void openTiming()
    {
        auto *more = chain_->findChild<IconButton *>(QStringLiteral("lim.more"));
        QTest::mouseClick(more, Qt::LeftButton);
        auto *menu = chain_->findChild<QMenu *>(QStringLiteral("stageMenu"));
        menu->findChild<QAction *>(QStringLiteral("lim.timing"))->trigger();
        menu->close();
    }
    static void useMouse(QWidget *widget)
    {
        if (auto *knob = qobject_cast<Knob *>(widget)) {
            const QPoint from = knob->ringBox().center();
            const QPoint to =
                from + QPoint(0, knob->shownParameter() < knob->info().maximum / 2 ? -40 : 40);
            QTest::mousePress(knob, Qt::LeftButton, {}, from);
            QMouseEvent move(QEvent::MouseMove, to, knob->mapToGlobal(to), Qt::NoButton,
                             Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(knob, &move);
            QTest::mouseRelease(knob, Qt::LeftButton, {}, to);
        } else if (auto *box = qobject_cast<ChoiceBox *>(widget)) {
            QTest::mouseClick(box, Qt::LeftButton, {}, box->rect().center());
            const QModelIndex other = box->model()->index(box->currentIndex() == 0 ? 1 : 0, 0);
            QTRY_VERIFY(box->view()->isVisible());
            // On a busy machine the time for which an opened list ignores the mouse may be long.
            for (int i = 0; i < 100 && box->view()->isVisible(); ++i) {
                QTest::qWait(50);
                QTest::mouseClick(box->view()->viewport(), Qt::LeftButton, {},
                                  box->view()->visualRect(other).center());
            }
        } else if (auto *segments = qobject_cast<SegmentedControl *>(widget)) {
            QTest::mouseClick(segments->segment(1), Qt::LeftButton);
        } else if (auto *strip = qobject_cast<KeyStrip *>(widget)) {
            QTest::mouseClick(strip->key(6), Qt::LeftButton);
        } else {
            QTest::mouseClick(widget, Qt::LeftButton);
        }
    }
    static void useKeys(QWidget *widget)
    {
        if (auto *knob = qobject_cast<Knob *>(widget))
            QTest::keyClick(knob, knob->shownParameter() < knob->info().maximum ? Qt::Key_Up
                                                                                : Qt::Key_Down);
        else if (auto *box = qobject_cast<ChoiceBox *>(widget))
            QTest::keyClick(box, box->currentIndex() == 0 ? Qt::Key_Down : Qt::Key_Up);
        else if (auto *segments = qobject_cast<SegmentedControl *>(widget))
            QTest::keyClick(segments->segment(0), Qt::Key_Right);
        else if (auto *strip = qobject_cast<KeyStrip *>(widget))
            QTest::keyClick(strip->key(6), Qt::Key_Space);
        else
            QTest::keyClick(widget, Qt::Key_Space);
    }

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        Theme::shared().setMode(Theme::Mode::Dark);
        QApplication::setDoubleClickInterval(1); // an opened list ignores the mouse for so long
    }
    void cleanup() { chain_.reset(); }

    void everyControlTellsItsParameter_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<bool>("mouse");
        for (int i = 0; i < int(std::size(rows)); ++i) {
            QTest::addRow("%s by mouse", rows[i].name) << i << true;
            QTest::addRow("%s by keyboard", rows[i].name) << i << false;
        }
    }
    void everyControlTellsItsParameter()
    {
        QFETCH(int, row);
        QFETCH(bool, mouse);
        const ParameterId id = rows[row].id;
        const Settings settings = settingsFor(id);
        make(1408, false, settings);
        if (id == ParameterId::LimiterLookaheadMs || id == ParameterId::LimiterReleaseMs)
            openTiming();
        auto *widget = chain_->findChild<QWidget *>(QLatin1String(rows[row].name));
        QVERIFY(widget);
        QVERIFY(widget->isVisible());
        mouse ? useMouse(widget) : useKeys(widget);
        QVERIFY(!told_.empty());
        for (const Told &told : told_)
            QCOMPARE(told.id, id);
        const double before = id == ParameterId::Mask || id == ParameterId::PostMask
                                  ? double(allowedPitchClasses(settings.preQuant.classic.scale))
                                  : parameterInfo(id).read(settings);
        QVERIFY(told_.back().value != before);
        QVERIFY(engine::pipeline::parameterInfo(id).minimum <= told_.back().value);
        QVERIFY(dynamic_cast<ParameterControl *>(widget)->parameter() == id);
    }

    void everyParameterIsShownAndNothingIsSaid()
    {
        const Settings settings = otherThanDefault();
        QVERIFY(!settings.postLink);
        ChainPanel &chain = make(1408, false, Settings{});
        chain.setSettings(settings);
        for (const Row &row : rows) {
            auto *control = dynamic_cast<ParameterControl *>(
                chain.findChild<QWidget *>(QLatin1String(row.name)));
            QVERIFY2(control, row.name);
            double value = parameterInfo(row.id).read(settings);
            if (row.id == ParameterId::Mask) // shows the notes of its scale
                value = allowedPitchClasses(settings.preQuant.classic.scale);
            if (row.id == ParameterId::PostMask)
                value = allowedPitchClasses(settings.postQuant.classic.scale);
            QVERIFY2(qAbs(control->shownParameter() - value) < 1e-12, row.name);
        }
        chain.setOtherSettings(Settings{});
        chain.setOtherSettings(std::nullopt);
        chain.setSettings(Settings{});
        QVERIFY(told_.empty());
    }
    void linkedItShowsThePreQuantizersValuesDimly()
    {
        Settings settings;
        settings.preQuant.classic.snapStrength = 0.92;
        settings.preQuant.classic.scale.rootPitchClass = 5;
        settings.postQuant.classic.snapStrength = 0.11;
        ChainPanel &chain = make(1408, false, settings);
        auto *snap = chain.findChild<Knob *>(QStringLiteral("post.snap"));
        auto *notes = chain.findChild<KeyStrip *>(QStringLiteral("post.mask"));
        QCOMPARE(snap->shownParameter(), 0.92);
        QCOMPARE(notes->rootPitchClass(), 5);
        QVERIFY(notes->isDim());
        QVERIFY(!chain.findChild<QWidget *>(QStringLiteral("post.key"))->isVisible());
        settings.postLink = false;
        chain.setSettings(settings);
        QCOMPARE(snap->shownParameter(), 0.11);
        QVERIFY(!notes->isDim());
        QVERIFY(chain.findChild<QWidget *>(QStringLiteral("post.key"))->isVisible());
    }
    void tubeTakesThePlacesOfTheFold()
    {
        ChainPanel &chain = make(1408, false, Settings{});
        auto *fold = chain.findChild<Knob *>(QStringLiteral("dist.fold"));
        auto *drive = chain.findChild<Knob *>(QStringLiteral("dist.drive"));
        QVERIFY(fold->isVisible() && !drive->isVisible());
        Settings tube;
        tube.distortion.mode = engine::dsp::DistortionMode::Tube;
        chain.setSettings(tube);
        QVERIFY(!fold->isVisible() && drive->isVisible());
        QCOMPARE(fold->geometry().center().x(), drive->geometry().center().x());
    }

    void menusReachTheSeldomUsed_data()
    {
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("action");
        QTest::addColumn<int>("id");
        QTest::addColumn<int>("downs");
        QTest::addColumn<double>("value");
        QTest::newRow("DC block") << "dist.more"
                                  << "dist.dc_block" << int(ParameterId::DcBlock) << 1 << 0.0;
        QTest::newRow("smoothing")
            << "post.more"
            << "post.smooth" << int(ParameterId::PostBinSmoothing) << 1 << 0.0;
        QTest::newRow("limiter type") << "lim.more"
                                      << "lim.mode.1" << int(ParameterId::LimiterMode) << 2 << 1.0;
    }
    void menusReachTheSeldomUsed()
    {
        QFETCH(QString, more);
        QFETCH(QString, action);
        QFETCH(int, id);
        QFETCH(int, downs);
        QFETCH(double, value);
        for (const bool mouse : {true, false}) {
            make(1408, false, Settings{});
            auto *button = chain_->findChild<IconButton *>(more);
            mouse ? QTest::mouseClick(button, Qt::LeftButton)
                  : QTest::keyClick(button, Qt::Key_Return);
            auto *menu = chain_->findChild<QMenu *>(QStringLiteral("stageMenu"));
            QVERIFY(menu && menu->isVisible());
            auto *wanted = menu->findChild<QAction *>(action);
            QVERIFY(wanted);
            if (mouse) {
                const QPoint place = menu->actionGeometry(wanted).center();
                // Qt ignores a menu that opened under the mouse until that has been moved.
                for (int x = 8; x >= 0; --x)
                    QTest::mouseMove(menu, place + QPoint(x, 0));
                QTest::mouseClick(menu, Qt::LeftButton, {}, place);
            } else {
                menu->setActiveAction(nullptr);
                for (int i = 0; i < downs; ++i)
                    QTest::keyClick(menu, Qt::Key_Down);
                QTest::keyClick(menu, Qt::Key_Return);
            }
            QCOMPARE(told_.size(), 1U);
            QCOMPARE(told_[0].id, ParameterId(id));
            QCOMPARE(told_[0].value, value);
            QCOMPARE(told_[0].edit, Edit::Set);
        }
    }
    void resetAndOpenAreAskedFor()
    {
        ChainPanel &chain = make(1408, false, Settings{});
        QSignalSpy reset(&chain, &ChainPanel::stageResetRequested);
        QSignalSpy open(&chain, &ChainPanel::openRequested);
        auto *card = chain.findChild<KeyStrip *>(QStringLiteral("pre.mask"))->parentWidget();
        QContextMenuEvent event(QContextMenuEvent::Mouse, {200, 20},
                                card->mapToGlobal(QPoint(200, 20)));
        QApplication::sendEvent(card, &event);
        auto *menu = chain.findChild<QMenu *>(QStringLiteral("stageMenu"));
        QVERIFY(menu);
        auto *action = menu->findChild<QAction *>(QStringLiteral("reset"));
        QCOMPARE(action->text(), QStringLiteral("Reset Pre-Quant"));
        action->trigger();
        QCOMPARE(reset.size(), 1);
        QCOMPARE(reset[0][0].value<StageId>(), StageId::PreQuant);
        menu->close();
        auto *button = chain.findChild<IconButton *>(QStringLiteral("input.open"));
        QTest::mouseClick(button, Qt::LeftButton);
        QTest::keyClick(button, Qt::Key_Return);
        QCOMPARE(open.size(), 2);
    }
    void readoutsShowWhatIsMeasured()
    {
        ChainPanel &chain = make(1408, false, Settings{});
        const auto value = [&](const char *name) {
            return chain.findChild<ReadoutLine *>(QLatin1String(name))->value();
        };
        QCOMPARE(value("post.in_key"), QString());
        chain.setInKey(StageId::PreQuant, std::pair{0.14, 0.66});
        chain.setInKey(StageId::PostQuant, std::pair{0.62, 0.69});
        chain.setGainReduction(2.4, 4.0);
        chain.setOutputLoudness(-11.7);
        QCOMPARE(value("pre.in_key"), QStringLiteral("14 → 66 %"));
        QCOMPARE(value("post.in_key"), QStringLiteral("62 → 69 %"));
        QCOMPARE(value("lim.reduction"), QStringLiteral("\u22122.4 dB"));
        QCOMPARE(value("out.loudness"), QStringLiteral("\u221211.7 LUFS"));
        chain.setGainReduction(std::nullopt, std::nullopt);
        QCOMPARE(value("lim.reduction"), QString());
    }
};

QD_TEST(TestChain, QApplication)
#include "TestChain.moc"
