// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/BatchWindow.h"

#include "app/workstation/BatchTable.h"
#include "app/workstation/ExportDialog.h"
#include "app/workstation/ExportFlow.h"
#include "app/workstation/Preferences.h"
#include "app/workstation/Words.h"
#include "engine/io/PresetLibrarySnapshot.h"
#include "widgets/panels/Buttons.h"
#include "widgets/panels/OpenOver.h"
#include "widgets/panels/Sheet.h"
#include "widgets/theme/Theme.h"
#include "widgets/threads/GuiThread.h"

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QUrl>

namespace app {

using engine::render::BatchPreset;
using engine::render::BatchState;
using widgets::Theme;

namespace {

constexpr int barSteps = 1000;

QLabel *heading(const QString &text)
{
    const auto label = new QLabel(text);
    label->setFont(Theme::shared().font("heading_small"));
    return label;
}

} // namespace

BatchWindow::BatchWindow(Preferences &preferences, std::vector<BatchPreset> first, QWidget *window)
    : QDialog(window), preferences_(preferences),
      choices_(exportChoicesFrom(preferences.exportChoices())), offered_(std::move(first)),
      firstCount_(offered_.size()), folder_(toPath(preferences.renderFolder()))
{
    const Theme &theme = Theme::shared();
    setObjectName(QStringLiteral("batchWindow"));
    setWindowTitle(tr("Batch render"));
    setAcceptDrops(true);
    setFont(theme.font("label"));
    resize(theme.px("size.batch_width"), theme.px("size.batch_height"));
    const auto column = new QVBoxLayout(this);
    const int side = theme.px("space.scale.x5");
    column->setContentsMargins(side, side, side, side);
    column->setSpacing(theme.px("space.scale.x4"));
    const auto top = new QHBoxLayout;
    top->setSpacing(theme.px("space.scale.x5"));
    top->addWidget(soundsPart(), 1);
    top->addWidget(presetsPart(), 1);
    top->addWidget(outputPart(), 1);
    column->addLayout(top, 2);

    rows_ = new BatchTable(batch_, this);
    table_ = new QTableView;
    table_->setObjectName(QStringLiteral("batch.table"));
    table_->setModel(rows_);
    table_->setSelectionMode(QAbstractItemView::NoSelection);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->setTextElideMode(Qt::ElideMiddle); // the ending and the preset stay in view
    table_->setFrameShape(QFrame::NoFrame);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(theme.px("size.control"));
    column->addWidget(table_, 3);

    bar_ = new QProgressBar;
    bar_->setObjectName(QStringLiteral("batch.bar"));
    bar_->setRange(0, barSteps);
    bar_->setTextVisible(false);
    bar_->setFixedHeight(theme.px("space.scale.x1"));
    column->addWidget(bar_);
    const auto footer = new QHBoxLayout;
    summary_ = new QLabel;
    summary_->setObjectName(QStringLiteral("batch.summary"));
    summary_->setWordWrap(true);
    footer->addWidget(summary_, 1);
    show_ = widgets::largeButton(this, tr("Show in folder"), false, "folder");
    show_->setObjectName(QStringLiteral("batch.show"));
    close_ = widgets::largeButton(this, tr("Close"));
    close_->setObjectName(QStringLiteral("batch.close"));
    render_ = widgets::largeButton(this, tr("Render all"), true, "render");
    render_->setObjectName(QStringLiteral("batch.render"));
    for (QPushButton *button : {show_, close_, render_}) {
        button->setAutoDefault(false);
        footer->addWidget(button);
    }
    column->addLayout(footer);

    connect(show_, &QPushButton::clicked, this, [this] { showFolderOf(folder_ / "x"); });
    connect(close_, &QPushButton::clicked, this, [this] {
        if (batch_.isRunning())
            batch_.cancel();
        else
            close();
    });
    connect(render_, &QPushButton::clicked, this, [this] {
        preferences_.setExportChoices(exportChoicesText(choices_));
        batch_.start();
    });
    connect(&batch_, &BatchController::planChanged, this, &BatchWindow::showPlan);
    connect(&batch_, &BatchController::progressed, this, &BatchWindow::showProgress);
    connect(&batch_, &BatchController::ended, this, &BatchWindow::showProgress);
    showPresets();
    showFormat();
    setFolder(folder_);
    loadPresets();
}

BatchWindow::~BatchWindow() = default;

QWidget *BatchWindow::soundsPart()
{
    const auto part = new QWidget;
    const auto column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(heading(tr("Sounds")));
    sounds_ = new QListWidget;
    sounds_->setObjectName(QStringLiteral("batch.sounds"));
    sounds_->setAccessibleName(tr("Sounds and folders"));
    sounds_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    column->addWidget(sounds_, 1);
    const auto note = widgets::noteLabel();
    note->setText(tr("Drag sounds and folders in here."));
    column->addWidget(note);
    const auto row = new QHBoxLayout;
    QPushButton *const files = widgets::textButton(this, tr("Add sounds…"), false, "plus");
    files->setObjectName(QStringLiteral("batch.add"));
    QPushButton *const folder = widgets::textButton(this, tr("Add a folder…"), false, "folder");
    folder->setObjectName(QStringLiteral("batch.add_folder"));
    QPushButton *const remove = widgets::textButton(this, tr("Remove"));
    remove->setObjectName(QStringLiteral("batch.remove"));
    for (QPushButton *button : {files, folder, remove}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    column->addLayout(row);
    connect(files, &QPushButton::clicked, this, &BatchWindow::addFiles);
    connect(folder, &QPushButton::clicked, this, &BatchWindow::addFolder);
    connect(remove, &QPushButton::clicked, this, &BatchWindow::removeSelected);
    locked_.push_back(part);
    return part;
}

QWidget *BatchWindow::presetsPart()
{
    const auto part = new QWidget;
    const auto column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(heading(tr("Presets")));
    presets_ = new QListWidget;
    presets_->setObjectName(QStringLiteral("batch.presets"));
    presets_->setAccessibleName(tr("Presets"));
    column->addWidget(presets_, 1);
    connect(presets_, &QListWidget::itemChanged, this, &BatchWindow::change);
    locked_.push_back(part);
    return part;
}

QWidget *BatchWindow::outputPart()
{
    const auto part = new QWidget;
    const auto column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(heading(tr("Outputs")));
    template_ = new QLineEdit(QString::fromStdString(batch_.request().nameTemplate));
    template_->setObjectName(QStringLiteral("batch.template"));
    template_->setAccessibleName(tr("Names of the outputs"));
    column->addWidget(template_);
    const auto note = widgets::noteLabel();
    note->setText(tr("{source}, {preset}, {key} and {index} stand for what they say."));
    column->addWidget(note);
    const auto line = [&](QLabel *words, const QString &button, const char *id, auto slot) {
        const auto row = new QHBoxLayout;
        words->setWordWrap(true);
        row->addWidget(words, 1);
        QPushButton *const choose = widgets::textButton(this, button);
        choose->setObjectName(QLatin1String(id));
        choose->setAutoDefault(false);
        connect(choose, &QPushButton::clicked, this, slot);
        row->addWidget(choose);
        column->addLayout(row);
    };
    place_ = new QLabel;
    place_->setObjectName(QStringLiteral("batch.place"));
    line(place_, tr("Folder…"), "batch.folder", &BatchWindow::chooseFolder);
    format_ = new QLabel;
    format_->setObjectName(QStringLiteral("batch.format"));
    line(format_, tr("Format…"), "batch.choose_format", &BatchWindow::chooseFormat);
    number_ = new QCheckBox(tr("Number names that come twice"));
    number_->setObjectName(QStringLiteral("batch.number"));
    resume_ = new QCheckBox(tr("Leave out what is done already"));
    resume_->setObjectName(QStringLiteral("batch.resume"));
    resume_->setToolTip(tr("A file that is there and holds the same recipe is not rendered again"));
    resume_->setChecked(true);
    replace_ = new QCheckBox(tr("Replace files of the same name"));
    replace_->setObjectName(QStringLiteral("batch.replace"));
    for (QCheckBox *box : {number_, resume_, replace_}) {
        column->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &BatchWindow::change);
    }
    column->addStretch(1);
    connect(template_, &QLineEdit::textEdited, this, &BatchWindow::change);
    locked_.push_back(part);
    return part;
}

void BatchWindow::loadPresets()
{
    jobs_.add([this](const std::stop_token &) {
        const auto library = engine::io::loadPresetLibrary(engine::io::standardPresetFolders());
        std::vector<BatchPreset> found;
        for (const engine::io::LibraryPreset &one : library->presets) {
            const engine::io::Preset &preset = one.preset;
            found.push_back({preset.name,
                             preset.prototypeCompatible
                                 ? engine::pipeline::prototypeCompatible(preset.settings)
                                 : preset.settings,
                             preset.prototypeCompatible});
        }
        widgets::postToGui(this, [this, found = std::move(found)] {
            offered_.resize(firstCount_);
            offered_.insert(offered_.end(), found.begin(), found.end());
            showPresets();
        });
    });
}

void BatchWindow::showPresets()
{
    const QSignalBlocker quiet(presets_);
    std::vector<bool> chosen;
    for (int i = 0; i < presets_->count(); ++i)
        chosen.push_back(presets_->item(i)->checkState() == Qt::Checked);
    presets_->clear();
    for (std::size_t i = 0; i < offered_.size(); ++i) {
        const auto item = new QListWidgetItem(QString::fromStdString(offered_[i].name), presets_);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        const bool on = i < chosen.size() ? chosen[i] : i == 0;
        item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
}

void BatchWindow::addInputs(const std::vector<std::filesystem::path> &paths)
{
    for (const std::filesystem::path &path : paths) {
        if (std::find(inputs_.begin(), inputs_.end(), path) != inputs_.end())
            continue;
        inputs_.push_back(path);
        const auto item = new QListWidgetItem(words::fileName(path), sounds_);
        item->setToolTip(toQString(path));
    }
    change();
}

void BatchWindow::removeSelected()
{
    for (int row = sounds_->count(); row-- > 0;) {
        if (!sounds_->item(row)->isSelected())
            continue;
        delete sounds_->takeItem(row);
        inputs_.erase(inputs_.begin() + row);
    }
    change();
}

void BatchWindow::addFiles()
{
    const auto dialog =
        new QFileDialog(this, tr("Sounds for the batch"), preferences_.openFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        std::vector<std::filesystem::path> paths;
        for (const QString &file : files)
            paths.push_back(toPath(file));
        addInputs(paths);
    });
    widgets::openOver(dialog);
}

void BatchWindow::addFolder()
{
    const auto dialog =
        new QFileDialog(this, tr("A folder for the batch"), preferences_.openFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &folder) { addInputs({toPath(folder)}); });
    widgets::openOver(dialog);
}

