// SPDX-License-Identifier: GPL-3.0-or-later
//
// A blind listening test between the slots: ABX (which of the two is X?) or preference (which of 1
// and 2 is better?). Nothing on the screen, in a log or in how fast a sound comes tells which is
// which; the score is hidden until the end. The two sounds are those of the moment it was opened.
// Units: seconds of the preview window. Real-time: no; GUI thread only. Errors: a report that could
// not be saved is said in the sheet.
#pragma once

#include "app/workstation/PlaybackController.h"
#include "engine/analysis/ListeningTest.h"
#include "widgets/panels/Sheet.h"

class QPushButton;
class QStackedWidget;

namespace widgets {
class BigChoice;
class LoopRangeBar;
class PlainSwitch;
class TrialBoxes;
class WordSwitch;
} // namespace widgets

namespace app {

class BlindTestDialog final : public widgets::Sheet {
    Q_OBJECT
public:
    BlindTestDialog(Session &session, ListenController &listening, PlaybackController &playback,
                    QWidget *window,
                    engine::analysis::RandomBit random = engine::analysis::systemRandomBits());
    ~BlindTestDialog() override;

    /// What stands in the way of a test; empty: nothing.
    static QString hindrance(const Session &session, const PreviewController &previews);
    const engine::analysis::ListeningTest &test() const { return *test_; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    using Kind = engine::analysis::TestKind;
    using Sound = engine::analysis::TestSound;

    void addChoices();
    void addAnswers();
    void addFooter();
    void begin();
    void hear(int choice);
    void answer(int which);
    void next();
    void finish();
    void showTrial();
    void showPosition();
    void saveReport();
    Sound soundOf(int choice) const;

    Session &session_;
    ListenController &listening_;
    PlaybackController &playback_;
    engine::analysis::RandomBit random_;
    std::unique_ptr<engine::analysis::ListeningTest> test_;
    bool matchedBefore_ = false;
    bool wasLooping_ = true;
    int heard_ = 0;
    std::optional<int> answer_;

    QLabel *trial_ = nullptr;
    widgets::WordSwitch *kind_ = nullptr;
    widgets::WordSwitch *count_ = nullptr;
    std::array<widgets::BigChoice *, 3> choices_{};
    QLabel *time_ = nullptr;
    widgets::LoopRangeBar *range_ = nullptr;
    QLabel *loop_ = nullptr;
    QStackedWidget *pages_ = nullptr;
    QLabel *question_ = nullptr;
    std::array<QPushButton *, 2> answers_{};
    widgets::TrialBoxes *boxes_ = nullptr;
    QLabel *note_ = nullptr;
    QLabel *sentence_ = nullptr;
    QLabel *verdict_ = nullptr;
    widgets::PlainSwitch *match_ = nullptr;
    QPushButton *stop_ = nullptr;
    QPushButton *next_ = nullptr;
};

} // namespace app
