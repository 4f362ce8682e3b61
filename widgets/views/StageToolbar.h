// SPDX-License-Identifier: GPL-3.0-or-later
//
// The head of the stage: which tap is looked at, and the buttons that maximise the view and open
// the inspector. Tabs of views find their place between them.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/pipeline/Taps.h"

#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace widgets {

class StageToolbar final : public QWidget {
    Q_OBJECT
public:
    explicit StageToolbar(QWidget *parent = nullptr);
    /// `remark`: why the picture is not quite this tap: "Post-Quant is off", "Updating…".
    void setTap(engine::pipeline::TapId tap, const QString &remark = {});
    void setMaximized(bool on);
    void setInspectorOpen(bool open);
    QString title() const { return title_; }

signals:
    void maximizeRequested(bool on);
    void inspectorRequested(bool open);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    engine::pipeline::TapId tap_ = engine::pipeline::TapId::Output;
    QString title_;
    QString remark_;
    QToolButton *maximize_ = nullptr;
    QToolButton *inspector_ = nullptr;
};

} // namespace widgets
