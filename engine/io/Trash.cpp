// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/Trash.h"

#include "engine/io/DisplayName.h"
#include "engine/io/FileUri.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace engine::io {

namespace {

namespace fs = std::filesystem;

/// A folder with files/ and info/ in it.
struct TrashFolder {
    fs::path path;
    fs::path topFolder; ///< paths are told from here; empty: from the root
};

std::optional<dev_t> deviceOf(const fs::path &path)
{
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0)
        return std::nullopt;
    return status.st_dev;
}

/// A real folder that is the user's own, made where it is missing.
bool makeOwnFolder(const fs::path &path)
{
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return false;
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
           status.st_uid == ::getuid();
}

bool makeParts(const fs::path &trash)
{
    return makeOwnFolder(trash / "files") && makeOwnFolder(trash / "info");
}

std::optional<fs::path> homeTrash()
{
    const auto absolute = [](const char *variable) -> std::optional<fs::path> {
        const char *value = std::getenv(variable);
        if (!value || value[0] != '/')
            return std::nullopt;
        return fs::path(value);
    };
    if (const auto data = absolute("XDG_DATA_HOME"))
        return *data / "Trash";
    if (const auto home = absolute("HOME"))
        return *home / ".local" / "share" / "Trash";
    return std::nullopt;
}

/// The home trash, if a file on this device can be moved there.
std::optional<TrashFolder> usableHomeTrash(dev_t device)
{
    const auto trash = homeTrash();
    std::error_code fault;
    if (!trash || (fs::create_directories(trash->parent_path(), fault), fault) ||
        !makeOwnFolder(*trash) || deviceOf(*trash) != device || !makeParts(*trash))
        return std::nullopt;
    return TrashFolder{*trash, {}};
}

fs::path topFolderOf(const fs::path &file, dev_t device)
{
    fs::path top = file.parent_path();
    while (top != top.parent_path() && deviceOf(top.parent_path()) == device)
        top = top.parent_path();
    return top;
}

/// The trash of the volume: .Trash/<uid> where an administrator made .Trash, else .Trash-<uid>.
std::optional<TrashFolder> usableVolumeTrash(const fs::path &file, dev_t device)
{
    const fs::path top = topFolderOf(file, device);
    const std::string user = std::to_string(::getuid());
    const fs::path shared = top / ".Trash";
    struct stat status {};
    if (::lstat(shared.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
        (status.st_mode & S_ISVTX) != 0 && makeOwnFolder(shared / user) && makeParts(shared / user))
        return TrashFolder{shared / user, top};
    const fs::path own = top / (".Trash-" + user);
    if (makeOwnFolder(own) && makeParts(own))
        return TrashFolder{own, top};
    return std::nullopt;
}

std::string localTime()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::localtime_r(&now, &parts);
    const auto two = [](int number) {
        return std::string(number < 10 ? "0" : "") + std::to_string(number);
    };
    return std::to_string(parts.tm_year + 1900) + "-" + two(parts.tm_mon + 1) + "-" +
           two(parts.tm_mday) + "T" + two(parts.tm_hour) + ":" + two(parts.tm_min) + ":" +
           two(parts.tm_sec);
}

std::string infoText(const fs::path &original, const TrashFolder &trash)
{
    const fs::path told =
        trash.topFolder.empty() ? original : original.lexically_relative(trash.topFolder);
    return "[Trash Info]\nPath=" + percentEncoded(told.native()) + "\nDeletionDate=" + localTime() +
           "\n";
}

bool writeInfo(int file, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Moves without ever replacing anything.
bool moveNew(const fs::path &from, const fs::path &to)
{
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    // File systems without the flag: a second name, then without the first.
    if (::link(from.c_str(), to.c_str()) != 0)
        return false;
    if (::unlink(from.c_str()) == 0)
        return true;
    const int fault = errno;
    ::unlink(to.c_str());
    errno = fault;
    return false;
}

tl::unexpected<Error> stays(const fs::path &path, const std::string &problem,
                            const std::string &advice, int fault)
{
    Error error{ErrorCode::CannotCreate,
                quotedName(path) + " could not be moved to the trash: " + problem,
                "It is still where it was",
                advice,
                std::strerror(fault),
                fault};
    return tl::unexpected(std::move(error));
}

/// "x.qdpreset", "x.2.qdpreset", …
fs::path numbered(const fs::path &name, int number)
{
    constexpr std::size_t longest = 200; // bytes; leaves room for number and ending
    if (number == 1 && name.native().size() <= longest)
        return name;
    const std::string stem = name.stem().native().substr(0, longest);
    return stem + "." + std::to_string(number) + name.extension().native();
}

} // namespace

Result<TrashedFile> moveToTrash(const fs::path &path)
{
    std::error_code fault;
    const fs::path folder = fs::canonical(fs::absolute(path).parent_path(), fault);
    const fs::path original = folder / path.filename();
    const auto device = deviceOf(original);
    if (fault || !device)
        return fail(ErrorCode::CannotOpen, quotedName(path) + " is not there any more",
                    "Nothing was deleted", {}, std::strerror(errno));
    auto trash = usableHomeTrash(*device);
    if (!trash)
        trash = usableVolumeTrash(original, *device);
    if (!trash)
        return stays(path, "there is no trash on its disk that you may write to",
                     "Delete the file in the file manager", EACCES);
    constexpr int mostNumbers = 10000;
    for (int number = 1; number <= mostNumbers; ++number) {
        const fs::path name = numbered(original.filename(), number);
        const TrashedFile trashed{original, trash->path / "files" / name,
                                  trash->path / "info" / (name.native() + ".trashinfo")};
        const int info =
            ::open(trashed.info.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (info < 0 && errno == EEXIST)
            continue;
        if (info < 0)
            return stays(path, "the trash cannot be written to", "Check the disk's free space",
                         errno);
        const bool written = writeInfo(info, infoText(original, *trash));
        const int writeFault = errno;
        ::close(info);
        if (!written) {
            ::unlink(trashed.info.c_str());
            return stays(path, "the trash cannot be written to", "Check the disk's free space",
                         writeFault);
        }
        if (moveNew(original, trashed.file))
            return trashed;
        const int moveFault = errno;
        ::unlink(trashed.info.c_str());
        if (moveFault != EEXIST) // something without an info file has the name: the next one
            return stays(path, "the folder does not allow it", "Check the folder's permissions",
                         moveFault);
    }
    return stays(path, "the trash is full of files with this name", "Empty the trash", EEXIST);
}

Status restoreFromTrash(const TrashedFile &trashed)
{
    if (!moveNew(trashed.file, trashed.original)) {
        const int fault = errno;
        return tl::unexpected(Error{ErrorCode::CannotCreate,
                                    quotedName(trashed.original) + " could not be put back: " +
                                        (fault == EEXIST   ? "something else has its place now"
                                         : fault == ENOENT ? "it is not in the trash any more"
                                                           : "the folder does not allow it"),
                                    "It stays in the trash", "Look in the file manager's trash",
                                    std::strerror(fault), fault});
    }
    ::unlink(trashed.info.c_str());
    return {};
}

} // namespace engine::io
