// SPDX-License-Identifier: GPL-3.0-or-later
//
// The column beside the list of presets: which of them are shown, by bank or by category, with how
// many there are. One is chosen; the group is one stop of the Tab key, arrow keys go through it.
// Shape: all rows at once; the chosen one by its place. Real-time: no; GUI thread only.
// Errors: none.
#pragma once

#include <QWidget>

#include <vector>

class QButtonGroup;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace widgets {

struct PresetFilter {
    QString label;
    int count = 0;
    bool isCategory = false; ///< stands under the heading of categories
    bool operator==(const PresetFilter &) const = default;
};

class PresetFilters final : public QWidget {
    Q_OBJECT
public:
    explicit PresetFilters(QWidget *parent = nullptr);

    /// Requires: banks before categories.
    void setFilters(const std::vector<PresetFilter> &filters, int chosen);
    void setCompact(bool compact);

signals:
    void chosen(int filter);
    void folderRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void rebuild();
    void retint();

    std::vector<PresetFilter> filters_;
    int chosen_ = 0;
    bool compact_ = false;
    QButtonGroup *group_ = nullptr;
    QLabel *heading_ = nullptr;
    QVBoxLayout *rows_ = nullptr;
    QToolButton *folder_ = nullptr;
};

} // namespace widgets
