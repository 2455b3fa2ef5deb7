// Exit codes of every verb (sysexits.h where it has a word for it).
#pragma once

namespace sealbook::cli {

inline constexpr int exit_ok = 0;
inline constexpr int exit_found_wrong = 1;    // a check found something wrong and said what
inline constexpr int exit_usage = 64;         // EX_USAGE: the command line is wrong
inline constexpr int exit_no_input = 66;      // EX_NOINPUT: a file or folder is missing
inline constexpr int exit_unavailable = 69;   // EX_UNAVAILABLE: the store or a disk, try again
inline constexpr int exit_config = 78;        // EX_CONFIG: unsafe or wrong configuration, all reasons listed

}  // namespace sealbook::cli
