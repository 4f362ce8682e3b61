// SPDX-License-Identifier: GPL-3.0-or-later
//
// The menus of the stage's panes, and what of the stage is remembered.
#include "app/workstation/StageArea.h"
#include "app/workstation/TapChoice.h"
#include "widgets/chain/TapPill.h"
#include "widgets/panels/OpenOver.h"
#include "widgets/views/SpectrogramView.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>

namespace app {

using engine::pipeline::TapId;
using widgets::AxisRange;

namespace {

constexpr AxisRange possibleDb{-200.0, 24.0};
constexpr AxisRange possibleOctaves{0.0, 20.0};

/// Within the limits, or none.
std::optional<AxisRange> rangeOf(const QVariant &saved, AxisRange limits)
{
    const QVariantList ends = saved.toList();
    if (ends.size() != 2)
        return std::nullopt;
    const AxisRange range{ends[0].toDouble(), ends[1].toDouble()};
    const bool sound = range.low >= limits.low && range.high <= limits.high && range.span() > 0.0;
    return sound ? std::optional(range) : std::nullopt;
}

} // namespace

/// Nothing where the view has no picture to hand out.
void StageArea::addPictureActions(QMenu &menu, QWidget &view)
{
    const auto *const source = dynamic_cast<const widgets::PictureSource *>(&view);
    if (!source)
        return;
    // In the context of the view: what outlives it does nothing.
    menu.addAction(tr("Copy image"), &view, [source] { source->copyImage(); });
    menu.addAction(tr("Save image…"), &view, [this, &view, source] {
        QFileDialog &dialog = saveDialog(
            tr("Save the picture"),
            {tr("PNG picture (*.png)"), tr("SVG drawing (*.svg)"), tr("PDF document (*.pdf)")});
        connect(&dialog, &QFileDialog::fileSelected, &view, [this, source](const QString &file) {
            if (const engine::Status saved = source->saveImage(file); !saved)
                emit savingFailed(file, saved.error());
        });
    });
    menu.addAction(tr("Copy values"), &view,
                   [source] { QGuiApplication::clipboard()->setText(source->valuesAsCsv()); });
    menu.addAction(tr("Save values…"), &view, [this, &view, source] {
        QFileDialog &dialog =
            saveDialog(tr("Save the values"), {tr("Comma-separated values (*.csv)")});
        connect(&dialog, &QFileDialog::fileSelected, &view, [this, source](const QString &file) {
            if (const engine::Status saved = source->saveValues(file); !saved)
                emit savingFailed(file, saved.error());
        });
    });
    menu.addSeparator();
}

/// Open; a name without an ending gets that of the chosen filter.
QFileDialog &StageArea::saveDialog(const QString &title, const QStringList &filters)
{
    const auto dialog = new QFileDialog(this, title);
    dialog->setObjectName(QStringLiteral("savePictureDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    const auto useEnding = [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.section(QStringLiteral("*."), 1).chopped(1));
    };
    connect(dialog, &QFileDialog::filterSelected, dialog, useEnding);
    useEnding(filters.first());
    widgets::openOver(dialog);
    return *dialog;
}

/// The choices are the view's, what is chosen counts for all.
void StageArea::addLevelMenu(QMenu &menu, const PaneView &view)
{
    QMenu &levels = *menu.addMenu(tr("Range"));
    const auto add = [&](const QString &words, std::optional<AxisRange> range) {
        QAction *const action = levels.addAction(words, this, [this, range] {
            setRange(Axis::Level, range);
            emit stateChanged();
        });
        action->setCheckable(true);
        action->setChecked(range == this->range(Axis::Level));
    };
    //: a range of levels: what the view usually shows
    add(tr("Usual"), std::nullopt);
    for (const AxisRange db : view.levelChoices())
        add(widgets::SpectrogramView::dbRangeText(db), db);
}

void StageArea::fillColourMapMenu(QMenu &maps)
{
    maps.clear();
    const auto add = [&](const QString &words, std::optional<widgets::ColourMap> map) {
        QAction *const action = maps.addAction(words, this, [this, map] {
            StageLook look = state_.look;
            look.colourMap = map;
            setLook(look);
            emit stateChanged();
        });
        action->setCheckable(true);
        action->setChecked(map == state_.look.colourMap);
    };
    //: a colour map: the one that belongs to the dark or the light theme
    add(tr("As the theme"), std::nullopt);
    for (const widgets::ColourMap map : widgets::allColourMaps)
        add(widgets::colourMapName(map), map);
}

void StageArea::showPlotMenu(StagePane &pane, QPoint place)
{
    PaneView &view = pane.current();
    const auto menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("viewMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addPictureActions(*menu, view.widget());
    if (view.hasAxis(Axis::Level))
        addLevelMenu(*menu, view);
    if (view.hasColourMap())
        fillColourMapMenu(*menu->addMenu(tr("Colour map")));
    view.fillMenu(*menu);
    if (menu->actions().isEmpty())
        delete menu;
    else
        menu->popup(place);
}

void StageArea::copySpectrumImage(TapId tap)
{
    if (state_.preview)
        spectrumImage_.copy({state_.preview, tap}, state_.look, pane(0).current().widget().size());
}

/// For the first pane the choice is that of the rail.
void StageArea::showTapMenu(StagePane &pane, QPoint place)
{
    const auto menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("tapMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    pane.current().fillTitleMenu(*menu);
    //: which point of the chain a pane shows
    QMenu *const taps = menu->isEmpty() ? menu : menu->addMenu(tr("Tap"));
    const auto add = [&](const QString &words, std::optional<TapId> tap, bool chosen) {
        QAction *const action = taps->addAction(words, this, [this, &pane, tap] {
            if (pane.number() == 0) {
                emit tapSelected(*tap);
                return;
            }
            pane.setOwnTap(tap);
            emit stateChanged();
        });
        action->setCheckable(true);
        action->setChecked(chosen);
    };
    if (pane.number() > 0) {
        add(tr("As selected on the rail"), std::nullopt, !pane.ownTap());
        taps->addSeparator();
    }
    for (const engine::pipeline::TapInfo &tap : engine::pipeline::tapTable)
        add(widgets::tapTitle(tap.id), tap.id,
            pane.tap() == tap.id && (pane.number() == 0 || pane.ownTap()));
    menu->popup(place);
}

QVariantMap StageArea::saveState() const
{
    QStringList views;
    QStringList taps;
    QVariantList sizes;
    QVariantList inViews;
    for (const StagePane *pane : panes_) {
        inViews << pane->saveViews();
        views << QLatin1String(viewTable()[static_cast<std::size_t>(pane->view())].id);
        taps << (pane->ownTap() ? keyOfTap(*pane->ownTap()) : QStringLiteral("selected"));
    }
    for (const int size : movedSizes_)
        sizes << size;
    const auto ends = [this](Axis axis) {
        const auto shown = range(axis);
        return shown ? QVariantList{shown->low, shown->high} : QVariantList{};
    };
    const auto map = state_.look.colourMap;
    return {{QStringLiteral("panes"), paneCount_},
            {QStringLiteral("active"), active_},
            {QStringLiteral("views"), views},
            {QStringLiteral("taps"), taps},
            {QStringLiteral("sizes"), sizes},
            {QStringLiteral("inViews"), inViews},
            {QStringLiteral("octaves"), ends(Axis::Frequency)},
            {QStringLiteral("decibels"), ends(Axis::Level)},
            {QStringLiteral("colourMap"), QLatin1String(map ? widgets::colourMapKey(*map) : "")}};
}

void StageArea::restoreState(const QVariantMap &state)
{
    const QStringList views = state[QStringLiteral("views")].toStringList();
    const QStringList taps = state[QStringLiteral("taps")].toStringList();
    const auto saved = static_cast<int>(std::min<qsizetype>(views.size(), mostPanes));
    while (static_cast<int>(panes_.size()) < saved)
        makePane();
    const QVariantList inViews = state[QStringLiteral("inViews")].toList();
    for (int i = 0; i < saved; ++i) {
        if (i < inViews.size())
            pane(i).restoreViews(inViews[i].toMap());
        if (const int view = viewNumber(views[i]); view >= 0)
            pane(i).setView(view);
        if (i > 0 && i < taps.size())
            pane(i).setOwnTap(tapOfKey(taps[i]));
        pane(i).setUsed(i < paneCount_);
    }
    setPaneCount(std::clamp(state[QStringLiteral("panes")].toInt(), 1, std::max(saved, 1)));
    setActivePane(std::clamp(state[QStringLiteral("active")].toInt(), 0, paneCount_ - 1));
    QList<int> sizes;
    for (const QVariant &size : state[QStringLiteral("sizes")].toList())
        sizes << std::max(size.toInt(), 0);
    if (sizes.size() == static_cast<qsizetype>(panes_.size()))
        movedSizes_ = sizes;
    setRange(Axis::Frequency, rangeOf(state[QStringLiteral("octaves")], possibleOctaves));
    setRange(Axis::Level, rangeOf(state[QStringLiteral("decibels")], possibleDb));
    StageLook look = state_.look;
    const QString map = state[QStringLiteral("colourMap")].toString();
    for (const widgets::ColourMap known : widgets::allColourMaps) {
        if (map == QLatin1String(widgets::colourMapKey(known)))
            look.colourMap = known;
    }
    setLook(look);
    sharePanes();
    showActive();
}

} // namespace app
