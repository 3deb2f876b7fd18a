// libpcap, the C standard I/O that its savefile functions take, and a FILE whose bytes come from a function.
#include <pcap/pcap.h>
#include <stdio.h>

#ifdef __APPLE__
static inline FILE *interlude_stream(void *cookie, int (*read)(void *, char *, int)) {
    return funopen(cookie, read, NULL, NULL, NULL);
}
#else
#include <stdio_ext.h>
// glibc shows these only under _GNU_SOURCE, which would change types that Swift's own view of glibc has as they are.
#include <bits/types/cookie_io_functions_t.h>
extern FILE *fopencookie(void *cookie, const char *mode, cookie_io_functions_t functions);

// A FILE, for one thread, that reads by calling `read` with `cookie`; null when memory is short. `read` returns the
// number of bytes it stored, 0 at the end, -1 on failure; closing the FILE calls nothing.
static inline FILE *interlude_stream(void *cookie, ssize_t (*read)(void *, char *, size_t)) {
    cookie_io_functions_t functions = {.read = read};
    FILE *stream = fopencookie(cookie, "r", functions);
    if (stream) __fsetlocking(stream, FSETLOCKING_BYCALLER);  // no lock around each of two reads a packet
    return stream;
}
#endif
