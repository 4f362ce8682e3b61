// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PreferencesDialog.h"

#include "app/workstation/ExportDialogParts.h"
#include "app/workstation/Words.h"
#include "engine/io/PresetLibrary.h"
#include "engine/playback/TestTone.h"
#include "widgets/controls/StepBox.h"
#include "widgets/panels/Buttons.h"
#include "widgets/panels/OpenOver.h"
#include "widgets/theme/Icons.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QThread>

namespace app {

using namespace engine::playback;

namespace {

/// A combo box that shows that it drops down.
class DropDown final : public QComboBox {
public:
    using QComboBox::QComboBox;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QComboBox::paintEvent(event);
        const widgets::Theme &theme = widgets::Theme::shared();
        const double side = theme.number("icons.grid");
        QPainter painter(this);
        widgets::paintIcon(
            painter,
            {width() - side - theme.number("space.scale.x2"), (height() - side) / 2.0, side, side},
            "chevron-down", theme.colour("text.secondary"));
    }
};

QLabel *sectionHeading(const QString &text)
{
    const auto label = new QLabel(text);
    label->setFont(widgets::Theme::shared().font("heading"));
    return label;
}

QWidget *besideEachOther(QWidget *wide, QWidget *narrow)
{
    const auto pair = new QWidget;
    const auto row = new QHBoxLayout(pair);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(wide, 1);
    row->addWidget(narrow);
    return pair;
}

} // namespace

QString deviceStateText(const DeviceState &state)
{
    struct Words {
        QString operator()(const DeviceClosed &) const { return PreferencesDialog::tr("Closed"); }
        QString operator()(const DeviceOpening &) const
        {
            return PreferencesDialog::tr("Opening…");
        }
        QString operator()(const DeviceRunning &running) const
        {
            return PreferencesDialog::tr("%1 at %2, %3 ms until it is heard")
                .arg(QString::fromStdString(running.stream.name), exporting::kilohertz(running.stream.rateHz))
                .arg(qRound(running.stream.latencyMs));
        }
        QString operator()(const NoDevice &) const
        {
            return PreferencesDialog::tr("No audio device");
        }
        QString operator()(const DeviceLost &lost) const
        {
            return PreferencesDialog::tr("“%1” does not answer any more")
                .arg(QString::fromStdString(lost.name));
        }
        QString operator()(const DeviceFailed &failed) const
        {
            return QString::fromStdString(failed.error.oneLine());
        }
    };
    return std::visit(Words(), state);
}

PreferencesDialog::PreferencesDialog(Preferences &preferences, PlaybackController &playback,
                                     QWidget *parent)
    : QDialog(parent), preferences_(preferences), playback_(playback)
{
    setObjectName(QStringLiteral("preferences"));
    setWindowTitle(tr("Preferences"));
    const auto form = new QFormLayout(this);
    const int margin = widgets::Theme::shared().px("space.scale.x6");
    form->setContentsMargins(margin, margin, margin, margin);
    form->setVerticalSpacing(widgets::Theme::shared().px("space.scale.x3"));
    form->setHorizontalSpacing(widgets::Theme::shared().px("space.scale.x4"));
    addAudio(*form);
    addPreview(*form);
    addAppearance(*form);
    addFiles(*form);
    connect(&playback_, &PlaybackController::polled, this, &PreferencesDialog::showDeviceState);
    showDeviceState();
}

