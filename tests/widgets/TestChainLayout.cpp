// SPDX-License-Identifier: GPL-3.0-or-later
//
// The row of cards at its sizes: widths by the rules, nothing clips or overlaps, an off stage.
#include "tests/support/TestProgram.h"
#include "tests/widgets/ChangedSettings.h"
#include "widgets/chain/ChainPanel.h"
#include "widgets/controls/ChoiceBox.h"
#include "widgets/controls/Knob.h"
#include "widgets/theme/Theme.h"

#include <QTest>

#include <memory>

using namespace engine::pipeline;
using namespace widgets;

class TestChainLayout final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ChainPanel> chain_;
    std::vector<ParameterId> told_;

    ChainPanel &make(int width, bool compact, const Settings &settings)
    {
        chain_ = std::make_unique<ChainPanel>();
        chain_->setCompact(compact);
        chain_->resize(width, chain_->minimumSizeHint().height());
        chain_->setSettings(settings);
        told_.clear();
        connect(chain_.get(), &ChainPanel::edited, this,
                [this](ParameterId id, double, Edit) { told_.push_back(id); });
        chain_->show();
        return *chain_;
    }

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        Theme::shared().setMode(Theme::Mode::Dark);
    }
    void cleanup() { chain_.reset(); }

    void theWidthRulesHold()
    {
        ChainPanel &chain = make(1408, false, Settings{});
        const auto widths = [&] {
            std::vector<int> list;
            for (std::size_t i = 0; i < stageCardCount; ++i)
                list.push_back(chain.cardRect(StageCardId(i)).width());
            return list;
        };
        QCOMPARE(widths(), (std::vector<int>{172, 372, 272, 228, 178, 136}));
        QCOMPARE(chain.cardRect(StageCardId::Limiter).right(), 1407);
        chain.resize(1508, 208);
        QCOMPARE(widths(), (std::vector<int>{172, 412, 302, 248, 188, 136}));
        chain.resize(2400, 208); // every card has grown to its limit: the row is centred
        const double limits[] = {172, 372 * 1.35, 272 * 1.35, 228 * 1.35, 178 * 1.35, 136};
        for (std::size_t i = 0; i < stageCardCount; ++i)
            QVERIFY(qAbs(widths()[i] - limits[i]) < 1.0);
        const int left = chain.cardRect(StageCardId::Input).left();
        const int right = 2400 - 1 - chain.cardRect(StageCardId::Limiter).right();
        QVERIFY(left > 0 && qAbs(left - right) <= 1);
        chain.setCompact(true);
        chain.resize(1256, 188);
        QCOMPARE(widths(), (std::vector<int>{148, 338, 252, 204, 156, 118}));
        QCOMPARE(chain.height(), 188);
    }
    void nothingClipsOrOverlaps_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("compact");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("other");
        for (const bool dark : {true, false}) {
            for (const bool other : {false, true}) {
                const char *look = dark ? "dark" : "light";
                const char *what = other ? "changed" : "default";
                QTest::addRow("1280 %s %s", look, what) << 1256 << true << dark << other;
                QTest::addRow("1440 %s %s", look, what) << 1408 << false << dark << other;
                QTest::addRow("1920 %s %s", look, what) << 1888 << false << dark << other;
            }
        }
    }
    void nothingClipsOrOverlaps()
    {
        QFETCH(int, width);
        QFETCH(bool, compact);
        QFETCH(bool, dark);
        QFETCH(bool, other);
        Theme::shared().setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        Settings settings;
        if (other) {
            settings = otherThanDefault();
            settings.distortion.mode = engine::dsp::DistortionMode::Tube;
        }
        ChainPanel &chain = make(width, compact, settings);
        int seen = 0;
        for (StageCard *card : chain.findChildren<StageCard *>()) {
            QVERIFY(chain.rect().contains(card->geometry()));
            std::vector<QWidget *> parts;
            for (QWidget *part :
                 card->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
                if (!part->isVisible() || part->isWindow() || part->inherits("widgets::CardVeil"))
                    continue;
                parts.push_back(part);
                ++seen;
                QVERIFY2(card->rect().contains(part->geometry()), qPrintable(part->objectName()));
                // These two shorten their words instead.
                const bool shortens =
                    part->inherits("widgets::ChoiceBox") || part->inherits("widgets::LinkToggle");
                const QSize least = shortens ? QSize() : part->minimumSizeHint();
                if (auto *box = qobject_cast<ChoiceBox *>(part))
                    QVERIFY2(!box->isElided(), qPrintable(part->objectName()));
                QVERIFY2(part->width() >= least.width() && part->height() >= least.height(),
                         qPrintable(part->objectName()));
            }
            for (std::size_t i = 0; i < parts.size(); ++i) {
                for (std::size_t j = 0; j < i; ++j)
                    QVERIFY2(!parts[i]->geometry().intersects(parts[j]->geometry()),
                             qPrintable(parts[i]->objectName() + u'/' + parts[j]->objectName()));
            }
        }
        QVERIFY(seen > 25);
        Theme::shared().setMode(Theme::Mode::Dark);
    }
    void anOffStageIsFaintAndStillUsable()
    {
        Settings settings;
        settings.limiter.on = false;
        ChainPanel &chain = make(1408, false, settings);
        auto *knob = chain.findChild<Knob *>(QStringLiteral("lim.ceiling"));
        auto *card = knob->parentWidget();
        const QColor stage = Theme::shared().colour("stage.limiter");
        const QPoint top =
            knob->mapTo(card, QPoint(knob->ringBox().center().x() + 1, knob->ringBox().top() + 4));
        const QColor faint = card->grab().toImage().pixelColor(top);
        QVERIFY(faint != stage);
        settings.limiter.on = true;
        chain.setSettings(settings);
        QCOMPARE(card->grab().toImage().pixelColor(top), stage);
        settings.limiter.on = false;
        chain.setSettings(settings);
        QTest::keyClick(knob, Qt::Key_Down);
        QCOMPARE(told_.size(), 1U);
        QCOMPARE(told_[0], ParameterId::LimiterCeilingDb);
    }
};

QD_TEST(TestChainLayout, QApplication)
#include "TestChainLayout.moc"
