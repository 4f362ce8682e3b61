// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/ListenController.h"

#include "engine/analysis/Loudness.h"
#include "engine/render/LevelMatch.h"
#include "widgets/threads/GuiThread.h"

namespace app {

using engine::AudioBuffer;
using engine::pipeline::TapId;
using engine::playback::PlaybackSource;

namespace {

constexpr std::array matchedSources{ListenSource::A, ListenSource::B, ListenSource::Dry};
constexpr std::array allSources{ListenSource::A, ListenSource::B, ListenSource::Dry,
                                ListenSource::Delta};

ListenSource sourceOf(Slot slot)
{
    return slot == Slot::A ? ListenSource::A : ListenSource::B;
}

std::shared_ptr<const AudioBuffer> minus(const AudioBuffer &tap, const AudioBuffer &input)
{
    auto difference = std::make_shared<AudioBuffer>(tap.format(), tap.frames());
    for (int c = 0; c < tap.channels(); ++c) {
        const auto a = tap.channel(c);
        const auto b = input.channel(c);
        const auto to = difference->channel(c);
        for (std::size_t i = 0; i < to.size(); ++i)
            to[i] = a[i] - b[i];
    }
    return difference;
}

} // namespace

ListenController::ListenController(Session &session, PreviewController &previews)
    : session_(session), previews_(previews)
{
    connect(&previews_, &PreviewController::previewReady, this, &ListenController::update);
    connect(&previews_, &PreviewController::otherReady, this, &ListenController::update);
    connect(&session_, &Session::tapChanged, this, &ListenController::update);
    connect(&session_, &Session::slotChanged, this, [this] {
        emit sourceChanged();
        emit matchChanged();
        emit heardChanged();
    });
    connect(&session_, &Session::soundChanged, this, [this] {
        jobs_.cancelAll();
        difference_ = {};
        measured_.clear();
        gainsDb_.fill(std::nullopt);
        emit matchChanged();
    });
}

ListenController::~ListenController() = default;

ListenSource ListenController::source() const
{
    return aside_.value_or(sourceOf(session_.slot()));
}

void ListenController::setSource(ListenSource source)
{
    if (source == this->source())
        return;
    const bool slot = source == ListenSource::A || source == ListenSource::B;
    aside_ = slot ? std::nullopt : std::optional(source);
    if (slot)
        session_.setSlot(source == ListenSource::A ? Slot::A : Slot::B);
    emit sourceChanged();
    emit matchChanged();
    update();
}

void ListenController::setPinned(bool pinned)
{
    if (pinned == pinned_)
        return;
    pinned_ = pinned;
    emit sourceChanged();
    update();
}

TapId ListenController::heardTap() const
{
    return pinned_ ? TapId::Output : session_.tap();
}

/// Null where it is not rendered.
ListenController::Sound ListenController::rawSound(ListenSource source) const
{
    const engine::render::SharedPreview &current = previews_.current();
    if (!current)
        return nullptr;
    if (source == ListenSource::Dry)
        return current->sharedSound(TapId::Input);
    if (source == ListenSource::Delta) {
        const bool right = difference_.tap == current->sharedSound(heardTap()) &&
                           difference_.input == current->sharedSound(TapId::Input);
        return right ? difference_.delta : nullptr;
    }
    const engine::render::SharedPreview preview =
        source == sourceOf(session_.slot()) ? current : previews_.other();
    return preview ? preview->sharedSound(heardTap()) : nullptr;
}

PlaybackSource ListenController::soundOf(ListenSource source) const
{
    const engine::render::SharedPreview &current = previews_.current();
    if (!current)
        return {};
    PlaybackSource sound{rawSound(source), current->request.firstFrame, 0.0};
    if (matching_ && source != ListenSource::Delta)
        sound.gainDb = gainsDb_[static_cast<std::size_t>(source)].value_or(0.0);
    return sound;
}

PlaybackSource ListenController::heard() const
{
    return soundOf(source());
}

std::vector<PlaybackSource> ListenController::next() const
{
    std::vector<PlaybackSource> sounds;
    for (const ListenSource source : allSources) {
        PlaybackSource sound = soundOf(source);
        if (sound.tap && std::find(sounds.begin(), sounds.end(), sound) == sounds.end())
            sounds.push_back(std::move(sound));
    }
    return sounds;
}

std::optional<double> ListenController::appliedGainDb() const
{
    const ListenSource heard = source();
    if (!matching_ || heard == ListenSource::Delta)
        return std::nullopt;
    return gainsDb_[static_cast<std::size_t>(heard)];
}

void ListenController::setMatchesLevel(bool on)
{
    if (on == matching_)
        return;
    matching_ = on;
    if (on)
        measure();
    emit matchChanged();
    emit heardChanged();
}

void ListenController::update()
{
    emit heardChanged();
    // While a knob moves only what is heard is worth the work.
    if (previews_.isUpToDate() || source() == ListenSource::Delta)
        makeDelta();
    if (matching_ && previews_.isUpToDate())
        measure();
}

void ListenController::makeDelta()
{
    const engine::render::SharedPreview &current = previews_.current();
    if (!current || rawSound(ListenSource::Delta))
        return;
    const Difference wanted{current->sharedSound(heardTap()), current->sharedSound(TapId::Input),
                            nullptr};
    jobs_.add([this, wanted](const std::stop_token &stop) {
        if (stop.stop_requested())
            return;
        Difference made = wanted;
        made.delta = minus(*wanted.tap, *wanted.input);
        widgets::postToGui(this, [this, made] {
            difference_ = made;
            emit heardChanged();
        });
    });
}

const ListenController::Measured *ListenController::measured(const Sound &sound) const
{
    const auto found = std::find_if(measured_.begin(), measured_.end(),
                                    [&](const Measured &m) { return m.sound == sound; });
    return found == measured_.end() ? nullptr : &*found;
}

void ListenController::measure()
{
    std::vector<Sound> unknown;
    for (const ListenSource source : matchedSources) {
        const Sound sound = rawSound(source);
        if (sound && !measured(sound) &&
            std::find(unknown.begin(), unknown.end(), sound) == unknown.end())
            unknown.push_back(sound);
    }
    for (const Sound &sound : unknown) {
        jobs_.add([this, sound](const std::stop_token &stop) {
            const std::optional<double> lufs = engine::analysis::integratedLufs(*sound, stop);
            if (stop.stop_requested())
                return;
            widgets::postToGui(this, [this, sound, lufs] {
                if (!measured(sound))
                    measured_.push_back({sound, lufs});
                matchLevels();
            });
        });
    }
    if (unknown.empty())
        matchLevels();
}

/// Once all are known that there are; until then the gains of before hold.
void ListenController::matchLevels()
{
    std::array<std::optional<double>, 3> lufs;
    std::vector<Measured> stillThere;
    for (const ListenSource source : matchedSources) {
        const Sound sound = rawSound(source);
        if (!sound && source != ListenSource::Dry && !previews_.otherFailed())
            return; // that slot is being rendered
        const Measured *const known = sound ? measured(sound) : nullptr;
        if (sound && !known)
            return;
        if (known) {
            lufs[static_cast<std::size_t>(source)] = known->lufs;
            stillThere.push_back(*known);
        }
    }
    measured_ = std::move(stillThere);
    std::array<std::optional<double>, 3> gainsDb;
    const auto matched = engine::render::matchToQuietest(std::span(std::as_const(lufs)));
    for (std::size_t i = 0; i < matched.size(); ++i)
        gainsDb[i] = matched[i].gainDb;
    if (gainsDb == gainsDb_)
        return;
    gainsDb_ = gainsDb;
    emit matchChanged();
    emit heardChanged();
}

} // namespace app
