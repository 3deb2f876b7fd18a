// libzstd: Zstandard (RFC 8878).
#include <zstd.h>
#include <zstd_errors.h>
