// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/AtomicFile.h"

#include "engine/io/BackgroundClose.h"
#include "engine/io/DisplayName.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <functional>
#include <mutex>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <tuple>
#include <unistd.h>
#include <utility>
#include <vector>

namespace engine::io {
namespace {

namespace fs = std::filesystem;

std::string quoted(const fs::path &path)
{
    return "“" + displayName(path) + "”";
}

std::string systemText(int errnoValue)
{
    return std::generic_category().message(errnoValue);
}

Error cannotCreate(const fs::path &target, std::string_view what, std::string_view consequence,
                   std::string_view advice, int errnoValue = 0)
{
    return {ErrorCode::CannotCreate,
            quoted(target) + " cannot be created: " + std::string(what),
            std::string(consequence),
            std::string(advice),
            errnoValue == 0 ? std::string() : systemText(errnoValue),
            errnoValue};
}

Error cannotCreate(const fs::path &target, const fs::path &folder, int errnoValue)
{
    const auto error = [&](std::string_view what, std::string_view advice) {
        return cannotCreate(target, what, "Nothing was written", advice, errnoValue);
    };
    switch (errnoValue) {
    case ENOENT:
        return error("the folder " + quoted(folder) + " does not exist",
                     "Create the folder or choose another one.");
    case ENOTDIR:
        return error(quoted(folder) + " is not a folder", "Choose another folder.");
    case EACCES:
    case EPERM:
        return error("you may not write in the folder " + quoted(folder),
                     "Choose another folder or change its permissions.");
    case EROFS:
        return error("the folder " + quoted(folder) + " is on a read-only disk",
                     "Choose another folder.");
    case ENAMETOOLONG:
        return error("the name is too long for this disk", "Choose a shorter name.");
    case ELOOP:
        return error("its symbolic links lead in a circle", "Choose another name.");
    case ENOSPC:
    case EDQUOT:
        return error("the disk is full", "Free some space or choose another folder.");
    default:
        return error("the folder " + quoted(folder) + " does not accept it (" +
                         systemText(errnoValue) + ")",
                     "Choose another folder.");
    }
}

Error alreadyExists(const fs::path &target)
{
    return cannotCreate(target, "the file exists", "It was left untouched",
                        "Allow replacing it (--force) or choose another name.");
}

std::string_view kindOf(mode_t mode)
{
    if (S_ISDIR(mode))
        return "it is a folder";
    if (S_ISFIFO(mode))
        return "it is a pipe and not a file";
    if (S_ISSOCK(mode))
        return "it is a socket and not a file";
    return "it is a device and not a file";
}

Error notAFile(const fs::path &target, mode_t mode)
{
    return cannotCreate(target, kindOf(mode), "It was left untouched", "Choose another name.");
}

/// Follows links of the last component only, so that a link to a file not yet there works too.
Result<fs::path> followLinks(const fs::path &target)
{
    fs::path path = target;
    for (int hops = 0; hops < 40; ++hops) {
        struct stat info {};
        if (::lstat(path.c_str(), &info) != 0 || !S_ISLNK(info.st_mode))
            return path;
        std::error_code failed;
        const fs::path next = fs::read_symlink(path, failed);
        if (failed)
            return tl::unexpected(cannotCreate(target, path.parent_path(), failed.value()));
        path = path.parent_path() / next; // an absolute link replaces the whole path
    }
    return tl::unexpected(cannotCreate(target, path.parent_path(), ELOOP));
}

/// A save with a spool has two temporary files, and two processes may save to one target.
constexpr int mostAtOnce = 4;

/// Derived from the target's name, so that the next save finds what a killed one left.
std::string temporaryNameFor(const std::string &name, int attempt)
{
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::size_t hash = std::hash<std::string>{}(name + '/' + std::to_string(attempt));
    std::string temporary = ".qd-";
    for (int i = 0; i < 8; ++i, hash /= letters.size())
        temporary += letters[hash % letters.size()];
    return temporary + ".part";
}

/// Whoever writes a temporary file holds a lock on it; one without a lock belongs to nobody.
void removeAbandoned(int folder, const std::string &name)
{
    const int file = ::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return;
    struct stat opened {};
    struct stat named {};
    if (::flock(file, LOCK_EX | LOCK_NB) == 0 && ::fstat(file, &opened) == 0 &&
        ::fstatat(folder, name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
        opened.st_ino == named.st_ino && S_ISREG(opened.st_mode))
        ::unlinkat(folder, name.c_str(), 0);
    ::close(file);
}

/// Short enough for a slow disk to be asked between two of them, long enough together for a fast
/// one to be kept busy.
constexpr off_t syncSlice = off_t{2} << 20;
constexpr off_t syncAhead = 8 * syncSlice;

/// Where a file system does not know slices, there is fsync() alone.
bool meansNoSlices(int errnoValue)
{
    return errnoValue == ENOSYS || errnoValue == EINVAL || errnoValue == ESPIPE ||
           errnoValue == EOPNOTSUPP;
}

int syncToDisk(int descriptor)
{
    int result;
    do {
        result = ::fsync(descriptor);
    } while (result != 0 && errno == EINTR);
    return result;
}

struct TemporaryName {
    int folder;
    std::string name;
    bool operator==(const TemporaryName &) const = default;
};

/// Held while files get and lose names, so that removeUnfinishedNames() can be the last to do so.
struct Naming {
    std::recursive_mutex mutex;
    std::vector<TemporaryName> temporary; ///< guarded by mutex
};

Naming &naming()
{
    static Naming &all = *new Naming; // files may outlive main()
    return all;
}

} // namespace

struct AtomicFile::State {
    fs::path target; ///< as the user named it
    OverwritePolicy policy = OverwritePolicy::Refuse;
    std::string name;          ///< within the folder, links followed
    std::string temporaryName; ///< empty while the file has no name
    bool replaces = false;
    int folder = -1;
    int file = -1;

