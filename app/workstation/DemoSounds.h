// SPDX-License-Identifier: GPL-3.0-or-later
//
// The demo sounds that come with the program: their names, lengths and little pictures for the
// start panel, and the sounds themselves for listening without opening.
// Real-time: no; read on a thread; GUI thread otherwise. Errors: a sound that cannot be read is
// left out.
#pragma once

#include "engine/render/JobThread.h"
#include "widgets/panels/StartPanel.h"

#include <QObject>

#include <filesystem>
#include <memory>

namespace engine {
class AudioBuffer;
}

namespace app {

class DemoSounds final : public QObject {
    Q_OBJECT
public:
    explicit DemoSounds(const std::filesystem::path &folder);
    ~DemoSounds() override;

    const std::vector<widgets::DemoItem> &items() const { return items_; }
    const std::filesystem::path &path(int index) const
    {
        return paths_[static_cast<std::size_t>(index)];
    }
    /// Answered by loaded().
    void load(int index);

signals:
    void listed();
    void loaded(int index, std::shared_ptr<const engine::AudioBuffer> sound);

private:
    std::vector<widgets::DemoItem> items_;
    std::vector<std::filesystem::path> paths_;
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

} // namespace app
