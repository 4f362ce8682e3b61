// SPDX-License-Identifier: GPL-3.0-or-later
//
// The manual pages and completions that the build makes know every flag that --help knows, and all
// words of a choice. Oracles: --help itself; bash, which runs its completion; the words written out
// here.

#include "tests/support/Program.h"
#include "tests/support/TestProgram.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace {

struct Documented {
    QString name;
    const char *path;
    std::vector<std::string> help;
};

const Documented render{"quantum-distortion-render", QD_RENDER_PROGRAM, {"--help"}};
const Documented workstation{
    "quantum-distortion", QD_WORKSTATION_PROGRAM, {"--plot", "all", "--help"}};

QString documentText(const QString &name)
{
    QFile file(QStringLiteral(QD_SHARE_DIR "/../") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString bashPath(const Documented &program)
{
    return QStringLiteral("bash-completion/completions/") + program.name;
}

/// What bash offers for `current` behind `previous`.
QStringList offered(const Documented &program, const QString &previous, const QString &current)
{
    QString function = "_" + program.name;
    function.replace('-', '_');
    const QString script =
        "_filedir() { COMPREPLY=(FILE $1); }\n"
        "compopt() { :; }\n" +
        QString("_init_completion() { cur='%1' prev='%2'; }\n").arg(current, previous) +
        documentText(bashPath(program)) + function + "\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
    tests::ProgramOptions options;
    // --list-presets is asked of the program that was built.
    options.environment["PATH"] = std::filesystem::path(QD_RENDER_PROGRAM).parent_path().string() +
                                  ":" + qgetenv("PATH").toStdString();
    const tests::Outcome outcome =
        tests::runProgram("/bin/bash", {"-c", script.toStdString()}, options);
    if (outcome.exitCode != 0)
        qWarning("%s", outcome.err.c_str());
    return QString::fromStdString(outcome.out).split('\n', Qt::SkipEmptyParts);
}

} // namespace

class TestDocuments : public QObject {
    Q_OBJECT

private slots:
    void everyFlagIsThere_data();
    void everyFlagIsThere();
    void wordsOfAChoiceAreThere_data();
    void wordsOfAChoiceAreThere();
    void filesFoldersAndPresetsAreOffered();
    void viewsAreOfferedAfterAComma();
};

void TestDocuments::everyFlagIsThere_data()
{
    QTest::addColumn<const Documented *>("program");
    QTest::newRow("render") << &render;
    QTest::newRow("workstation") << &workstation;
}

void TestDocuments::everyFlagIsThere()
{
    QFETCH(const Documented *, program);
    const tests::Outcome help = tests::runProgram(program->path, program->help);
    QCOMPARE(help.exitCode, 0);
    QString page = documentText("man/man1/" + program->name + ".1");
    page.replace("\\-", "-");
    const QString zsh = documentText("zsh/site-functions/_" + program->name);
    const QStringList inBash = offered(*program, "", "-");

    static const QRegularExpression line("^  (?:(-[a-zA-Z]),)?(--[a-z-]+)",
                                         QRegularExpression::MultilineOption);
    int count = 0;
    for (auto found = line.globalMatch(QString::fromStdString(help.out)); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        for (const QString &flag : {match.captured(1), match.captured(2)}) {
            if (flag.isEmpty())
                continue;
            ++count;
            QVERIFY2(page.contains("\\fB" + flag + "\\fR"), qPrintable(flag));
            QVERIFY2(inBash.contains(flag), qPrintable(flag));
            const QRegularExpression word("['{,*]" + flag + "[=\\[,}]");
            QVERIFY2(zsh.contains(word), qPrintable(flag));
        }
    }
    QVERIFY2(count > 45, qPrintable(QString::number(count)));
}

void TestDocuments::wordsOfAChoiceAreThere_data()
{
    QTest::addColumn<const Documented *>("program");
    QTest::addColumn<QString>("flag");
    QTest::addColumn<QString>("words");
    const auto row = [](const Documented &program, const char *flag, const char *words) {
        QTest::addRow("%s %s", qPrintable(program.name), flag)
            << &program << QString(flag) << QString(words);
    };
    for (const Documented *program : {&render, &workstation}) {
        row(*program, "--key", "C C# D D# E F F# G G# A A# B");
        row(*program, "--limiter", "on off");
    }
    row(render, "--format", "wav rf64 w64 aiff caf flac ogg opus mp3");
    row(render, "--bit-depth", "16 24 32f");
    row(render, "--dither", "tpdf shaped none");
    row(render, "--source", "input pre_quant post_dist post_quant output");
    row(workstation, "--plot-format", "png svg pdf");
    row(workstation, "--plot-theme", "dark light");
    row(workstation, "--plot-tap", "input pre_quant post_dist post_quant output");
}

void TestDocuments::wordsOfAChoiceAreThere()
{
    QFETCH(const Documented *, program);
    QFETCH(QString, flag);
    QFETCH(QString, words);
    QCOMPARE(offered(*program, flag, "").join(' '), words);
    const QString zsh = documentText("zsh/site-functions/_" + program->name);
    const QString inZsh = QString(words).replace("#", "\\#");
    QVERIFY(zsh.contains(
        QRegularExpression("'" + flag + "=.*:\\(" + QRegularExpression::escape(inZsh) + "\\)'")));
    QString page = documentText("man/man1/" + program->name + ".1");
    page.replace("\\-", "-");
    const qsizetype from = page.indexOf("\\fB" + flag + "\\fR");
    const QStringList entry =
        page.mid(from, page.indexOf(".TP", from) - from).split(QRegularExpression("[^\\w#]+"));
    for (const QString &word : words.split(' '))
        QVERIFY2(entry.contains(word), qPrintable(word));
}

void TestDocuments::filesFoldersAndPresetsAreOffered()
{
    QCOMPARE(offered(render, "--recipe", ""), QStringList{"FILE"});
    QCOMPARE(offered(render, "--batch", ""), (QStringList{"FILE", "-d"}));
    QCOMPARE(offered(render, "", "a"), QStringList{"FILE"});
    QCOMPARE(offered(render, "--preset", "Subtle Tu"), QStringList{"Subtle\\ Tube\\ Glue"});
    QCOMPARE(offered(render, "--preset", "\"Subtle Tu"), QStringList{"Subtle Tube Glue"});
    QCOMPARE(offered(render, "--preset", "no such"), (QStringList{"FILE", "qdpreset"}));
    QCOMPARE(offered(render, "--smear", ""), QStringList{});
}

void TestDocuments::viewsAreOfferedAfterAComma()
{
    QCOMPARE(offered(workstation, "--plot", "scope,pha"), QStringList{"scope,phase"});
    QVERIFY(offered(workstation, "--plot", "").contains("all"));
}

QD_TEST(TestDocuments, QCoreApplication)
#include "TestDocuments.moc"
