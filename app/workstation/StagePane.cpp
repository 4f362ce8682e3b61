// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/StagePane.h"

#include "engine/pipeline/StageTable.h"
#include "widgets/chain/TapPill.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/theme/Theme.h"
#include "widgets/threads/GuiThread.h"

#include <QEvent>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace app {

using engine::pipeline::StageId;
using engine::pipeline::TapId;

namespace {

StageId stageOf(TapId tap)
{
    constexpr std::array stages{StageId::Input, StageId::PreQuant, StageId::Distortion,
                                StageId::PostQuant, StageId::Limiter};
    return stages[static_cast<std::size_t>(tap)];
}

} // namespace

StagePane::StagePane(int number, const StageState &state, QWidget *parent)
    : QWidget(parent), number_(number), state_(state), title_(new widgets::PaneTitle),
      views_(viewTable().size()), fed_(viewTable().size())
{
    setObjectName(QStringLiteral("pane%1").arg(number + 1));
    title_->setObjectName(QStringLiteral("pane%1.tap").arg(number + 1));
    title_->installEventFilter(this);
    connect(title_, &widgets::PaneTitle::menuRequested, this, &StagePane::tapMenuRequested);
    const auto column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::Theme::shared().px("space.scale.x1"));
    column->addWidget(title_, 0, Qt::AlignLeft);
    stack_ = new QStackedLayout;
    column->addLayout(stack_, 1);
    setMinimumWidth(widgets::Theme::shared().px("size.pane_min"));
    title_->hide();
    setView(0);
    showTitle();
}

StagePane::~StagePane() = default;

PaneView &StagePane::makeView(int view)
{
    const auto number = static_cast<std::size_t>(view);
    if (views_[number])
        return *views_[number];
    PaneView *const made = viewTable()[number].create(this);
    views_[number] = made;
    stack_->addWidget(&made->widget());
    made->widget().installEventFilter(this);
    made->widget().setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&made->widget(), &QWidget::customContextMenuRequested, this,
            [this, made](QPoint place) {
                emit touched();
                emit contextMenuRequested(made->widget().mapToGlobal(place));
            });
    connect(made, &PaneView::seekRequested, this, &StagePane::seekRequested);
    connect(made, &PaneView::rangesShown, this, [this, made] {
        if (!telling_ && made == &current())
            emit rangesShown();
    });
    connect(made, &PaneView::soloRequested, this, &StagePane::soloRequested);
    connect(made, &PaneView::turnOnRequested, this, &StagePane::turnOnRequested);
    connect(made, &PaneView::titleChanged, this, &StagePane::showTitle);
    connect(made, &PaneView::stateChanged, this, &StagePane::stateChanged);
    connect(made, &PaneView::axesChanged, this, [this, made] {
        if (made == &current())
            showRanges();
    });
    connect(made, &PaneView::feedWanted, this, [this, number] {
        fed_[number] = {};
        feed();
    });
    made->setFile(state_.file);
    if (const auto saved = savedViews_.find(QLatin1String(viewTable()[number].id));
        saved != savedViews_.end())
        made->restoreState(saved->toMap());
    emit viewMade(made);
    return *made;
}

QVariantMap StagePane::saveViews() const
{
    QVariantMap views = savedViews_;
    for (std::size_t i = 0; i < views_.size(); ++i) {
        const QVariantMap state = views_[i] ? views_[i]->saveState() : QVariantMap();
        if (!state.isEmpty())
            views[QLatin1String(viewTable()[i].id)] = state;
    }
    return views;
}

void StagePane::restoreViews(const QVariantMap &views)
{
    savedViews_ = views;
    for (std::size_t i = 0; i < views_.size(); ++i)
        if (const auto saved = views.find(QLatin1String(viewTable()[i].id));
            views_[i] && saved != views.end())
            views_[i]->restoreState(saved->toMap());
}

void StagePane::showFile()
{
    for (PaneView *view : views_)
        if (view)
            view->setFile(state_.file);
}

void StagePane::setView(int view)
{
    PaneView &chosen = makeView(view);
    view_ = view;
    stack_->setCurrentWidget(&chosen.widget());
    showLook();
    showPlayhead();
    feed();
    showRanges();
    showTitle();
}

