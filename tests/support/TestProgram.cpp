// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestProgram.h"

#include <cstdio>
#include <map>
#include <string>
#include <sysexits.h>

namespace tests {

namespace {

/// A function, because classes register before main() in no particular order.
std::map<std::string, RunClass> &classes()
{
    static std::map<std::string, RunClass> all;
    return all;
}

} // namespace

RegisteredClass::RegisteredClass(const char *name, RunClass run)
{
    classes()[name] = run;
}

} // namespace tests

int main(int argc, char **argv)
{
    const auto &all = tests::classes();
    const auto found = argc > 1 ? all.find(argv[1]) : all.end();
    if (found == all.end()) {
        std::fprintf(stderr, "%s CLASS [FUNCTION…] runs one of these test classes:\n", argv[0]);
        for (const auto &[name, run] : all)
            std::fprintf(stderr, "  %s\n", name.c_str());
        return EX_USAGE;
    }
    argv[1] = argv[0];
    return found->second(argc - 1, argv + 1);
}
