// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPalette>
#include <QRegularExpression>
#include <QStyleFactory>
#include <QStyleHints>
#include <QToolTip>

namespace widgets {

namespace {

QByteArray resource(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The program's resource %s is missing", qPrintable(path));
    return file.readAll();
}

/// "#RRGGBB" or, unlike Qt's own order, "#RRGGBBAA".
QColor readColour(const QString &text)
{
    QColor colour(text.left(7));
    if (text.size() == 9)
        colour.setAlpha(text.mid(7).toInt(nullptr, 16));
    return colour;
}

QByteArray view(const char *text)
{
    return QByteArray::fromRawData(text, qstrlen(text));
}

QString cssColour(const QColor &colour)
{
    return QStringLiteral("rgba(%1, %2, %3, %4)")
        .arg(colour.red())
        .arg(colour.green())
        .arg(colour.blue())
        .arg(colour.alpha());
}

QJsonValue valueAt(const QJsonObject &tokens, const char *path)
{
    QJsonValue value = tokens;
    for (const QString &name : QString::fromLatin1(path).split(u'.'))
        value = value.toObject().value(name);
    return value;
}

} // namespace

Theme &Theme::shared()
{
    static Theme theme;
    return theme;
}

Theme::Theme()
{
    readTokens();
    loadFonts();
    dark_ = systemIsDark();
    qApp->installEventFilter(this);
}

void Theme::readTokens()
{
    QJsonParseError fault;
    tokens_ =
        QJsonDocument::fromJson(resource(QStringLiteral(":/theme/theme.json")), &fault).object();
    if (fault.error != QJsonParseError::NoError)
        qFatal("theme.json: %s at %d", qPrintable(fault.errorString()), fault.offset);
    const QJsonObject palettes = tokens_.value(u"color").toObject();
    for (const bool dark : {false, true}) {
        const QJsonObject groups = palettes.value(dark ? u"dark" : u"light").toObject();
        for (auto group = groups.begin(); group != groups.end(); ++group) {
            const QJsonObject roles = group->toObject();
            for (auto role = roles.begin(); role != roles.end(); ++role)
                colours_[dark].insert((group.key() + u'.' + role.key()).toLatin1(),
                                      readColour(role->toString()));
        }
    }
    flatten(tokens_, {});
}

void Theme::flatten(const QJsonObject &object, const QByteArray &prefix)
{
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const QByteArray path = prefix + entry.key().toLatin1();
        if (entry->isDouble())
            numbers_.insert(path, entry->toDouble());
        else if (entry->isObject())
            flatten(entry->toObject(), path + '.');
    }
}

void Theme::loadFonts()
{
    for (const char *name : {"Inter-Light.otf", "Inter-Regular.otf", "Inter-Medium.otf",
                             "JetBrainsMono-Regular.ttf", "JetBrainsMono-Medium.ttf"}) {
        const QString path = QStringLiteral(":/fonts/") + QLatin1String(name);
        if (QFile::exists(path))
            QFontDatabase::addApplicationFont(path);
    }
}

bool Theme::systemIsDark() const
{
    // The palette that the platform gave before ours was set.
    static const QPalette system = QApplication::palette();
    const bool told = system.color(QPalette::Window) != system.color(QPalette::WindowText);
    const bool offscreen = QGuiApplication::platformName() == u"offscreen";
    if (!told || offscreen || qEnvironmentVariableIsEmpty("QT_QPA_PLATFORMTHEME"))
        return true;
    return system.color(QPalette::Window).lightness() <
           system.color(QPalette::WindowText).lightness();
}

void Theme::setMode(Mode mode)
{
    mode_ = mode;
    apply();
}

QColor Theme::colour(const char *role, bool dark) const
{
    const auto found = colours_[dark].constFind(view(role));
    if (found == colours_[dark].constEnd())
        qFatal("The theme has no colour named %s", role);
    return *found;
}

double Theme::number(const char *path) const
{
    const auto found = numbers_.constFind(view(path));
    if (found == numbers_.constEnd())
        qFatal("The theme has no number named %s", path);
    return *found;
}