void StagePane::setOwnTap(std::optional<TapId> tap)
{
    ownTap_ = tap;
    feed();
    showTitle();
}

void StagePane::setUsed(bool used)
{
    used_ = used;
    setVisible(used);
    feed();
    showPlayhead();
    showRanges();
}

QString StagePane::title() const
{
    return views_[static_cast<std::size_t>(view_)]->title(tap());
}

TapId StagePane::shownTap() const
{
    return views_[static_cast<std::size_t>(view_)]->shownTap(tap());
}

const char *StagePane::titleToken() const
{
    return views_[static_cast<std::size_t>(view_)]->titleToken(tap());
}

bool StagePane::isLate() const
{
    return state_.late && views_[static_cast<std::size_t>(view_)]->showsPreview();
}

QString StagePane::remark() const
{
    const PaneView &shown = *views_[static_cast<std::size_t>(view_)];
    if (const QString own = shown.remark(state_.settings); !own.isEmpty())
        return own;
    const StageId stage = stageOf(shownTap());
    const engine::pipeline::StageRow &row = engine::pipeline::stageRow(stage);
    if (stage == StageId::Input || stage == StageId::Limiter || row.runs(state_.settings))
        return {};
    //: After Distortion (Post-Quant is off)
    return tr("%1 is off").arg(widgets::stageName(stage));
}

void StagePane::showPreview()
{
    feed();
    showTitle();
}

void StagePane::showTitle()
{
    const QString reason = isLate() ? tr("Updating…") : remark();
    //: %1: which sound, "After Distortion". %2: "Post-Quant is off", "Updating…"
    title_->setTitle(reason.isEmpty() ? title() : tr("%1 (%2)").arg(title(), reason), titleToken());
    emit titleChanged();
}

void StagePane::showLook()
{
    current().setLook(state_.look);
}

void StagePane::showPlayhead()
{
    if (used_)
        current().setPlayhead(state_.playheadSeconds);
}

void StagePane::showRange(Axis axis)
{
    const QScopedValueRollback guard(telling_, true);
    if (used_ && current().hasAxis(axis))
        current().show(axis, state_.look.ranges[static_cast<std::size_t>(axis)]);
}

void StagePane::showRanges()
{
    for (const Axis axis : allAxes)
        showRange(axis);
}

void StagePane::clearViews()
{
    const QScopedValueRollback guard(telling_, true);
    for (std::size_t i = 0; i < views_.size(); ++i) {
        if (views_[i])
            views_[i]->clear();
        fed_[i] = {};
    }
}

void StagePane::feed()
{
    ++newest_;
    jobs_.cancelAll();
    if (!state_.preview) {
        clearViews();
        return;
    }
    if (!used_)
        return;
    Fed &fed = fed_[static_cast<std::size_t>(view_)];
    if (fed.tap == tap() && fed.preview.lock() == state_.preview)
        return;
    // A picture of the same sound may stay until the new one is ready, one of another may not.
    if (fed.soundId != 0 && fed.soundId != state_.preview->request.soundId) {
        const QScopedValueRollback guard(telling_, true);
        current().clear();
        fed = {};
    }
    const PaneInput input{state_.preview, tap()};
    jobs_.add([this, input, view = view_, number = newest_,
               job = current().prepare(input)](const std::stop_token &stop) {
        const PaneView::Fill fill = job(stop);
        if (stop.stop_requested())
            return;
        widgets::postToGui(this, [this, input, view, number, fill] {
            if (number == newest_)
                take(view, input, fill);
        });
    });
}

void StagePane::take(int view, const PaneInput &input, const PaneView::Fill &fill)
{
    {
        const QScopedValueRollback guard(telling_, true);
        fill();
    }
    fed_[static_cast<std::size_t>(view)] = {input.preview, input.preview->request.soundId,
                                            input.tap};
    showRanges();
}

bool StagePane::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::FocusIn)
        emit touched();
    return false;
}

void StagePane::mousePressEvent(QMouseEvent *)
{
    emit touched();
}

} // namespace app