void BatchWindow::chooseFolder()
{
    const auto dialog = new QFileDialog(this, tr("Where the outputs go"), toQString(folder_));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &folder) { setFolder(toPath(folder)); });
    widgets::openOver(dialog);
}

void BatchWindow::setFolder(const std::filesystem::path &folder)
{
    folder_ = folder;
    place_->setText(words::folderName(folder_ / "x"));
    place_->setToolTip(toQString(folder_));
    change();
}

void BatchWindow::chooseFormat()
{
    ExportFacts facts;
    facts.manySounds = true;
    facts.format = {48000, 2};
    const auto dialog = new ExportDialog(facts, choices_, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        choices_ = dialog->wish().choices;
        showFormat();
        change();
    });
    dialog->openOver();
}

void BatchWindow::showFormat()
{
    format_->setText(formatSummary(choices_));
}

void BatchWindow::change()
{
    if (batch_.isRunning())
        return;
    engine::render::BatchRequest request;
    request.inputs = inputs_;
    for (int i = 0; i < presets_->count(); ++i) {
        if (presets_->item(i)->checkState() == Qt::Checked)
            request.presets.push_back(offered_[static_cast<std::size_t>(i)]);
    }
    request.folder = folder_;
    request.nameTemplate = template_->text().toStdString();
    request.clashes = number_->isChecked() ? engine::render::NameClash::Number
                                           : engine::render::NameClash::Refuse;
    request.options = batchOptionsOf(choices_);
    request.options.overwrite = replace_->isChecked() ? engine::io::OverwritePolicy::Replace
                                                      : engine::io::OverwritePolicy::Refuse;
    request.resume = resume_->isChecked() && choices_.embedRecipe;
    batch_.setRequest(request);
}

