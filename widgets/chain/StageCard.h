// SPDX-License-Identifier: GPL-3.0-or-later
//
// The frame of a card of the chain: a switch or a dot in the stage's colour, the title, the "more"
// menu, and a veil over the body while the stage is off (its controls stay usable). A card holds
// the controls of one stage, shows settings on all of them and passes their edits on.
// Shape: places are those of the theme's card.normal or card.compact. Units: logical pixels.
// Real-time: no. Errors: none.
#pragma once

#include "engine/pipeline/ParameterSet.h"
#include "engine/pipeline/Settings.h"
#include "engine/pipeline/StageId.h"
#include "widgets/controls/ParameterControl.h"

#include <QWidget>

#include <vector>

class QMenu;

namespace widgets {

class CardVeil;
class IconButton;
class Knob;
class ToggleSwitch;

class StageCard : public QWidget {
    Q_OBJECT
public:
    StageCard(engine::pipeline::StageId stage, QWidget *parent);

    engine::pipeline::StageId stage() const { return stage_; }
    /// Never signals edited().
    virtual void showSettings(const engine::pipeline::Settings &settings);
    void showOther(const std::optional<engine::pipeline::Settings> &other);
    void showLocks(const engine::pipeline::ParameterSet &locks);
    void setCompact(bool compact);

signals:
    void edited(engine::pipeline::ParameterId id, double value, widgets::Edit edit);
    void lockRequested(engine::pipeline::ParameterId id, bool locked);
    void resetRequested(engine::pipeline::StageId stage);

protected:
    /// Takes a control into the card: its name, its edits, its values.
    template <typename Control>
    Control *add(Control *control, const char *name)
    {
        control->setObjectName(QLatin1String(name));
        controls_.push_back(control);
        connect(control, &Control::edited, this, &StageCard::edited);
        if constexpr (requires { &Control::lockRequested; }) {
            connect(control, &Control::lockRequested, this, &StageCard::lockRequested);
        }
        return control;
    }
    void addSwitch(engine::pipeline::ParameterId id, const char *name);
    /// After the last control: the menu's button, named so, and the veil.
    void finish(const char *moreName);

    /// Puts every control where it belongs in the present size.
    virtual void placeControls() = 0;
    virtual void setControlsCompact(bool) {}
    virtual void fillMenu(QMenu &) {}
    virtual void paintWords(QPainter &) {}
    /// The value that a control stands for; another row's where it is linked.
    virtual double valueFor(const engine::pipeline::ParameterInfo &info,
                            const engine::pipeline::Settings &settings) const;

    bool isCompact() const { return compact_; }
    int cardMetric(const char *name) const;
    /// Left and right edge of the content.
    int left() const;
    int right() const;
    /// The read-out line's height around its middle.
    QRect readoutRow(int from, int to) const;
    void addToggleAction(QMenu &menu, engine::pipeline::ParameterId id, const char *name, bool on);
    QMenu *makeMenu();

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void place();
    void showOff();

    engine::pipeline::StageId stage_;
    bool compact_ = false;
    std::vector<ParameterControl *> controls_;
    ToggleSwitch *switch_ = nullptr;
    IconButton *more_ = nullptr;
    CardVeil *veil_ = nullptr;
};

} // namespace widgets
