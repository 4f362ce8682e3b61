// SPDX-License-Identifier: GPL-3.0-or-later
//
// Turns a quantizer's trace into what view, inspector and card show, away from the GUI thread: of
// the whole preview, or of the moment at the playhead. Latest wins: while one is computed, only the
// newest wish waits.
// Units: seconds from the start of the file. Real-time: no; GUI thread only. Errors: none; without
// a trace nothing is computed and what was delivered last stays.
#pragma once

#include "engine/analysis/Quantization.h"

#include <QObject>

#include <functional>

namespace widgets {

class QuantizationWorker final : public QObject {
    Q_OBJECT
public:
    using Trace = std::shared_ptr<const engine::dsp::QuantizationTrace>;
    using Chain = std::shared_ptr<const engine::analysis::ChainTrace>;
    using Snapshot = std::shared_ptr<const engine::analysis::Quantization>;

    explicit QuantizationWorker(QObject *parent = nullptr);
    ~QuantizationWorker() override;

    /// Null: the quantizer is off, or its trace has not come yet.
    void setTrace(const Trace &trace);
    /// The way through the whole chain in place of one quantizer. Null as above.
    void setChain(const Chain &chain);
    void setAtPlayhead(bool atPlayhead);
    bool isAtPlayhead() const { return atPlayhead_; }
    void setPlayhead(double seconds);
    /// What was delivered is of the newest trace, mode and playhead.
    bool settled() const { return answered_ == newest_; }

signals:
    /// What the view and the inspector show.
    void ready(const widgets::QuantizationWorker::Snapshot &snapshot);
    /// In key before and after over the whole preview, whatever the mode: for the card. Both 0…1.
    void inKeyChanged(const std::optional<std::pair<double, double>> &shares);

private:
    struct Shared;
    struct Wish;
    /// What the picture of a moment, or of all, is worked out from.
    using Compute = std::function<Snapshot(std::optional<double>, const std::stop_token &)>;
    void setSource(std::shared_ptr<const void> source, Compute compute);
    void request(bool whole);
    static void work(const std::shared_ptr<Shared> &shared);
    void take(quint64 number, const Snapshot &snapshot, bool whole);

    std::shared_ptr<Shared> shared_;
    std::shared_ptr<const void> source_;
    Compute compute_; ///< null: nothing to show
    bool atPlayhead_ = false;
    double playhead_ = 0.0;
    quint64 newest_ = 0;
    quint64 answered_ = 0;
};

} // namespace widgets
