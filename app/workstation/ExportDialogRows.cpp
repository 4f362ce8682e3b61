// SPDX-License-Identifier: GPL-3.0-or-later
//
// The export dialog's rows: made once, each tells what was chosen.
#include "app/workstation/ExportDialogParts.h"
#include "widgets/chain/TapPill.h"
#include "widgets/controls/DropDown.h"
#include "widgets/controls/PlainSwitch.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/panels/Buttons.h"
#include "widgets/theme/Theme.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace app {

using namespace engine::io;
using namespace exporting;
using engine::dsp::Oversampling;
using engine::pipeline::TapId;
using widgets::WordSwitch;

namespace {

constexpr std::array shownOversampling{Oversampling::X4, Oversampling::X8, Oversampling::X16};

/// A field beside another one: [field][label][field], the columns as wide in every row.
QWidget *pairRow(QWidget *first, const QString &label, QWidget *second)
{
    const widgets::Theme &theme = widgets::Theme::shared();
    const auto pair = new QWidget;
    const auto row = new QHBoxLayout(pair);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme.px("space.scale.x3"));
    first->setMinimumWidth(theme.px("size.sheet_first"));
    row->addWidget(first, 1);
    const auto words = new QLabel(label);
    words->setBuddy(second);
    words->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    words->setMinimumWidth(theme.px("size.sheet_label"));
    row->addWidget(words);
    second->setFixedWidth(theme.px("size.sheet_second"));
    row->addWidget(second);
    return pair;
}

QDoubleSpinBox *decibelBox(double least, double most, const QString &unit, const QString &name)
{
    const auto box = new QDoubleSpinBox;
    box->setRange(least, most);
    box->setDecimals(1);
    box->setSingleStep(0.5);
    box->setSuffix(u' ' + unit);
    box->setAccessibleName(name);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    return box;
}

} // namespace

void ExportDialog::addName(QFormLayout &form)
{
    name_ = new QLineEdit(facts_.name + u'.' + utf8(info(choices_.container).endings[0]));
    name_->setObjectName(QStringLiteral("export.name"));
    QPushButton *const choose = widgets::textButton(this, tr("Choose…"), false, "folder");
    choose->setObjectName(QStringLiteral("export.choose"));
    choose->setAutoDefault(false);
    const auto line = new QWidget;
    const auto row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(name_, 1);
    row->addWidget(choose);
    form.addRow(tr("Save as"), line);
    place_ = widgets::noteLabel();
    place_->setObjectName(QStringLiteral("export.place"));
    form.addRow(QString(), place_);
    connect(name_, &QLineEdit::textEdited, this, &ExportDialog::containerFromName);
    connect(choose, &QPushButton::clicked, this, &ExportDialog::chooseTarget);
}

