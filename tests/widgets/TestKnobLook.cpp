// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a knob looks like, pixel by pixel, and what a screen reader is told of it.
#include "widgets/controls/Knob.h"
#include "widgets/theme/Theme.h"
#include "tests/support/TestProgram.h"

#include <QAccessible>
#include <QTest>

#include <cmath>
#include <memory>

using namespace engine::pipeline;
using widgets::Edit;
using widgets::Knob;

class TestKnobLook final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QWidget> window_;
    Edit last_ = Edit::Moving;

    Knob &make(ParameterId id, Knob::Size size = Knob::Size::Hero)
    {
        window_ = std::make_unique<QWidget>();
        window_->resize(300, 200);
        auto *knob = new Knob(parameterInfo(id), size, window_.get());
        knob->placeRing(150, 120);
        connect(knob, &Knob::edited, this,
                [this](ParameterId, double, Edit edit) { last_ = edit; });
        window_->show();
        return *knob;
    }

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        widgets::Theme::shared().setMode(widgets::Theme::Mode::Dark);
    }
    void cleanup() { window_.reset(); }

    void aScreenReaderHearsNameValueAndRange()
    {
        Knob &knob = make(ParameterId::FoldAmount);
        knob.showValue(5.0);
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(&knob);
        QVERIFY(face);
        QCOMPARE(face->text(QAccessible::Name), QStringLiteral("Fold, Distortion"));
        QCOMPARE(face->text(QAccessible::Value), QStringLiteral("5.0 times"));
        QVERIFY(face->text(QAccessible::Description)
                    .endsWith(QStringLiteral("Default 1.0×. Double-click to reset.")));
        QAccessibleValueInterface *value = face->valueInterface();
        QVERIFY(value);
        QCOMPARE(value->maximumValue().toDouble(), 10.0);
        value->setCurrentValue(2.5);
        QCOMPARE(knob.shownParameter(), 2.5);
        QCOMPARE(static_cast<int>(last_), static_cast<int>(Edit::Set));
    }
    void theRingFillsToTheValueInTheStagesColour_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    void theRingFillsToTheValueInTheStagesColour()
    {
        QFETCH(bool, dark);
        auto &theme = widgets::Theme::shared();
        theme.setMode(dark ? widgets::Theme::Mode::Dark : widgets::Theme::Mode::Light);
        Knob &knob = make(ParameterId::FoldAmount);
        knob.showValue(5.0); // half of 0…10: the ring is filled to 12 o'clock
        QPixmap picture(knob.size() * 2);
        picture.setDevicePixelRatio(2);
        picture.fill(theme.colour("ground.panel"));
        knob.render(&picture, {}, {}, QWidget::DrawChildren);
        const QImage image = picture.toImage();
        const auto at = [&](double degrees) {
            const double r = knob.diameter() / 2.0 - 4.0;
            const double a = degrees * M_PI / 180.0;
            const QPointF p = QRectF(knob.ringBox()).center() + QPointF(cos(a), sin(a)) * r;
            return image.pixelColor((p * 2).toPoint());
        };
        const QColor fill = theme.colour("stage.distortion");
        const QColor track = theme.colour("ground.control");
        QCOMPARE(at(140), fill);
        QCOMPARE(at(180), fill);
        QCOMPARE(at(255), fill);
        QCOMPARE(at(285), track);
        QCOMPARE(at(400), track);
        QCOMPARE(at(90), theme.colour("ground.panel")); // open at the bottom
        theme.setMode(widgets::Theme::Mode::Dark);
    }
    void aBipolarRingFillsFromTwelve()
    {
        auto &theme = widgets::Theme::shared();
        Knob &knob = make(ParameterId::OutputGainDb, Knob::Size::Normal);
        knob.showValue(-6.0);
        QPixmap picture(knob.size());
        picture.fill(theme.colour("ground.panel"));
        knob.render(&picture, {}, {}, QWidget::DrawChildren);
        const QImage image = picture.toImage();
        const auto at = [&](double degrees) {
            const double r = knob.diameter() / 2.0 - 4.0;
            const double a = degrees * M_PI / 180.0;
            const QPointF p = QRectF(knob.ringBox()).center() + QPointF(cos(a), sin(a)) * r;
            return image.pixelColor(int(p.x()), int(p.y()));
        };
        QCOMPARE(at(240), theme.colour("stage.output"));
        QCOMPARE(at(160), theme.colour("ground.control"));
        QCOMPARE(at(330), theme.colour("ground.control"));
    }
};

QD_TEST(TestKnobLook, QApplication)
#include "TestKnobLook.moc"