void PreferencesDialog::addAudio(QFormLayout &form)
{
    form.addRow(sectionHeading(tr("Audio")));
    device_ = new DropDown;
    device_->setObjectName(QStringLiteral("preferences.device"));
    form.addRow(tr("Output device"), device_);
    rate_ = new DropDown;
    rate_->setObjectName(QStringLiteral("preferences.rate"));
    rate_->addItem(tr("That of the file"), 0);
    for (const int rateHz : {44100, 48000, 88200, 96000, 176400, 192000})
        rate_->addItem(exporting::kilohertz(rateHz), rateHz);
    const DeviceChoice choice = preferences_.device();
    rate_->setCurrentIndex(std::max(0, rate_->findData(choice.sampleRateHz.value_or(0))));
    form.addRow(tr("Sample rate"), rate_);
    buffer_ = new widgets::StepBox;
    buffer_->setObjectName(QStringLiteral("preferences.buffer"));
    buffer_->setRange(5, 500);
    buffer_->setSuffix(tr(" ms"));
    buffer_->setValue(qRound(choice.bufferMs));
    form.addRow(tr("Buffer"), buffer_);
    state_ = new QLabel;
    state_->setObjectName(QStringLiteral("preferences.device_state"));
    state_->setWordWrap(true);
    form.addRow(state_);
    QPushButton *const tone = widgets::textButton(this, tr("Play a test tone"), false, "play");
    tone->setObjectName(QStringLiteral("preferences.test_tone"));
    tone->setToolTip(tr("1 kHz at −18 dB, first on the left side, then on the right"));
    form.addRow(QString(), besideEachOther(new QWidget, tone));
    connect(tone, &QPushButton::clicked, this, [this] {
        const auto *running = std::get_if<DeviceRunning>(&playback_.status().device);
        if (running)
            playback_.audition(testTone(running->stream.rateHz));
    });
    const auto enableTone = [this, tone] {
        tone->setEnabled(std::holds_alternative<DeviceRunning>(playback_.status().device));
    };
    connect(&playback_, &PlaybackController::polled, tone, enableTone);
    enableTone();
    fillDevices();
    connect(device_, &QComboBox::activated, this, &PreferencesDialog::applyDevice);
    connect(rate_, &QComboBox::activated, this, &PreferencesDialog::applyDevice);
    connect(buffer_, &QSpinBox::editingFinished, this, &PreferencesDialog::applyDevice);
}

void PreferencesDialog::fillDevices()
{
    filling_ = true;
    device_->clear();
    device_->addItem(tr("The system's default"));
    device_->setItemData(0, QStringList{QString(), QString()});
    const DeviceChoice choice = preferences_.device();
    const auto devices = playback_.player().devices();
    for (const DeviceInfo &device : devices ? *devices : std::vector<DeviceInfo>{}) {
        const QString name = QString::fromStdString(device.name);
        const QString api = QString::fromStdString(device.hostApi);
        device_->addItem(QStringLiteral("%1 (%2)").arg(name, api), QStringList{name, api});
        if (device.name == choice.name &&
            (choice.hostApi.empty() || device.hostApi == choice.hostApi))
            device_->setCurrentIndex(device_->count() - 1);
    }
    filling_ = false;
}

void PreferencesDialog::applyDevice()
{
    if (filling_)
        return;
    const QStringList names = device_->currentData().toStringList();
    DeviceChoice choice;
    choice.name = names.value(0).toStdString();
    choice.hostApi = names.value(1).toStdString();
    if (const int rateHz = rate_->currentData().toInt())
        choice.sampleRateHz = rateHz;
    choice.bufferMs = buffer_->value();
    if (choice == preferences_.device())
        return;
    preferences_.setDevice(choice);
    playback_.open(choice);
}

void PreferencesDialog::showDeviceState()
{
    const PlayerStatus &status = playback_.status();
    if (status.deviceListGeneration != shownGeneration_ && !device_->view()->isVisible()) {
        shownGeneration_ = status.deviceListGeneration;
        fillDevices();
    }
    const QString text = deviceStateText(status.device);
    if (text != state_->text())
        state_->setText(text);
}

