// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/BlindTestDialog.h"

#include "app/workstation/Preferences.h"
#include "app/workstation/Words.h"
#include "engine/base/Units.h"
#include "engine/io/AtomicFile.h"
#include "widgets/controls/BigChoice.h"
#include "widgets/controls/LoopRangeBar.h"
#include "widgets/controls/PlainSwitch.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/panels/Buttons.h"
#include "widgets/panels/OpenOver.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QDateTime>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>

namespace app {

using namespace engine::analysis;
using widgets::BigChoice;
using widgets::Theme;
using widgets::WordSwitch;

namespace {
constexpr std::array counts{8, 16, 24};
constexpr int usualCount = 1;

/// The choices in their order: A, X, B; in a preference test 1 and 2, without the middle.
enum Choice { Left, Middle, Right };
} // namespace

QString BlindTestDialog::hindrance(const Session &session, const PreviewController &previews)
{
    if (!session.sound())
        return tr("Open a sound first");
    if (session.slotsAreEqual())
        return tr("A and B are the same");
    if (!previews.isUpToDate() || !previews.other())
        return tr("A and B are being rendered");
    return {};
}

BlindTestDialog::BlindTestDialog(Session &session, ListenController &listening,
                                 PlaybackController &playback, QWidget *window, RandomBit random)
    : Sheet(tr("Blind ABX test"), "size.sheet", window), session_(session), listening_(listening),
      playback_(playback), random_(std::move(random)), matchedBefore_(listening.matchesLevel()),
      wasLooping_(playback.isLooping())
{
    setObjectName(QStringLiteral("blindTest"));
    trial_ = new QLabel;
    trial_->setObjectName(QStringLiteral("blind.trial"));
    trial_->setFont(Theme::shared().font("value"));
    addBesideTitle(trial_);
    const auto setUp = new QHBoxLayout;
    kind_ = new WordSwitch(tr("Kind of test"), {tr("ABX"), tr("Preference")});
    kind_->setObjectName(QStringLiteral("blind.kind"));
    count_ = new WordSwitch(tr("Trials"), {tr("8 trials"), tr("16"), tr("24")});
    count_->setObjectName(QStringLiteral("blind.count"));
    count_->setIndex(usualCount);
    setUp->addWidget(kind_);
    setUp->addStretch(1);
    setUp->addWidget(count_);
    rows().addLayout(setUp);
    addChoices();
    addAnswers();
    addFooter();
    for (WordSwitch *one : {kind_, count_})
        connect(one, &WordSwitch::chosen, this, &BlindTestDialog::begin);
    connect(&playback_, &PlaybackController::polled, this, &BlindTestDialog::showPosition);
    listening_.setMatchesLevel(true);
    playback_.setLooping(true);
    begin();
    connect(&listening_, &ListenController::matchChanged, this, [this] { hear(heard_); });
    if (!playback_.status().playWanted)
        playback_.togglePlay();
}

BlindTestDialog::~BlindTestDialog()
{
    listening_.disconnect(this);
    playback_.setInstead({});
    playback_.setLooping(wasLooping_);
    listening_.setMatchesLevel(matchedBefore_);
}

void BlindTestDialog::addChoices()
{
    const auto row = new QHBoxLayout;
    row->setSpacing(Theme::shared().px("space.scale.x2"));
    constexpr std::array ids{"blind.left", "blind.middle", "blind.right"};
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        choices_[i] = new BigChoice(QString());
        choices_[i]->setObjectName(QLatin1String(ids[i]));
        connect(choices_[i], &QAbstractButton::clicked, this,
                [this, i] { hear(static_cast<int>(i)); });
        row->addWidget(choices_[i]);
    }
    rows().addLayout(row);
    const auto place = new QHBoxLayout;
    time_ = new QLabel;
    time_->setFont(Theme::shared().font("value_small"));
    loop_ = new QLabel;
    loop_->setFont(Theme::shared().font("value_small"));
    range_ = new widgets::LoopRangeBar;
    range_->setObjectName(QStringLiteral("blind.range"));
    place->addWidget(time_);
    place->addWidget(range_, 1);
    place->addWidget(loop_);
    rows().addLayout(place);
    const double seconds = engine::secondsFromFrames(session_.window().frames,
                                                     session_.sound()->format.sampleRateHz);
    range_->setLength(seconds);
    const auto showLoop = [this] {
        loop_->setText(tr("Loop %1–%2 s").arg(widgets::numberText(range_->first(), 1),
                                              widgets::numberText(range_->end(), 1)));
    };
    connect(range_, &widgets::LoopRangeBar::rangeChanged, this, [this, showLoop] {
        playback_.setLoopSeconds(range_->first(), range_->end());
        showLoop();
    });
    connect(range_, &widgets::LoopRangeBar::seekRequested, this, [this](double at) {
        playback_.seek(engine::secondsFromFrames(session_.window().firstFrame,
                                                 session_.sound()->format.sampleRateHz) +
                       at);
    });
    showLoop();
}

