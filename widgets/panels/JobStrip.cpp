// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/JobStrip.h"

#include "widgets/controls/DragSource.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVariantAnimation>

#include <cmath>

namespace widgets {

namespace {

constexpr int sweepMs = 1400;

struct Look {
    const char *icon;
    const char *ink;
    const char *ground;
    bool edged;
};

Look lookOf(JobNotice::Severity severity)
{
    switch (severity) {
    case JobNotice::Severity::Error:
        return {"error", "status.error", "status.error_ground", true};
    case JobNotice::Severity::Warning:
        return {"warning", "status.warn", "status.warn_ground", true};
    case JobNotice::Severity::Done:
        return {"check", "status.ok", "ground.panel", false};
    case JobNotice::Severity::Info:
        break;
    }
    return {"info", "status.info", "ground.panel", false};
}

} // namespace

JobStrip::JobStrip(QWidget *parent) : QWidget(parent), buttons_(new QHBoxLayout(this))
{
    const Theme &theme = Theme::shared();
    setObjectName(QStringLiteral("jobStrip"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(0);
    const int gap = theme.px("space.scale.x2");
    buttons_->setContentsMargins(gap, 0, gap, 0);
    buttons_->setSpacing(gap);
    slide_ = new QVariantAnimation(this);
    slide_->setEasingCurve(QEasingCurve::OutCubic);
    connect(slide_, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &height) { setFixedHeight(height.toInt()); });
    sweep_ = new QVariantAnimation(this);
    sweep_->setDuration(sweepMs);
    sweep_->setLoopCount(-1);
    sweep_->setStartValue(0.0);
    sweep_->setEndValue(1.0);
    connect(sweep_, &QVariantAnimation::valueChanged, this, [this] { update(); });
    autoHide_.setSingleShot(true);
    connect(&autoHide_, &QTimer::timeout, this, &JobStrip::dismiss);
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

const JobProgress *JobStrip::progress() const
{
    return content_ ? std::get_if<JobProgress>(&*content_) : nullptr;
}

const JobNotice *JobStrip::notice() const
{
    return content_ ? std::get_if<JobNotice>(&*content_) : nullptr;
}

void JobStrip::setContent(const std::optional<JobStripContent> &content)
{
    const JobProgress *before = progress();
    const JobProgress *next = content ? std::get_if<JobProgress>(&*content) : nullptr;
    const bool sameJob =
        before && next && before->title == next->title && before->file == next->file;
    const double floor = sameJob ? fraction_ : 0.0;
    const bool wasOpen = isOpen();
    content_ = content;
    fraction_ = next && next->fraction ? std::clamp(*next->fraction, floor, 1.0) : floor;
    const bool unknown = next && !next->fraction && !Theme::shared().reducedMotion();
    if (unknown != (sweep_->state() == QAbstractAnimation::Running))
        unknown ? sweep_->start() : sweep_->stop();
    if (!sameJob) {
        asking_ = false;
        rebuildButtons();
        autoHide_.stop();
        if (const JobNotice *message = notice()) {
            setAccessibleName(message->title + u' ' + message->text);
            QAccessibleEvent event(this, QAccessible::Alert);
            QAccessible::updateAccessibility(&event);
            if (message->autoHideMs > 0 && !underMouse())
                autoHide_.start(message->autoHideMs);
        } else if (next) {
            setAccessibleName(next->title + u' ' + next->file);
        } else {
            setAccessibleName({});
        }
    }
    slide(isOpen());
    if (isOpen() != wasOpen)
        emit openChanged(isOpen());
    update();
}

void JobStrip::slide(bool open)
{
    const int target = open ? Theme::shared().px("size.job_strip") : 0;
    if (slide_->state() == QAbstractAnimation::Running ? slide_->endValue().toInt() == target
                                                       : height() == target)
        return;
    slide_->stop();
    const int duration = Theme::shared().motionMs("motion.normal_ms");
    if (duration == 0 || !isVisible()) {
        setFixedHeight(target);
        return;
    }
    slide_->setDuration(duration);
    slide_->setStartValue(height());
    slide_->setEndValue(target);
    slide_->start();
}

void JobStrip::rebuildButtons()
{
    while (QLayoutItem *item = buttons_->takeAt(0)) {
        if (QWidget *old = item->widget()) {
            old->hide();
            old->setObjectName({});
            old->deleteLater(); // it may be the one that was just pressed
        }
        delete item;
    }
    buttons_->addStretch(1);
    const auto add = [this](const QString &name, const QString &text, bool primary, auto action) {
        QPushButton *button = textButton(this, text, primary);
        button->setObjectName(name);
        connect(button, &QPushButton::clicked, this, action);
        buttons_->addWidget(button);
        button->show();
    };
    if (progress() && asking_) {
        add(QStringLiteral("jobStop"), tr("Stop"), true, [this] { emit cancelRequested(); });
        add(QStringLiteral("jobContinue"), tr("Continue"), false, [this] { ask(false); });
    } else if (progress()) {
        add(QStringLiteral("jobCancel"), tr("Cancel"), false, [this] {
            if (progress() && !progress()->question.isEmpty())
                ask(true);
            else
                emit cancelRequested();
        });
    } else if (const JobNotice *message = notice()) {
        if (!message->dragHint.isEmpty()) {
            QToolButton *handle = iconButton(this, "drag", message->dragHint);
            handle->setObjectName(QStringLiteral("jobDrag"));
            handle->setCursor(Qt::OpenHandCursor);
            handle->setFocusPolicy(Qt::NoFocus); // there is nothing to press
            connect(new DragSource(handle), &DragSource::started, this, &JobStrip::dragStarted);
            buttons_->addWidget(handle);
            handle->show();
        }
        for (const PanelAction &action : message->actions)
            add(action.id, action.label, action.primary,
                [this, id = action.id] { emit actionTriggered(id); });
        if (message->dismissible) {
            QToolButton *close = iconButton(this, "close", tr("Dismiss"));
            close->setObjectName(QStringLiteral("jobDismiss"));
            connect(close, &QToolButton::clicked, this, &JobStrip::dismiss);
            buttons_->addWidget(close);
            close->show();
        }
    }
    buttons_->activate();
}

void JobStrip::ask(bool asking)
{
    asking_ = asking;
    rebuildButtons();
    update();
}

void JobStrip::dismiss()
{
    setContent({});
    emit dismissed();
}

void JobStrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape || !content_) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (asking_)
        ask(false);
    else if (notice() && notice()->dismissible)
        dismiss();
    else
        event->ignore();
}

void JobStrip::enterEvent(QEnterEvent *)
{
    autoHide_.stop();
}

void JobStrip::leaveEvent(QEvent *)
{
    if (const JobNotice *message = notice(); message && message->autoHideMs > 0)
        autoHide_.start(message->autoHideMs);
}

/// What the buttons leave, after the icon.
QRectF JobStrip::textRect() const
{
    const Theme &theme = Theme::shared();
    double right = width() - theme.number("space.scale.x3");
    for (int i = 0; i < buttons_->count(); ++i)
        if (const QWidget *button = buttons_->itemAt(i)->widget())
            right = std::min(right, button->x() - theme.number("space.scale.x3"));
    const double left = theme.number("space.scale.x10") + theme.number("space.scale.x2");
    return {left, 0.0, std::max(right - left, 0.0), theme.number("size.job_strip")};
}

void JobStrip::paintEvent(QPaintEvent *)
{
    if (!content_)
        return;
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const JobNotice *message = notice();
    const Look look =
        message ? lookOf(message->severity)
                : Look{progress()->icon.constData(), "stage.output", "ground.panel", false};
    const double line = theme.number("stroke.hairline");
    const double radius = theme.number("radius.card");
    QColor edge = theme.colour(look.ink);
    edge.setAlphaF(static_cast<float>(theme.number("opacity.notice_edge")));
    painter.setPen(look.edged ? QPen(edge, line) : QPen(Qt::NoPen));
    painter.setBrush(theme.colour(look.ground));
    const double inset = look.edged ? line / 2 : 0.0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), radius, radius);
    const double mark = theme.number("icons.grid");
    const double left = theme.number("space.scale.x3") + theme.number("stroke.wire");
    paintIcon(painter, QRectF(left, (theme.number("size.job_strip") - mark) / 2, mark, mark),
              look.icon, theme.colour(look.ink));
    if (message)
        paintNotice(painter);
    else
        paintProgress(painter);
}

