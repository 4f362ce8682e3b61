// SPDX-License-Identifier: GPL-3.0-or-later
//
// All presets, to be found, heard, kept and looked after: which are shown on the left, search, tags
// and the list in the middle, what the present one is on the right. It takes the place of the
// stage; everything around it stays in use.
// Shape: values in, wishes out; it neither knows files nor settings. Real-time: no; GUI thread
// only. Errors: none.
#pragma once

#include "widgets/browser/PresetDetail.h"
#include "widgets/browser/PresetFilters.h"
#include "widgets/browser/PresetRows.h"

#include <array>

class QStackedLayout;

namespace widgets {

class DropDown;
class PlainSwitch;
class PresetList;
class PresetSearch;
class TagChips;

/// What stands in the list's place where it is empty.
struct NoPresets {
    QString title;
    QString advice;
    bool operator==(const NoPresets &) const = default;
};

class PresetBrowser final : public QWidget {
    Q_OBJECT
public:
    static constexpr std::size_t lockCount = 3; ///< Key, Scale, Output

    explicit PresetBrowser(QWidget *parent = nullptr);

    void setFilters(const std::vector<PresetFilter> &filters, int chosen);
    void setSearch(const QString &text);
    void setTags(const QStringList &tags, const QStringList &searched);
    void setOrder(int order); ///< Name, Category, Key, Newest
    void setRows(std::vector<PresetRow> rows, int current, const NoPresets &ifEmpty);
    void setDetails(const PresetDetails &details) { detail_->setDetails(details); }
    void setLocks(const std::array<bool, lockCount> &locks);
    void setCompact(bool compact);
    void focusSearch();
    int currentRow() const;

signals:
    void searchEdited(const QString &text);
    void tagClicked(const QString &tag);
    void orderChosen(int order);
    void filterChosen(int filter);
    void lockToggled(int lock, bool on);
    void tried(int row);
    void kept();
    void givenUp();
    void starClicked(int row);
    void folderOfRequested(int row);
    void ownFolderRequested();
    void showAllRequested();
    void saveAsRequested();
    void revertRequested();
    void menuRequested(QPoint globalPosition);

protected:
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeMiddle();
    QWidget *makeEmpty();
    void retint();

    PresetFilters *filters_;
    PresetDetail *detail_;
    PresetSearch *search_ = nullptr;
    DropDown *order_ = nullptr;
    TagChips *tags_ = nullptr;
    QLabel *keep_ = nullptr;
    std::array<PlainSwitch *, lockCount> locks_{};
    PresetList *list_ = nullptr;
    QStackedLayout *pages_ = nullptr;
    QLabel *emptyTitle_ = nullptr;
    QLabel *emptyAdvice_ = nullptr;
};

} // namespace widgets
