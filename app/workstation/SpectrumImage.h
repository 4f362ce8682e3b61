// SPDX-License-Identifier: GPL-3.0-or-later
//
// The average spectrum of a tap as a picture on the clipboard, without a pane that shows it.
// Shape: a picture of `size` logical pixels and its frame. Units: as SpectrumView's.
// Real-time: no; GUI thread, but the spectrum is worked out on a thread of its own. The newest wish
// counts. Errors: none.
#pragma once

#include "app/workstation/PaneView.h"
#include "engine/render/JobThread.h"

namespace app {

class SpectrumImage final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    void copy(const PaneInput &input, const StageLook &look, QSize size);

signals:
    void copied();

private:
    std::uint64_t newest_ = 0;
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

} // namespace app
