// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/ListenPanel.h"

#include "widgets/controls/PlainSwitch.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/panels/Buttons.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace widgets {

ListenPanel::ListenPanel(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("listenPanel"));
    //: A and B: the two slots of settings. Dry: the untreated sound. Delta: the difference.
    sources_ = new WordSwitch(tr("Listen to"), {tr("A"), tr("B"), tr("Dry"), tr("Δ Delta")}, this,
                              SegmentLook::Filled);
    sources_->setObjectName(QStringLiteral("listen"));
    const struct {
        const char *id;
        QString tip;
    } parts[]{{"listen.a", tr("Hear and change the settings of slot A")},
              {"listen.b", tr("Hear and change the settings of slot B")},
              {"listen.dry", tr("Hear the sound as it came in")},
              {"listen.delta", tr("Hear what was added and taken away: the tap minus the input")}};
    for (int i = 0; i < 4; ++i) {
        sources_->segment(i)->setObjectName(QLatin1String(parts[i].id));
        sources_->segment(i)->setToolTip(parts[i].tip);
        sources_->segment(i)->setAccessibleDescription(parts[i].tip);
    }
    slotCopy_ = iconButton(this, "copy", tr("Copy between A and B"));
    slotCopy_->setObjectName(QStringLiteral("slotCopy"));
    match_ = new PlainSwitch(tr("Match level"), this);
    match_->setObjectName(QStringLiteral("matchLevel"));
    match_->setToolTip(
        tr("Plays A, B and Dry equally loud, so that louder does not pass for better. "
           "Nothing that is rendered changes."));
    gain_ = new QLabel(this);
    gain_->setObjectName(QStringLiteral("matchGain"));
    blindTest_ = textButton(this, tr("ABX test"));
    blindTest_->setObjectName(QStringLiteral("abx"));

    const auto row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::shared().px("space.scale.x2"));
    for (QWidget *part :
         std::initializer_list<QWidget *>{sources_, slotCopy_, match_, gain_, blindTest_})
        row->addWidget(part);

    connect(sources_, &WordSwitch::chosen, this, &ListenPanel::sourceChosen);
    connect(slotCopy_, &QToolButton::clicked, this, &ListenPanel::showSlotMenu);
    connect(match_, &QAbstractButton::clicked, this, &ListenPanel::matchToggled);
    connect(blindTest_, &QPushButton::clicked, this, &ListenPanel::blindTestRequested);
    const auto retint = [this] {
        const Theme &theme = Theme::shared();
        gain_->setFont(theme.font("value_small"));
        QPalette palette = gain_->palette();
        palette.setColor(QPalette::WindowText, theme.colour("text.tertiary"));
        gain_->setPalette(palette);
        const QFontMetrics metrics(gain_->font());
        gain_->setFixedWidth(metrics.horizontalAdvance(numberText(-88.8, 1) + tr(" dB")));
    };
    connect(&Theme::shared(), &Theme::changed, this, retint);
    retint();
    setMatch(false, std::nullopt);
    setBlindTestHindrance({});
}

void ListenPanel::setSource(int source)
{
    sources_->setIndex(source);
}

void ListenPanel::setSourcesEnabled(bool enabled)
{
    sources_->segment(Dry)->setEnabled(enabled);
    sources_->segment(Delta)->setEnabled(enabled);
}

void ListenPanel::setMatch(bool on, std::optional<double> gainDb)
{
    match_->setChecked(on);
    const QString text = !on      ? QString()
                         : gainDb ? tr("%1 dB").arg(numberText(*gainDb, 1))
                                  : QStringLiteral("–");
    if (text == gain_->text())
        return;
    gain_->setText(text);
    match_->setAccessibleDescription(text);
}

QString ListenPanel::matchText() const
{
    return gain_->text();
}

void ListenPanel::setBlindTestHindrance(const QString &why)
{
    blindTest_->setEnabled(why.isEmpty());
    blindTest_->setToolTip(
        why.isEmpty() ? tr("A blind test: can you tell A from B without seeing which it is?")
                      : why);
}

void ListenPanel::setSlotsDiffer(bool differ)
{
    slotCopy_->setEnabled(differ);
    slotCopy_->setToolTip(differ ? tr("Copy between A and B") : tr("A and B are the same"));
}

void ListenPanel::setCompact(bool compact)
{
    match_->setTextShown(!compact);
    gain_->setVisible(!compact);
    blindTest_->setText(compact ? tr("ABX") : tr("ABX test"));
}

void ListenPanel::showSlotMenu()
{
    const auto menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("slotMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &text, SlotAction action) {
        menu->addAction(text, this, [this, action] { emit slotActionChosen(action); });
    };
    add(tr("Copy A to B"), SlotAction::CopyAToB);
    add(tr("Copy B to A"), SlotAction::CopyBToA);
    add(tr("Swap A and B"), SlotAction::Swap);
    menu->popup(slotCopy_->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

} // namespace widgets
