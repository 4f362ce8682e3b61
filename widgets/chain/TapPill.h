// SPDX-License-Identifier: GPL-3.0-or-later
//
// One tap of the rail: a radio button in the shape of a pill, filled in its stage's colour and
// with headphones in place of its number where it is the one that is heard, and an eye where
// another one is heard.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/pipeline/Taps.h"

#include <QAbstractButton>

namespace widgets {

/// The pill's word: "Distortion" for the tap after it.
QString tapName(engine::pipeline::TapId tap);
/// The title of what is looked at: "After Distortion".
QString tapTitle(engine::pipeline::TapId tap);
/// "stage.distortion".
const char *tapStageToken(engine::pipeline::TapId tap);

class TapPill final : public QAbstractButton {
    Q_OBJECT
public:
    TapPill(engine::pipeline::TapId tap, QWidget *parent);
    /// Dimmed where there is nothing to hear.
    void setIdle(bool idle);
    void setHeard(bool heard);
    QSize sizeHint() const override;

signals:
    void menuRequested(QPoint globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    engine::pipeline::TapId tap_;
    bool idle_ = true;
    bool heard_ = false;
};

} // namespace widgets
