// liblz4: the LZ4 frame format.
#include <lz4frame.h>
