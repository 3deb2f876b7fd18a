// libpcap and the C standard I/O that its savefile functions take.
#include <pcap/pcap.h>
#include <stdio.h>
