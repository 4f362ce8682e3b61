// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sound devices out of nothing but files: an ALSA configuration of the test's own, and a device
// whose samples arrive in a pipe that the test reads.
// Shape: interleaved stereo float32. Not real time: the device is as fast as its reader.
// Requires: the configuration is made before anything uses ALSA in this process.
#pragma once

#include <QFile>
#include <QTemporaryDir>
#include <QtGlobal>
#include <atomic>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace tests {

/// Only what `configuration` says exists for ALSA, and no JACK server.
class AlsaWorld {
public:
    QString path(const char *name) const { return folder_.filePath(name); }
    void use(const QString &configuration) const
    {
        QFile file(path("asound.conf"));
        if (!file.open(QIODevice::WriteOnly) || file.write(configuration.toUtf8()) < 0)
            qFatal("cannot write %s", qPrintable(file.fileName()));
        qputenv("ALSA_CONFIG_PATH", QFile::encodeName(file.fileName()));
        qputenv("JACK_DEFAULT_SERVER", "quantum-distortion-test");
        qputenv("JACK_NO_START_SERVER", "1");
    }
    /// A PulseAudio client of the server at `socket`.
    static QString pulse(const QString &socket)
    {
        return QStringLiteral("pcm_type.pulse { lib \"%1/libasound_module_pcm_pulse.so\" }\n"
                              "pcm.!default { type pulse server \"unix:%2\"\n"
                              "  hint { show on description \"pulse\" } }\n")
            .arg(pluginFolder(), socket);
    }
    static bool hasPulsePlugin()
    {
        return QFile::exists(pluginFolder() + QStringLiteral("/libasound_module_pcm_pulse.so"));
    }

private:
    static QString pluginFolder()
    {
        return QStringLiteral("/usr/lib/%1/alsa-lib").arg(QStringLiteral(QD_MULTIARCH));
    }
    QTemporaryDir folder_;
};

/// Reads what is played as long as it lives.
class CapturedOutput {
public:
    explicit CapturedOutput(const QString &fifo)
    {
        // A device that is still closing may just have made a file of that name.
        const QByteArray name = QFile::encodeName(fifo);
        constexpr int mostTries = 100;
        for (int tries = 1; mkfifo(name.constData(), 0600) != 0; ++tries) {
            if (errno != EEXIST || tries == mostTries)
                qFatal("cannot make a pipe");
            QFile::remove(fifo);
        }
        // Both ends, so that neither opening nor a closed device ends anything.
        pipe_ = open(QFile::encodeName(fifo).constData(), O_RDWR | O_CLOEXEC | O_NONBLOCK);
        reader_ = std::jthread([this](const std::stop_token &stop) { run(stop); });
    }
    ~CapturedOutput()
    {
        reader_.request_stop();
        reader_.join();
        close(pipe_);
    }
    CapturedOutput(const CapturedOutput &) = delete;
    CapturedOutput &operator=(const CapturedOutput &) = delete;

    /// While it rests, the device is stuck.
    void rest(bool on) { rests_ = on; }
    /// From the first sample that is not silence.
    std::vector<float> heard()
    {
        const std::lock_guard lock(mutex_);
        return samples_;
    }

private:
    void run(const std::stop_token &stop)
    {
        std::vector<float> block(4096);
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1)); // some 40 times real time
            const ssize_t bytes =
                rests_ ? 0 : read(pipe_, block.data(), block.size() * sizeof(float));
            if (bytes <= 0)
                continue;
            const std::lock_guard lock(mutex_);
            for (std::size_t i = 0; i < static_cast<std::size_t>(bytes) / sizeof(float); ++i)
                if (!samples_.empty() || block[i] != 0.0F)
                    samples_.push_back(block[i]);
        }
    }
    std::atomic<bool> rests_{false};
    int pipe_ = -1;
    std::mutex mutex_;
    std::vector<float> samples_; // under mutex_
    std::jthread reader_;
};

/// What the process writes to stderr while it lives.
class CapturedStderr {
public:
    explicit CapturedStderr(const QString &file) : file_(file), before_(dup(STDERR_FILENO))
    {
        const int fd = open(QFile::encodeName(file).constData(),
                            O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        dup2(fd, STDERR_FILENO);
        close(fd);
    }
    ~CapturedStderr() { restore(); }
    CapturedStderr(const CapturedStderr &) = delete;
    CapturedStderr &operator=(const CapturedStderr &) = delete;
    QByteArray text()
    {
        restore();
        QFile file(file_);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    }

private:
    void restore()
    {
        if (before_ < 0)
            return;
        dup2(before_, STDERR_FILENO);
        close(std::exchange(before_, -1));
    }
    QString file_;
    int before_;
};

} // namespace tests
