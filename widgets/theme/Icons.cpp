// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/Icons.h"

#include "widgets/theme/Theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QHash>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace widgets {

namespace {

const QByteArray &source(const char *name)
{
    static QHash<QByteArray, QByteArray> sources;
    QByteArray &text = sources[name];
    if (text.isEmpty()) {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(QLatin1String(name)));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("There is no icon named %s", name);
        text = file.readAll();
    }
    return text;
}

} // namespace

QPixmap iconPixmap(const char *name, int sizePx, const QColor &colour, qreal devicePixelRatio)
{
    const QString key = QStringLiteral("qd-icon/%1/%2/%3/%4")
                            .arg(QLatin1String(name))
                            .arg(sizePx)
                            .arg(colour.name(QColor::HexArgb))
                            .arg(devicePixelRatio) +
                        (Theme::shared().isDark() ? u'd' : u'l');
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QByteArray svg = source(name);
    svg.replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
    for (const char *stage : {"pre_quant", "distortion", "post_quant"}) // of the logo
        svg.replace(QByteArray("stage.") + stage,
                    stageColour(stage).name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    const int side = qCeil(sizePx * devicePixelRatio);
    pixmap = QPixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(colour.alphaF());
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon icon(const char *name, const QColor &normal, const QColor &disabled)
{
    QIcon icon;
    const qreal ratio = qGuiApp->devicePixelRatio();
    for (const int size : {16, 20}) {
        icon.addPixmap(iconPixmap(name, size, normal, ratio), QIcon::Normal);
        icon.addPixmap(iconPixmap(name, size, disabled, ratio), QIcon::Disabled);
    }
    return icon;
}

QIcon icon(const char *name)
{
    const Theme &theme = Theme::shared();
    return icon(name, theme.colour("text.secondary"), theme.colour("text.disabled"));
}

void paintIcon(QPainter &painter, const QRectF &place, const char *name, const QColor &colour)
{
    const QPixmap pixmap =
        iconPixmap(name, qRound(place.width()), colour, painter.device()->devicePixelRatioF());
    painter.drawPixmap(place.topLeft(), pixmap);
}

} // namespace widgets
