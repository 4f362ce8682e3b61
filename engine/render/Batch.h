// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many files times many presets: first a plan, which touches nothing and can be shown, then the
// run. Every output is a renderFile() of its own: complete and verified under its name, or not
// there. One that fails never stops the others.
// Shape: values; items in the order inputs × presets. Real-time: no; runBatch() works on threads of
// its own and returns when all have ended. `changed` is called on these threads, one call at a
// time. Errors: a plan says what is wrong with it; a run has an outcome for every item.
#pragma once

#include "engine/render/RenderFile.h"

#include <functional>

namespace engine::render {

/// A preset as far as a batch needs it.
struct BatchPreset {
    std::string name;
    pipeline::Settings settings;
    bool monoDownmix = false;
};

enum class NameClash {
    Refuse, ///< a plan with clashes cannot be run
    Number, ///< the second of a name becomes "name (2)"
};

struct BatchRequest {
    std::vector<std::filesystem::path> inputs; ///< files and folders
    std::vector<BatchPreset> presets;
    std::filesystem::path folder; ///< where the outputs go; made where it is missing
    /// {source}, {preset}, {key}, {index}; without ending.
    std::string nameTemplate = "{source} {preset}";
    NameClash clashes = NameClash::Refuse;
    /// Everything else: part, tap, format, loudness, recipe, overwriting. Its input, output,
    /// settings, mono downmix, taps folder and timing file are not used; without a container: WAV.
    RenderFileRequest options;
    /// Outputs that are there and hold the recipe that they would get are left alone.
    bool resume = false;
    int threads = 0; ///< 0: all; many files share them, one thread a file
};

struct BatchItem {
    std::filesystem::path input;
    std::size_t preset = 0; ///< index into BatchRequest::presets
    std::filesystem::path output;
    bool exists = false;    ///< there is a file of this name already
    bool numbered = false;  ///< its name was taken, by an earlier item or by one of the inputs
    bool overInput = false; ///< it would take the place of one of the inputs
    std::optional<std::size_t> clashesWith; ///< the earlier item with this name
    bool clashes() const { return overInput || clashesWith.has_value(); }
};

struct BatchPlan {
    std::vector<BatchItem> items;
    std::vector<std::string> warnings; ///< inputs left out, and why
    std::size_t clashes = 0;           ///< items that cannot be run as they are
};

/// The name that an item gets, without folder; never leaves the folder, whatever the template and
/// the names hold. A long source loses its middle, so that the other fields stay. Usage: a template
/// that has unknown fields or nothing in it.
Result<std::string> batchName(std::string_view nameTemplate, const std::filesystem::path &input,
                              const BatchPreset &preset, std::size_t index, std::size_t count,
                              io::Container container);
/// Reads folders, opens no file. Usage: no inputs, no presets, a wrong template.
Result<BatchPlan> planBatch(const BatchRequest &request);

enum class BatchState { Waiting, Running, Done, Skipped, Failed, Cancelled };

struct BatchOutcome {
    BatchState state = BatchState::Waiting;
    std::optional<double> fraction; ///< while running, where the length is known
    std::optional<Error> error;     ///< of Failed
    RenderFileReport report;        ///< of Done
};

struct BatchReport {
    std::vector<BatchOutcome> outcomes; ///< one for each item of the plan
    std::size_t count(BatchState state) const;
};

/// Usage: the plan has clashes, or resume without recipes. Cancelled items keep what is finished.
Result<BatchReport>
runBatch(const BatchRequest &request, const BatchPlan &plan, const std::stop_token &stop,
         const std::function<void(std::size_t item, const BatchOutcome &)> &changed);

} // namespace engine::render
