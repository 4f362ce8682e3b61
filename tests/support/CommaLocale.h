// SPDX-License-Identifier: GPL-3.0-or-later
//
// A locale whose numbers have a comma, for as long as the value lives: German where it is
// installed, else one made of the files of C.UTF-8 with another decimal sign, so that no machine
// has to be prepared. Threads must not run meanwhile (setlocale). Errors: name() is empty where
// neither works; a test then skips and says so. Source: locale(7) for LOCPATH.
#pragma once

#include <QTemporaryDir>

#include <string>

namespace tests {

class CommaLocale {
public:
    CommaLocale();
    ~CommaLocale();
    CommaLocale(const CommaLocale &) = delete;
    CommaLocale &operator=(const CommaLocale &) = delete;

    /// What is in force.
    const std::string &name() const { return name_; }

private:
    QTemporaryDir folder_;
    std::string before_;
    std::string name_;
};

} // namespace tests
