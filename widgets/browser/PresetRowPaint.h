// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws a row of the list of presets and knows where in it what is.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QRectF>
#include <QStyledItemDelegate>

namespace widgets {

class PresetRowPaint final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setCompact(bool compact) { compact_ = compact; }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

    /// Where a click is meant for the star.
    static QRect starPlace(const QRect &row);
    /// Where a damaged file's row offers to show the folder.
    static QRect folderPlace(const QRect &row);

private:
    bool compact_ = false;
};

} // namespace widgets
