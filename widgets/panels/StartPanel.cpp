// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/StartPanel.h"

#include "widgets/panels/Buttons.h"
#include "widgets/panels/StartRow.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>

namespace widgets {

namespace {

/// The dashed frame; its picture and words are painted, its button is a child.
class DropArea final : public QWidget {
public:
    DropArea(QWidget *parent, const QString &title, const QString &formats)
        : QWidget(parent), title_(title), formats_(formats)
    {
        setAccessibleName(title);
        setAccessibleDescription(formats);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::shared();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const double line = theme.number("stroke.hairline");
        QPen pen(theme.colour("line.control_edge"), line);
        const double dash = theme.number("stroke.wire_dash");
        pen.setDashPattern({dash, dash});
        painter.setPen(pen);
        const double radius = theme.number("radius.card");
        painter.drawRoundedRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2),
                                radius, radius);
        const double mark = theme.number("size.control_large");
        const double middle = height() / 2.0;
        if (middle > theme.number("size.overview"))
            paintIcon(painter,
                      QRectF((width() - mark) / 2, middle - theme.number("size.overview") + 6, mark,
                             mark),
                      "file", theme.colour("text.secondary"));
        painter.setFont(theme.font("title"));
        painter.setPen(theme.colour("text.primary"));
        const double row = theme.number("space.scale.x8");
        painter.drawText(QRectF(0, middle - row - 4, width(), row), Qt::AlignCenter, title_);
        painter.setFont(theme.font("body"));
        painter.setPen(theme.colour("text.secondary"));
        painter.drawText(QRectF(0, middle - 4, width(), row), Qt::AlignCenter, formats_);
    }

private:
    QString title_;
    QString formats_;
};

} // namespace

StartPanel::StartPanel(QWidget *parent) : QWidget(parent)
{
    const Theme &theme = Theme::shared();
    setObjectName(QStringLiteral("startPanel"));
    sessionPart_ = sessionPart();
    demoHeading_ = heading(tr("Start with a demo sound"));
    recentHeading_ = heading(tr("Recent files"));
    auto *content = new QWidget(this);
    content->setObjectName(QStringLiteral("startList"));
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, theme.px("space.scale.x1"), 0);
    column->setSpacing(0);
    demoColumn_ = new QVBoxLayout;
    demoColumn_->setSpacing(0);
    recentColumn_ = new QVBoxLayout;
    recentColumn_->setSpacing(0);
    column->addWidget(sessionPart_);
    column->addWidget(demoHeading_);
    column->addLayout(demoColumn_);
    column->addSpacing(theme.px("space.scale.x2"));
    column->addWidget(recentHeading_);
    column->addLayout(recentColumn_);
    column->addStretch(1);
    list_ = new QScrollArea(this);
    list_->setWidget(content);
    list_->setWidgetResizable(true);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto *row = new QHBoxLayout(this);
    const int side = theme.px("space.scale.x6");
    row->setContentsMargins(side, side, theme.px("space.scale.x5"), theme.px("space.scale.x4"));
    row->setSpacing(side);
    row->addWidget(dropArea(), 1);
    row->addWidget(list_);
    connect(&theme, &Theme::changed, this, &StartPanel::retint);
    setCompact(false);
    setSessions({});
    setDemos({});
    setRecent({});
    retint();
}

QWidget *StartPanel::dropArea()
{
    const Theme &theme = Theme::shared();
    auto *area = new DropArea(this, tr("Drop an audio file here"),
                              tr("WAV, AIFF, FLAC, Ogg or MP3, any length"));
    QPushButton *open = largeButton(area, tr("Open a file…"), true, "open");
    open->setObjectName(QStringLiteral("openFile"));
    connect(open, &QPushButton::clicked, this, &StartPanel::openRequested);
    auto *column = new QVBoxLayout(area);
    column->addStretch(1);
    column->addSpacing(theme.px("size.overview") + theme.px("space.scale.x6"));
    column->addWidget(open, 0, Qt::AlignHCenter);
    column->addStretch(1);
    return area;
}

