// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lets go of a file that has no name any more without waiting for the system to free it: the last
// close() of one takes about 0.2 s for each GiB that was written, most of it for the pages of the
// file in memory.
// Shape: descriptors in, closed one after the other on a thread that is there only as long as there
// are any. Real-time: no (takes a lock, may start a thread). Errors: none; where there is no thread
// to be had, the call waits after all.
#pragma once

namespace engine::io {

/// Requires: nobody uses the descriptor any more.
void closeInBackground(int descriptor);

/// For a process that is about to end: from now on the above leaves descriptors open.
void keepAbandonedOpen();

} // namespace engine::io
