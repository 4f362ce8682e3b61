// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/Buttons.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVariant>

namespace widgets {

namespace {

constexpr char iconProperty[] = "iconName";
constexpr char wordsProperty[] = "hasWords";
constexpr char iconRoleProperty[] = "iconRole";

/// The style puts too little air between icon and text, so the icon brings some along; where the
/// style leaves too little before the icon as well, `before` does that.
QPixmap padded(const char *name, const QColor &colour, qreal ratio, int before = 0)
{
    const Theme &theme = Theme::shared();
    const int side = theme.px("icons.grid");
    const QSize size(before + side + theme.px("space.scale.x1"), side);
    QPixmap picture(size * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paintIcon(painter, QRectF(before, 0, side, side), name, colour);
    return picture;
}

bool isWordy(const QAbstractButton *button)
{
    const auto *const tool = qobject_cast<const QToolButton *>(button);
    return tool && tool->property(wordsProperty).toBool() &&
           tool->toolButtonStyle() == Qt::ToolButtonTextBesideIcon;
}

void tint(QAbstractButton *button)
{
    const QByteArray name = button->property(iconProperty).toByteArray();
    if (name.isEmpty())
        return;
    const Theme &theme = Theme::shared();
    const bool primary = button->property("primary").toBool();
    const bool text = qobject_cast<QPushButton *>(button) != nullptr;
    const char *role = primary ? "text.on_action" : (text ? "text.primary" : "text.secondary");
    const QByteArray own = button->property(iconRoleProperty).toByteArray();
    if (!own.isEmpty())
        role = own.constData();
    const QColor off = theme.colour("text.disabled");
    if (isWordy(button)) {
        const int before = theme.px("space.scale.x2");
        const qreal ratio = button->devicePixelRatioF();
        QIcon picture;
        picture.addPixmap(padded(name.constData(), theme.colour(role), ratio, before));
        picture.addPixmap(padded(name.constData(), theme.colour("text.primary"), ratio, before),
                          QIcon::Normal, QIcon::On);
        picture.addPixmap(padded(name.constData(), off, ratio, before), QIcon::Disabled);
        button->setIcon(picture);
        button->setIconSize(picture.availableSizes().value(0));
        return;
    }
    if (!text) {
        QIcon picture = icon(name.constData(), theme.colour(role), off);
        picture.addPixmap(iconPixmap(name.constData(), theme.px("icons.grid"),
                                     theme.colour("text.primary"), button->devicePixelRatioF()),
                          QIcon::Normal, QIcon::On);
        button->setIcon(picture);
        button->setIconSize({theme.px("icons.grid"), theme.px("icons.grid")});
        return;
    }
    QIcon picture;
    const qreal ratio = button->devicePixelRatioF();
    picture.addPixmap(padded(name.constData(), theme.colour(role), ratio), QIcon::Normal);
    picture.addPixmap(padded(name.constData(), off, ratio), QIcon::Disabled);
    button->setIcon(picture);
    button->setIconSize(
        {theme.px("icons.grid") + theme.px("space.scale.x1"), theme.px("icons.grid")});
}

void prepare(QAbstractButton *button, const char *iconName)
{
    button->setFocusPolicy(Qt::TabFocus);
    trackKeyboardFocus(button);
    button->setIconSize({Theme::shared().px("icons.grid"), Theme::shared().px("icons.grid")});
    button->setProperty(iconProperty, QByteArray(iconName));
    tint(button);
    QObject::connect(&Theme::shared(), &Theme::changed, button, [button] { tint(button); });
}

} // namespace

QPushButton *textButton(QWidget *parent, const QString &text, bool primary, const char *iconName)
{
    auto *button = new QPushButton(text, parent);
    button->setProperty("primary", primary);
    button->setAutoDefault(false);
    prepare(button, iconName);
    return button;
}

QPushButton *largeButton(QWidget *parent, const QString &text, bool primary, const char *iconName)
{
    QPushButton *button = textButton(parent, text, primary, iconName);
    button->setProperty("large", true);
    return button;
}

QToolButton *iconButton(QWidget *parent, const char *iconName, const QString &name)
{
    auto *button = new QToolButton(parent);
    button->setAccessibleName(name);
    button->setToolTip(name);
    const int side = Theme::shared().px("size.control");
    button->setFixedSize(side, side);
    prepare(button, iconName);
    return button;
}

QToolButton *wordButton(QWidget *parent, const char *iconName, const QString &text)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setAccessibleName(text);
    button->setFixedHeight(Theme::shared().px("size.control"));
    button->setProperty(wordsProperty, true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    prepare(button, iconName);
    return button;
}

void setWordsShown(QToolButton *button, bool shown)
{
    const auto style = shown ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly;
    if (button->toolButtonStyle() == style)
        return;
    button->setToolButtonStyle(style);
    tint(button);
}

void setButtonIcon(QPushButton *button, const char *iconName)
{
    button->setProperty(iconProperty, QByteArray(iconName));
    tint(button);
}

void setButtonIconRole(QPushButton *button, const char *role)
{
    button->setProperty(iconRoleProperty, QByteArray(role));
    tint(button);
}

void setButtonIcon(QToolButton *button, const char *iconName)
{
    button->setProperty(iconProperty, QByteArray(iconName));
    tint(button);
}

} // namespace widgets
