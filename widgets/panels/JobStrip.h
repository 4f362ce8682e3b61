// SPDX-License-Identifier: GPL-3.0-or-later
//
// The strip under the overview: the progress of one job, or one message. Nothing to say: no
// height. It slides open and shut.
// Shape: content is one value, progress or notice. A bar never runs backwards within one job.
// Units: fractions 0..1, milliseconds. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/panels/Buttons.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <variant>
#include <vector>

class QHBoxLayout;
class QVariantAnimation;

namespace widgets {

struct JobProgress {
    QByteArray icon = "render";     ///< name of an icon
    QString title;                  ///< "Rendering", "Opening"
    QString file;                   ///< "live_set_warehouse_growl.flac"
    std::optional<double> fraction; ///< unknown: the bar runs to and fro
    QString percent;                ///< "62 %"
    QString position;               ///< "38:33 of 1:02:10"
    QString speed;                  ///< "83×"
    QString timeLeft;               ///< "17 s left"
    QString question;               ///< asked before cancelling: "Stop? 62 % is done."
};

struct JobNotice {
    enum class Severity { Error, Warning, Info, Done };
    Severity severity = Severity::Info;
    QString title;
    QString text;
    std::vector<PanelAction> actions;
    bool dismissible = true;
    QString dragHint; ///< a handle that can be dragged away says this; empty: there is none
    int autoHideMs = 0; ///< 0: stays; the pointer over the strip keeps it
};

using JobStripContent = std::variant<JobProgress, JobNotice>;

class JobStrip final : public QWidget {
    Q_OBJECT
public:
    explicit JobStrip(QWidget *parent = nullptr);

    /// Nothing: slides shut.
    void setContent(const std::optional<JobStripContent> &content);
    bool isOpen() const { return content_.has_value(); }
    bool isAsking() const { return asking_; }
    /// The drawn part of the progress bar, 0..1.
    double shownFraction() const { return fraction_; }
    QRectF barRect() const;

signals:
    void actionTriggered(const QString &id);
    void cancelRequested();
    void dismissed();
    /// The handle is being dragged.
    void dragStarted();
    /// There is something to show now, or no longer.
    void openChanged(bool open);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    const JobProgress *progress() const;
    const JobNotice *notice() const;
    void rebuildButtons();
    void ask(bool asking);
    void dismiss();
    void slide(bool open);
    QRectF textRect() const;
    void paintProgress(QPainter &painter) const;
    void paintNotice(QPainter &painter) const;

    std::optional<JobStripContent> content_;
    bool asking_ = false;
    double fraction_ = 0.0;
    QHBoxLayout *buttons_ = nullptr;
    QVariantAnimation *slide_ = nullptr;
    QVariantAnimation *sweep_ = nullptr;
    QTimer autoHide_;
};

} // namespace widgets
