// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window and its sessions: how they are made, saved and opened, and how the program crashes.
#pragma once

#include "tests/app/WorkstationFixture.h"

#include <QFileDialog>
#include <QPushButton>

namespace tests {

class SessionFixture : public WorkstationFixture {
    Q_OBJECT

protected:
    using Slot = app::Slot;
    using ParameterId = engine::pipeline::ParameterId;
    using TapId = engine::pipeline::TapId;

    void open(const std::vector<std::filesystem::path> &files = {})
    {
        startWindow(std::make_shared<PacedDriver>(), files);
        window_->resize(1440, 900);
    }
    static std::string keptFile()
    {
        return (app::Autosave::standardFolder() + QStringLiteral("/session-1.qdsession"))
            .toStdString();
    }
    /// Ends the program as a crash does: its last word is what it kept before.
    void crash()
    {
        auto kept = window_->document().saved();
        kept.file = window_->document().file();
        QTRY_COMPARE_WITH_TIMEOUT(readText(keptFile()), engine::io::sessionText(kept), patienceMs);
        const std::string crashed = readText(keptFile());
        window_.reset();
        writeText(keptFile(), crashed);
    }
    void waitForSound(const char *name)
    {
        QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading() &&
                                     window_->session().sound()->path == in(name),
                                 patienceMs);
    }
    /// Different things in every part of it.
    void makeWork()
    {
        app::Session &session = window_->session();
        session.edit(ParameterId::FoldAmount, 4.5, widgets::Edit::Set);
        window_->document().takeSnapshot(1700000000000);
        window_->document().renameSnapshot(0, QStringLiteral("“first” ✓"));
        session.setSlot(Slot::B);
        session.edit(ParameterId::Smear, 0.7, widgets::Edit::Set);
        window_->document().takeSnapshot(1700000001000);
        session.setTap(TapId::PostDist);
        session.setWindow({22050, 2 * 44100});
        window_->actions()["view.panes2"].trigger();
        window_->locks().lock(ParameterId::Bias, true);
        window_->locks().lock(engine::pipeline::LockGroup::Key, true);
        waitForPreview();
    }
    void answer(const char *dialogName, const std::string &path)
    {
        auto *const dialog = window_->findChild<QFileDialog *>(QLatin1String(dialogName));
        QVERIFY(dialog);
        dialog->selectFile(QString::fromStdString(path));
        static_cast<QDialog *>(dialog)->accept();
    }
    void saveAs(const char *name)
    {
        QSignalSpy saved(&window_->sessions(), &app::SessionFlow::saved);
        window_->actions()["file.save_session_as"].trigger();
        answer("saveSessionDialog", in(name));
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patienceMs);
    }
    void openSession(const std::string &path, bool sound = true)
    {
        QSignalSpy opened(&window_->sessions(), &app::SessionFlow::opened);
        window_->openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patienceMs);
        if (!sound)
            return;
        QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading(),
                                 patienceMs);
        waitForPreview();
    }
    bool stripSays(const QString &text) { return wordsIn(child("jobStrip")).contains(text); }
    void pressInStrip(const QString &text)
    {
        for (QPushButton *button : child("jobStrip").findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == text) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
        QFAIL(qPrintable("no button " + text));
    }
};

} // namespace tests
