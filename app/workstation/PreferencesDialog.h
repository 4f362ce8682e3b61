// SPDX-License-Identifier: GPL-3.0-or-later
//
// Preferences: audio device, preview, appearance, folders. Every choice applies at once; there is
// no OK. Real-time: no; GUI thread only; devices are listed by the player's own thread. Errors:
// none of its own; what the device says is shown under it.
#pragma once

#include "app/workstation/PlaybackController.h"
#include "app/workstation/Preferences.h"

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace app {

class PreferencesDialog final : public QDialog {
    Q_OBJECT
public:
    PreferencesDialog(Preferences &preferences, PlaybackController &playback, QWidget *parent);

signals:
    void previewSecondsChanged(double seconds);
    void previewResourcesChanged();
    /// What the previews keep in memory is to be forgotten.
    void cacheClearRequested();

private:
    void addAudio(QFormLayout &form);
    void addPreview(QFormLayout &form);
    void addAppearance(QFormLayout &form);
    void addFiles(QFormLayout &form);
    void fillDevices();
    void applyDevice();
    void showDeviceState();

    Preferences &preferences_;
    PlaybackController &playback_;
    QComboBox *device_ = nullptr;
    QComboBox *rate_ = nullptr;
    QSpinBox *buffer_ = nullptr;
    QLabel *state_ = nullptr;
    std::uint64_t shownGeneration_ = 0;
    bool filling_ = false;
};

/// "Scarlett 2i2, 48 kHz, 52 ms", "No audio device" …
QString deviceStateText(const engine::playback::DeviceState &state);

} // namespace app
