// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/HeaderBar.h"

#include "widgets/panels/Buttons.h"
#include "widgets/panels/PresetButton.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace widgets {

namespace {

enum Column { Left, Centre, Right };

} // namespace

HeaderBar::HeaderBar(QWidget *parent) : QWidget(parent), grid_(new QGridLayout(this))
{
    setObjectName(QStringLiteral("header"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    grid_->setSpacing(0);
    grid_->setRowStretch(0, 1);
    grid_->setColumnStretch(Left, 1);
    grid_->setColumnStretch(Right, 1);
    buildLeft();
    buildPreset();
    buildRight();
    setCompact(false);
    enableActions();
    connect(&Theme::shared(), &Theme::changed, this, &HeaderBar::retint);
    retint();
}

void HeaderBar::buildLeft()
{
    logo_ = new QLabel(this);
    logo_->setAccessibleName(tr("Quantum Distortion"));
    menus_ = new QMenuBar(this);
    menus_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout;
    row->setSpacing(Theme::shared().px("space.scale.x2"));
    row->addWidget(logo_);
    row->addWidget(menus_);
    row->addStretch(1);
    grid_->addLayout(row, 0, Left);
}

void HeaderBar::buildPreset()
{
    previous_ = iconButton(this, "chevron-left", tr("Previous preset"));
    previous_->setObjectName(QStringLiteral("presetPrev"));
    next_ = iconButton(this, "chevron-right", tr("Next preset"));
    next_->setObjectName(QStringLiteral("presetNext"));
    preset_ = new PresetButton(this);
    QToolButton *save = iconButton(this, "save", tr("Save preset"));
    save->setObjectName(QStringLiteral("presetSave"));
    // The name stands in the middle of the window, with as much on either side.
    auto *row = new QHBoxLayout;
    row->setSpacing(Theme::shared().px("space.scale.x1"));
    row->addSpacing(save->width() + row->spacing());
    row->addWidget(previous_);
    row->addWidget(preset_);
    row->addWidget(next_);
    row->addWidget(save);
    grid_->addLayout(row, 0, Centre);
    connect(previous_, &QToolButton::clicked, this, &HeaderBar::presetPrevRequested);
    connect(next_, &QToolButton::clicked, this, &HeaderBar::presetNextRequested);
    connect(preset_, &QAbstractButton::clicked, this, &HeaderBar::presetsRequested);
    connect(preset_, &PresetButton::starClicked, this, &HeaderBar::presetStarClicked);
    connect(save, &QToolButton::clicked, this, &HeaderBar::presetSaveRequested);
}

void HeaderBar::setPresetSteps(const QString &among)
{
    previous_->setToolTip(among.isEmpty() ? tr("Previous preset")
                                          : tr("Previous preset %1").arg(among));
    next_->setToolTip(among.isEmpty() ? tr("Next preset") : tr("Next preset %1").arg(among));
}

void HeaderBar::buildRight()
{
    const Theme &theme = Theme::shared();
    undo_ = iconButton(this, "undo", tr("Undo"));
    undo_->setObjectName(QStringLiteral("undo"));
    redo_ = iconButton(this, "redo", tr("Redo"));
    redo_->setObjectName(QStringLiteral("redo"));
    preview_ = textButton(this, tr("Preview"), false, "play");
    preview_->setObjectName(QStringLiteral("previewButton"));
    preview_->setToolTip(tr("Render the preview window afresh and play it from its start"));
    render_ = textButton(this, tr("Render…"), true, "render");
    render_->setObjectName(QStringLiteral("renderButton"));
    render_->setToolTip(tr("Render the whole file"));
    for (QPushButton *button : {preview_, render_})
        button->setFixedHeight(theme.px("space.scale.x8"));
    auto *row = new QHBoxLayout;
    row->setSpacing(theme.px("space.scale.x1"));
    row->addStretch(1);
    row->addWidget(undo_);
    row->addWidget(redo_);
    row->addSpacing(theme.px("space.scale.x3"));
    row->addWidget(preview_);
    row->addSpacing(theme.px("space.scale.x2"));
    row->addWidget(render_);
    grid_->addLayout(row, 0, Right);
    connect(undo_, &QToolButton::clicked, this, &HeaderBar::undoRequested);
    connect(redo_, &QToolButton::clicked, this, &HeaderBar::redoRequested);
    connect(preview_, &QPushButton::clicked, this, &HeaderBar::previewRequested);
    connect(render_, &QPushButton::clicked, this, &HeaderBar::renderRequested);
    setUndo(false, {});
    setRedo(false, {});
}

void HeaderBar::setPreset(const QString &name, bool edited, std::optional<bool> starred)
{
    preset_->setPreset(name, edited, starred);
}

void HeaderBar::setUndo(bool enabled, const QString &text)
{
    undo_->setEnabled(enabled);
    undo_->setToolTip(text.isEmpty() ? tr("Nothing to undo") : text);
    undo_->setAccessibleDescription(undo_->toolTip());
}

void HeaderBar::setRedo(bool enabled, const QString &text)
{
    redo_->setEnabled(enabled);
    redo_->setToolTip(text.isEmpty() ? tr("Nothing to redo") : text);
    redo_->setAccessibleDescription(redo_->toolTip());
}

void HeaderBar::setFileOpen(bool open)
{
    fileOpen_ = open;
    enableActions();
}

void HeaderBar::setRendering(bool rendering)
{
    rendering_ = rendering;
    render_->setText(rendering ? tr("Rendering") : tr("Render…"));
    enableActions();
}

void HeaderBar::enableActions()
{
    preview_->setEnabled(fileOpen_);
    render_->setEnabled(fileOpen_ && !rendering_);
}

void HeaderBar::setCompact(bool compact)
{
    const Theme &theme = Theme::shared();
    setFixedHeight(theme.px(compact ? "size.header_compact" : "size.header"));
    const int side = theme.px(compact ? "space.window_margin_compact" : "space.window_margin");
    grid_->setContentsMargins(side, 0, side, 0);
    preset_->setCompact(compact);
}

void HeaderBar::retint()
{
    const Theme &theme = Theme::shared();
    logo_->setPixmap(iconPixmap("logo", theme.px("space.scale.x6"), theme.colour("text.primary"),
                                devicePixelRatioF()));
    update();
}

void HeaderBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::shared().colour("ground.window"));
}

} // namespace widgets
