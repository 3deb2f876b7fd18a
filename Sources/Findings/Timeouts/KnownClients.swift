extension TimeoutProfile {
    /// Timers of clients, with the places where they were measured or read. One row a timer; a product with several has
    /// several rows.
    static let clients: [TimeoutProfile] = [
        .init(
            "curl", "7.88.1", .client, "--max-time (-m)",
            .off, .absolute, .answer, reset: .no, interims: .atLeast(150), "measured, source"),
        .init(
            "curl", "7.88.1", .client, "--speed-limit / --speed-time",
            .off, .idle, .answer, reset: .no, interims: .atLeast(150), "measured"),
        .init(
            "GNU wget", "1.21.3", .client, "--timeout (read)",
            900, .idle, .answer, reset: .yes, interims: .atLeast(150), approximate: true, "measured"),
        .init(
            "aria2", "1.36", .client, "--timeout",
            .unknown, .idle, .answer, reset: .yes, interims: .atLeast(150), "measured"),
        .init(
            "Python http.client", "2.7, 3.6, 3.11, 3.13", .client, "socket timeout",
            .off, .idle, .answer, reset: .never, interims: .never, "measured, source"),
        .init(
            "Python urllib", "3.11", .client, "timeout",
            .off, .idle, .answer, reset: .never, interims: .never, "measured"),
        .init(
            "urllib3", "2.8.0", .client, "timeout",
            .off, .idle, .answer, reset: .never, interims: .never, "measured"),
        .init(
            "requests", "2.34.2", .client, "timeout",
            .off, .idle, .answer, reset: .never, interims: .never, "measured"),
        .init(
            "httplib2", "", .client, "timeout",
            .off, .idle, .answer, reset: .never, interims: .never, "measured"),
        .init(
            "httpx (h11)", "0.28.1", .client, "timeout (read phase)",
            5, .idle, .answer, reset: .yes, interims: .atLeast(200), "measured"),
        .init(
            "aiohttp", "3.14.5", .client, "ClientTimeout(total=)",
            300, .absolute, .answer, reset: .no, interims: .atLeast(150), "measured"),
        .init(
            "aiohttp", "3.14.5", .client, "ClientTimeout(sock_read=)",
            .unknown, .idle, .answer, reset: .yes, interims: .atLeast(150), "measured"),
        .init(
            "tornado simple client", "6.6", .client, "request_timeout",
            .unknown, .absolute, .answer, reset: .no, interims: .count(10), "measured"),
        .init(
            "Twisted web client", "26.10", .client, "addTimeout",
            .off, .absolute, .answer, reset: .no, interims: .atLeast(150), "measured"),
        .init(
            "Node.js http", "20.20.2", .client, "timeout",
            .off, .idle, .answer, reset: .yes, interims: .atLeast(150), "measured"),
        .init(
            "Node.js fetch (undici 6.24.1)", "20.20.2", .client, "headersTimeout",
            300, .header, .answer, reset: .yes, interims: .atLeast(150), approximate: true, "measured"),
        .init(
            "Node.js fetch (undici 6.24.1)", "20.20.2", .client, "AbortSignal.timeout",
            .off, .absolute, .answer, reset: .no, interims: .atLeast(150), "measured"),
        .init(
            "Java HttpClient", "OpenJDK 17.0.15", .client, "HttpRequest.timeout",
            .off, .absolute, .answer, reset: .no, interims: .count(8), "measured, documented"),
        .init(
            "Java HttpURLConnection", "OpenJDK 17.0.15", .client, "setReadTimeout",
            .off, .idle, .answer, reset: .never, interims: .never, "measured, issue"),
        .init(
            "Go net/http", "1.19.8", .client, "Client.Timeout",
            .off, .absolute, .answer, reset: .no, interims: .count(5), "measured, documented"),
        .init(
            "Go net/http", "1.19.8", .client, "ResponseHeaderTimeout",
            .off, .header, .answer, reset: .no, interims: .count(5), "measured, documented"),
        .init(
            "Ruby Net::HTTP", "3.1", .client, "read_timeout",
            .unknown, .idle, .answer, reset: .yes, interims: .atLeast(150), "measured"),
        .init(
            "PHP streams", "8.2", .client, "timeout",
            .unknown, .idle, .answer, reset: .never, interims: .never, "measured"),
        .init(
            "Perl LWP", "6.68", .client, "timeout",
            .unknown, .idle, .answer, reset: .never, interims: .never, "measured"),
        .init(
            "Perl HTTP::Tiny", "0.080", .client, "timeout",
            .unknown, .idle, .answer, reset: .yes, interims: .atLeast(150), "measured"),
        .init(
            "libsoup (GNOME, gvfs)", "3.2.3", .client, "timeout",
            .unknown, .idle, .answer, reset: .yes, interims: .atLeast(150), "measured"),
        .init(
            "Qt QNetworkAccessManager", "5.15", .client, "transferTimeout",
            .unknown, .idle, .answer, reset: .never, interims: .never, "measured"),
        .init(
            "Apache HttpClient", "4.5.14", .client, "socketTimeout",
            .unknown, .idle, .answer, reset: .yes, interims: .atLeast(150), "measured"),
        .init(
            "OkHttp", "3.13", .client, "readTimeout",
            10, .idle, .answer, reset: .never, interims: .never, approximate: true, "measured"),
        .init(
            "URLSession (swift-corelibs, on libcurl)", "Swift 6.3.1", .client, "timeoutIntervalForRequest",
            60, .idle, .answer, reset: .yes, interims: .atLeast(50), "measured"),
        .init(
            "URLSession (swift-corelibs, on libcurl)", "Swift 6.3.1", .client, "timeoutIntervalForResource",
            604_800, .absolute, .answer, reset: .unknown, interims: .atLeast(50), "documented", "swift-corelibs"),
        .init(
            "neon (cadaver 0.24, litmus 0.13)", "0.32.5", .client, "SOCKET_READ_TIMEOUT",
            120, .idle, .answer, reset: .yes, interims: .count(127), "measured, source"),
        .init(
            "davfs2 (neon 0.32.5)", "1.6.1", .client, "read_timeout",
            30, .idle, .answer, reset: .yes, interims: .count(127), "measured, source"),
        .init(
            "rclone", "1.60", .client, "--timeout",
            300, .idle, .answer, reset: .no, interims: .count(5), "measured, source"),
        .init(
            "curl", "8.22-dev", .client, "Expect wait (bodies > 1 MiB, EXPECT_100_THRESHOLD)",
            1, .expect, .other, reset: .never, interims: .octets, "source", "curl source"),
        .init(
            "httpx", "0.28.1", .client, "timeout (connect phase; the same for each phase)",
            5, .connect, .other, reset: .never, interims: .atLeast(200), "documented"),
        .init(
            "aiohttp", "3.14.5", .client, "sock_connect",
            30, .connect, .other, reset: .never, interims: .atLeast(150), "documented"),
        .init(
            "undici", "8.10.0", .client, "headersTimeout",
            300, .header, .answer, reset: .yes, interims: .unbounded, "source", "undici source"),
        .init(
            "undici", "8.10.0", .client, "bodyTimeout",
            300, .idle, .other, reset: .never, interims: .unbounded, "source", "undici source"),
        .init(
            "undici", "8.10.0", .client, "keep-alive",
            4, .idle, .other, reset: .never, interims: .unbounded, "source", "undici source"),
        .init(
            "Go net/http", "≥ 1.24", .client, "ResponseHeaderTimeout",
            .off, .header, .answer, reset: .no, interims: .octets, "documented, source", "Go source"),
        .init(
            "Go net/http", "≥ 1.24", .client, "Client.Timeout",
            .off, .absolute, .answer, reset: .no, interims: .octets, "documented, source", "Go source"),
        .init(
            "Go net/http", "current", .client, "expect_continue_timeout (as in rclone)",
            1, .expect, .other, reset: .never, interims: .unknown, "source", "rclone source"),
        .init(
            "rclone", "current", .client, "--contimeout",
            60, .connect, .other, reset: .never, interims: .unknown, "source", "rclone source"),
        .init(
            "Java HttpClient", "≥ 11.0.24, ≥ 17.0.12, ≥ 20", .client, "HttpRequest.timeout",
            .off, .absolute, .answer, reset: .no, interims: .count(8),
            "documented", "jdk.httpclient.maxNonFinalResponses"),
        .init(
            "Java HttpURLConnection", "≤ 19", .client, "read timeout",
            .off, .idle, .answer, reset: .never, interims: .never, "issue", "JDK-8170305"),
        .init(
            "Java HttpURLConnection", "≥ 20", .client, "read timeout",
            .off, .idle, .answer, reset: .unknown, interims: .unknown, "issue", "JDK-8170305"),
        .init(
            "OkHttp", "2026-07", .client, "readTimeout",
            10, .idle, .answer, reset: .yes, interims: .unbounded, "source, issue", "OkHttp source"),
        .init(
            "OkHttp", "2026-07", .client, "connectTimeout",
            10, .connect, .other, reset: .never, interims: .unbounded, "source", "OkHttp source"),
        .init(
            "OkHttp", "2026-07", .client, "writeTimeout",
            10, .idle, .other, reset: .never, interims: .unbounded, "source", "OkHttp source"),
        .init(
            "OkHttp", "4.x", .client, "readTimeout",
            10, .idle, .answer, reset: .unknown, interims: .count(1), approximate: true,
            "issue", "square/okhttp#8568"),
        .init(
            ".NET SocketsHttpHandler", "after the fix of 2019", .client, "HttpClient.Timeout",
            100, .absolute, .answer, reset: .no, interims: .unbounded, approximate: true,
            "source, issue", "dotnet source"),
        .init(
            "URLSession (CFNetwork)", "Darwin", .client, "timeoutIntervalForRequest",
            60, .idle, .answer, reset: .yes, interims: .unknown, "source", "comment in webdavfs"),
        .init(
            "URLSession (CFNetwork)", "Darwin", .client, "timeoutIntervalForResource",
            604_800, .absolute, .answer, reset: .unknown, interims: .unknown, "source", "webdavfs"),
        .init(
            "Firefox", "current", .client, "network.http.response.timeout",
            300, .header, .answer, reset: .unknown, interims: .unknown,
            "source, documented", "Firefox source; MDN: ignores 102"),
        .init(
            "Chrome", "current", .client, "response timeout",
            300, .header, .answer, reset: .unknown, interims: .unknown, approximate: true,
            "memory", "low confidence"),
        .init(
            "Safari", "current", .client, "request timeout",
            60, .header, .answer, reset: .unknown, interims: .unknown, approximate: true, "memory"),
        .init(
            "neon", "≥ 0.33.0", .client, "SOCKET_READ_TIMEOUT",
            120, .idle, .answer, reset: .no, interims: .time, "source", "NE_REQFLAG_1XXTIMEOUT"),
        .init(
            "davfs2", "current", .client, "connect timeout",
            10, .connect, .other, reset: .never, interims: .unknown, "source"),
        .init(
            "davfs2", "current", .client, "use_expect100 (off: 0)",
            .off, .expect, .other, reset: .never, interims: .unknown, "documented", "davfs2 documentation"),
        .init(
            "Windows WebClient", "current", .client, "SendReceiveTimeoutInSec",
            60, .absolute, .answer, reset: .unknown, interims: .unknown, "documented", "Microsoft"),
        .init(
            "Windows WebClient", "current", .client, "InternetServerTimeoutInSec",
            30, .absolute, .answer, reset: .unknown, interims: .unknown, "documented", "Microsoft"),
        .init(
            "Windows WebClient", "current", .client, "LocalServerTimeoutInSec",
            15, .absolute, .answer, reset: .unknown, interims: .unknown, "documented", "Microsoft"),
        .init(
            "macOS WebDAVFS", "2026-04", .client, "sequential write, request",
            30, .absolute, .other, reset: .unknown, interims: .unknown, "source", "webdavfs source"),
        .init(
            "macOS WebDAVFS", "2026-04", .client, "sequential write, response",
            60, .absolute, .answer, reset: .unknown, interims: .unknown, "source", "webdavfs source"),
    ]
}