void JobStrip::paintNotice(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const JobNotice &message = *notice();
    const QRectF place = textRect();
    const auto line = [&](const QRectF &where, const char *font, const char *role,
                          const QString &text) {
        painter.setFont(theme.font(font));
        painter.setPen(theme.colour(role));
        painter.drawText(
            where, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(text, Qt::ElideRight, where.width()));
    };
    if (message.text.isEmpty()) {
        line(place, "body_strong", "text.primary", message.title);
        return;
    }
    const double middle = place.center().y();
    const double row = theme.number("space.scale.x4") + theme.number("stroke.wire");
    line(QRectF(place.left(), middle - row, place.width(), row), "body_strong", "text.primary",
         message.title);
    line(QRectF(place.left(), middle, place.width(), row), "label_plain", "text.secondary",
         message.text);
}

QRectF JobStrip::barRect() const
{
    const JobProgress *job = progress();
    if (!job || asking_)
        return {};
    const Theme &theme = Theme::shared();
    const QRectF place = textRect();
    const double gap = theme.number("space.scale.x4");
    const QFontMetricsF strong(theme.font("body_strong"));
    const QFontMetricsF body(theme.font("body"));
    const double caption =
        std::min(strong.horizontalAdvance(job->title) + gap / 2 + body.horizontalAdvance(job->file),
                 theme.number("size.job_caption_max"));
    double figures = 0.0;
    const auto add = [&](const char *font, const QString &text) {
        if (!text.isEmpty())
            figures += QFontMetricsF(theme.font(font)).horizontalAdvance(text) + gap;
    };
    add("value_large", job->percent);
    add("value_small", job->position);
    add("value_small", job->speed);
    add("body", job->timeLeft);
    const double thick = theme.number("stroke.cost_bar");
    const double left = place.left() + caption + gap;
    return {left, (theme.number("size.job_strip") - thick) / 2,
            std::max(place.right() - figures - left, theme.number("size.job_bar_min")), thick};
}

