// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/ExportDialog.h"

#include "app/workstation/ExportController.h"
#include "app/workstation/Preferences.h"
#include "app/workstation/Words.h"
#include "widgets/chain/TapPill.h"
#include "widgets/controls/DropDown.h"
#include "widgets/controls/PlainSwitch.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/panels/Buttons.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStorageInfo>

namespace app {

using namespace engine::io;
using engine::dsp::Oversampling;
using engine::pipeline::TapId;
using widgets::WordSwitch;

namespace {

/// In the order of the buttons; the other containers are for the command line and typed endings.
constexpr std::array shownContainers{Container::Wav,       Container::Aiff, Container::Flac,
                                     Container::OggVorbis, Container::Opus, Container::Mp3};
constexpr std::array shownDepths{SampleFormat::Pcm16, SampleFormat::Pcm24, SampleFormat::Float32};
constexpr std::array shownQualities{0.25, 0.5, 0.75, 1.0};
constexpr std::array shownRates{44100, 48000, 88200, 96000, 176400, 192000};
constexpr std::array shownOversampling{Oversampling::X4, Oversampling::X8, Oversampling::X16};

QString utf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString kilohertz(int rateHz)
{
    return ExportDialog::tr("%1 kHz").arg(QLocale().toString(rateHz / 1000.0, 'g', 5));
}

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

void select(QComboBox &box, int data)
{
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

} // namespace

ExportDialog::ExportDialog(const ExportFacts &facts, const ExportChoices &choices, QWidget *window)
    : Sheet(facts.manySounds ? tr("Format of all renders") : tr("Render and export"), "size.sheet",
            window),
      facts_(facts), choices_(choices),
      folder_(facts.folder)
{
    setObjectName(QStringLiteral("exportDialog"));
    const auto form = widgets::sheetForm();
    if (!facts_.manySounds)
        addName(*form);
    addFormat(*form);
    rows().addLayout(form);
    addLine();
    const auto loudness = widgets::sheetForm();
    addLoudness(*loudness);
    rows().addLayout(loudness);
    addLine();
    const auto done = widgets::sheetForm();
    addWhenDone(*done);
    rows().addLayout(done);
    widgets::alignLabels({form, loudness, done});
    addFooter();
    changed();
    if (!name_)
        return;
    name_->setFocus();
    name_->setSelection(0, static_cast<int>(name_->text().lastIndexOf(u'.')));
}

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
    quality_ = new WordSwitch(tr("Quality"), {tr("Small"), tr("Medium"), tr("High"), tr("Best")});
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
        tr("As heard, %1×").arg(engine::dsp::oversamplingFactor(facts_.oversampling)), -1);
    for (const Oversampling one : shownOversampling)
        oversampling_->addItem(tr("%1×").arg(engine::dsp::oversamplingFactor(one)),
                               static_cast<int>(one));
    select(*oversampling_,
           choices_.oversampling ? static_cast<int>(*choices_.oversampling) : -1);
    part_->setEnabled(!facts_.manySounds);
    form.addRow(tr("Part"), pairRow(part_, tr("Oversampling"), oversampling_));

