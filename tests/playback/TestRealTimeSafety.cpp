// SPDX-License-Identifier: GPL-3.0-or-later
//
// The callback allocates, frees and locks nothing: malloc and pthread_mutex_lock are replaced by
// ones that count calls made inside the callback. Planted faults show that they do.

#include "tests/playback/PlaybackFixture.h"
#include "tests/support/TestProgram.h"

#include <mutex>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define QD_REPLACED_MALLOC 1
#else
#define QD_REPLACED_MALLOC 0
#endif

namespace {

thread_local bool inCallback = false;
thread_local int forbiddenCalls = 0;

} // namespace

#if !QD_REPLACED_MALLOC
namespace {

void called()
{
    if (inCallback)
        ++forbiddenCalls;
}

} // namespace

extern "C" {
// glibc's own, under the names that it keeps for those who replace the others.
void *__libc_malloc(std::size_t size);
void *__libc_calloc(std::size_t count, std::size_t size);
void *__libc_realloc(void *memory, std::size_t size);
void *__libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void *memory);

void *malloc(std::size_t size)
{
    called();
    return __libc_malloc(size);
}
void *calloc(std::size_t count, std::size_t size)
{
    called();
    return __libc_calloc(count, size);
}
void *realloc(void *memory, std::size_t size)
{
    called();
    return __libc_realloc(memory, size);
}
void free(void *memory)
{
    called();
    __libc_free(memory);
}
void *aligned_alloc(std::size_t alignment, std::size_t size)
{
    called();
    return __libc_memalign(alignment, size);
}
int posix_memalign(void **memory, std::size_t alignment, std::size_t size)
{
    called();
    *memory = __libc_memalign(alignment, size);
    return *memory == nullptr ? ENOMEM : 0;
}
int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    called();
    // The real one has no second name to link to; trying until it works is a lock as well.
    int result = pthread_mutex_trylock(mutex);
    while (result == EBUSY) {
        sched_yield();
        result = pthread_mutex_trylock(mutex);
    }
    return result;
}
}
#endif

using namespace tests;

namespace {

/// How often `callback` did what it must not.
template <typename Callback>
int forbiddenCallsIn(Callback callback)
{
    forbiddenCalls = 0;
    inCallback = true;
    callback();
    inCallback = false;
    return forbiddenCalls;
}

} // namespace

class TestRealTimeSafety : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        if (QD_REPLACED_MALLOC)
            QSKIP("The sanitizer has replaced malloc and pthread_mutex_lock itself.");
    }
    void plantedFaultsAreCaught();
    void theCallbackNeitherAllocatesNorLocks();
};

void TestRealTimeSafety::plantedFaultsAreCaught()
{
    std::mutex mutex;
    for (int i = 0; i < 400; ++i) {
        QVERIFY(forbiddenCallsIn([] {
                    std::vector<int> planted(100);
                    volatile int *data = planted.data(); // or the compiler leaves it out
                    data[0] = 1;
                }) >= 2);
        QVERIFY(forbiddenCallsIn([&] { const std::lock_guard planted(mutex); }) >= 1);
        QCOMPARE(forbiddenCallsIn([] {}), 0);
    }
}

void TestRealTimeSafety::theCallbackNeitherAllocatesNorLocks()
{
    constexpr int rateHz = 48000;
    constexpr int callbacks = 100'000;
    std::vector<Sound> sounds{nullptr};
    for (int i = 0; i < 6; ++i)
        sounds.push_back(soundOf(noise(rateHz, 2, 3000 * (i + 1), 7), 500 * i));
    Random random(99);
    std::vector<float> out(2 * 1024);
    PlaybackCore core(rateHz);
    int hits = 0;
    int swaps = 0;
    for (int i = 0; i < callbacks; ++i) {
        if (random.chance(0.2)) { // its own copy, which only the core owns
            const Sound &sound = sounds[static_cast<std::size_t>(random.whole(0, 6))];
            core.setSound(sound ? std::make_shared<const PlaybackSound>(*sound) : nullptr);
            ++swaps;
        }
        if (random.chance(0.1))
            QVERIFY(random.chance(0.7) ? core.play() : core.pause());
        if (random.chance(0.1))
            QVERIFY(core.seek(random.between(0.0, 0.5)));
        if (random.chance(0.05))
            QVERIFY(core.setVolumeDb(random.between(-60.0, 6.0)));
        if (random.chance(0.05)) {
            const double first = random.between(0.0, 0.3);
            const std::array<Loop, 3> loops{LoopOff{}, LoopWindow{},
                                            LoopRange{first, first + 0.05}};
            QVERIFY(core.setLoop(loops[static_cast<std::size_t>(random.whole(0, 2))]));
        }
        if (random.chance(0.0003)) // seldom enough for the ring of the meters to overrun
            (void)core.poll();
        const int frames = random.whole(0, random.chance(0.01) ? 1024 : 128);
        hits += forbiddenCallsIn([&] {
            core.process(out.data(), frames);
            core.noteDropout();
        });
    }
    QCOMPARE(hits, 0);
    QVERIFY(swaps > callbacks / 10);
    QVERIFY(core.poll().snapshot.callbacks == callbacks);
}

QD_TEST(TestRealTimeSafety, QCoreApplication)
#include "TestRealTimeSafety.moc"