QWidget *StartPanel::sessionPart()
{
    auto *part = new QWidget(this);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, Theme::shared().px("space.scale.x2"));
    column->setSpacing(0);
    column->addWidget(heading(tr("Go on where you were")));
    sessionColumn_ = new QVBoxLayout;
    sessionColumn_->setSpacing(0);
    column->addLayout(sessionColumn_);
    return part;
}

QLabel *StartPanel::heading(const QString &text)
{
    auto *label = new QLabel(text, this);
    label->setFixedHeight(Theme::shared().px("size.start_row"));
    label->setIndent(Theme::shared().px("space.scale.x2"));
    headings_.push_back(label);
    return label;
}

void StartPanel::retint()
{
    for (QLabel *label : headings_)
        label->setFont(Theme::shared().font("body_strong"));
    update();
}

void StartPanel::setDemos(const std::vector<DemoItem> &demos)
{
    for (StartRow *row : demos_)
        delete row;
    demos_.clear();
    demoHeading_->setVisible(!demos.empty());
    for (const DemoItem &demo : demos) {
        auto *row = new StartRow(StartRow::Kind::Demo, this);
        const int index = static_cast<int>(demos_.size());
        row->setObjectName(QStringLiteral("demo.%1").arg(index));
        row->setContent(demo.title, {}, demo.seconds, demo.shape);
        row->setToolTip(demo.description);
        connect(row, &QAbstractButton::clicked, this, [this, index] { emit demoRequested(index); });
        connect(row, &StartRow::auditionRequested, this,
                [this, index] { emit demoAuditionRequested(index); });
        demoColumn_->addWidget(row);
        demos_.push_back(row);
    }
}

void StartPanel::setRecent(const std::vector<RecentItem> &files)
{
    for (StartRow *row : recent_)
        delete row;
    recent_.clear();
    recentHeading_->setVisible(!files.empty());
    for (const RecentItem &file : files) {
        auto *row = new StartRow(StartRow::Kind::Recent, this);
        const int index = static_cast<int>(recent_.size());
        row->setObjectName(QStringLiteral("recent.%1").arg(index));
        row->setContent(file.name, file.folder, file.seconds, {});
        connect(row, &QAbstractButton::clicked, this,
                [this, index] { emit recentRequested(index); });
        recentColumn_->addWidget(row);
        recent_.push_back(row);
    }
}

void StartPanel::setSessions(const std::vector<SessionItem> &sessions)
{
    for (StartRow *row : sessions_) {
        row->hide();
        row->setObjectName({});
        row->deleteLater(); // it may be the one that was just pressed
    }
    sessions_.clear();
    sessionPart_->setVisible(!sessions.empty());
    for (const SessionItem &session : sessions) {
        auto *row = new StartRow(StartRow::Kind::Session, sessionPart_);
        const int index = static_cast<int>(sessions_.size());
        row->setObjectName(QStringLiteral("session.%1").arg(index));
        row->setContent(session.name, session.note, 0.0, {});
        connect(row, &QAbstractButton::clicked, this,
                [this, index] { emit sessionRequested(index); });
        sessionColumn_->addWidget(row);
        sessions_.push_back(row);
    }
}

void StartPanel::setAuditioning(std::optional<int> demo)
{
    for (std::size_t i = 0; i < demos_.size(); ++i)
        demos_[i]->setAuditioning(demo == static_cast<int>(i));
}

void StartPanel::setCompact(bool compact)
{
    list_->setFixedWidth(
        Theme::shared().px(compact ? "size.start_list_compact" : "size.start_list"));
}

void StartPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("ground.panel"));
    painter.drawRoundedRect(rect(), theme.number("radius.card"), theme.number("radius.card"));
}

} // namespace widgets