void ExportDialog::addFormat(QFormLayout &form)
{
    QStringList names;
    for (const Container container : shownContainers)
        names << (container == Container::OggVorbis ? tr("Ogg") : utf8(info(container).name));
    format_ = new WordSwitch(tr("Format"), names);
    format_->setObjectName(QStringLiteral("export.format"));
    format_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    form.addRow(tr("Format"), format_);

    const auto kinds = new QWidget;
    const auto row = new QHBoxLayout(kinds);
    row->setContentsMargins(0, 0, 0, 0);
    //: bits of a sample; the last one floating point
    depth_ = new WordSwitch(tr("Bit depth"), {tr("16"), tr("24"), tr("32 float")});
    depth_->setObjectName(QStringLiteral("export.depth"));
    quality_ = new WordSwitch(tr("Quality"), qualityNames());
    quality_->setObjectName(QStringLiteral("export.quality"));
    for (WordSwitch *one : {depth_, quality_}) {
        one->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        row->addWidget(one);
    }
    dither_ = new widgets::DropDown(tr("Dither"));
    dither_->setObjectName(QStringLiteral("export.dither"));
    dither_->setToolTip(tr("Noise that keeps rounding from sounding like distortion. Shaped noise "
                           "lies where the ear hears least."));
    depthLabel_ = new QLabel(tr("Bit depth"));
    form.addRow(depthLabel_, pairRow(kinds, tr("Dither"), dither_));

    rate_ = new widgets::DropDown(tr("Sample rate"));
    rate_->setObjectName(QStringLiteral("export.rate"));
    source_ = new widgets::DropDown(tr("Source"));
    source_->setObjectName(QStringLiteral("export.source"));
    for (const engine::pipeline::TapInfo &tap : engine::pipeline::tapTable)
        //: a point of the chain and its number
        source_->addItem(tr("%1 (tap %2)").arg(widgets::tapTitle(tap.id)).arg(int(tap.id) + 1),
                         static_cast<int>(tap.id));
    select(*source_, static_cast<int>(choices_.source));
    form.addRow(tr("Sample rate"), pairRow(rate_, tr("Source"), source_));

    part_ = new WordSwitch(tr("Part"), {tr("Whole file"), tr("Preview window")});
    part_->setObjectName(QStringLiteral("export.part"));
    part_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    part_->setIndex(choices_.previewOnly ? 1 : 0);
    oversampling_ = new widgets::DropDown(tr("Oversampling"));
    oversampling_->setObjectName(QStringLiteral("export.oversampling"));
    oversampling_->addItem(
        facts_.manySounds
            ? tr("As in the preset")
            : tr("As heard, %1×").arg(engine::dsp::oversamplingFactor(facts_.oversampling)),
        -1);
    for (const Oversampling one : shownOversampling)
        oversampling_->addItem(tr("%1×").arg(engine::dsp::oversamplingFactor(one)),
                               static_cast<int>(one));
    select(*oversampling_, choices_.oversampling ? static_cast<int>(*choices_.oversampling) : -1);
    part_->setEnabled(!facts_.manySounds);
    form.addRow(tr("Part"), pairRow(part_, tr("Oversampling"), oversampling_));

    connect(format_, &WordSwitch::chosen, this,
            [this](int index) { setContainer(shownContainers[static_cast<std::size_t>(index)]); });
    connect(depth_, &WordSwitch::chosen, this, [this](int index) {
        choices_.depth = shownDepths[static_cast<std::size_t>(index)];
        choices_.dither.reset();
        changed();
    });
    connect(quality_, &WordSwitch::chosen, this, [this](int index) {
        choices_.quality = shownQualities[static_cast<std::size_t>(index)];
        changed();
    });
    connect(dither_, &QComboBox::activated, this, [this] {
        choices_.dither = static_cast<Dither>(dither_->currentData().toInt());
        changed();
    });
    connect(rate_, &QComboBox::activated, this, [this] {
        const int rateHz = rate_->currentData().toInt();
        choices_.sampleRateHz = rateHz > 0 ? std::optional(rateHz) : std::nullopt;
        changed();
    });
    connect(source_, &QComboBox::activated, this, [this] {
        choices_.source = static_cast<TapId>(source_->currentData().toInt());
        changed();
    });
    connect(oversampling_, &QComboBox::activated, this, [this] {
        const int chosen = oversampling_->currentData().toInt();
        choices_.oversampling =
            chosen < 0 ? std::nullopt : std::optional(static_cast<Oversampling>(chosen));
        changed();
    });
    connect(part_, &WordSwitch::chosen, this, [this](int index) {
        choices_.previewOnly = index == 1;
        changed();
    });
}

