// SPDX-License-Identifier: GPL-3.0-or-later
//
// Colours, fonts and sizes by role, all read from resources/theme/theme.json: no colour or size
// is written anywhere else. One theme serves the whole program; it follows the system's light or
// dark choice unless one is pinned, and a change reaches every widget at once.
// Shape: roles are paths such as "ground.panel", "stage.pre_quant", "size.rail". Units: logical
// pixels, milliseconds, as the token's name says. Real-time: no; GUI thread only.
// Errors: an unknown role is a programming error and ends the program with its name.
#pragma once

#include <QColor>
#include <QFont>
#include <QHash>
#include <QJsonObject>
#include <QObject>

#include <vector>

namespace widgets {

class Theme final : public QObject {
    Q_OBJECT
public:
    enum class Mode { System, Dark, Light };
    Q_ENUM(Mode)

    /// Requires: a QApplication exists. Loads tokens and fonts when first called.
    static Theme &shared();

    void setMode(Mode mode);
    Mode mode() const { return mode_; }
    bool isDark() const { return dark_; }
    /// Motion is shortened to nothing where the person or the system wishes it.
    void setReducedMotion(bool reduced) { reducedMotion_ = reduced; }
    bool reducedMotion() const { return reducedMotion_; }

    /// "ground.panel", "text.primary", "stage.output" … of the present palette.
    QColor colour(const char *role) const { return colour(role, dark_); }
    /// Of the dark or the light palette, for what stands on a ground that does not follow the theme.
    QColor colour(const char *role, bool dark) const;
    /// Role of `type.scale`: "body", "label", "value", "stage" …
    QFont font(const char *role) const;
    /// A number token: "size.rail", "knob.sizes.hero.d".
    double number(const char *path) const;
    int px(const char *path) const { return qRound(number(path)); }
    /// An array of numbers: "size.card_widths".
    std::vector<double> numbers(const char *path) const;
    /// 256 colours from quiet to loud: "ember", "paper", "viridis", "grey".
    std::vector<QRgb> colourMap(const char *name) const;
    /// Duration of a transition, 0 with reduced motion: "motion.fast_ms".
    int motionMs(const char *path) const;

    /// Sets palette, font and style sheet of the application.
    void apply();

signals:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Theme();
    void loadFonts();
    void readTokens();
    void flatten(const QJsonObject &object, const QByteArray &prefix);
    QString styleSheet() const;
    bool systemIsDark() const;

    Mode mode_ = Mode::System;
    bool dark_ = true;
    bool reducedMotion_ = false;
    bool applying_ = false;
    QJsonObject tokens_;
    QHash<QByteArray, QColor> colours_[2]; ///< light, dark
    QHash<QByteArray, double> numbers_;
};

/// The token group's name of a stage: "pre_quant" → colour("stage.pre_quant").
inline QColor stageColour(const char *stage)
{
    return Theme::shared().colour((QByteArray("stage.") + stage).constData());
}

} // namespace widgets