void BlindTestDialog::addAnswers()
{
    pages_ = new QStackedWidget;
    const auto asking = new QWidget;
    const auto column = new QVBoxLayout(asking);
    column->setContentsMargins(0, 0, 0, 0);
    question_ = new QLabel;
    column->addWidget(question_);
    const auto row = new QHBoxLayout;
    row->setSpacing(Theme::shared().px("space.scale.x2"));
    constexpr std::array ids{"blind.answer_a", "blind.answer_b"};
    for (std::size_t i = 0; i < answers_.size(); ++i) {
        answers_[i] = widgets::largeButton(this, QString());
        answers_[i]->setObjectName(QLatin1String(ids[i]));
        answers_[i]->setCheckable(true);
        answers_[i]->setAutoDefault(false);
        connect(answers_[i], &QPushButton::clicked, this,
                [this, i] { answer(static_cast<int>(i)); });
        row->addWidget(answers_[i], 1);
    }
    column->addLayout(row);
    boxes_ = new widgets::TrialBoxes;
    boxes_->setObjectName(QStringLiteral("blind.boxes"));
    column->addWidget(boxes_);
    note_ = widgets::noteLabel();
    note_->setObjectName(QStringLiteral("blind.note"));
    column->addWidget(note_);
    pages_->addWidget(asking);

    const auto result = new QWidget;
    const auto told = new QVBoxLayout(result);
    told->setContentsMargins(0, 0, 0, 0);
    verdict_ = new QLabel;
    verdict_->setObjectName(QStringLiteral("blind.verdict"));
    verdict_->setFont(Theme::shared().font("heading"));
    sentence_ = new QLabel;
    sentence_->setObjectName(QStringLiteral("blind.sentence"));
    sentence_->setWordWrap(true);
    told->addStretch(1);
    told->addWidget(verdict_);
    told->addWidget(sentence_);
    told->addStretch(1);
    pages_->addWidget(result);
    rows().addWidget(pages_);
}

void BlindTestDialog::addFooter()
{
    match_ = new widgets::PlainSwitch(tr("Match level"));
    match_->setObjectName(QStringLiteral("blind.match"));
    match_->setChecked(true);
    connect(match_, &QAbstractButton::toggled, &listening_, &ListenController::setMatchesLevel);
    connect(match_, &QAbstractButton::toggled, this, &BlindTestDialog::showTrial);
    footer().addWidget(match_);
    footer().addStretch(1);
    stop_ = widgets::largeButton(this, QString());
    stop_->setObjectName(QStringLiteral("blind.stop"));
    stop_->setAutoDefault(false);
    next_ = widgets::largeButton(this, QString(), true);
    next_->setObjectName(QStringLiteral("blind.next"));
    footer().addWidget(stop_);
    footer().addWidget(next_);
    connect(stop_, &QPushButton::clicked, this, [this] {
        if (test_->finished())
            saveReport();
        else
            finish();
    });
    connect(next_, &QPushButton::clicked, this, [this] {
        if (test_->finished())
            begin();
        else
            next();
    });
}

void BlindTestDialog::begin()
{
    const Kind kind = kind_->index() == 0 ? Kind::Abx : Kind::Preference;
    test_ = std::make_unique<ListeningTest>(
        kind, counts[static_cast<std::size_t>(count_->index())], random_);
    const bool abx = kind == Kind::Abx;
    const std::array<QString, 3> signs =
        abx ? std::array{tr("A"), tr("X"), tr("B")} : std::array{tr("1"), QString(), tr("2")};
    for (std::size_t i = 0; i < choices_.size(); ++i)
        choices_[i]->setText(signs[i]);
    choices_[Middle]->setVisible(abx);
    setWindowTitle(abx ? tr("Blind ABX test") : tr("Blind preference test"));
    question_->setText(abx ? tr("X is…") : tr("Which is better?"));
    answers_[0]->setText(signs[Left]);
    answers_[1]->setText(signs[Right]);
    pages_->setCurrentIndex(0);
    hear(abx ? Middle : Left);
    showTrial();
}

BlindTestDialog::Sound BlindTestDialog::soundOf(int choice) const
{
    const auto other = [](Sound sound) { return sound == Sound::A ? Sound::B : Sound::A; };
    if (test_->kind() == Kind::Abx)
        return choice == Left ? Sound::A : choice == Right ? Sound::B : test_->hidden();
    return choice == Left ? test_->hidden() : other(test_->hidden());
}