    State() = default;
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State()
    {
        close();
        if (folder >= 0)
            ::close(folder);
    }
    void close()
    {
        if (const int open = giveUp(); open >= 0)
            ::close(open);
    }
    /// What is left to do is to close the descriptor, if there is one.
    int giveUp()
    {
        const std::scoped_lock lock(naming().mutex);
        if (!temporaryName.empty()) {
            ::unlinkat(folder, temporaryName.c_str(), 0);
            forgetTemporaryName();
        }
        return std::exchange(file, -1);
    }
    void forgetTemporaryName()
    {
        std::erase(naming().temporary, TemporaryName{folder, temporaryName});
        temporaryName.clear();
    }
    std::string procName() const { return "/proc/self/fd/" + std::to_string(file); }

    Status inspectTarget(const fs::path &folderPath, struct stat &old);
    bool open(mode_t mode);
    bool openTemporary(mode_t mode);
    template <typename Attempt>
    bool giveTemporaryName(Attempt attempt);
    int publish();
    int publishNew();
};

/// Refuses what may not be written; fills in `old` when there is a file to replace.
Status AtomicFile::State::inspectTarget(const fs::path &folderPath, struct stat &old)
{
    if (::fstatat(folder, name.c_str(), &old, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT)
            return {};
        return tl::unexpected(cannotCreate(target, folderPath, errno));
    }
    if (!S_ISREG(old.st_mode))
        return tl::unexpected(notAFile(target, old.st_mode));
    if (policy == OverwritePolicy::Refuse)
        return tl::unexpected(alreadyExists(target));
    if (::faccessat(folder, name.c_str(), W_OK, AT_EACCESS) != 0)
        return tl::unexpected(cannotCreate(
            target, "the file of this name is write-protected", "It was left untouched",
            "Choose another name or change its permissions.", errno));
    replaces = true;
    return {};
}

/// Calls `attempt(name)` with other names until it does not fail with EEXIST.
template <typename Attempt>
bool AtomicFile::State::giveTemporaryName(Attempt attempt)
{
    const std::scoped_lock lock(naming().mutex);
    for (int tries = 0; tries < 100; ++tries) {
        std::string temporary = temporaryNameFor(name, tries);
        if (attempt(temporary.c_str()) >= 0) {
            naming().temporary.push_back({folder, temporary});
            temporaryName = std::move(temporary);
            return true;
        }
        if (errno != EEXIST)
            break;
    }
    return false;
}

bool AtomicFile::State::openTemporary(mode_t mode)
{
#ifdef O_TMPFILE
    file = ::openat(folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
    if (file >= 0 && ::access(procName().c_str(), F_OK) == 0)
        return true;
    if (file < 0 && errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL && errno != ENOENT)
        return false;
    close();
#endif
    return giveTemporaryName([&](const char *fresh) {
        return file = ::openat(folder, fresh, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, mode);
    });
}

bool AtomicFile::State::open(mode_t mode)
{
    for (int attempt = 0; attempt < mostAtOnce; ++attempt)
        removeAbandoned(folder, temporaryNameFor(name, attempt));
    if (!openTemporary(mode))
        return false;
    ::flock(file, LOCK_EX | LOCK_NB); // where there are no locks, nothing counts as abandoned
    return true;
}

/// Gives the data the target's name if nothing has it. As every step, 0 or −1 with errno.
int AtomicFile::State::publishNew()
{
    if (temporaryName.empty())
        return ::linkat(AT_FDCWD, procName().c_str(), folder, name.c_str(), AT_SYMLINK_FOLLOW);
#ifdef RENAME_NOREPLACE
    if (::renameat2(folder, temporaryName.c_str(), folder, name.c_str(), RENAME_NOREPLACE) == 0) {
        forgetTemporaryName();
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
#endif
    return ::linkat(folder, temporaryName.c_str(), folder, name.c_str(), 0);
}

int AtomicFile::State::publish()
{
    const std::scoped_lock lock(naming().mutex);
    if (publishNew() == 0)
        return 0;
    // Some file systems of memory cards and networks have neither of the race-free ways.
    const bool onlyRename =
        !temporaryName.empty() && (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS);
    if (!onlyRename && (errno != EEXIST || policy == OverwritePolicy::Refuse))
        return -1;

    struct stat now {};
    if (::fstatat(folder, name.c_str(), &now, AT_SYMLINK_NOFOLLOW) == 0 &&
        (policy == OverwritePolicy::Refuse || !S_ISREG(now.st_mode))) {
        errno = EEXIST;
        return -1;
    }
    if (temporaryName.empty()) {
        const std::string source = procName();
        const bool named = giveTemporaryName([&](const char *fresh) {
            return ::linkat(AT_FDCWD, source.c_str(), folder, fresh, AT_SYMLINK_FOLLOW);
        });
        if (!named)
            return -1;
    }
    if (::renameat(folder, temporaryName.c_str(), folder, name.c_str()) != 0)
        return -1;
    forgetTemporaryName();
    return 0;
}

AtomicFile::AtomicFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
AtomicFile::AtomicFile(AtomicFile &&) noexcept = default;
AtomicFile &AtomicFile::operator=(AtomicFile &&) noexcept = default;
AtomicFile::~AtomicFile() = default;

Result<AtomicFile> AtomicFile::create(fs::path target, OverwritePolicy policy)
{
    struct stat existing {};
    if (::stat(target.c_str(), &existing) == 0 && !S_ISREG(existing.st_mode))
        return tl::unexpected(notAFile(target, existing.st_mode));
    Result<fs::path> followed = followLinks(target);
    if (!followed)
        return tl::unexpected(followed.error());
    if (!followed->has_filename())
        return tl::unexpected(cannotCreate(target, "the name of the file is missing",
                                           "Nothing was written", "Add a name."));
    const fs::path folder = followed->has_parent_path() ? followed->parent_path() : fs::path(".");

    auto state = std::make_unique<State>();
    state->target = std::move(target);
    state->policy = policy;
    state->name = followed->filename().string();
    state->folder = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
#ifdef O_PATH
    if (state->folder < 0 && errno == EACCES) // a folder may be writable without being readable
        state->folder = ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
#endif
    if (state->folder < 0)
        return tl::unexpected(cannotCreate(state->target, folder, errno));

    struct stat old {};
    if (Status ok = state->inspectTarget(folder, old); !ok)
        return tl::unexpected(ok.error());
    // Private until the old permission bits are in place: the old file may have been private.
    if (!state->open(state->replaces ? 0600 : 0666))
        return tl::unexpected(cannotCreate(state->target, folder, errno));
    if (state->replaces) {
        if (::fchown(state->file, old.st_uid, old.st_gid) != 0)
            std::ignore = ::fchown(state->file, static_cast<uid_t>(-1), old.st_gid);
        std::ignore = ::fchmod(state->file, old.st_mode & 0777);
    }
    return AtomicFile(std::move(state));
}

int AtomicFile::descriptor() const
{
    return state_->file;
}

void AtomicFile::discard()
{
    state_->close();
}

void AtomicFile::abandon()
{
    if (const int open = state_->giveUp(); open >= 0)
        closeInBackground(open);
}

void removeUnfinishedNames()
{
    // A file system that does not answer may keep somebody in there.
    constexpr int tries = 20;
    for (int i = 0; !naming().mutex.try_lock(); ++i) {
        if (i == tries)
            return;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    for (const TemporaryName &temporary : naming().temporary)
        ::unlinkat(temporary.folder, temporary.name.c_str(), 0);
    // It stays locked: nobody names a file any more.
}

Error AtomicFile::writeError(std::string_view what, std::string_view advice,
                             std::string_view details) const
{
    return {ErrorCode::WriteFailed,
            quoted(state_->target) + " could not be written: " + std::string(what),
            state_->replaces ? "The file of this name was left as it was"
                             : "No incomplete file was left behind",
            std::string(advice),
            std::string(details),
            0};
}

Error AtomicFile::writeError(int errnoValue) const
{
    constexpr std::string_view elsewhere = "Choose another disk and try again.";
    const std::string details = systemText(errnoValue);
    const auto error = [&](std::string_view what, std::string_view advice) {
        Error told = writeError(what, advice, details);
        told.systemErrno = errnoValue;
        return told;
    };
    switch (errnoValue) {
    case ENOSPC:
        return error("the disk is full", "Free some space and try again.");
    case EDQUOT:
        return error("your share of the disk is used up", "Free some space and try again.");
    case EFBIG:
        return error("it grew past the largest file allowed here", elsewhere);
    case EIO:
        return error("the disk reported a fault", elsewhere);
    default:
        return error("the system reported “" + details + "”", elsewhere);
    }
}

Status AtomicFile::sync(const std::stop_token &stop)
{
    assert(descriptor() >= 0);
#ifdef SYNC_FILE_RANGE_WRITE
    struct stat info {};
    const off_t size = ::fstat(descriptor(), &info) == 0 ? info.st_size : 0;
    constexpr unsigned start = SYNC_FILE_RANGE_WRITE;
    constexpr unsigned wait = SYNC_FILE_RANGE_WAIT_BEFORE | start | SYNC_FILE_RANGE_WAIT_AFTER;
    for (off_t at = 0; at < size + syncAhead; at += syncSlice) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "Cancelled");
        const bool begun = at >= size || ::sync_file_range(descriptor(), at, syncSlice, start) == 0;
        const bool ended =
            at < syncAhead || ::sync_file_range(descriptor(), at - syncAhead, syncSlice, wait) == 0;
        if (begun && ended)
            continue;
        // A fault that is told here is told only once: fsync() would keep it quiet.
        const int failure = errno;
        return meansNoSlices(failure) ? Status{} : tl::unexpected(writeError(failure));
    }
#endif
    return {};
}

Status AtomicFile::commit()
{
    assert(descriptor() >= 0);
    State &state = *state_;
    if (syncToDisk(state.file) != 0 || state.publish() != 0) {
        const int failure = errno;
        discard();
        if (failure == EEXIST)
            return tl::unexpected(alreadyExists(state.target));
        return tl::unexpected(writeError(failure));
    }
    state.close();
    // EBADF: a folder that may not be read; EINVAL: some network file systems.
    if (syncToDisk(state.folder) != 0 && errno != EBADF && errno != EINVAL)
        return fail(ErrorCode::WriteFailed,
                    quoted(state.target) + " was written, but the disk reported a fault",
                    "The file is complete and may be lost if the power fails now",
                    "Check the disk and write the file again.", systemText(errno));
    return {};
}

Status AtomicFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor(), bytes.data(), bytes.size());
        if (written > 0)
            bytes.remove_prefix(static_cast<std::size_t>(written));
        else if (written == 0 || errno != EINTR)
            return tl::unexpected(writeError(written == 0 ? EIO : errno));
    }
    return {};
}

Status writeWholeFile(const fs::path &target, std::string_view bytes, OverwritePolicy policy)
{
    Result<AtomicFile> file = AtomicFile::create(target, policy);
    if (!file)
        return tl::unexpected(file.error());
    return file->write(bytes).and_then([&file] { return file->commit(); });
}

} // namespace engine::io
