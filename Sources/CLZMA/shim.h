// liblzma: the .xz format.
#include <lzma.h>
