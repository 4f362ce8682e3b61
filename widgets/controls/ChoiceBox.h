// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Choice as a box with a list that drops down. Words come from the table or, where they depend
// on other settings (notes spelled for the key), from setWords(). Real-time: no. Errors: none.
#pragma once

#include "widgets/controls/NudgeRun.h"
#include "widgets/controls/ParameterControl.h"

#include <QComboBox>

namespace widgets {

class ChoiceBox final : public QComboBox, public ParameterControl {
    Q_OBJECT
public:
    explicit ChoiceBox(const engine::pipeline::ParameterInfo &info, QWidget *parent = nullptr);

    void showValue(double value) override { setCurrentIndex(static_cast<int>(value)); }
    double shownParameter() const override { return currentIndex(); }
    void showLocked(bool locked) override;
    void setWords(const QStringList &words);
    /// Shown in the closed box where the full words do not fit.
    void setShortWords(const QStringList &words);
    /// Not even the short words fit.
    bool isElided() const;

signals:
    void edited(engine::pipeline::ParameterId id, double value, widgets::Edit edit);

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void showPopup() override;

private:
    void describe();
    QRectF textRoom() const;
    QString fittingWords() const;

    Edit how_ = Edit::Set;
    NudgeRun run_;
    bool locked_ = false;
    QStringList shortWords_;
};

} // namespace widgets