QString BatchWindow::summary() const
{
    if (inputs_.empty())
        return tr("No sounds yet.");
    if (batch_.request().presets.empty())
        return tr("No preset is chosen.");
    if (batch_.planError())
        return QString::fromStdString(batch_.planError()->oneLine());
    const auto all = static_cast<int>(batch_.plan().items.size());
    if (batch_.outcomes().empty()) {
        QString text =
            all == 1 ? tr("One file will be written.") : tr("%1 files will be written.").arg(all);
        if (batch_.plan().clashes > 0)
            text = tr("Names that come twice: %1. Change the template or number them.")
                       .arg(batch_.plan().clashes);
        const auto there =
            std::ranges::count_if(batch_.plan().items, &engine::render::BatchItem::exists);
        if (there > 0 && !replace_->isChecked())
            text +=
                u' ' +
                tr("Names that are taken already: %1. These files stay as they are.").arg(there);
        for (const std::string &warning : batch_.plan().warnings)
            text += u' ' + QString::fromStdString(warning);
        return text;
    }
    QStringList parts{tr("%1 of %2 done").arg(batch_.count(BatchState::Done)).arg(all)};
    if (const auto count = batch_.count(BatchState::Skipped))
        parts << tr("%1 were there already").arg(count);
    if (const auto count = batch_.count(BatchState::Failed))
        parts << tr("%1 failed").arg(count);
    if (const auto count = batch_.count(BatchState::Cancelled))
        parts << tr("%1 cancelled").arg(count);
    return parts.join(QStringLiteral(", ")) + u'.';
}

