// The calls of the kernel, each answered from a Mount's Volume. Private to this folder.
#pragma once

#define FUSE_USE_VERSION 312
#include <fuse_lowlevel.h>

namespace powercut {

// The user data of the session is the Mount.
extern const fuse_lowlevel_ops calls;

}  // namespace powercut
