// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stage while no file is open: a place to drop one, what was worked on last, demo sounds and
// recent files.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace widgets {

class StartRow;

struct DemoItem {
    QString title;
    QString description;
    double seconds = 0.0;
    std::vector<float> shape; ///< some 28 levels, 0..1
};

struct RecentItem {
    QString name;
    QString folder; ///< "~/Projects/deepform"
    double seconds = 0.0;
};

struct SessionItem {
    QString name;
    QString note; ///< what is in it
};

class StartPanel final : public QWidget {
    Q_OBJECT
public:
    explicit StartPanel(QWidget *parent = nullptr);
    void setDemos(const std::vector<DemoItem> &demos);
    void setRecent(const std::vector<RecentItem> &files);
    /// What can be gone back to.
    void setSessions(const std::vector<SessionItem> &sessions);
    /// Which demo sounds now.
    void setAuditioning(std::optional<int> demo);
    void setCompact(bool compact);

signals:
    void openRequested();
    void demoRequested(int index);
    void demoAuditionRequested(int index);
    void recentRequested(int index);
    void sessionRequested(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *dropArea();
    QWidget *sessionPart();
    QLabel *heading(const QString &text);
    void retint();

    std::vector<StartRow *> sessions_;
    std::vector<StartRow *> demos_;
    std::vector<StartRow *> recent_;
    std::vector<QLabel *> headings_;
    QWidget *sessionPart_ = nullptr;
    QVBoxLayout *sessionColumn_ = nullptr;
    QLabel *demoHeading_ = nullptr;
    QLabel *recentHeading_ = nullptr;
    QVBoxLayout *demoColumn_ = nullptr;
    QVBoxLayout *recentColumn_ = nullptr;
    QScrollArea *list_ = nullptr;
};

} // namespace widgets
