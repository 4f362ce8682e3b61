// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes the stage's place where a file could not be opened: what happened, what it means, what to
// do; path and library text folded away under Details.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/panels/Buttons.h"

#include <QWidget>

#include <vector>

class QHBoxLayout;
class QLabel;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace widgets {

struct ErrorContent {
    QString title;       ///< "“vox.m4a” could not be opened"
    QString consequence; ///< what it means
    QString advice;      ///< what to do
    std::vector<PanelAction> actions;
    QString details; ///< lines of raw text; empty: no Details
};

class ErrorPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ErrorPanel(QWidget *parent = nullptr);
    void setContent(const ErrorContent &content);
    void setDetailsOpen(bool open);

signals:
    void actionTriggered(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuild();
    void addText(QVBoxLayout *column);
    void addActions(QVBoxLayout *column);
    void addDetails(QVBoxLayout *column);

    ErrorContent content_;
    QScrollArea *scroll_ = nullptr;
    QHBoxLayout *row_ = nullptr;
    QWidget *body_ = nullptr;
    QLabel *badge_ = nullptr;
    QToolButton *fold_ = nullptr;
    QLabel *details_ = nullptr;
    bool detailsOpen_ = false;
};

} // namespace widgets
