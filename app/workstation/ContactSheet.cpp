// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/ContactSheet.h"

#include "engine/pipeline/ParameterText.h"
#include "widgets/controls/DropDown.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/panels/Buttons.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <cmath>

namespace app {

using engine::pipeline::ParameterId;
using engine::pipeline::ParameterInfo;
using engine::pipeline::parameterInfo;
using engine::pipeline::ParameterKind;
using engine::pipeline::Settings;
using widgets::ContactCell;
using widgets::Theme;

namespace {

constexpr int smallestGrid = 3;
constexpr int usualSize = 1; ///< 4 × 4
constexpr int startAfterMs = 250;
constexpr QSize pictureSize(220, 110);

QString axisLabel(const ParameterInfo &info)
{
    return QStringLiteral("%1, %2").arg(widgets::parameterLabel(info),
                                        widgets::stageName(info.stage));
}

QString keyOf(const ParameterInfo &info)
{
    return QString::fromUtf8(info.key.data(), static_cast<qsizetype>(info.key.size()));
}

} // namespace

ContactSheet::ContactSheet(Session &session, const Locks &locks, ListenController &listening,
                           PlaybackController &playback, const QVariantMap &choices,
                           QWidget *window)
    : Sheet(tr("Contact sheet"), "size.contact_sheet", window), session_(session), locks_(locks),
      listening_(listening), playback_(playback), renderer_(session)
{
    setObjectName(QStringLiteral("contactSheet"));
    addControls();
    grid_ = new widgets::ContactGrid;
    const Theme &theme = Theme::shared();
    // What the window leaves over beside title, controls and footer.
    const int others = theme.px("size.window_min_height") - theme.px("size.contact_height");
    grid_->setFixedHeight(std::clamp(window->height() - others, theme.px("size.contact_height"),
                                     theme.px("size.contact_height_most")));
    rows().addWidget(grid_);
    addFooter();
    restore(choices);
    later_.setSingleShot(true);
    later_.setInterval(startAfterMs);
    connect(&later_, &QTimer::timeout, this, &ContactSheet::start);
    connect(grid_, &widgets::ContactGrid::markMoved, this, [this](int index) {
        if (heard_ >= 0)
            hear(index);
        showMarked();
    });
    connect(grid_, &widgets::ContactGrid::taken, this, &ContactSheet::take);
    connect(grid_, &widgets::ContactGrid::hearRequested, this,
            [this](int index) { hear(index == heard_ ? -1 : index); });
    connect(&renderer_, &VariationRenderer::ready, this, &ContactSheet::receive);
    connect(&renderer_, &VariationRenderer::failed, this, [this](int index) {
        failed_[static_cast<std::size_t>(index)] = true;
        grid_->setCell(index, cell(index));
        showProgress();
    });
    start();
    grid_->setFocus();
}

ContactSheet::~ContactSheet()
{
    renderer_.cancel();
    playback_.setInstead({});
    if (playsForUs_ && !taken_)
        playback_.stop();
}

ContactSheet::Axis ContactSheet::makeAxis(const QString &name, const char *id, bool optional)
{
    const Theme &theme = Theme::shared();
    Axis axis;
    axis.parameter = new widgets::DropDown(name);
    axis.parameter->setObjectName(QLatin1String(id));
    if (optional)
        axis.parameter->addItem(tr("Nothing"), -1);
    for (const ParameterInfo &info : engine::pipeline::parameterTable()) {
        if (info.kind != ParameterKind::Number)
            continue;
        const bool locked = locks_.contains(info.id);
        //: a parameter in a list that cannot be chosen
        axis.parameter->addItem(locked ? tr("%1 (locked)").arg(axisLabel(info)) : axisLabel(info),
                                static_cast<int>(info.id));
        if (locked)
            static_cast<QStandardItemModel *>(axis.parameter->model())
                ->item(axis.parameter->count() - 1)
                ->setEnabled(false);
    }
    //: %1 is Across or Down
    const auto field = [&](const QString &aloud, const char *end) {
        auto *const edit = new QLineEdit;
        edit->setObjectName(QLatin1String(id) + QLatin1String(end));
        edit->setAccessibleName(aloud.arg(name));
        edit->setFixedWidth(2 * theme.px("size.control") + theme.px("space.scale.x2"));
        edit->setFont(theme.font("value_small"));
        connect(edit, &QLineEdit::editingFinished, this, [this] { later_.start(); });
        return edit;
    };
    axis.from = field(tr("%1, from"), ".from");
    axis.to = field(tr("%1, to"), ".to");
    connect(axis.parameter, &QComboBox::activated, this, [this, axis] {
        showWholeRange(axis);
        later_.start();
    });
    return axis;
}

void ContactSheet::addControls()
{
    const Theme &theme = Theme::shared();
    auto *const row = new QHBoxLayout;
    row->setSpacing(theme.px("space.scale.x2"));
    const auto add = [&](const QString &name, const Axis &axis) {
        row->addWidget(new QLabel(name));
        row->addWidget(axis.parameter, 1);
        row->addWidget(axis.from);
        row->addWidget(new QLabel(QStringLiteral("–")));
        row->addWidget(axis.to);
        row->addSpacing(theme.px("space.scale.x3"));
    };
    across_ = makeAxis(tr("Across"), "contact.across", false);
    down_ = makeAxis(tr("Down"), "contact.down", true);
    add(tr("Across"), across_);
    add(tr("Down"), down_);
    size_ = new widgets::WordSwitch(tr("Size"), {tr("3 × 3"), tr("4 × 4"), tr("5 × 5")});
    size_->setObjectName(QStringLiteral("contact.size"));
    connect(size_, &widgets::WordSwitch::chosen, this, [this] { later_.start(); });
    row->addWidget(size_);
    rows().addLayout(row);
}

void ContactSheet::addFooter()
{
    progress_ = widgets::noteLabel();
    progress_->setObjectName(QStringLiteral("contact.progress"));
    progress_->setWordWrap(false);
    addBesideTitle(progress_);
    words_ = new QLabel;
    words_->setObjectName(QStringLiteral("contact.words"));
    footer().addWidget(words_, 1);
    hear_ = widgets::largeButton(this, tr("Hear"), false, "headphones");
    hear_->setObjectName(QStringLiteral("contact.hear"));
    hear_->setToolTip(tr("Hear the marked one at the playhead (Space)"));
    take_ = widgets::largeButton(this, tr("Use as A"), true);
    take_->setObjectName(QStringLiteral("contact.take"));
    take_->setToolTip(tr("The marked one becomes A (click it, or Enter)"));
    auto *const close = widgets::largeButton(this, tr("Close"));
    connect(hear_, &QPushButton::clicked, this,
            [this] { hear(grid_->marked() == heard_ ? -1 : grid_->marked()); });
    connect(take_, &QPushButton::clicked, this, [this] { take(grid_->marked()); });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    footer().addWidget(close);
    footer().addWidget(hear_);
    footer().addWidget(take_);
}

void ContactSheet::restore(const QVariantMap &choices)
{
    const bool tube = session_.settings().distortion.mode == engine::dsp::DistortionMode::Tube;
    const auto restoreAxis = [&](const Axis &axis, const QString &name, ParameterId usual) {
        const QVariantMap saved = choices[name].toMap();
        const QString key = saved[QStringLiteral("parameter")].toString();
        const ParameterInfo *info = engine::pipeline::findParameterByKey(key.toStdString());
        const bool nothing = saved.contains(QStringLiteral("parameter")) && key.isEmpty();
        const int wanted = nothing ? -1
                           : info && info->kind == ParameterKind::Number
                               ? static_cast<int>(info->id)
                               : static_cast<int>(usual);
        choose(axis, wanted);
        showWholeRange(axis);
        if (const ParameterInfo *chosen = parameter(axis); chosen && info == chosen) {
            const auto end = [&](QLineEdit *field, const QString &which) {
                bool number = false;
                const double value = saved[which].toDouble(&number);
                if (number && value >= chosen->minimum && value <= chosen->maximum)
                    field->setText(widgets::shownValue(*chosen, value));
            };
            end(axis.from, QStringLiteral("from"));
            end(axis.to, QStringLiteral("to"));
        }
    };
    restoreAxis(across_, QStringLiteral("across"),
                tube ? ParameterId::Drive : ParameterId::FoldAmount);
    restoreAxis(down_, QStringLiteral("down"), ParameterId::SnapStrength);
    const int side = choices.value(QStringLiteral("side"), smallestGrid + usualSize).toInt();
    size_->setIndex(std::clamp(side - smallestGrid, 0, 2));
}

bool ContactSheet::canVary(const Locks &locks)
{
    return std::ranges::any_of(engine::pipeline::parameterTable(), [&](const ParameterInfo &info) {
        return info.kind == ParameterKind::Number && !locks.contains(info.id);
    });
}

/// The parameter, or the next of the list that is not locked.
void ContactSheet::choose(const Axis &axis, int parameter)
{
    const auto isFree = [&](int index) {
        const int id = axis.parameter->itemData(index).toInt();
        return id < 0 || !locks_.contains(static_cast<ParameterId>(id));
    };
    int index = std::max(axis.parameter->findData(parameter), 0);
    while (!isFree(index))
        index = (index + 1) % axis.parameter->count();
    axis.parameter->setCurrentIndex(index);
}

QVariantMap ContactSheet::choices() const
{
    const auto saved = [this](const Axis &axis) {
        const ParameterInfo *info = parameter(axis);
        if (!info)
            return QVariantMap{{QStringLiteral("parameter"), QString()}};
        const std::vector<double> ends = values(axis, 2);
        return QVariantMap{{QStringLiteral("parameter"), keyOf(*info)},
                           {QStringLiteral("from"), ends.front()},
                           {QStringLiteral("to"), ends.back()}};
    };
    return {{QStringLiteral("across"), saved(across_)},
            {QStringLiteral("down"), saved(down_)},
            {QStringLiteral("side"), side()}};
}

const ParameterInfo *ContactSheet::parameter(const Axis &axis) const
{
    const int id = axis.parameter->currentData().toInt();
    return id < 0 ? nullptr : &parameterInfo(static_cast<ParameterId>(id));
}

void ContactSheet::showWholeRange(const Axis &axis)
{
    const ParameterInfo *info = parameter(axis);
    axis.from->setEnabled(info != nullptr);
    axis.to->setEnabled(info != nullptr);
    // A gain below one is silence going away, which is not worth half a sheet.
    const double least = info && info->unit == "×" ? std::max(info->minimum, 1.0)
                         : info                    ? info->minimum
                                                   : 0.0;
    axis.from->setText(info ? widgets::shownValue(*info, least) : QString());
    axis.to->setText(info ? widgets::shownValue(*info, info->maximum) : QString());
}

int ContactSheet::side() const
{
    return smallestGrid + size_->index();
}

/// Evenly over the knob's travel; the ends are as they are written.
std::vector<double> ContactSheet::values(const Axis &axis, int count) const
{
    const ParameterInfo &info = *parameter(axis);
    const auto end = [&info](const QLineEdit *field, double otherwise) {
        return std::clamp(widgets::parseShown(info, field->text()).value_or(otherwise),
                          info.minimum, info.maximum);
    };
    const double from = end(axis.from, info.minimum);
    const double to = end(axis.to, info.maximum);
    std::vector<double> all;
    for (int i = 0; i < count; ++i) {
        const double part = static_cast<double>(i) / (count - 1);
        const double position = std::lerp(engine::pipeline::knobPosition(info, from),
                                          engine::pipeline::knobPosition(info, to), part);
        all.push_back(
            i == 0 ? from
            : i == count - 1
                ? to
                : widgets::roundedValue(info, engine::pipeline::valueAtKnob(info, position), true));
    }
    return all;
}

void ContactSheet::start()
{
    hear(-1);
    const int n = side();
    const ParameterInfo &first = *parameter(across_);
    const ParameterInfo *const second = parameter(down_);
    const Settings now = session_.settings();
    settings_.clear();
    QStringList acrossWords;
    QStringList downWords;
    if (second) {
        for (const double down : values(down_, n)) {
            downWords << widgets::shownValueWithUnit(*second, down);
            for (const double across : values(across_, n))
                settings_.push_back(
                    settingsWith(settingsWith(now, first.id, across), second->id, down));
        }
        for (const double across : values(across_, n))
            acrossWords << widgets::shownValueWithUnit(first, across);
    } else {
        for (const double value : values(across_, n * n))
            settings_.push_back(settingsWith(now, first.id, value));
    }
    variations_.assign(settings_.size(), nullptr);
    failed_.assign(settings_.size(), false);
    grid_->setGrid(n, n, acrossWords, downWords);
    grid_->setAxes(widgets::parameterLabel(first),
                   second ? widgets::parameterLabel(*second) : QString());
    for (int i = 0; i < count(); ++i)
        grid_->setCell(i, cell(i));
    renderer_.render(settings_, pictureSize * devicePixelRatioF(), true);
    showProgress();
    showMarked();
    emit choicesChanged();
}

QString ContactSheet::valuesInWords(int index) const
{
    QStringList parts;
    for (const Axis &axis : {across_, down_}) {
        if (const ParameterInfo *info = parameter(axis))
            parts << tr("%1 %2").arg(
                widgets::parameterLabel(*info),
                widgets::shownValueWithUnit(*info, info->read(settings(index))));
    }
    return parts.join(QStringLiteral(", "));
}

ContactCell ContactSheet::cell(int index) const
{
    ContactCell cell;
    cell.words = valuesInWords(index);
    cell.isNow = settings(index) == session_.settings();
    if (!parameter(down_))
        cell.value = widgets::shownValueWithUnit(*parameter(across_),
                                                 parameter(across_)->read(settings(index)));
    if (failed_[static_cast<std::size_t>(index)])
        cell.state = ContactCell::State::Failed;
    const SharedVariation made = variation(index);
    if (!made)
        return cell;
    cell.state = ContactCell::State::Ready;
    cell.picture = made->picture;
    //: share of the energy in key; the dash stands for silence
    cell.inKey = made->inKey ? tr("%1 %").arg(std::lround(*made->inKey * 100.0)) : tr("–");
    cell.loudness =
        made->lufs ? tr("%1 LUFS").arg(widgets::numberText(*made->lufs, 1)) : tr("silent");
    cell.words += tr(": in key %1, %2").arg(cell.inKey, cell.loudness);
    if (cell.isNow)
        cell.words += tr(", as it is now");
    return cell;
}

void ContactSheet::receive(int index, const SharedVariation &variation)
{
    variations_[static_cast<std::size_t>(index)] = variation;
    grid_->setCell(index, cell(index));
    showProgress();
    if (index == grid_->marked())
        showMarked();
}

void ContactSheet::showProgress()
{
    const int done = count() - renderer_.waiting();
    progress_->setText(renderer_.waiting() > 0 ? tr("%1 of %2 rendered").arg(done).arg(count())
                                               : tr("%1 renders").arg(count()));
}

void ContactSheet::showMarked()
{
    const int at = grid_->marked();
    const bool any = at >= 0 && at < count();
    words_->setText(any ? cell(at).words
                        : tr("Click a cell and it becomes A. Space lets you hear it."));
    hear_->setEnabled(any && variation(at));
    hear_->setText(heard_ >= 0 ? tr("Stop") : tr("Hear"));
    take_->setEnabled(any);
}

void ContactSheet::hear(int index)
{
    const SharedVariation made = index >= 0 && index < count() ? variation(index) : nullptr;
    if (!made) {
        if (index >= 0)
            return; // what is heard goes on until this one is there
        heard_ = -1;
        playback_.setInstead({});
        if (std::exchange(playsForUs_, false))
            playback_.stop();
    } else {
        heard_ = index;
        // As loud as the quietest, where levels are matched.
        double gainDb = 0.0;
        for (const SharedVariation &other : variations_) {
            if (listening_.matchesLevel() && other && other->lufs && made->lufs)
                gainDb = std::min(gainDb, *other->lufs - *made->lufs);
        }
        playback_.setInstead({made->output, made->firstFrame, gainDb});
        if (!playback_.status().playWanted && !playsForUs_) {
            playback_.togglePlay();
            playsForUs_ = true;
        }
    }
    grid_->setHeard(heard_);
    showMarked();
}

void ContactSheet::take(int index)
{
    if (index < 0 || index >= count())
        return;
    taken_ = true;
    //: a step of undo: a cell of the contact sheet became A; %1 is "Fold 5.0×, Snap 40 %"
    session_.changeSlot(Slot::A, settings(index),
                        tr("Contact sheet: %1").arg(valuesInWords(index)));
    listening_.setSource(ListenSource::A);
    accept();
}

} // namespace app