    connect(format_, &WordSwitch::chosen, this, [this](int index) {
        setContainer(shownContainers[static_cast<std::size_t>(index)]);
    });
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

std::filesystem::path ExportDialog::target() const
{
    return folder_ / toPath(name_->text().trimmed());
}

void ExportDialog::chooseTarget()
{
    const auto dialog = new QFileDialog(this, tr("Where the render is saved"), toQString(folder_));
    dialog->setObjectName(QStringLiteral("exportPlaceDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // this sheet says it
    dialog->selectFile(name_->text());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        const std::filesystem::path chosen = toPath(file);
        folder_ = chosen.parent_path();
        name_->setText(toQString(chosen.filename()));
        containerFromName();
    });
    dialog->open();
}

/// A typed ending is a choice of the format.
void ExportDialog::containerFromName()
{
    if (const auto container = containerByEnding(toPath(name_->text().trimmed())))
        choices_.container = *container;
    changed();
}

void ExportDialog::setContainer(Container container)
{
    choices_.container = container;
    if (!name_) {
        changed();
        return;
    }
    const QString name = name_->text();
    const bool known = containerByEnding(toPath(name)).has_value();
    const qsizetype dot = name.lastIndexOf(u'.');
    name_->setText((known && dot > 0 ? name.left(dot) : name) + u'.' +
                   utf8(info(container).endings[0]));
    changed();
}

void ExportDialog::changed()
{
    if (filling_)
        return;
    filling_ = true;
    showFormat();
    showLoudness();
    if (name_) {
        showName();
        showEstimate();
    }
    filling_ = false;
    fit();
}

void ExportDialog::showFormat()
{
    const Container container = choices_.container;
    for (std::size_t i = 0; i < shownContainers.size(); ++i) {
        if (shownContainers[i] == container)
            format_->setIndex(static_cast<int>(i));
    }
    const bool lossy = isLossy(container);
    depth_->setVisible(!lossy);
    quality_->setVisible(lossy);
    depthLabel_->setText(lossy ? tr("Quality") : tr("Bit depth"));
    const SampleFormat depth = writtenDepth(choices_);
    const auto allowed = info(container).sampleFormats;
    for (std::size_t i = 0; i < shownDepths.size(); ++i) {
        depth_->segment(static_cast<int>(i))
            ->setEnabled(std::find(allowed.begin(), allowed.end(), shownDepths[i]) !=
                         allowed.end());
        if (shownDepths[i] == depth)
            depth_->setIndex(static_cast<int>(i));
    }
    if (lossy) {
        const double quality = choices_.quality.value_or(defaultQuality(container));
        const auto nearest =
            std::min_element(shownQualities.begin(), shownQualities.end(), [&](double a, double b) {
                return std::abs(a - quality) < std::abs(b - quality);
            });
        quality_->setIndex(static_cast<int>(nearest - shownQualities.begin()));
    }
    dither_->clear();
    const bool integers = depth == SampleFormat::Pcm16 || depth == SampleFormat::Pcm24;
    dither_->addItem(depth == SampleFormat::Pcm16 ? tr("None") : tr("None needed"),
                     static_cast<int>(Dither::None));
    if (integers) {
        dither_->addItem(tr("TPDF"), static_cast<int>(Dither::Tpdf));
        dither_->addItem(tr("Noise-shaped"), static_cast<int>(Dither::NoiseShaped));
    }
    dither_->setEnabled(integers);
    select(*dither_, static_cast<int>(writtenDither(choices_)));

    rate_->clear();
    const int soundRateHz = facts_.format.sampleRateHz;
    const int usualHz = nearestAllowedRate(container, soundRateHz);
    if (facts_.manySounds)
        rate_->addItem(tr("Same as the sound"), 0);
    else
        rate_->addItem(usualHz == soundRateHz ? tr("Same as file, %1").arg(kilohertz(usualHz))
                                          : tr("Nearest, %1").arg(kilohertz(usualHz)),
                   0);
    for (const int rateHz : shownRates) {
        if (info(container).allowsRate(rateHz) && (facts_.manySounds || rateHz != usualHz))
            rate_->addItem(kilohertz(rateHz), rateHz);
    }
    select(*rate_, choices_.sampleRateHz.value_or(0));
    recipe_->setEnabled(true);
}

void ExportDialog::showLoudness()
{
    const bool asRendered = choices_.loudness == LoudnessChoice::AsRendered;
    targetRow_->setVisible(!asRendered);
    target_->setVisible(choices_.loudness == LoudnessChoice::Target);
    const bool measured = choices_.source == TapId::Output && facts_.previewLufs.has_value();
    const std::optional<double> goal = choices_.loudness == LoudnessChoice::Target
                                           ? std::optional(choices_.targetLufs)
                                           : facts_.inputLufs;
    QString note;
    if (!asRendered && measured && goal) {
        const double gainDb = *goal - *facts_.previewLufs;
        const QString lufs = widgets::numberText(*facts_.previewLufs, 1);
        const QString amount = widgets::numberText(std::abs(gainDb), 1);
        note = (gainDb < 0 ? tr("Measured on the preview: %1 LUFS. The file will be turned down by "
                                "about %2 dB.")
                           : tr("Measured on the preview: %1 LUFS. The file will be turned up by "
                                "about %2 dB."))
                   .arg(lufs, amount);
    } else if (!asRendered) {
        note = tr("What is rendered is measured before it is written.");
    }
    loudnessNote_->setText(note);
    loudnessNote_->setVisible(!note.isEmpty());
}

std::filesystem::path ExportDialog::tapsFolder() const
{
    return tapsBeside(target());
}

/// What is there already and will be replaced, in words; empty: nothing.
QString ExportDialog::replaced() const
{
    const auto isThere = [](const std::filesystem::path &path) {
        return QFileInfo::exists(toQString(path));
    };
    QStringList words;
    if (isThere(target()))
        words << tr("A file with this name exists and will be replaced.");
    if (choices_.savePreset && isThere(presetBeside(target())))
        words << tr("“%1” will be replaced.").arg(words::fileName(presetBeside(target())));
    if (choices_.allTaps) {
        for (const engine::pipeline::TapInfo &tap : engine::pipeline::tapTable) {
            if (!isThere(tapsFolder() / (std::string(tap.key) + ".wav")))
                continue;
            words << tr("Taps in “%1” will be replaced.").arg(words::fileName(tapsFolder()));
            break;
        }
    }
    return words.join(u' ');
}

double ExportDialog::neededBytes() const
{
    double bytes = estimateSize(choices_, facts_.format, seconds()).bytes;
    if (choices_.allTaps)
        bytes += seconds() * facts_.format.sampleRateHz * facts_.format.channels *
                 static_cast<double>(sizeof(float) * engine::pipeline::tapCount);
    return bytes;
}

void ExportDialog::showName()
{
    const QString name = name_->text().trimmed();
    const std::filesystem::path path = target();
    const QFileInfo file(toQString(path));
    const auto bytes = [](double count) {
        return QLocale().formattedDataSize(static_cast<qint64>(count), count < 1e7 ? 1 : 0,
                                           QLocale::DataSizeSIFormat);
    };
    const QStorageInfo disk(toQString(folder_));
    QString problem;
    QString words = words::folderName(path);
    if (name.isEmpty() || name.contains(u'/'))
        problem = tr("A name without “/” is needed.");
    else if (!containerByEnding(path))
        problem = tr("The name needs an ending such as .%1.")
                      .arg(utf8(info(choices_.container).endings[0]));
    else if (file.isDir())
        problem = tr("A folder has this name.");
    else if (!QFileInfo(toQString(folder_)).isDir())
        problem = tr("The folder %1 does not exist.").arg(words);
    const QString over = problem.isEmpty() ? replaced() : QString();
    if (!problem.isEmpty())
        words = problem;
    else if (disk.isValid())
        words += QStringLiteral("  ·  ") + tr("%1 free").arg(bytes(disk.bytesAvailable()));
    if (problem.isEmpty() && disk.isValid() &&
        neededBytes() > static_cast<double>(disk.bytesAvailable()))
        words += u'\n' + tr("That is too little: about %1 are needed.").arg(bytes(neededBytes()));
    if (!over.isEmpty())
        words += u'\n' + over;
    place_->setText(words);
    render_->setText(!over.isEmpty() ? tr("Replace and render") : tr("Render"));
    render_->setEnabled(problem.isEmpty());
}

double ExportDialog::seconds() const
{
    if (!choices_.previewOnly)
        return facts_.seconds;
    return facts_.windowSeconds;
}

void ExportDialog::showEstimate()
{
    const double length = seconds();
    setSubtitle(tr("%1, slot %2, %3")
                    .arg(words::fileName(facts_.sound), facts_.slot,
                         choices_.previewOnly
                             ? tr("%1 of it from %2").arg(widgets::durationText(length),
                                                          widgets::clockText(
                                                              facts_.windowStartSeconds, 1))
                             : tr("full length %1").arg(widgets::clockText(length, 1))));
    if (length <= 0.0) {
        estimate_->setText(tr("How large it gets is not known yet."));
        return;
    }
    const SizeEstimate size = estimateSize(choices_, facts_.format, length);
    const QString bytes = QLocale().formattedDataSize(static_cast<qint64>(neededBytes()), 1,
                                                      QLocale::DataSizeSIFormat);
    QString text = size.exact ? bytes : tr("about %1").arg(bytes);
    if (facts_.timesRealTime > 0.0) {
        const double wait = length / facts_.timesRealTime;
        text = wait < 1.0 ? tr("%1, less than a second").arg(text)
                          : tr("%1, about %2").arg(text, widgets::durationText(wait));
    }
    estimate_->setText(text);
}

ExportWish ExportDialog::wish() const
{
    ExportWish wish{requestOf(choices_, facts_.format.sampleRateHz), choices_};
    if (facts_.manySounds)
        return wish;
    wish.request.input = facts_.sound;
    wish.request.output = target();
    wish.request.overwrite = OverwritePolicy::Replace; // the dialog has said it
    if (choices_.previewOnly)
        wish.request.preview = engine::render::PreviewWindow{facts_.windowStartSeconds,
                                                             facts_.windowSeconds};
    if (choices_.allTaps)
        wish.request.tapsFolder = tapsFolder();
    return wish;
}

} // namespace app
