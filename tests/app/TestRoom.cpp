// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything has room: at the smallest size, in a language whose words are 40 % longer, and (run
// with QT_SCALE_FACTOR) at another scale, no words are cut and nothing lies over something else.
#include "tests/app/WorkstationFixture.h"
#include "tests/support/TestProgram.h"

#include <QTranslator>

using namespace tests;

namespace {

/// "Render…" becomes "Render…·eee": longer by 40 %, and still what it was for whoever reads it.
class LongWords final : public QTranslator {
public:
    QString translate(const char *, const char *source, const char *, int) const override
    {
        const QString text = QString::fromUtf8(source);
        int letters = 0;
        for (const QChar c : text)
            letters += c.isLetter();
        // Signs and units stay as they are in every language.
        return letters < 4 ? text : text + u'·' + QString(letters * 4 / 10, u'e');
    }
    bool isEmpty() const override { return false; }
};

/// What does not fit of what a person sees, one line each.
QStringList misfits(const QWidget &window)
{
    QStringList found;
    const auto complain = [&](const QWidget &widget, const QString &what) {
        QString path = widget.objectName();
        for (const QWidget *up = widget.parentWidget(); up != nullptr; up = up->parentWidget())
            if (!up->objectName().isEmpty())
                path.prepend(up->objectName() + u'/');
        found << path +
                     QStringLiteral(" (%1): ").arg(
                         QLatin1String(widget.metaObject()->className())) +
                     what;
    };
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->isWindow() || widget->size().isEmpty())
            continue;
        const QWidget &parent = *widget->parentWidget();
        if (!parent.rect().adjusted(-1, -1, 1, 1).contains(widget->geometry()) &&
            !parent.inherits("QAbstractScrollArea") &&
            !parent.parentWidget()->inherits("QAbstractScrollArea"))
            complain(*widget, QStringLiteral("ends at %1, %2 and its parent at %3, %4")
                                  .arg(widget->geometry().right())
                                  .arg(widget->geometry().bottom())
                                  .arg(parent.rect().right())
                                  .arg(parent.rect().bottom()));
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            const QSize needs = label->sizeHint();
            if (!label->wordWrap() && !label->text().contains(u'…') &&
                needs.width() > label->width() + 1)
                complain(*label, QStringLiteral("cut: ") + label->text());
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            if (!button->text().isEmpty() && button->sizeHint().width() > button->width() + 1 &&
                !button->inherits("widgets::LinkToggle") && // becomes its icon
                !button->inherits("widgets::StartRow"))     // elides its title
                complain(*button, QStringLiteral("cut: ") + button->text());
        }
        for (const QWidget *other : parent.findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
            if (other <= widget || !other->isVisible() || other->isWindow() ||
                other->property("overlay").toBool() || widget->property("overlay").toBool())
                continue;
            const bool both =
                widget->focusPolicy() != Qt::NoFocus && other->focusPolicy() != Qt::NoFocus;
            const QRect shared = widget->geometry() & other->geometry();
            if (both && shared.width() > 1 && shared.height() > 1)
                complain(*widget, QStringLiteral("lies over ") + other->objectName());
        }
    }
    return found;
}

} // namespace

class TestRoom final : public WorkstationFixture {
    Q_OBJECT

private slots:
    void nothingIsCut_data();
    void nothingIsCut();
};

void TestRoom::nothingIsCut_data()
{
    QTest::addColumn<bool>("longWords");
    QTest::addColumn<bool>("light");
    QTest::addColumn<QSize>("size");
    const widgets::Theme &theme = widgets::Theme::shared();
    const QSize least(theme.px("size.window_min_width"), theme.px("size.window_min_height"));
    const QSize usual(theme.px("size.window_default_width"),
                      theme.px("size.window_default_height"));
    QTest::newRow("smallest") << false << false << least;
    // Just too narrow for the cards' usual widths.
    QTest::newRow("between") << false << false
                             << QSize(theme.px("size.compact_width") + 2, least.height() + 100);
    QTest::newRow("smallest, long words") << true << false << least;
    QTest::newRow("usual, long words, light") << true << true << usual;
    QTest::newRow("large, long words") << true << false << 2 * least;
}

void TestRoom::nothingIsCut()
{
    QFETCH(bool, longWords);
    QFETCH(bool, light);
    QFETCH(QSize, size);
    widgets::Theme::shared().setMode(light ? widgets::Theme::Mode::Light
                                           : widgets::Theme::Mode::Dark);
    LongWords words;
    if (longWords)
        QCoreApplication::installTranslator(&words);
    makeNoise("a sound with a rather long name.wav", 2, 44100);
    writeText(in("no sound.wav"), "no sound at all");
    startWindow(std::make_shared<PacedDriver>());
    window_->setMinimumSize(size);
    window_->resize(size);
    const auto check = [&](const char *state) {
        QTest::qWait(100);
        QStringList found;
        const bool fits = QTest::qWaitFor([&] { // the last layouts may be to come
            found = misfits(*window_);
            return found.isEmpty();
        });
        if (const QString folder = qEnvironmentVariable("QD_PICTURES"); !folder.isEmpty())
            window_->grab().save(
                QStringLiteral("%1/room-%2-%3.png")
                    .arg(folder, QString::fromUtf8(QTest::currentDataTag()), QLatin1String(state)));
        QVERIFY2(fits, qPrintable(QLatin1String(state) + u'\n' + found.join(u'\n')));
    };
    check("empty");
    window_->openPath(in("no sound.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>("errorPanel").isVisible(), patienceMs);
    check("error");
    openSound(in("a sound with a rather long name.wav"));
    check("open");
    click("presetName");
    window_->presets().step(1);
    for (const char *id : {"out.mix", "out.gain", "dist.fold", "dist.bias", "lim.ceiling"})
        QTest::keyClick(&child<widgets::Knob>(id), Qt::Key_Down);
    waitForPreview();
    check("presets");
    window_->presets().setSearchText(QStringLiteral("no such thing"));
    check("no presets");
    window_->presets().setSearchText({});
    click("presetName");
    click("post.link");
    waitForPreview();
    check("unlinked");
    window_->openPath(in("no sound.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(child("jobStrip").height() > 10, patienceMs);
    check("strip");
    window_.reset();
    QCoreApplication::removeTranslator(&words);
}

QD_TEST(TestRoom, QApplication)
#include "TestRoom.moc"
