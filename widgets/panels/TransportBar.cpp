// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/TransportBar.h"

#include "widgets/panels/LevelMeter.h"
#include "widgets/panels/ListenPanel.h"
#include "widgets/panels/Readouts.h"
#include "widgets/panels/VolumeSlider.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <cmath>
#include <limits>
#include <utility>

namespace widgets {

namespace {

constexpr double silent = -std::numeric_limits<double>::infinity();

/// A round button for the one thing done most often.
class PlayButton final : public QPushButton {
public:
    explicit PlayButton(QWidget *parent) : QPushButton(parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        trackKeyboardFocus(this);
    }
    void setPlaying(bool playing)
    {
        if (std::exchange(playing_, playing) != playing)
            update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::shared();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour(!isEnabled()   ? "ground.control"
                                      : underMouse() ? "action.primary_hover"
                                                     : "action.primary"));
        painter.drawEllipse(rect());
        const double side = theme.number("space.scale.x4");
        const QRectF place(rect().center().x() + 0.5 - side / 2,
                           rect().center().y() + 0.5 - side / 2, side, side);
        paintIcon(painter, place, playing_ ? "pause" : "play",
                  theme.colour(isEnabled() ? "text.on_action" : "text.disabled"));
        if (hasKeyboardFocus(this))
            paintFocusRing(painter, rect(), height() / 2.0);
    }

private:
    bool playing_ = false;
};

QWidget *divider(QWidget *parent)
{
    const Theme &theme = Theme::shared();
    auto *line = new QFrame(parent);
    line->setFixedSize(theme.px("stroke.hairline"), theme.px("space.scale.x8"));
    const auto tint = [line] {
        line->setStyleSheet(
            QStringLiteral("background: %1").arg(Theme::shared().colour("line.border").name()));
    };
    QObject::connect(&theme, &Theme::changed, line, tint);
    tint();
    return line;
}

} // namespace

