// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the export dialog shows for what was chosen; its rows are made in ExportDialogRows.cpp.
#include "app/workstation/ExportDialogParts.h"

#include "app/workstation/ExportController.h"
#include "app/workstation/Preferences.h"
#include "app/workstation/Words.h"
#include "widgets/controls/PlainSwitch.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/panels/OpenOver.h"
#include "widgets/views/TimeText.h"

#include <QAbstractButton>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStorageInfo>

#include <cmath>

namespace app {

using namespace engine::io;
using namespace exporting;
using engine::pipeline::TapId;

ExportDialog::ExportDialog(const ExportFacts &facts, const ExportChoices &choices, QWidget *window)
    : Sheet(facts.manySounds ? tr("Format of all renders") : tr("Render and export"), "size.sheet",
            window),
      facts_(facts), choices_(choices), folder_(facts.folder)
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

/// A path may be typed or pasted in place of a name.
std::filesystem::path ExportDialog::target() const
{
    QString name = name_->text().trimmed();
    if (name.startsWith(QStringLiteral("~/")))
        name.replace(0, 1, QDir::homePath());
    return (folder_ / toPath(name)).lexically_normal();
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
    widgets::openOver(dialog);
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
    if (lossy)
        quality_->setIndex(static_cast<int>(qualityStep(choices_)));
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
    // A rate that the format does not have becomes the next one, as in writtenRateHz().
    select(*rate_, choices_.sampleRateHz ? writtenRateHz(choices_, soundRateHz) : 0);
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

/// The sound that is open would be lost, and with it what the window shows.
bool ExportDialog::isSound(const std::filesystem::path &path) const
{
    std::error_code ignored;
    return !facts_.manySounds && std::filesystem::equivalent(path, facts_.sound, ignored);
}

void ExportDialog::showName()
{
    const std::filesystem::path path = target();
    const QFileInfo file(toQString(path));
    const QString folder = toQString(path.parent_path());
    const auto bytes = [](double count) {
        return QLocale().formattedDataSize(static_cast<qint64>(count), count < 1e7 ? 1 : 0,
                                           QLocale::DataSizeSIFormat);
    };
    const QStorageInfo disk(folder);
    QString problem;
    QString words = words::folderName(path);
    if (name_->text().trimmed().isEmpty() || !path.has_filename())
        problem = tr("A name is needed.");
    else if (!containerByEnding(path))
        problem = tr("The name needs an ending such as .%1.")
                      .arg(utf8(info(choices_.container).endings[0]));
    else if (file.isDir())
        problem = tr("A folder has this name.");
    else if (isSound(path))
        problem = tr("This is the sound that you are working on. Choose another name.");
    else if (!QFileInfo(folder).isDir())
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
                             ? tr("%1 of it from %2")
                                   .arg(widgets::durationText(length),
                                        widgets::clockText(facts_.windowStartSeconds, 1))
                             : tr("full length %1")
                                   .arg(widgets::clockText(std::round(10.0 * length) / 10.0, 1))));
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
        wish.request.preview =
            engine::render::PreviewWindow{facts_.windowStartSeconds, facts_.windowSeconds};
    if (choices_.allTaps)
        wish.request.tapsFolder = tapsFolder();
    return wish;
}

} // namespace app
