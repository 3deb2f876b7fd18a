/* The yardstick: reads a capture with libpcap and does nothing but count.
 *
 *   count FILE             pcap_open_offline, as everybody calls it (a 4 KiB buffer with glibc)
 *   count --buffered FILE  the same with a buffer of 256 KiB
 *   count --version        libpcap's own line
 *
 * Prints how many packets and captured octets there were. */
#include <pcap/pcap.h>
#include <stdio.h>
#include <string.h>

struct count { unsigned long packets, octets; };

static void add(u_char *user, const struct pcap_pkthdr *header, const u_char *octets)
{
    struct count *count = (struct count *)user;
    (void)octets;
    count->packets++;
    count->octets += header->caplen;
}

static pcap_t *open_buffered(const char *path, char *error)
{
    static char buffer[256 * 1024];
    FILE *file = fopen(path, "rb");
    if (!file) {
        snprintf(error, PCAP_ERRBUF_SIZE, "cannot open it");
        return NULL;
    }
    setvbuf(file, buffer, _IOFBF, sizeof buffer);
    return pcap_fopen_offline(file, error);
}

int main(int arguments, char **argument)
{
    char error[PCAP_ERRBUF_SIZE];
    struct count count = {0, 0};
    pcap_t *capture;

    if (arguments == 2 && !strcmp(argument[1], "--version"))
        return puts(pcap_lib_version()) < 0;
    if (arguments == 3 && !strcmp(argument[1], "--buffered"))
        capture = open_buffered(argument[2], error);
    else if (arguments == 2)
        capture = pcap_open_offline(argument[1], error);
    else
        return 64;
    if (!capture) {
        fprintf(stderr, "count: %s: %s\n", argument[arguments - 1], error);
        return 2;
    }
    if (pcap_loop(capture, -1, add, (u_char *)&count) == PCAP_ERROR)
        fprintf(stderr, "count: %s\n", pcap_geterr(capture)); /* cut short: what came before is counted */
    printf("%lu %lu\n", count.packets, count.octets);
    pcap_close(capture);
    return 0;
}
