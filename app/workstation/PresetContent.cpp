// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PresetContent.h"

#include "engine/io/DisplayName.h"
#include "engine/io/SearchText.h"
#include "engine/pipeline/SettingsTools.h"
#include "widgets/chain/Rail.h"
#include "widgets/controls/NoteNames.h"
#include "widgets/controls/ParameterPresentation.h"

#include <algorithm>
#include <map>

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace app {

using namespace engine::io;
using engine::dsp::ScaleKind;
using engine::pipeline::ParameterId;
using engine::pipeline::parameterInfo;
using engine::pipeline::Settings;
using engine::pipeline::StageId;
using widgets::PresetDetails;
using widgets::PresetFilter;
using widgets::PresetRow;
using widgets::StageSummary;

namespace {

constexpr qsizetype mostChanges = 6;

QString tr(const char *text, const char *comment = nullptr)
{
    return QCoreApplication::translate("Presets", text, comment);
}

QString text(const std::string &raw)
{
    return QString::fromStdString(raw);
}

/// A name from a file, in one line: whatever it holds, it stays in its place.
QString oneLine(const std::string &raw)
{
    return text(printable(raw));
}

QString scaleInWords(ScaleKind kind)
{
    switch (kind) {
    case ScaleKind::Major:
        return tr("%1 major", "a key: C major");
    case ScaleKind::Minor:
        return tr("%1 minor");
    case ScaleKind::HarmonicMinor:
        return tr("%1 harmonic minor");
    case ScaleKind::Dorian:
        return tr("%1 dorian");
    case ScaleKind::Mixolydian:
        return tr("%1 mixolydian");
    case ScaleKind::MajorPentatonic:
        return tr("%1 major pent.", "pentatonic, short");
    case ScaleKind::MinorPentatonic:
        return tr("%1 minor pent.", "pentatonic, short");
    case ScaleKind::Chromatic:
        return tr("Chromatic");
    case ScaleKind::Custom:
        break;
    }
    return tr("Custom");
}

QString keyInWords(const engine::dsp::Scale &scale)
{
    const QString words = scaleInWords(scale.kind);
    return words.contains(u"%1") ? words.arg(widgets::noteName(scale.rootPitchClass, scale))
                                 : words;
}

QString value(const Settings &settings, ParameterId id)
{
    const auto &info = parameterInfo(id);
    return widgets::shownValueWithUnit(info, info.read(settings));
}

QString quantizerInWords(const Settings &settings, const engine::dsp::Scale &scale,
                         ParameterId snap)
{
    //: what a quantizer does: F minor, snap 90 %
    return tr("%1, snap %2").arg(keyInWords(scale), value(settings, snap));
}

QString distortionInWords(const Settings &settings)
{
    const auto &mode = parameterInfo(ParameterId::DistortionMode);
    const QString type = widgets::choiceLabel(mode, static_cast<int>(mode.read(settings)));
    if (settings.distortion.mode == engine::dsp::DistortionMode::Tube)
        //: Tube 3.0×, warmth 50 %
        return tr("%1 %2, warmth %3")
            .arg(type, value(settings, ParameterId::Drive), value(settings, ParameterId::Warmth));
    const QString fold = value(settings, ParameterId::FoldAmount);
    if (parameterInfo(ParameterId::Bias).read(settings) == 0.0)
        return QStringLiteral("%1 %2").arg(type, fold);
    //: Wavefold 5.0×, bias +0.10
    return tr("%1 %2, bias %3").arg(type, fold, value(settings, ParameterId::Bias));
}

StageSummary summary(StageId stage, bool on, const QString &words)
{
    return {widgets::stageToken(stage), widgets::stageName(stage), on ? words : tr("off"), !on};
}

std::vector<StageSummary> stagesInWords(const Settings &settings)
{
    const QString post = settings.postLink
                             ? tr("linked")
                             : quantizerInWords(settings, settings.postQuant.classic.scale,
                                                ParameterId::PostSnapStrength);
    //: 100 % wet, 0.0 dB
    const QString output =
        tr("%1 wet, %2")
            .arg(value(settings, ParameterId::DryWet), value(settings, ParameterId::OutputGainDb));
    return {summary(StageId::PreQuant, settings.preQuant.on,
                    quantizerInWords(settings, settings.preQuant.classic.scale,
                                     ParameterId::SnapStrength)),
            summary(StageId::Distortion, settings.distortionOn, distortionInWords(settings)),
            summary(StageId::PostQuant, settings.postQuant.on, post),
            summary(StageId::Mix, true, output),
            summary(StageId::Limiter, settings.limiter.on,
                    value(settings, ParameterId::LimiterCeilingDb))};
}

bool looksForNothing(const PresetQuery &query)
{
    return query.words.empty() && query.tags.empty() && query.authors.empty() &&
           query.category.empty() && !query.favouritesOnly;
}

bool isOfBank(bool factory, PresetBank bank)
{
    return bank == PresetBank::All || factory == (bank == PresetBank::Factory);
}

/// Damaged files that the query does not rule out.
std::vector<const DamagedPreset *> shownDamaged(const PresetController &presets)
{
    std::vector<const DamagedPreset *> list;
    if (!looksForNothing(presets.query()))
        return list;
    for (const DamagedPreset &damaged : presets.library().damaged) {
        if (isOfBank(damaged.factory, presets.query().bank))
            list.push_back(&damaged);
    }
    return list;
}

QString skippedInWords(const DamagedPreset &skipped)
{
    return skipped.error.newerFormat ? widgets::newerPresetText() : widgets::damagedPresetText();
}

} // namespace

std::vector<PresetFilter> presetFilters(const PresetController &presets)
{
    const auto &all = presets.library().presets;
    const auto factory = static_cast<int>(std::ranges::count_if(all, &LibraryPreset::factory));
    const auto own = static_cast<int>(all.size()) - factory;
    std::vector<PresetFilter> filters{
        {tr("All presets"), factory + own + 1}, // with Init
        {tr("Favourites"), static_cast<int>(presets.favouriteCount())},
        {tr("Factory"), factory + 1},
        {tr("Mine", "presets of one's own"), own}};
    for (const std::string &category : presets.library().categories()) {
        const auto count = std::ranges::count_if(
            all, [&](const LibraryPreset &entry) { return entry.preset.category == category; });
        filters.push_back({oneLine(category), static_cast<int>(count), true});
    }
    return filters;
}

int chosenFilter(const PresetController &presets)
{
    const PresetQuery &query = presets.query();
    if (!query.category.empty()) {
        const auto categories = presets.library().categories();
        const auto found = std::ranges::find(categories, query.category);
        return found == categories.end()
                   ? -1
                   : shelfCount + static_cast<int>(found - categories.begin());
    }
    const PresetShelf shelf = query.favouritesOnly                ? PresetShelf::Favourites
                              : query.bank == PresetBank::Factory ? PresetShelf::Factory
                              : query.bank == PresetBank::User    ? PresetShelf::Mine
                                                                  : PresetShelf::All;
    return static_cast<int>(shelf);
}

PresetQuery filteredBy(const PresetController &presets, int filter)
{
    PresetQuery query = presets.query();
    query.category.clear();
    query.favouritesOnly = filter == static_cast<int>(PresetShelf::Favourites);
    query.bank = filter == static_cast<int>(PresetShelf::Factory) ? PresetBank::Factory
                 : filter == static_cast<int>(PresetShelf::Mine)  ? PresetBank::User
                                                                  : PresetBank::All;
    if (filter >= shelfCount)
        query.category =
            presets.library().categories()[static_cast<std::size_t>(filter - shelfCount)];
    return query;
}

QString shownInWords(const PresetController &presets)
{
    if (!presets.searchText().trimmed().isEmpty())
        //: previous or next preset …
        return tr("of those found with “%1”").arg(presets.searchText().trimmed());
    const int chosen = chosenFilter(presets);
    if (chosen <= 0)
        return {};
    //: previous or next preset …; %1 is Favourites or a category
    return tr("in “%1”").arg(presetFilters(presets)[static_cast<std::size_t>(chosen)].label);
}

std::vector<PresetRow> presetRows(const PresetController &presets, const Session &session)
{
    std::vector<PresetRow> rows;
    const auto current = presets.current();
    rows.reserve(presets.shown().size());
    for (const std::size_t place : presets.shown()) {
        PresetRow row;
        if (place == PresetController::init) {
            row.name = initPreset().name;
            row.key = keyInWords(Settings{}.preQuant.classic.scale);
            row.bank = tr("Factory");
            row.canBeStarred = false;
        } else {
            const LibraryPreset &entry = presets.at(place);
            row.name = oneLine(entry.preset.name);
            row.category = oneLine(entry.preset.category);
            row.key = keyInWords(entry.preset.settings.preQuant.classic.scale);
            row.keyActs = entry.preset.settings.preQuant.on || entry.preset.settings.postQuant.on;
            row.bank = entry.factory ? tr("Factory") : tr("Mine", "presets of one's own");
            row.starred = presets.isFavourite(place);
        }
        const bool isCurrent = place == current;
        row.edited = isCurrent && session.isEdited();
        row.held = isCurrent && session.slotState(session.slot()).holdsAny();
        rows.push_back(std::move(row));
    }
    for (const DamagedPreset *damaged : shownDamaged(presets)) {
        PresetRow row;
        row.name = text(displayName(damaged->path));
        row.fault = skippedInWords(*damaged);
        row.canBeStarred = false;
        rows.push_back(std::move(row));
    }
    return rows;
}

const DamagedPreset *damagedAt(const PresetController &presets, int row)
{
    const auto place = static_cast<std::size_t>(row);
    const std::size_t shown = presets.shown().size();
    return place < shown ? nullptr : shownDamaged(presets)[place - shown];
}

widgets::NoPresets noPresets(const PresetController &presets)
{
    const QString typed = presets.searchText().trimmed();
    const int chosen = chosenFilter(presets);
    if (!typed.isEmpty() && chosen > 0)
        return {tr("No preset in “%1” matches “%2”")
                    .arg(presetFilters(presets)[static_cast<std::size_t>(chosen)].label, typed),
                tr("Search among all, or try another word.")};
    if (!typed.isEmpty())
        return {tr("No preset matches “%1”").arg(typed),
                tr("Words are searched in name, tags, key and author; #tag finds a tag.")};
    if (presets.query().favouritesOnly)
        return {tr("No favourites yet"), tr("A click on a preset's star makes it one.")};
    if (presets.query().bank == PresetBank::User)
        return {tr("No presets of your own yet"), tr("“Save as…” keeps the present sound as one.")};
    return {tr("There are no presets here"), {}};
}

namespace {

/// What differs from the preset: what locks kept, or all else.
QStringList differencesInWords(const SlotState &slot, bool held)
{
    QStringList changes;
    for (const engine::pipeline::Difference &change :
         engine::pipeline::differences(slot.preset.settings, slot.settings)) {
        if (slot.isHeld(change.id) != held)
            continue;
        const auto &info = parameterInfo(change.id);
        const QString words = changeInWords(info, change.before, change.after);
        // Post-Quant's own settings are called as Pre-Quant's are.
        changes << (info.unlinksPost()
                        ? QStringLiteral("%1 %2").arg(widgets::stageName(info.stage), words)
                        : words);
    }
    return changes;
}

/// "Fold 4.0× → 4.5×, Bias 0.00 → +0.10 and 3 more"
QString listInWords(const QStringList &changes)
{
    const QString list = changes.mid(0, mostChanges).join(QStringLiteral(", "));
    if (changes.size() <= mostChanges)
        return list;
    return tr("%1 and %2 more").arg(list, QLocale().toString(changes.size() - mostChanges));
}

} // namespace

QString changesInWords(const SlotState &slot)
{
    const QStringList changes = differencesInWords(slot, false);
    if (changes.isEmpty())
        return {};
    if (changes.size() == 1)
        return tr("You changed 1 value: %1.").arg(changes.front());
    return tr("You changed %1 values: %2.")
        .arg(QLocale().toString(changes.size()), listInWords(changes));
}

QString heldInWords(const SlotState &slot)
{
    const QStringList held = differencesInWords(slot, true);
    if (held.isEmpty())
        return {};
    if (held.size() == 1)
        return tr("Held by a lock: %1.").arg(held.front());
    return tr("%1 values are held by locks: %2.")
        .arg(QLocale().toString(held.size()), listInWords(held));
}

PresetDetails presetDetails(const PresetController &presets, const Session &session)
{
    const PresetReference &preset = session.preset();
    const auto place = presets.current();
    PresetDetails details;
    details.name = oneLine(preset.name.toStdString());
    details.stages = stagesInWords(preset.settings);
    const SlotState &slot = session.slotState(session.slot());
    details.changes = changesInWords(slot);
    details.held = heldInWords(slot);
    details.canRevert = session.isEdited();
    details.searchedTags = searchedTags(presets);
    if (!place) {
        details.origin = tr("Not in your preset folder");
    } else if (*place == PresetController::init) {
        details.origin = tr("Factory");
        details.text = tr("Everything at its default: where a sound of your own begins.");
    } else {
        const LibraryPreset &entry = presets.at(*place);
        const QString bank = entry.factory ? tr("Factory") : tr("Mine", "presets of one's own");
        //: where a preset comes from: Factory, by Quantum Distortion
        details.origin = entry.preset.author.empty()
                             ? bank
                             : tr("%1, by %2").arg(bank, oneLine(entry.preset.author));
        details.text = text(entry.preset.description);
        for (const std::string &tag : entry.tags)
            details.tags << oneLine(tag);
    }
    return details;
}

PresetDetails damagedDetails(const DamagedPreset &damaged)
{
    PresetDetails details;
    details.name = text(displayName(damaged.path));
    details.origin = skippedInWords(damaged);
    details.text =
        QStringLiteral("%1. %2.").arg(text(damaged.error.problem), text(damaged.error.advice));
    details.canSave = false;
    return details;
}

QStringList presetTags(const PresetController &presets)
{
    std::map<std::string, int> counts;
    for (const std::size_t place : presets.shown()) {
        if (place == PresetController::init)
            continue;
        for (const std::string &tag : presets.at(place).tags)
            ++counts[tag];
    }
    std::vector<std::pair<std::string, int>> order(counts.begin(), counts.end());
    std::ranges::stable_sort(order, std::ranges::greater{}, &std::pair<std::string, int>::second);
    QStringList tags;
    for (const std::string &tag : presets.query().tags) {
        if (!counts.contains(tag))
            tags << oneLine(tag); // what is searched for can be taken back
    }
    for (const auto &[tag, count] : order)
        tags << oneLine(tag);
    return tags;
}

QStringList searchedTags(const PresetController &presets)
{
    QStringList tags;
    for (const std::string &tag : presets.query().tags)
        tags << text(tag);
    return tags;
}

QString withTagToggled(const QString &search, const QString &tag)
{
    const QString token = u'#' + (tag.contains(u' ') ? QStringLiteral("\"%1\"").arg(tag) : tag);
    const QString rest = search.trimmed();
    const QString wanted = QString::fromStdString(foldForSearch(token.toStdString()));
    // Whole pieces only: #bass is another than #bassline.
    static const QRegularExpression piece(QStringLiteral("(?:\"[^\"]*\"?|[^\\s\"])+"));
    QStringList kept;
    bool found = false;
    for (auto pieces = piece.globalMatch(rest); pieces.hasNext();) {
        const QString word = pieces.next().captured();
        if (QString::fromStdString(foldForSearch(word.toStdString())) == wanted)
            found = true;
        else
            kept << word;
    }
    if (!found)
        kept << token;
    return kept.join(u' ');
}

} // namespace app