void BatchWindow::showPlan()
{
    if (!batch_.isPlanning())
        rows_->reset();
    showProgress();
}

void BatchWindow::showProgress()
{
    const bool running = batch_.isRunning();
    rows_->refresh();
    summary_->setText(summary());
    bar_->setValue(qRound(batch_.fraction() * barSteps));
    bar_->setVisible(running);
    render_->setEnabled(batch_.canRun());
    close_->setText(running ? tr("Stop") : tr("Close"));
    show_->setVisible(!running && batch_.count(BatchState::Done) > 0);
    for (QWidget *part : locked_)
        part->setEnabled(!running);
}

void BatchWindow::setFirst(std::vector<BatchPreset> first)
{
    if (batch_.isRunning())
        return;
    offered_.erase(offered_.begin(), offered_.begin() + static_cast<std::ptrdiff_t>(firstCount_));
    std::vector<bool> chosen;
    for (std::size_t i = firstCount_; i < firstCount_ + offered_.size(); ++i)
        chosen.push_back(presets_->item(static_cast<int>(i))->checkState() == Qt::Checked);
    const bool slotChosen = presets_->item(0)->checkState() == Qt::Checked;
    firstCount_ = first.size();
    offered_.insert(offered_.begin(), first.begin(), first.end());
    showPresets();
    const QSignalBlocker quiet(presets_);
    for (int i = 0; i < presets_->count(); ++i) {
        const int own = i - static_cast<int>(firstCount_);
        const bool on = own >= 0 ? chosen[static_cast<std::size_t>(own)] : i == 0 && slotChosen;
        presets_->item(i)->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
    change();
}

void BatchWindow::keyPressEvent(QKeyEvent *event)
{
    // Esc stops what runs; it never closes a window with a list that took time to make.
    if (event->key() == Qt::Key_Escape) {
        batch_.cancel();
        return;
    }
    QDialog::keyPressEvent(event);
}

void BatchWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() && !batch_.isRunning())
        event->acceptProposedAction();
}

void BatchWindow::dropEvent(QDropEvent *event)
{
    std::vector<std::filesystem::path> paths;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            paths.push_back(toPath(url.toLocalFile()));
    }
    addInputs(paths);
    event->acceptProposedAction();
}

} // namespace app
