// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks where a render goes and how it is written, and tells beforehand how large it gets, how long
// it takes and what happens to its loudness. It writes nothing: accepted() and wish() say it all.
// Units: seconds, LUFS, dBTP, Hz. Real-time: no; GUI thread only. Errors: a name that cannot be
// used is said under it, and Render waits until it can.
#pragma once

#include "app/workstation/ExportChoices.h"
#include "widgets/panels/Sheet.h"

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace widgets {
class PlainSwitch;
class WordSwitch;
} // namespace widgets

namespace app {

/// What the dialog has to know of the sound and the preview.
struct ExportFacts {
    /// No one sound but all of a batch: nothing is asked or told that belongs to one.
    bool manySounds = false;
    std::filesystem::path sound;
    QString slot; ///< "A"
    engine::AudioFormat format;
    double seconds = 0.0; ///< 0: unknown yet
    double windowStartSeconds = 0.0;
    double windowSeconds = 0.0;
    std::optional<double> previewLufs; ///< of the output; absent: unknown or silence
    std::optional<double> inputLufs;   ///< of the same part of the input
    double timesRealTime = 0.0;        ///< of the last preview; 0: unknown
    engine::dsp::Oversampling oversampling = engine::dsp::Oversampling::X4;
    std::filesystem::path folder;
    QString name; ///< proposed, without ending
};

struct ExportWish {
    engine::render::RenderFileRequest request; ///< without settings
    ExportChoices choices;
};

class ExportDialog final : public widgets::Sheet {
    Q_OBJECT
public:
    ExportDialog(const ExportFacts &facts, const ExportChoices &choices, QWidget *window);

    /// Requires: accepted.
    ExportWish wish() const;
    std::filesystem::path target() const;

private:
    void addName(QFormLayout &form);
    void addFormat(QFormLayout &form);
    void addLoudness(QFormLayout &form);
    void addWhenDone(QFormLayout &form);
    void addFooter();
    void chooseTarget();
    void containerFromName();
    void setContainer(engine::io::Container container);
    void changed();
    void showFormat();
    void showLoudness();
    void showName();
    void showEstimate();
    double seconds() const;
    std::filesystem::path tapsFolder() const;
    QString replaced() const;
    bool isSound(const std::filesystem::path &path) const;
    double neededBytes() const;

    ExportFacts facts_;
    ExportChoices choices_;
    std::filesystem::path folder_;
    bool filling_ = false;

    QLineEdit *name_ = nullptr;
    QLabel *place_ = nullptr;
    widgets::WordSwitch *format_ = nullptr;
    QLabel *depthLabel_ = nullptr;
    widgets::WordSwitch *depth_ = nullptr;
    widgets::WordSwitch *quality_ = nullptr;
    QComboBox *dither_ = nullptr;
    QComboBox *rate_ = nullptr;
    QComboBox *source_ = nullptr;
    QComboBox *oversampling_ = nullptr;
    widgets::WordSwitch *part_ = nullptr;
    widgets::WordSwitch *loudness_ = nullptr;
    QWidget *targetRow_ = nullptr;
    QDoubleSpinBox *target_ = nullptr;
    QDoubleSpinBox *truePeak_ = nullptr;
    QLabel *targetWords_ = nullptr;
    QLabel *loudnessNote_ = nullptr;
    widgets::PlainSwitch *recipe_ = nullptr;
    QCheckBox *allTaps_ = nullptr;
    QCheckBox *show_ = nullptr;
    QCheckBox *preset_ = nullptr;
    QLabel *estimate_ = nullptr;
    QPushButton *render_ = nullptr;
};

} // namespace app
