// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tells when a widget is dragged rather than clicked: pressed and moved by more than the system's
// distance. A button that is dragged is not clicked.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QObject>
#include <QPoint>

#include <optional>

class QWidget;

namespace widgets {

class DragSource final : public QObject {
    Q_OBJECT
public:
    /// Belongs to the widget.
    explicit DragSource(QWidget *widget);

signals:
    void started();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    std::optional<QPoint> pressed_;
};

} // namespace widgets
