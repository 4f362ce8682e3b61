// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures and values saved from a view's context menu, as a person does it: a name is typed, its
// ending or the chosen kind says the format, a file of that name is replaced, and where it cannot
// be written the window says which file, which folder and what to do.
#include "tests/app/StageFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/views/PictureSource.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include <unistd.h>

using namespace tests;

class TestSavePicture final : public StageFixture {
    Q_OBJECT

    QWidget &view() const { return stage().pane(0).current().widget(); }

    /// The dialog behind an entry of the context menu.
    QFileDialog &dialogOf(const QString &entry) const
    {
        emit view().customContextMenuRequested(view().rect().center());
        choose(entry);
        auto *const dialog = stage().findChild<QFileDialog *>(QStringLiteral("savePictureDialog"));
        if (!dialog || !dialog->isVisible())
            qFatal("no dialog");
        return *dialog;
    }
    /// Types a name, chooses a kind where one is given, and accepts; says yes to replacing.
    void save(const QString &entry, const std::string &name, int kind = -1) const
    {
        QPointer<QFileDialog> dialog = &dialogOf(entry);
        if (kind >= 0) {
            dialog->selectNameFilter(dialog->nameFilters()[kind]);
            emit dialog->filterSelected(dialog->nameFilters()[kind]);
        }
        auto *const line = dialog->findChild<QLineEdit *>();
        line->setText(QString::fromStdString(name));
        QTimer::singleShot(0, dialog.data(), [dialog] {
            if (auto *const question =
                    qobject_cast<QMessageBox *>(QApplication::activeModalWidget()))
                question->button(QMessageBox::Yes)->click();
        });
        dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
        QTRY_VERIFY(!dialog);
    }
    QByteArray bytesOf(const char *name) const
    {
        return QByteArray::fromStdString(readText(folder_ / name));
    }
    QString told() const { return wordsIn(child("jobStrip")); }
    void begin()
    {
        QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        startWithSound({1280, 800});
        stage().setView(app::viewNumber(QStringLiteral("view.spectrum")));
        const auto &source = dynamic_cast<const widgets::PictureSource &>(view());
        QTRY_VERIFY_WITH_TIMEOUT(!source.valuesAsCsv().isEmpty(), patienceMs);
    }

private slots:
    void theEndingOrTheKindSaysTheFormat()
    {
        begin();
        const QString save1 = QStringLiteral("Save image…");
        save(save1, in("a.svg"));
        QVERIFY(bytesOf("a.svg").startsWith("<?xml"));
        save(save1, in("b.pdf"));
        QVERIFY(bytesOf("b.pdf").startsWith("%PDF-"));
        save(save1, in("c")); // no ending: the kind that is offered first
        QVERIFY(bytesOf("c.png").startsWith("\x89PNG"));
        save(save1, in("d"), 1);
        QVERIFY(bytesOf("d.svg").startsWith("<?xml"));
        save(QStringLiteral("Save values…"), in("e"));
        QVERIFY(bytesOf("e.csv").startsWith("Frequency (Hz)"));
        QVERIFY2(!told().contains(QStringLiteral("could not")), qPrintable(told()));
    }

    void aFileOfThatNameIsReplaced()
    {
        begin();
        writeText(in("a.svg"), "something else");
        save(QStringLiteral("Save image…"), in("a.svg"));
        QVERIFY(bytesOf("a.svg").startsWith("<?xml"));
    }

    void anEndingThatIsNoPictureIsSaid()
    {
        begin();
        save(QStringLiteral("Save image…"), in("a.gif"));
        QVERIFY(!std::filesystem::exists(in("a.gif")));
        QTRY_VERIFY2(told().contains(QStringLiteral("“a.gif” was not saved")), qPrintable(told()));
        QVERIFY(told().contains(QStringLiteral(".png, .svg or .pdf")));
    }

    void aFolderThatCannotBeWrittenIsSaid()
    {
        begin();
        std::filesystem::create_directory(in("out"));
        writeText(in("out/a.png"), "old");
        std::filesystem::permissions(in("out"), std::filesystem::perms::owner_read |
                                                    std::filesystem::perms::owner_exec |
                                                    std::filesystem::perms::others_read |
                                                    std::filesystem::perms::others_exec);
        const uid_t was = geteuid();
        if (was == 0)
            QVERIFY(seteuid(65534) == 0); // root may write everywhere
        const auto &source = dynamic_cast<const widgets::PictureSource &>(view());
        const QString path = QString::fromStdString(in("out/a.png"));
        const engine::Status status = source.saveImage(path);
        if (was == 0)
            QVERIFY(seteuid(was) == 0);
        std::filesystem::permissions(in("out"), std::filesystem::perms::owner_all);
        QVERIFY(!status);
        QCOMPARE(bytesOf("out/a.png"), QByteArray("old"));
        emit stage().savingFailed(path, status.error());
        QTRY_VERIFY2(told().contains(QStringLiteral("“a.png” could not be saved in")),
                     qPrintable(told()));
        QVERIFY2(told().contains(QStringLiteral("the folder is read-only")), qPrintable(told()));
        QVERIFY(told().contains(QStringLiteral("Choose another folder")));
    }
};

QD_TEST(TestSavePicture, QApplication)
#include "TestSavePicture.moc"
