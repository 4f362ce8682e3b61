// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many test classes in one program: linking and moc are paid for once, and each class still runs in
// a process of its own. `tests-engine TestPipeline [FUNCTION…] [-v2]` runs one class; without
// arguments the program lists its classes.
// Errors: EX_USAGE for a class that is not there.
#pragma once

#include <QCoreApplication>
#include <QTest>

namespace tests {

/// For tests that need no event loop.
struct NoApplication {
    NoApplication(int &, char **) {}
};

using RunClass = int (*)(int argc, char **argv);

/// Adds a class to its program before main() begins.
struct RegisteredClass {
    RegisteredClass(const char *name, RunClass run);
};

template <typename Class, typename Application>
int runClass(const char *sourcePath, int argc, char **argv)
{
    Application application(argc, argv);
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi);
    QTest::setMainSourcePath(sourcePath);
    Class test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace tests

/// In the place of QTEST_MAIN: the class and the application object that it needs.
#define QD_TEST(Class, Application)                                                                \
    static const tests::RegisteredClass registered##Class(#Class, [](int argc, char **argv) {      \
        return tests::runClass<Class, Application>(__FILE__, argc, argv);                          \
    });