std::vector<double> Theme::numbers(const char *path) const
{
    const QJsonValue value = valueAt(tokens_, path);
    if (!value.isArray())
        qFatal("The theme has no list named %s", path);
    std::vector<double> list;
    for (const QJsonValue &entry : value.toArray())
        list.push_back(entry.toDouble());
    return list;
}

std::vector<QRgb> Theme::colourMap(const char *name) const
{
    const QByteArray path = QByteArray("colormaps.") + name + ".values";
    const QJsonValue value = valueAt(tokens_, path.constData());
    if (!value.isArray())
        qFatal("The theme has no colour map named %s", name);
    std::vector<QRgb> colours;
    for (const QJsonValue &entry : value.toArray())
        colours.push_back(readColour(entry.toString()).rgb());
    return colours;
}

QFont Theme::font(const char *role) const
{
    const QJsonObject scale = valueAt(tokens_, "type.scale").toObject();
    const QJsonObject row = scale.value(QLatin1String(role)).toObject();
    if (row.isEmpty())
        qFatal("The theme has no font named %s", role);
    const QString family = row.value(u"family").toString(QStringLiteral("ui"));
    const QJsonObject face = valueAt(tokens_, "type.families").toObject().value(family).toObject();
    QStringList families{face.value(u"name").toString()};
    for (const QJsonValue &fallback : face.value(u"fallback").toArray())
        families << fallback.toString();
    QFont font;
    font.setFamilies(families);
    font.setPixelSize(row.value(u"size").toInt());
    const int shift = face.value(u"drawn_weight_shift").toInt();
    font.setWeight(static_cast<QFont::Weight>(row.value(u"weight").toInt() + shift));
    font.setLetterSpacing(QFont::AbsoluteSpacing, row.value(u"tracking").toDouble());
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

int Theme::motionMs(const char *path) const
{
    return reducedMotion_ ? 0 : px(path);
}

QString Theme::styleSheet() const
{
    const QString sheet = QString::fromUtf8(resource(QStringLiteral(":/theme/style.qss")));
    static const QRegularExpression token(QStringLiteral(R"(\$\{([a-z0-9_.]+)\})"));
    QString result;
    qsizetype from = 0;
    for (auto match = token.globalMatch(sheet); match.hasNext();) {
        const QRegularExpressionMatch hit = match.next();
        const QByteArray role = hit.captured(1).toLatin1();
        result += sheet.mid(from, hit.capturedStart() - from);
        result += colours_[dark_].contains(role) ? cssColour(colour(role.constData()))
                                                 : QString::number(number(role.constData()));
        from = hit.capturedEnd();
    }
    return result + sheet.mid(from);
}

void Theme::apply()
{
    applying_ = true;
    dark_ = mode_ == Mode::System ? systemIsDark() : mode_ == Mode::Dark;
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, const char *normal,
                         const char *disabled = nullptr) {
        palette.setColor(role, colour(normal));
        if (disabled)
            palette.setColor(QPalette::Disabled, role, colour(disabled));
    };
    set(QPalette::Window, "ground.window");
    set(QPalette::WindowText, "text.primary", "text.disabled");
    set(QPalette::Base, "ground.control");
    set(QPalette::AlternateBase, "ground.raised");
    set(QPalette::Text, "text.primary", "text.disabled");
    set(QPalette::PlaceholderText, "text.tertiary");
    set(QPalette::Button, "ground.control");
    set(QPalette::ButtonText, "text.primary", "text.disabled");
    set(QPalette::BrightText, "status.error");
    set(QPalette::Highlight, "action.selection");
    set(QPalette::HighlightedText, "text.primary");
    set(QPalette::ToolTipBase, "ground.overlay");
    set(QPalette::ToolTipText, "text.primary");
    set(QPalette::Link, "action.focus");
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QApplication::setFont(font("body"));
    qApp->setStyleSheet(styleSheet());
    applying_ = false;
    emit changed();
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == qApp && event->type() == QEvent::ThemeChange && mode_ == Mode::System &&
        !applying_)
        apply();
    return QObject::eventFilter(watched, event);
}

} // namespace widgets
