// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a build with sanitizers cannot do, or not as quickly: what work costs means nothing there.
// Units: milliseconds of wall time. Errors: none.
#pragma once

namespace tests {

#ifdef __SANITIZE_THREAD__
inline constexpr bool underThreadSanitizer = true;
#else
inline constexpr bool underThreadSanitizer = false;
#endif
/// PortAudio ends its threads inside calls that ThreadSanitizer does not follow.
inline constexpr char nothingIsCaptured[] = "What is played goes nowhere under ThreadSanitizer.";

/// It keeps what is freed for a while: a ceiling of memory means nothing.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool underAddressSanitizer = true;
#else
inline constexpr bool underAddressSanitizer = false;
#endif

inline constexpr bool underSanitizer = underThreadSanitizer || underAddressSanitizer;

/// How long to wait for what has to come: pictures and previews are made with what others leave of
/// the processor.
inline constexpr int patienceMs = underSanitizer ? 900000 : 60000;

} // namespace tests
