// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tags as chips, side by side: in one line as many as fit, with a menu of the rest behind them, or
// in as many lines as they need. A click on one is a wish to search for it, or no longer.
// Shape: tags and which of them are searched for. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

class QAbstractButton;
class QToolButton;

namespace widgets {

class TagChips final : public QWidget {
    Q_OBJECT
public:
    enum class Lines { One, Any };
    explicit TagChips(Lines lines, QWidget *parent = nullptr);

    /// Where they do not all fit, the first are seen, those that are searched for before them.
    void setTags(const QStringList &tags, const QStringList &searched);

    bool hasHeightForWidth() const override { return lines_ == Lines::Any; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void clicked(const QString &tag);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    int place(int width, bool apply) const;
    void arrange();
    void openMenu();

    Lines lines_;
    QStringList tags_;
    QStringList searched_;
    std::vector<QAbstractButton *> chips_;
    QToolButton *more_ = nullptr;
};

} // namespace widgets