void JobStrip::paintProgress(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const JobProgress &job = *progress();
    const QRectF place = textRect();
    const double gap = theme.number("space.scale.x4");
    double x = place.left();
    const auto write = [&](const char *font, const char *role, const QString &text, double room) {
        painter.setFont(theme.font(font));
        painter.setPen(theme.colour(role));
        const QFontMetricsF metrics(painter.font());
        const QString shown = metrics.elidedText(text, Qt::ElideMiddle, room);
        painter.drawText(QRectF(x, 0, room + 1, place.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         shown);
        return metrics.horizontalAdvance(shown);
    };
    if (asking_) {
        write("body_strong", "text.primary", job.question, place.width());
        return;
    }
    const QRectF bar = barRect();
    x += write("body_strong", "text.primary", job.title, bar.left() - x) + gap / 2;
    write("body", "text.secondary", job.file, bar.left() - gap - x);

    const double radius = bar.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("ground.control"));
    painter.drawRoundedRect(bar, radius, radius);
    painter.setBrush(theme.colour("stage.output"));
    QRectF done = bar;
    if (job.fraction) {
        done.setWidth(bar.width() * fraction_);
    } else if (sweep_->state() == QAbstractAnimation::Running) {
        const double phase = 0.5 - 0.5 * std::cos(2 * M_PI * sweep_->currentValue().toDouble());
        done.setWidth(bar.width() / 4);
        done.translate(phase * (bar.width() - done.width()), 0);
    } else {
        done.setWidth(0);
    }
    if (done.width() > 0.5)
        painter.drawRoundedRect(done, std::min(radius, done.width() / 2), radius);
    x = bar.right() + gap;
    const auto figure = [&](const char *font, const char *role, const QString &text) {
        if (!text.isEmpty())
            x += write(font, role, text, place.right() - x + gap) + gap;
    };
    figure("value_large", "text.primary", job.percent);
    figure("value_small", "text.secondary", job.position);
    figure("value_small", "text.secondary", job.speed);
    figure("body", "text.primary", job.timeLeft);
}

} // namespace widgets
