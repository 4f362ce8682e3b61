// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/QuietStderr.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace engine::io {
namespace {

std::mutex &processLock()
{
    static std::mutex lock;
    return lock;
}

struct Pipe {
    int readEnd = -1;
    int writeEnd = -1;
};

/// Never blocks: what does not fit is dropped, so a flood of remarks cannot stop the decoder.
Pipe makePipe()
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        return {};
    for (int &end : ends) {
        const int moved = ::fcntl(end, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        ::close(end);
        end = moved;
        if (end >= 0)
            ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    return {ends[0], ends[1]};
}

const Pipe &processPipe()
{
    static const Pipe pipe = makePipe();
    return pipe;
}

bool isDecoderRemark(std::string_view line)
{
    return line.empty() || line.starts_with("Note: ") || line.starts_with("Warning: ") ||
           line.find("libmpg123") != std::string_view::npos || line.starts_with("mpg123 ");
}

void passOn(std::string_view text)
{
    while (!text.empty()) {
        const ssize_t count = ::write(STDERR_FILENO, text.data(), text.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

std::string takeCaught(int readEnd)
{
    std::string caught;
    std::array<char, 4096> chunk{};
    for (;;) {
        const ssize_t count = ::read(readEnd, chunk.data(), chunk.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return caught;
        caught.append(chunk.data(), static_cast<std::size_t>(count));
    }
}

} // namespace

QuietStderr::QuietStderr(bool active)
{
    if (!active)
        return;
    lock_ = std::unique_lock(processLock());
    const Pipe &pipe = processPipe();
    if (pipe.readEnd < 0 || pipe.writeEnd < 0)
        return;
    saved_ = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (saved_ >= 0)
        ::dup2(pipe.writeEnd, STDERR_FILENO);
}

QuietStderr::~QuietStderr()
{
    finish();
}

std::string QuietStderr::finish()
{
    std::string remarks;
    if (saved_ >= 0) {
        ::dup2(saved_, STDERR_FILENO);
        ::close(saved_);
        saved_ = -1;
        const std::string caught = takeCaught(processPipe().readEnd);
        std::string_view rest = caught;
        while (!rest.empty()) {
            const std::size_t end = rest.find('\n');
            const std::string_view line = rest.substr(0, end);
            const std::size_t length = end == std::string_view::npos ? rest.size() : end + 1;
            if (isDecoderRemark(line))
                remarks += rest.substr(0, length);
            else
                passOn(rest.substr(0, length));
            rest.remove_prefix(length);
        }
    }
    if (lock_.owns_lock())
        lock_.unlock();
    return remarks;
}

} // namespace engine::io
