/* Runs a program and writes what it cost.
 *
 *   measure RESULT PROGRAM ARGUMENT…
 *
 * RESULT gets one line: seconds of wall, user and system time, peak resident memory in KiB, exit status. A process is
 * charged for the memory of the one that started it, up to its exec: so this is no script, but as small as can be. */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
    return time.tv_sec + time.tv_usec / 1e6;
}

int main(int arguments, char **argument)
{
    struct timespec begin, end;
    struct rusage usage;
    long peak;
    int status;
    pid_t child;
    FILE *result;

    if (arguments < 3)
        return 64;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    child = fork();
    if (child == 0) {
        execvp(argument[2], argument + 2);
        perror(argument[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0)
        return 71;
    clock_gettime(CLOCK_MONOTONIC, &end);
    peak = usage.ru_maxrss;
#ifdef __APPLE__
    peak /= 1024; /* octets there */
#endif
    result = fopen(argument[1], "w");
    if (!result)
        return 73;
    fprintf(result, "%.6f %.6f %.6f %ld %d\n",
            (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9,
            seconds(usage.ru_utime), seconds(usage.ru_stime), peak,
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return fclose(result) == 0 ? 0 : 74;
}
