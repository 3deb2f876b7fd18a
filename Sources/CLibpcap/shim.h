// libpcap, the C standard I/O that its savefile functions take, and the one thing of glibc that Swift's own view of
// it leaves out: a FILE whose bytes come from a function.
#include <pcap/pcap.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <bits/types/cookie_io_functions_t.h>

// <stdio.h> shows this only under _GNU_SOURCE, which would make other types differ from Swift's.
extern FILE *fopencookie(void *cookie, const char *mode, cookie_io_functions_t functions);

// A FILE, for one thread, that reads by calling `read` with `cookie`; null when memory is short. `read` returns the
// number of bytes it stored, 0 at the end, -1 on failure; closing the FILE calls nothing.
static inline FILE *interlude_stream(void *cookie, ssize_t (*read)(void *, char *, size_t)) {
    cookie_io_functions_t functions = {.read = read};
    FILE *stream = fopencookie(cookie, "r", functions);
    if (stream) __fsetlocking(stream, FSETLOCKING_BYCALLER);  // no lock around each of two reads a packet
    return stream;
}
