// SPDX-License-Identifier: GPL-3.0-or-later
//
// A fresh folder for every test function, with presets of its own, and short ways to what lies in
// it.
#pragma once

#include "tests/support/Program.h"
#include "tests/support/Signals.h"
#include "tests/support/SoundFile.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <memory>

namespace tests {

class RenderFixture : public QObject {
    Q_OBJECT

protected:
    std::string in(const char *name) const { return (folder_ / name).string(); }
    static std::string demo(const char *name)
    {
        return (std::filesystem::path(QD_SHARE_DIR) / "demo-sounds" / name).string();
    }
    std::vector<std::string> filesLeft() const
    {
        std::vector<std::string> names;
        for (const auto &entry : std::filesystem::directory_iterator(folder_))
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }
    void makeInput(const char *name, int channels = 2, int frames = 30000, int rateHz = 44100) const
    {
        Random random(5);
        writeSound(in(name), SF_FORMAT_WAV | SF_FORMAT_FLOAT,
                   makeSignal(SignalKind::Mixed, {rateHz, channels}, frames, 0.7, random));
    }
    static int lines(const std::string &text)
    {
        return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    }
    static bool has(const std::string &text, std::string_view part)
    {
        return text.find(part) != std::string::npos;
    }

    std::filesystem::path folder_;

protected slots:
    void init()
    {
        temporary_ = std::make_unique<QTemporaryDir>();
        folder_ = temporary_->path().toStdString();
        qputenv("XDG_DATA_HOME", (temporary_->path() + "/home").toUtf8());
        qunsetenv("DSP_PREVIEW_MODE");
    }

    /// Qt's own removal cannot name files whose names are no UTF-8.
    void cleanup() { std::filesystem::remove_all(folder_); }

private:
    std::unique_ptr<QTemporaryDir> temporary_;
};

} // namespace tests
