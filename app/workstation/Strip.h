// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decides what the job strip shows: a message that a person has not answered, else a running
// render, else a file that takes longer than 100 ms to open, else nothing.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/ExportController.h"
#include "app/workstation/FileController.h"
#include "widgets/panels/JobStrip.h"

#include <QElapsedTimer>

#include <functional>
#include <map>

namespace app {

class Strip final : public QObject {
    Q_OBJECT
public:
    using Answers = std::map<QString, std::function<void()>>;

    Strip(widgets::JobStrip &strip, FileController &files, ExportController &exports);

    /// Shown until it is answered, dismissed or out of date; a newer one takes its place.
    void tell(const widgets::JobNotice &notice, Answers answers = {});
    /// The same for what is not out of date when something else is opened: it comes back after
    /// other messages until a person has answered it.
    void keepTelling(const widgets::JobNotice &notice, Answers answers);
    /// Whether what it tells now has such an answer.
    bool offers(const char *action) const;
    void clearNotice();
    /// What was asked is no longer true.
    void withdraw(const widgets::JobNotice &notice);
    /// Esc: a question has its answer that changes nothing. False: there is no such question.
    bool keepWorking();

private:
    struct Message {
        widgets::JobNotice notice;
        Answers answers;
    };
    const Message *shown() const;
    Message takeShown();
    void showMessage();
    void refresh();

    widgets::JobStrip &strip_;
    FileController &files_;
    ExportController &exports_;
    std::optional<Message> message_;
    std::optional<Message> lasting_; ///< shown while there is no other
    QElapsedTimer loading_;
    QTimer late_;
};

} // namespace app
