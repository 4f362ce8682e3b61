// SPDX-License-Identifier: GPL-3.0-or-later
//
// What crosses between the control thread and the callback: every object dies exactly once and on
// the control thread, the newest is the one that arrives, and no value is ever torn.

#include "engine/playback/HandOff.h"
#include "engine/playback/LatestValue.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <thread>

using namespace engine::playback;

namespace {

constexpr int swaps = 1'000'000;

std::vector<std::uint8_t> deaths; // by number; only the control thread writes
std::thread::id controlThread;
std::atomic<int> diedElsewhere{0};

struct Witness {
    explicit Witness(int n) : number(n), copy(n) {}
    ~Witness()
    {
        if (std::this_thread::get_id() != controlThread) {
            ++diedElsewhere;
            return;
        }
        ++deaths[static_cast<std::size_t>(number)];
        number = copy = -1;
    }
    Witness(const Witness &) = delete;
    Witness &operator=(const Witness &) = delete;
    int number;
    int copy;
};

} // namespace

class TestHandOff : public QObject {
    Q_OBJECT

private slots:
    void everyObjectDiesOnceOnTheControlThread();
    void theLatestWins();
    void nothingIsTakenThatCouldNotBeGivenBack();
    void theRingKeepsOrderAndRefusesWhatDoesNotFit();
    void theRingCarriesBlocksBetweenThreads();
    void theLatestValueIsNeverTorn();
};

void TestHandOff::everyObjectDiesOnceOnTheControlThread()
{
    deaths.assign(swaps, 0);
    controlThread = std::this_thread::get_id();
    diedElsewhere = 0;
    std::atomic<int> taken{0};
    bool ascending = true;
    bool alive = true;
    {
        HandOff<Witness> handOff;
        std::atomic<bool> finished{false};
        std::thread callback([&] {
            const Witness *now = nullptr;
            const Witness *before = nullptr;
            for (bool last = false; !last;) {
                last = finished.load();
                if (const Witness *fresh = handOff.take()) {
                    ++taken;
                    ascending = ascending && (now == nullptr || fresh->number > now->number);
                    handOff.giveBack(before); // held over one swap, as during a fade
                    before = std::exchange(now, fresh);
                }
                for (const Witness *held : {now, before})
                    alive = alive && (held == nullptr || held->number == held->copy);
                alive = alive && (now == nullptr || now->number >= 0);
            }
            handOff.giveBack(before);
            handOff.giveBack(now);
        });
        for (int i = 0; i < swaps; ++i) {
            handOff.offer(std::make_unique<const Witness>(i));
            while (taken < i / 100) // or one thread may be done before the other begins
                std::this_thread::yield();
        }
        finished = true;
        callback.join();
    }
    QVERIFY(ascending);
    QVERIFY(alive);
    QCOMPARE(diedElsewhere.load(), 0);
    QCOMPARE(std::ranges::count(deaths, 1), std::ptrdiff_t{swaps});
    QVERIFY(taken >= swaps / 100 - 1);
}

void TestHandOff::theLatestWins()
{
    deaths.assign(3, 0);
    controlThread = std::this_thread::get_id();
    HandOff<Witness> handOff;
    QVERIFY(handOff.take() == nullptr);
    for (int i = 0; i < 3; ++i)
        handOff.offer(std::make_unique<const Witness>(i));
    QCOMPARE(deaths, (std::vector<std::uint8_t>{1, 1, 0}));
    const Witness *taken = handOff.take();
    QCOMPARE(taken->number, 2);
    QVERIFY(handOff.take() == nullptr);
    handOff.giveBack(taken);
    QCOMPARE(int{deaths[2]}, 0);
    handOff.collect();
    QCOMPARE(int{deaths[2]}, 1);
}

void TestHandOff::nothingIsTakenThatCouldNotBeGivenBack()
{
    deaths.assign(1000, 0);
    controlThread = std::this_thread::get_id();
    std::vector<const Witness *> held;
    HandOff<Witness> handOff;
    for (int i = 0; i < 1000; ++i) {
        handOff.offer(std::make_unique<const Witness>(i));
        if (const Witness *fresh = handOff.take())
            held.push_back(fresh);
    }
    QVERIFY(held.size() >= 2 && held.size() < 1000);
    for (const Witness *object : held)
        handOff.giveBack(object);
    QVERIFY(handOff.take() == nullptr); // as long as nobody collects
    handOff.collect();
    const Witness *last = handOff.take();
    QVERIFY(last != nullptr);
    QCOMPARE(last->number, 999);
    handOff.giveBack(last);
}

void TestHandOff::theRingKeepsOrderAndRefusesWhatDoesNotFit()
{
    SpscRing<int> ring(8);
    std::array<int, 8> out{};
    for (int round = 0; round < 100; ++round) {
        const std::array<int, 5> in{round, 1, 2, 3, 4};
        QVERIFY(ring.push(in));
        QVERIFY(!ring.push(in));
        QCOMPARE(ring.room(), std::size_t{3});
        QCOMPARE(ring.pop(out), std::size_t{5});
        QVERIFY(std::equal(in.begin(), in.end(), out.begin()));
        QCOMPARE(ring.pop(out), std::size_t{0});
    }
}

void TestHandOff::theRingCarriesBlocksBetweenThreads()
{
    constexpr int total = 1'000'000;
    SpscRing<int> ring(1024);
    std::thread producer([&] {
        std::array<int, 97> block{};
        for (int next = 0; next < total;) {
            const int count = std::min<int>(1 + next % 97, total - next);
            for (int i = 0; i < count; ++i)
                block[static_cast<std::size_t>(i)] = next + i;
            if (ring.push({block.data(), static_cast<std::size_t>(count)}))
                next += count;
            else
                std::this_thread::yield();
        }
    });
    std::array<int, 61> out{};
    int expected = 0;
    bool inOrder = true;
    while (expected < total) {
        const std::size_t count = ring.pop(out);
        for (std::size_t i = 0; i < count; ++i)
            inOrder = inOrder && out[i] == expected++;
        if (count == 0)
            std::this_thread::yield();
        if (!inOrder)
            break;
    }
    producer.join();
    QVERIFY(inOrder);
}

void TestHandOff::theLatestValueIsNeverTorn()
{
    struct Values {
        std::array<std::uint64_t, 8> all{};
    };
    LatestValue<Values> latest;
    std::atomic<bool> enough{false};
    std::thread writer([&] {
        for (std::uint64_t n = 1; !enough; ++n) {
            Values values;
            values.all.fill(n);
            latest.publish(values);
        }
    });
    bool whole = true;
    std::uint64_t before = 0;
    for (int changes = 0; whole && changes < 100'000;) {
        const Values values = latest.read();
        whole =
            values.all.front() >= before && std::ranges::count(values.all, values.all.front()) == 8;
        changes += values.all.front() != before ? 1 : 0;
        before = values.all.front();
    }
    enough = true;
    writer.join();
    QVERIFY(whole);
}

QD_TEST(TestHandOff, QCoreApplication)
#include "TestHandOff.moc"