TransportBar::TransportBar(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("transport"));
    setAccessibleName(tr("Transport"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    build();
    connect(play_, &QPushButton::clicked, this, [this] { emit playRequested(!state_.playing); });
    connect(toStart_, &QToolButton::clicked, this, &TransportBar::toStartRequested);
    connect(loop_, &QToolButton::clicked, this, &TransportBar::loopToggled);
    connect(volume_, &QSlider::valueChanged, this, &TransportBar::showVolume);
    connect(mute_, &QToolButton::toggled, this, &TransportBar::showVolume);
    connect(loudness_, &QAbstractButton::clicked, this, &TransportBar::peakHoldResetRequested);
    connect(meter_, &LevelMeter::clipCleared, this, &TransportBar::peakHoldResetRequested);
    connect(chip_, &QPushButton::clicked, this, &TransportBar::openDeviceNotice);
    connect(popover_, &DevicePopover::actionTriggered, this, &TransportBar::deviceActionTriggered);
    connect(&Theme::shared(), &Theme::changed, this, &TransportBar::retint);
    setCompact(false);
    setTransport({});
    setDeviceNotice({});
    retint();
}

void TransportBar::build()
{
    const Theme &theme = Theme::shared();
    play_ = new PlayButton(this);
    play_->setObjectName(QStringLiteral("play"));
    play_->setFixedSize(theme.px("size.play"), theme.px("size.play"));
    toStart_ = iconButton(this, "to-start", tr("To start"));
    toStart_->setObjectName(QStringLiteral("toStart"));
    loop_ = iconButton(this, "loop", tr("Loop"));
    loop_->setObjectName(QStringLiteral("loop"));
    loop_->setCheckable(true);
    time_ = new TimeReadout(this);
    listen_ = new ListenPanel(this);
    meter_ = new LevelMeter(this);
    loudness_ = new LoudnessReadout(this);
    mute_ = iconButton(this, "volume", tr("Mute"));
    mute_->setObjectName(QStringLiteral("mute"));
    mute_->setCheckable(true);
    volume_ = new VolumeSlider(this);
    chip_ = textButton(this, {}, false, "warning");
    setButtonIconRole(chip_, "status.warn");
    chip_->setObjectName(QStringLiteral("deviceChip"));
    popover_ = new DevicePopover(this);

    row_ = new QHBoxLayout(this);
    const int gap = theme.px("space.scale.x2");
    row_->setSpacing(gap);
    row_->addWidget(play_);
    row_->addSpacing(gap / 2);
    row_->addWidget(toStart_);
    row_->addWidget(loop_);
    row_->addSpacing(gap + gap / 2);
    row_->addWidget(time_);
    row_->addSpacing(gap / 2);
    row_->addWidget(divider(this));
    row_->addSpacing(gap / 2);
    row_->addWidget(listen_);
    row_->addStretch(1);
    row_->addWidget(meter_);
    row_->addWidget(loudness_);
    row_->addSpacing(gap / 2);
    row_->addWidget(divider(this));
    row_->addWidget(mute_);
    row_->addWidget(volume_);
    row_->addWidget(chip_);
}

void TransportBar::setCompact(bool compact)
{
    const Theme &theme = Theme::shared();
    compact_ = compact;
    setFixedHeight(theme.px(compact ? "size.transport_compact" : "size.transport"));
    const int side = theme.px(compact ? "space.window_margin_compact" : "space.window_margin");
    row_->setContentsMargins(side, 0, side, 0);
    meter_->setFixedWidth(theme.px(compact ? "size.meter_width_compact" : "size.meter_width"));
    volume_->setCompact(compact);
    time_->setCompact(compact);
    listen_->setCompact(compact);
}

void TransportBar::setTransport(const TransportState &state)
{
    state_ = state;
    play_->setEnabled(state.enabled);
    toStart_->setEnabled(state.enabled);
    static_cast<PlayButton *>(play_)->setPlaying(state.playing);
    const QString name = state.playing ? tr("Pause") : tr("Play");
    if (play_->accessibleName() != name) {
        play_->setAccessibleName(name);
        play_->setToolTip(tr("%1 (Space)").arg(name));
    }
    loop_->setChecked(state.loop);
    time_->setState(state);
}

void TransportBar::setMeters(const MeterState &state)
{
    meter_->setPeaks(state.peakDb);
    if (state.clipped)
        meter_->setClipped(true);
    loudness_->setValues(state.lufs, std::max(state.peakHoldDb[0], state.peakHoldDb[1]));
}

void TransportBar::clearClip()
{
    meter_->setClipped(false);
}

void TransportBar::clearMeters()
{
    meter_->setPeaks({silent, silent});
    loudness_->setValues({}, {});
}

void TransportBar::setVolume(double decibels)
{
    const bool audible = decibels > VolumeSlider::lowestDb;
    volume_->setValue(audible ? qRound(decibels * VolumeSlider::tenths) : volume_->minimum());
}

void TransportBar::showVolume()
{
    const bool off = mute_->isChecked() || volume_->value() <= volume_->minimum();
    setButtonIcon(mute_, off ? "volume-off" : "volume");
    mute_->setToolTip(mute_->isChecked() ? tr("Unmute") : tr("Mute"));
    const double volume = off ? silent : volume_->decibels();
    if (volume == sentVolume_)
        return;
    sentVolume_ = volume;
    emit volumeChanged(volume);
}

void TransportBar::setDeviceNotice(const std::optional<DeviceNotice> &notice)
{
    chip_->setVisible(notice.has_value());
    mute_->setVisible(!notice);
    volume_->setVisible(!notice);
    if (!notice) {
        popover_->close();
        return;
    }
    chip_->setText(notice->chip);
    chip_->setToolTip(notice->text);
    popover_->setNotice(*notice);
}

void TransportBar::openDeviceNotice()
{
    if (!chip_->isHidden())
        popover_->openAbove(chip_);
}

void TransportBar::retint()
{
    const Theme &theme = Theme::shared();
    const QColor warn = theme.colour("status.warn");
    chip_->setStyleSheet(QStringLiteral("QPushButton { background: %1; color: %2; border: %3px "
                                        "solid %4; }")
                             .arg(theme.colour("status.warn_ground").name(), warn.name())
                             .arg(theme.px("stroke.hairline"))
                             .arg(warn.name()));
    update();
}

void TransportBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.fillRect(rect(), theme.colour("ground.panel"));
    painter.fillRect(QRect(0, 0, width(), theme.px("stroke.hairline")),
                     theme.colour("line.hairline"));
}

} // namespace widgets
