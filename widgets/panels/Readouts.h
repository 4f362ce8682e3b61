// SPDX-License-Identifier: GPL-3.0-or-later
//
// The transport's two read-outs: the time (a click changes its format) and the loudness (a click
// resets the held peak). Both are buttons that paint themselves.
// Units: seconds, LUFS, dBFS. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QAbstractButton>

#include <optional>

namespace widgets {

struct TransportState;

class TimeReadout final : public QAbstractButton {
    Q_OBJECT
public:
    explicit TimeReadout(QWidget *parent);
    void setState(const TransportState &state);
    void setCompact(bool compact);
    QString timeText() const { return time_; }
    QString loopText() const { return loop_; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void compose();

    bool samples_ = false;
    bool compact_ = false;
    bool enabled_ = false;
    bool looping_ = false;
    double seconds_ = 0.0;
    double loopStart_ = 0.0;
    double loopEnd_ = 0.0;
    int sampleRateHz_ = 48000;
    QString time_;
    QString loop_;
};

class LoudnessReadout final : public QAbstractButton {
    Q_OBJECT
public:
    explicit LoudnessReadout(QWidget *parent);
    void setValues(std::optional<double> lufs, std::optional<double> peakDb);
    QString loudnessText() const { return loudness_; }
    QString peakText() const { return peak_; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString loudness_;
    QString peak_;
};

} // namespace widgets
