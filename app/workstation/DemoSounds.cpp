// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/DemoSounds.h"

#include "engine/render/ReadSound.h"
#include "engine/render/SoundScan.h"
#include "widgets/threads/GuiThread.h"

#include <algorithm>
#include <cmath>
#include <fstream>

namespace app {

namespace {

constexpr int pictureColumns = 28;
/// Longer ones are cut.
constexpr double mostSeconds = 60.0;

struct Row {
    std::filesystem::path path;
    widgets::DemoItem item;
};

/// One line of index.tsv: file name, seconds, title, description.
std::optional<Row> rowOf(const std::filesystem::path &folder, const std::string &line)
{
    const QStringList columns = QString::fromStdString(line).split(u'\t');
    if (columns.size() < 4 || columns[0].contains(u'/'))
        return std::nullopt;
    Row row;
    row.path = folder / columns[0].toStdString();
    row.item.title = columns[2];
    row.item.description = columns[3];
    return row;
}

std::vector<float> pictureOf(const engine::render::SoundScan &scan)
{
    std::vector<float> shape;
    for (const engine::analysis::PeakColumn &column :
         scan.peaks->columns(0.0, static_cast<double>(scan.framesRead), pictureColumns))
        shape.push_back(std::max(std::abs(column.minimum), std::abs(column.maximum)));
    return shape;
}

} // namespace

DemoSounds::DemoSounds(const std::filesystem::path &folder)
{
    jobs_.add([this, folder](const std::stop_token &stop) {
        std::vector<Row> rows;
        std::ifstream index(folder / "index.tsv");
        for (std::string line; std::getline(index, line) && !stop.stop_requested();) {
            std::optional<Row> row = rowOf(folder, line);
            if (!row)
                continue;
            const auto scan = engine::render::scanSound(row->path, stop, [](const auto &) {});
            if (!scan)
                continue;
            row->item.seconds = (*scan)->seconds();
            row->item.shape = pictureOf(**scan);
            rows.push_back(std::move(*row));
        }
        widgets::postToGui(this, [this, rows] {
            for (const Row &row : rows) {
                paths_.push_back(row.path);
                items_.push_back(row.item);
            }
            emit listed();
        });
    });
}

DemoSounds::~DemoSounds() = default;

void DemoSounds::load(int index)
{
    jobs_.add([this, index, path = path(index)](const std::stop_token &stop) {
        const auto sound = engine::render::readSound(path, mostSeconds, stop);
        if (sound)
            widgets::postToGui(this,
                               [this, index, buffer = *sound] { emit loaded(index, buffer); });
    });
}

} // namespace app
