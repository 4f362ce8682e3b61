// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gathers the moves of many frames into lines: what goes to one place from around one frequency is
// one line. Around a frequency: up to the lowest energy on the way to the next peak, of a histogram
// of 10-cent cells.
// Shape: add() for each move, then take() once. Units: Hz, power. Real-time: no. Errors: none.
#pragma once

#include "engine/analysis/Quantization.h"

#include <map>

namespace engine::analysis {

class QuantizationLines {
public:
    void add(const dsp::QuantizationTrace::Move &move);
    /// The lines, strongest first; powers are divided by the number of frames.
    std::vector<QuantizationLine> take(double frames);

private:
    /// Sums weighted with power.
    struct Cell {
        double power = 0.0;
        double octaves = 0.0;
        double toOctaves = 0.0;
        double noteOctaves = 0.0;
        double lowHz = 0.0;
        double highHz = 0.0;
        void add(const Cell &other);
    };
    /// Where it goes (0: it stays) and which note was chosen.
    using Target = std::pair<float, float>;
    using Cells = std::map<int, Cell>;

    static void split(const Cells &cells, double frames, bool stays,
                      std::vector<QuantizationLine> &lines);

    std::map<Target, Cells> targets_;
};

} // namespace engine::analysis
