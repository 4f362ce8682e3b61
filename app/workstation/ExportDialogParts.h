// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the two halves of the export dialog share: the choices in the order of their buttons, and
// how numbers and names are written. Real-time: no. Errors: none.
#pragma once

#include "app/workstation/ExportDialog.h"

#include <QComboBox>
#include <QLocale>

namespace app::exporting {

/// In the order of the buttons; the other containers are for the command line and typed endings.
inline constexpr std::array shownContainers{
    engine::io::Container::Wav,       engine::io::Container::Aiff, engine::io::Container::Flac,
    engine::io::Container::OggVorbis, engine::io::Container::Opus, engine::io::Container::Mp3};
inline constexpr std::array shownDepths{engine::io::SampleFormat::Pcm16,
                                        engine::io::SampleFormat::Pcm24,
                                        engine::io::SampleFormat::Float32};
inline constexpr std::array shownRates{44100, 48000, 88200, 96000, 176400, 192000};

inline QString utf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

inline QString kilohertz(int rateHz)
{
    return ExportDialog::tr("%1 kHz").arg(QLocale().toString(rateHz / 1000.0, 'g', 5));
}

/// The entry that stands for it, else the first.
inline void select(QComboBox &box, int data)
{
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

} // namespace app::exporting