void PreferencesDialog::addPreview(QFormLayout &form)
{
    form.addRow(sectionHeading(tr("Preview")));
    const auto seconds = new widgets::StepBox;
    seconds->setObjectName(QStringLiteral("preferences.preview_seconds"));
    seconds->setRange(static_cast<int>(Session::leastWindowSeconds),
                      static_cast<int>(Session::mostWindowSeconds));
    seconds->setSuffix(tr(" s"));
    seconds->setValue(qRound(preferences_.previewSeconds()));
    form.addRow(tr("Length"), seconds);
    connect(seconds, &QSpinBox::valueChanged, this, [this](int value) {
        preferences_.setPreviewSeconds(value);
        emit previewSecondsChanged(value);
    });
    const auto threads = new widgets::StepBox;
    threads->setObjectName(QStringLiteral("preferences.threads"));
    threads->setRange(0, QThread::idealThreadCount());
    threads->setSpecialValueText(tr("All"));
    threads->setValue(preferences_.previewThreads());
    form.addRow(tr("Threads"), threads);
    connect(threads, &QSpinBox::valueChanged, this, [this](int value) {
        preferences_.setPreviewThreads(value);
        emit previewResourcesChanged();
    });
    const auto cache = new widgets::StepBox;
    cache->setObjectName(QStringLiteral("preferences.cache"));
    cache->setRange(64, 8192);
    cache->setSingleStep(64);
    cache->setSuffix(tr(" MB"));
    cache->setValue(preferences_.cacheMegabytes());
    cache->setToolTip(tr("What has been computed is kept, so that going back costs nothing"));
    connect(cache, &QSpinBox::valueChanged, this, [this](int value) {
        preferences_.setCacheMegabytes(value);
        emit previewResourcesChanged();
    });
    QPushButton *const clear = widgets::textButton(this, tr("Clear"));
    clear->setObjectName(QStringLiteral("preferences.clear_cache"));
    connect(clear, &QPushButton::clicked, this, &PreferencesDialog::cacheClearRequested);
    form.addRow(tr("Kept in memory"), besideEachOther(cache, clear));
}

void PreferencesDialog::addFiles(QFormLayout &form)
{
    form.addRow(sectionHeading(tr("Files")));
    const auto folders = engine::io::standardPresetFolders();
    const auto presets = new QLabel(words::folderName(folders.user / "x"));
    presets->setObjectName(QStringLiteral("preferences.preset_folder"));
    presets->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QPushButton *const show = widgets::textButton(this, tr("Show"));
    show->setObjectName(QStringLiteral("preferences.show_presets"));
    connect(show, &QPushButton::clicked, this, [folder = folders.user] {
        QDir().mkpath(toQString(folder));
        QDesktopServices::openUrl(QUrl::fromLocalFile(toQString(folder)));
    });
    form.addRow(tr("Your presets"), besideEachOther(presets, show));
    const auto renders = new QLabel(preferences_.renderFolder());
    renders->setObjectName(QStringLiteral("preferences.render_folder"));
    QPushButton *const choose = widgets::textButton(this, tr("Change…"));
    choose->setObjectName(QStringLiteral("preferences.choose_renders"));
    connect(choose, &QPushButton::clicked, this, [this, renders] {
        const auto dialog =
            new QFileDialog(this, tr("Where renders are saved"), preferences_.renderFolder());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, this, [this, renders](const QString &folder) {
            preferences_.setRenderFolder(folder);
            renders->setText(folder);
        });
        widgets::openOver(dialog);
    });
    form.addRow(tr("Renders"), besideEachOther(renders, choose));
}

void PreferencesDialog::addAppearance(QFormLayout &form)
{
    form.addRow(sectionHeading(tr("Appearance")));
    const auto theme = new DropDown;
    theme->setObjectName(QStringLiteral("preferences.theme"));
    theme->addItems({tr("System"), tr("Dark"), tr("Light")});
    theme->setCurrentIndex(static_cast<int>(preferences_.theme()));
    form.addRow(tr("Theme"), theme);
    connect(theme, &QComboBox::activated, this, [this](int index) {
        const auto mode = static_cast<widgets::Theme::Mode>(index);
        preferences_.setTheme(mode);
        widgets::Theme::shared().setMode(mode);
    });
    const auto scale = new widgets::StepBox;
    scale->setObjectName(QStringLiteral("preferences.scale"));
    scale->setRange(90, 150);
    scale->setSingleStep(5);
    scale->setSuffix(tr(" %"));
    scale->setValue(preferences_.scalePercent());
    scale->setToolTip(tr("Takes effect when the program starts next"));
    form.addRow(tr("Scale (from the next start)"), scale);
    connect(scale, &QSpinBox::valueChanged, this,
            [this](int value) { preferences_.setScalePercent(value); });
    const auto motion = new QCheckBox(tr("Reduce motion"));
    motion->setObjectName(QStringLiteral("preferences.reduced_motion"));
    motion->setChecked(preferences_.reducedMotion());
    form.addRow(motion);
    connect(motion, &QCheckBox::toggled, this, [this](bool on) {
        preferences_.setReducedMotion(on);
        widgets::Theme::shared().setReducedMotion(on);
    });
}

} // namespace app
