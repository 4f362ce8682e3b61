// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window with its preset browser, and short ways to what a person does in it.
#pragma once

#include "app/workstation/PresetContent.h"
#include "tests/app/WorkstationFixture.h"
#include "widgets/browser/PresetList.h"
#include "widgets/browser/PresetRowPaint.h"
#include "widgets/panels/JobStrip.h"

#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>

namespace tests {

class PresetFixture : public WorkstationFixture {
    Q_OBJECT

protected:
    using PresetController = app::PresetController;

    app::Session &session() const { return window_->session(); }
    PresetController &presets() const { return window_->presets(); }
    widgets::PresetList &list() const { return child<widgets::PresetList>("presets.list"); }
    QLineEdit &search() const { return child<QLineEdit>("presets.search"); }
    bool isOpen() const { return window_->presetBinding().isOpen(); }
    std::filesystem::path userFolder() const { return presets().folders().user; }

    void start(QSize size = {1440, 900})
    {
        startWindow(std::make_shared<PacedDriver>());
        window_->resize(size);
        window_->activateWindow();
        QTRY_VERIFY_WITH_TIMEOUT(!presets().library().presets.empty(), patienceMs);
    }
    void open()
    {
        click("presetName");
        QVERIFY(isOpen());
        QCoreApplication::processEvents(); // layouts show what is new in them a little later
    }
    void startOpen()
    {
        start();
        open();
    }
    /// A preset of the user's own, written before the window is there.
    std::filesystem::path makeOwn(const std::string &name, double fold = 3.0,
                                  const std::string &category = "",
                                  const std::vector<std::string> &tags = {}) const
    {
        engine::io::Preset preset;
        preset.uuid = engine::io::newUuid();
        preset.name = name;
        preset.category = category;
        preset.tags = tags;
        preset.author = "Ada Müller";
        preset.settings.distortion.foldAmount = fold;
        const auto saved = engine::io::savePreset(preset, engine::io::standardPresetFolders(),
                                                  engine::io::OverwritePolicy::Refuse);
        if (!saved)
            qFatal("%s", saved.error().oneLine().c_str());
        return *saved;
    }
    std::vector<std::filesystem::path> ownFiles() const
    {
        std::vector<std::filesystem::path> files;
        for (const auto &entry : std::filesystem::directory_iterator(userFolder())) {
            if (entry.path().extension() == ".qdpreset")
                files.push_back(entry.path());
        }
        return files;
    }
    QStringList shownNames() const
    {
        QStringList names;
        for (int i = 0; i < list().model()->rowCount(); ++i)
            names << list().model()->index(i, 0).data().toString();
        return names;
    }
    int rowOf(const QString &name) const { return static_cast<int>(shownNames().indexOf(name)); }
    QString spoken(int row) const
    {
        return list().model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }
    QRect rectOf(int row) const { return list().visualRect(list().model()->index(row, 0)); }
    void clickRow(int row)
    {
        list().scrollTo(list().model()->index(row, 0));
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, rectOf(row).center());
    }
    void clickStar(int row)
    {
        list().scrollTo(list().model()->index(row, 0));
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {},
                          widgets::PresetRowPaint::starPlace(rectOf(row)).center());
    }
    void type(const QString &text)
    {
        search().setFocus();
        search().selectAll();
        QTest::keyClick(&search(), Qt::Key_Delete);
        for (const QChar c : text) {
            QKeyEvent key(QEvent::KeyPress, c == u' ' ? Qt::Key_Space : Qt::Key_unknown,
                          Qt::NoModifier, QString(c));
            QCoreApplication::sendEvent(&search(), &key);
        }
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&search(), key, modifiers);
    }
    void clickFilter(const QString &label)
    {
        const auto filters = app::presetFilters(presets());
        for (std::size_t i = 0; i < filters.size(); ++i) {
            if (filters[i].label == label) {
                QTest::mouseClick(
                    &child<QAbstractButton>(qPrintable(QStringLiteral("presets.filter.%1").arg(i))),
                    Qt::LeftButton);
                return;
            }
        }
        QFAIL(qPrintable(label));
    }
    QAbstractButton &chip(const char *chips, const QString &tag) const
    {
        for (QAbstractButton *button : child(chips).findChildren<QAbstractButton *>()) {
            if (button->text() == tag && button->isVisible())
                return *button;
        }
        qFatal("no chip %s", qPrintable(tag));
    }
    QString label(const char *name) const { return child<QLabel>(name).text(); }
    QString strip() const { return wordsIn(child("jobStrip")); }
    QDialog *sheet() const
    {
        auto *const found = window_->findChild<QDialog *>(QStringLiteral("presetSheet"));
        return found && found->isVisible() ? found : nullptr;
    }
    void accept()
    {
        QTest::mouseClick(sheet()->findChild<QAbstractButton *>(QStringLiteral("preset.save")),
                          Qt::LeftButton);
        QTRY_VERIFY(!sheet());
    }
    void chooseFromMenu(const QString &text)
    {
        click("presets.more");
        QMenu *menu = nullptr;
        for (QMenu *found : window_->findChildren<QMenu *>(QStringLiteral("presets.menu"))) {
            if (found->isVisible())
                menu = found;
        }
        QVERIFY(menu);
        for (QAction *action : menu->actions()) {
            if (action->text() == text) {
                QVERIFY(action->isEnabled());
                menu->close();
                action->trigger();
                return;
            }
        }
        QFAIL(qPrintable(text));
    }
    QString undoText() const { return session().undoStack().undoText(); }
};

} // namespace tests
