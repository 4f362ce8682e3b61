// SPDX-License-Identifier: GPL-3.0-or-later
//
// What lies between the pane's tap and another one, the input unless another is chosen.
#include "app/workstation/PlotPane.h"
#include "app/workstation/TapChoice.h"
#include "app/workstation/ViewTable.h"
#include "widgets/chain/TapPill.h"
#include "widgets/views/DifferenceView.h"
#include "widgets/views/PaneTitle.h"

#include <QPointer>

namespace app {

namespace {

using engine::pipeline::TapId;
using widgets::DifferenceView;

class DifferencePane final : public PlotPane<DifferenceView> {
public:
    explicit DifferencePane(QObject *parent)
        : PlotPane(parent, Axis::Time, Axis::Frequency), choice_(new widgets::PaneTitle(&view()))
    {
        choice_->hide();
        choice_->setObjectName(QStringLiteral("difference.reference"));
        choice_->setToolTip(tr("The sound that is taken away from the one that is shown"));
        showReference();
        connect(choice_, &widgets::PaneTitle::menuRequested, this, [this](QPoint place) {
            auto *const menu = new QMenu(choice_);
            menu->setObjectName(QStringLiteral("referenceMenu"));
            menu->setAttribute(Qt::WA_DeleteOnClose);
            addReferences(*menu);
            menu->popup(place);
        });
        connect(&view(), &DifferenceView::reachDbChanged, this, &PaneView::stateChanged);
    }

    ~DifferencePane() override { delete choice_; } // the toolbar may have taken it

    Job prepare(const PaneInput &input) override
    {
        return handOver([this, input, reference = reference_] {
            view().setTitle(title(input.tap), titleToken(input.tap));
            view().setScale(input.scale());
            view().setNames(widgets::tapTitle(reference), input.title());
            view().setSounds(input.preview->sharedSound(reference),
                             input.preview->sharedSound(input.tap), input.windowStartSeconds(),
                             {input.preview->request.firstFrame == 0, false});
        });
    }
    void clear() override { view().setSounds(nullptr, nullptr, 0.0, {}); }
    void setPlayhead(std::optional<double> seconds) override { view().setPlayhead(seconds); }
    bool hasInKeyLines() const override { return true; }

    void fillMenu(QMenu &menu) override
    {
        //: which sound is taken away from the one that is shown
        addReferences(*menu.addMenu(tr("Compared with")));
        Choices<double> reaches;
        for (const double db : DifferenceView::reachChoices())
            reaches.emplace_back(DifferenceView::reachText(db), db);
        addChoiceMenu(menu, tr("Range"), reaches, view().reachDb(),
                      [this](double db) { view().setReachDb(db); });
    }
    QWidget *tools() override { return choice_; }
    QString title(TapId tap) const override
    {
        //: What a difference is of: %1 the later sound, %2 the earlier one that is taken away.
        return tr("%1 − %2").arg(widgets::tapTitle(tap), widgets::tapTitle(reference_));
    }

    QVariantMap saveState() const override
    {
        return {{QStringLiteral("reference"), keyOfTap(reference_)},
                {QStringLiteral("reachDb"), view().reachDb()}};
    }
    void restoreState(const QVariantMap &state) override
    {
        if (const auto tap = tapOfKey(state[QStringLiteral("reference")].toString()))
            setReference(*tap);
        const double reach = state[QStringLiteral("reachDb")].toDouble();
        if (std::ranges::count(DifferenceView::reachChoices(), reach) > 0)
            view().setReachDb(reach);
    }

private:
    void addReferences(QMenu &menu)
    {
        addChoices(menu, tapChoices(), reference_, [this](TapId tap) { setReference(tap); });
    }
    void showReference()
    {
        //: %1: the sound that is taken away from the one that is shown
        const QString words = tr("Compared with %1").arg(widgets::tapTitle(reference_));
        choice_->setTitle(words, widgets::tapStageToken(reference_));
        choice_->setAccessibleName(words);
    }
    void setReference(TapId tap)
    {
        if (tap == reference_)
            return;
        reference_ = tap;
        showReference();
        emit titleChanged();
        emit feedWanted();
        emit stateChanged();
    }

    TapId reference_ = TapId::Input;
    QPointer<widgets::PaneTitle> choice_;
};

} // namespace

PaneView *makeDifferencePane(QObject *parent)
{
    return new DifferencePane(parent);
}

} // namespace app
