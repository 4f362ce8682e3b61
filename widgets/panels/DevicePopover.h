// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is wrong with the audio device, in words, above the chip that says so; with what to do.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/panels/Buttons.h"

#include <QFrame>

#include <vector>

namespace widgets {

struct DeviceNotice {
    QString chip;  ///< "No audio device", "Playback is skipping"
    QString title; ///< "No audio device"
    QString text;
    std::vector<PanelAction> actions;
    bool operator==(const DeviceNotice &) const = default;
};

class DevicePopover final : public QFrame {
    Q_OBJECT
public:
    explicit DevicePopover(QWidget *parent);
    void setNotice(const DeviceNotice &notice);
    /// Opens above `anchor`, right edges aligned, its tip at the anchor's middle.
    void openAbove(const QWidget *anchor);

signals:
    void actionTriggered(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double tipX_ = 0.0;
};

} // namespace widgets
