// SPDX-License-Identifier: GPL-3.0-or-later
//
// Errors as values. A fault of the world (file, device, preset) is a Result<T>; a wrong call by
// us is an assert. Exceptions do not cross a module or thread boundary.
// Shape: Error says what happened to which file, what it means for the user's work, what to do.
// Real-time: no (strings allocate). Source: the message pattern "what file, what is wrong, what
// happened to your work, what to do"; exit codes are those of <sysexits.h>.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace engine {

/// What kind of fault it is; the value is the process exit code that the command line uses.
enum class ErrorCode : int {
    Usage = 64,        ///< a wrong option or value
    BadData = 65,      ///< the file was opened, but what it holds cannot be used
    CannotOpen = 66,   ///< the input does not exist, may not be read or is no regular file
    CannotCreate = 73, ///< the output file cannot be created
    WriteFailed = 74,  ///< the output was begun and could not be completed
    Device = 75,       ///< the audio device failed
    Cancelled = 130,   ///< the user stopped the work; an outcome rather than a fault
};

struct Error {
    ErrorCode code = ErrorCode::BadData;
    std::string problem;      ///< names the file and says what is wrong with it
    std::string consequence;  ///< what happened to the user's work; may be empty
    std::string advice;       ///< what to do; may be empty
    std::string details;      ///< raw text of a library or the system; never shown first
    int systemErrno = 0;      ///< what the system said, where it was the system; else 0
    bool newerFormat = false; ///< nothing is wrong with the file but that it is too new for us

    /// All sentences in one line, without the details.
    std::string oneLine() const
    {
        std::string line = problem;
        for (const std::string *part : {&consequence, &advice}) {
            if (part->empty())
                continue;
            line += line.empty() || line.back() == '.' ? " " : ". ";
            line += *part;
        }
        return line;
    }
};

template <typename T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string problem, std::string consequence = {},
                                  std::string advice = {}, std::string details = {})
{
    return tl::unexpected<Error>(Error{code, std::move(problem), std::move(consequence),
                                       std::move(advice), std::move(details), 0, false});
}

} // namespace engine