void BlindTestDialog::hear(int choice)
{
    if (test_->finished())
        return;
    heard_ = choice;
    choices_[static_cast<std::size_t>(choice)]->setChecked(true);
    playback_.setInstead(listening_.soundOf(soundOf(choice) == Sound::A ? ListenSource::A
                                                                        : ListenSource::B));
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        const bool playing = static_cast<int>(i) == choice;
        const QString what = i == Middle ? tr("unknown")
                             : test_->kind() == Kind::Abx
                                 ? tr("slot %1").arg(choices_[i]->text())
                                 : tr("unknown");
        choices_[i]->setCaption(playing ? tr("%1, playing").arg(what) : what);
    }
}

void BlindTestDialog::answer(int which)
{
    if (test_->finished())
        return;
    answer_ = which;
    for (std::size_t i = 0; i < answers_.size(); ++i)
        answers_[i]->setChecked(static_cast<int>(i) == which);
    next_->setEnabled(true);
    next_->setFocus();
}

void BlindTestDialog::next()
{
    if (!answer_)
        return;
    const bool first = *answer_ == 0;
    if (test_->kind() == Kind::Abx)
        test_->answer(first ? Sound::A : Sound::B);
    else
        test_->prefer(first);
    if (test_->finished()) {
        finish();
        return;
    }
    hear(heard_); // what X is may be another one now
    showTrial();
}

void BlindTestDialog::finish()
{
    if (test_->answered() == 0) {
        reject();
        return;
    }
    test_->stop();
    const TestResult result = *test_->result();
    verdict_->setText(QString::fromStdString(result.verdict()));
    sentence_->setText(QString::fromStdString(result.sentence()));
    pages_->setCurrentIndex(1);
    playback_.setInstead({});
    showTrial();
}

void BlindTestDialog::showTrial()
{
    answer_.reset();
    for (QPushButton *button : answers_)
        button->setChecked(false);
    const bool done = test_->finished();
    trial_->setText(done ? tr("Trials: %1").arg(test_->trials())
                         : tr("Trial %1 of %2").arg(test_->answered() + 1).arg(test_->trials()));
    const QString levels = match_->isChecked() ? tr("Levels are matched to within 0.1 LU.")
                                               : tr("Levels are as they are.");
    const QString how = test_->kind() == Kind::Abx
                            ? tr("X is A or B, chosen by chance for each trial.")
                            : tr("1 and 2 are A and B, in an order that changes by chance.");
    setSubtitle(how + u' ' + levels);
    boxes_->setTrials(test_->trials(), test_->answered());
    note_->setText(tr("%1 answered. The score stays hidden until the end so it cannot steer you.")
                       .arg(test_->answered()));
    const bool begun = test_->answered() > 0;
    for (QWidget *setUp : {static_cast<QWidget *>(kind_), static_cast<QWidget *>(count_)})
        setUp->setEnabled(!begun || done);
    match_->setEnabled(!begun || done);
    stop_->setText(done ? tr("Save report…") : tr("Stop and show result"));
    stop_->setEnabled(begun || done);
    next_->setText(done ? tr("Test again") : tr("Next trial"));
    next_->setEnabled(done);
}

void BlindTestDialog::showPosition()
{
    const double start = engine::secondsFromFrames(session_.window().firstFrame,
                                                   session_.sound()->format.sampleRateHz);
    const double at = playback_.playheadSeconds();
    time_->setText(widgets::clockText(at, 1));
    range_->setMoment(at - start);
}

void BlindTestDialog::saveReport()
{
    const auto dialog = new QFileDialog(this, tr("Save the report"), QString());
    dialog->setObjectName(QStringLiteral("reportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    dialog->selectFile(tr("listening test.txt"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        const TestReportNames names{
            words::fileName(session_.sound()->path).toStdString(),
            session_.slotState(Slot::A).preset.name.toStdString(),
            session_.slotState(Slot::B).preset.name.toStdString(),
            QLocale().toString(QDateTime::currentDateTime(), QLocale::ShortFormat).toStdString()};
        const engine::Status saved =
            engine::io::writeWholeFile(toPath(file), reportText(*test_->result(), names),
                                       engine::io::OverwritePolicy::Replace);
        if (!saved)
            sentence_->setText(QString::fromStdString(saved.error().oneLine()));
    });
    widgets::openOver(dialog);
}

void BlindTestDialog::keyPressEvent(QKeyEvent *event)
{
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const bool abx = test_->kind() == Kind::Abx;
    switch (event->key()) {
    case Qt::Key_A:
        return shift ? answer(0) : hear(Left);
    case Qt::Key_B:
        return shift ? answer(1) : hear(Right);
    case Qt::Key_X:
        return abx ? hear(Middle) : void();
    case Qt::Key_1:
        return abx ? void() : hear(Left);
    case Qt::Key_2:
        return abx ? void() : hear(Right);
    case Qt::Key_Space:
        return playback_.togglePlay();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return next_->click();
    default:
        Sheet::keyPressEvent(event);
    }
}

} // namespace app