void ExportDialog::addLoudness(QFormLayout &form)
{
    loudness_ =
        new WordSwitch(tr("Loudness"), {tr("As rendered"), tr("Target"), tr("Match source")});
    loudness_->setObjectName(QStringLiteral("export.loudness"));
    loudness_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    loudness_->setIndex(static_cast<int>(choices_.loudness));
    form.addRow(tr("Loudness"), loudness_);
    targetRow_ = new QWidget;
    const auto row = new QHBoxLayout(targetRow_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::Theme::shared().px("space.scale.x3"));
    target_ = decibelBox(leastTargetLufs, mostTargetLufs, tr("LUFS"), tr("Target loudness"));
    target_->setObjectName(QStringLiteral("export.target"));
    target_->setValue(choices_.targetLufs);
    truePeak_ = decibelBox(leastTruePeakDb, mostTruePeakDb, tr("dBTP"), tr("Highest true peak"));
    truePeak_->setObjectName(QStringLiteral("export.true_peak"));
    truePeak_->setValue(choices_.truePeakDb);
    row->addWidget(target_);
    targetWords_ = new QLabel(tr("true peak at most"));
    row->addWidget(targetWords_);
    row->addWidget(truePeak_);
    row->addStretch(1);
    form.addRow(QString(), targetRow_);
    loudnessNote_ = widgets::noteLabel();
    loudnessNote_->setObjectName(QStringLiteral("export.loudness_note"));
    form.addRow(QString(), loudnessNote_);
    connect(loudness_, &WordSwitch::chosen, this, [this](int index) {
        choices_.loudness = static_cast<LoudnessChoice>(index);
        changed();
    });
    connect(target_, &QDoubleSpinBox::valueChanged, this, [this](double lufs) {
        choices_.targetLufs = lufs;
        changed();
    });
    connect(truePeak_, &QDoubleSpinBox::valueChanged, this, [this](double db) {
        choices_.truePeakDb = db;
        changed();
    });
}

void ExportDialog::addWhenDone(QFormLayout &form)
{
    recipe_ = new widgets::PlainSwitch(tr("Keep the settings in the file"));
    recipe_->setObjectName(QStringLiteral("export.recipe"));
    recipe_->setToolTip(tr("The file remembers how it was made: dropped on this window it offers "
                           "its settings. It holds no names, paths or dates of yours."));
    recipe_->setChecked(choices_.embedRecipe);
    allTaps_ = new QCheckBox(tr("Also write all taps (stems)"));
    allTaps_->setObjectName(QStringLiteral("export.all_taps"));
    allTaps_->setToolTip(tr("The five points of the chain as 32-bit float WAV, in a folder beside "
                            "the file"));
    allTaps_->setChecked(choices_.allTaps);
    show_ = new QCheckBox(tr("Show in folder"));
    show_->setObjectName(QStringLiteral("export.show"));
    show_->setChecked(choices_.showInFolder);
    preset_ = new QCheckBox(tr("Also save the preset beside it"));
    preset_->setObjectName(QStringLiteral("export.preset"));
    preset_->setChecked(choices_.savePreset);
    const auto pair = [](QWidget *a, QWidget *b) {
        const auto both = new QWidget;
        const auto row = new QHBoxLayout(both);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(widgets::Theme::shared().px("space.scale.x6"));
        row->addWidget(a);
        row->addWidget(b);
        row->addStretch(1);
        return both;
    };
    form.addRow(tr("Contents"), pair(recipe_, allTaps_));
    const auto done = pair(show_, preset_);
    if (facts_.manySounds) {
        allTaps_->hide();
        done->setParent(this);
        done->hide();
    } else {
        form.addRow(tr("When done"), done);
    }
    const auto bind = [this](QAbstractButton *button, bool ExportChoices::*member) {
        connect(button, &QAbstractButton::toggled, this, [this, member](bool on) {
            choices_.*member = on;
            changed();
        });
    };
    bind(recipe_, &ExportChoices::embedRecipe);
    bind(allTaps_, &ExportChoices::allTaps);
    bind(show_, &ExportChoices::showInFolder);
    bind(preset_, &ExportChoices::savePreset);
}

void ExportDialog::addFooter()
{
    estimate_ = new QLabel;
    estimate_->setObjectName(QStringLiteral("export.estimate"));
    estimate_->setFont(widgets::Theme::shared().font("value_small"));
    footer().addWidget(estimate_, 1);
    QPushButton *const cancel = widgets::largeButton(this, tr("Cancel"));
    cancel->setObjectName(QStringLiteral("export.cancel"));
    cancel->setAutoDefault(false);
    footer().addWidget(cancel);
    render_ = facts_.manySounds ? widgets::largeButton(this, tr("Use"), true)
                                : widgets::largeButton(this, tr("Render"), true, "render");
    render_->setObjectName(QStringLiteral("export.render"));
    render_->setDefault(true);
    footer().addWidget(render_);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(render_, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace app
