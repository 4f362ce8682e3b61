// SPDX-License-Identifier: GPL-3.0-or-later
//
// The contact sheet: one or two continuous parameters, the range that each goes through, and a grid
// of renders of the preview window with those values. Cells are heard at the playhead, like A and
// B; the one that is chosen becomes A, as one step. All else is as the settings that are worked on;
// what is locked goes through no range. Along an edge values are evenly spaced on the parameter's
// own knob. With one parameter its values go through the cells in reading order. Real-time: no; GUI
// thread only, renders in the background. Errors: a cell that could not be rendered says so.
#pragma once

#include "app/workstation/Locks.h"
#include "app/workstation/PlaybackController.h"
#include "app/workstation/VariationRenderer.h"
#include "widgets/panels/ContactGrid.h"
#include "widgets/panels/Sheet.h"

#include <QTimer>
#include <QVariantMap>

class QLineEdit;
class QPushButton;

namespace widgets {
class DropDown;
class WordSwitch;
} // namespace widgets

namespace app {

class ContactSheet final : public widgets::Sheet {
    Q_OBJECT
public:
    /// `choices`: those of another time, as choices() has them. Requires: a sound is open, and
    /// canVary(locks).
    ContactSheet(Session &session, const Locks &locks, ListenController &listening,
                 PlaybackController &playback, const QVariantMap &choices, QWidget *window);
    ~ContactSheet() override;

    /// Something that could go through a range is not locked.
    static bool canVary(const Locks &locks);
    QVariantMap choices() const;
    int count() const { return static_cast<int>(settings_.size()); }
    const engine::pipeline::Settings &settings(int index) const
    {
        return settings_[static_cast<std::size_t>(index)];
    }
    /// Null while it is not rendered.
    SharedVariation variation(int index) const
    {
        return variations_[static_cast<std::size_t>(index)];
    }
    void take(int index);
    /// −1: what is heard otherwise.
    void hear(int index);

signals:
    void choicesChanged();

private:
    struct Axis {
        widgets::DropDown *parameter = nullptr;
        QLineEdit *from = nullptr;
        QLineEdit *to = nullptr;
    };
    Axis makeAxis(const QString &name, const char *id, bool optional);
    void addControls();
    void addFooter();
    void restore(const QVariantMap &choices);
    void choose(const Axis &axis, int parameter);
    const engine::pipeline::ParameterInfo *parameter(const Axis &axis) const;
    void showWholeRange(const Axis &axis);
    std::vector<double> values(const Axis &axis, int count) const;
    int side() const;
    void start();
    void receive(int index, const SharedVariation &variation);
    widgets::ContactCell cell(int index) const;
    QString valuesInWords(int index) const;
    void showMarked();
    void showProgress();

    Session &session_;
    const Locks &locks_;
    ListenController &listening_;
    PlaybackController &playback_;
    Axis across_;
    Axis down_;
    widgets::WordSwitch *size_ = nullptr;
    widgets::ContactGrid *grid_ = nullptr;
    QLabel *words_ = nullptr;
    QLabel *progress_ = nullptr;
    QPushButton *hear_ = nullptr;
    QPushButton *take_ = nullptr;
    std::vector<engine::pipeline::Settings> settings_;
    std::vector<SharedVariation> variations_;
    std::vector<bool> failed_;
    int heard_ = -1;
    bool playsForUs_ = false;
    bool taken_ = false;
    QTimer later_;
    VariationRenderer renderer_;
};

} // namespace app
