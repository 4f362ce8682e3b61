// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one preset is: its name, where it comes from, what it is for, what its stages do, and what
// was changed since. Below it what can be done.
// Shape: one value. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QByteArray>
#include <QStringList>
#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QToolButton;

namespace widgets {

class TagChips;

struct StageSummary {
    QByteArray token; ///< of the stage's colour: "pre_quant"
    QString stage;
    QString text; ///< "F minor, snap 90 %"
    bool off = false;
    bool operator==(const StageSummary &) const = default;
};

struct PresetDetails {
    QString name;
    QString origin; ///< "Factory, by Quantum Distortion"
    QString text;
    QStringList tags;
    QStringList searchedTags;
    std::vector<StageSummary> stages;
    QString changes; ///< "You changed 3 values: …"
    QString held;    ///< "A lock held 1 value: …"
    bool canSave = true;
    bool canRevert = false;
    bool operator==(const PresetDetails &) const = default;
};

class PresetDetail final : public QWidget {
    Q_OBJECT
public:
    explicit PresetDetail(QWidget *parent = nullptr);

    void setDetails(const PresetDetails &details);
    void setCompact(bool compact);

signals:
    void tagClicked(const QString &tag);
    void saveAsRequested();
    void revertRequested();
    /// Where a menu of everything else fits.
    void menuRequested(QPoint globalPosition);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    class Summary;
    void retint();
    void showNames();

    PresetDetails details_;
    QLabel *name_;
    QLabel *origin_;
    QLabel *text_;
    TagChips *tags_;
    Summary *summary_;
    QLabel *changes_;
    QLabel *held_;
    QPushButton *saveAs_;
    QPushButton *revert_;
    QToolButton *more_;
};

} // namespace widgets
