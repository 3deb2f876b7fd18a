/// Known timers, with the places where they were measured or read. One row a timer; a product with several stands here
/// several times. Rows without a number (off unless the user sets one) are left out.
extension TimeoutProfile {
    /// The rows that come with Interlude.
    package static let known: [TimeoutProfile] = clients + intermediaries + servers

    private static let clients: [TimeoutProfile] = [
        .init(
            "GNU wget", "1.21.3", .client, "--timeout (read)",
            900, .idle, .answer, reset: .yes, approximate: true, "measured"),
        .init(
            "httpx (h11)", "0.28.1", .client, "timeout (read phase)",
            5, .idle, .answer, reset: .yes, "measured"),
        .init(
            "aiohttp", "3.14.5", .client, "ClientTimeout(total=)",
            300, .absolute, .answer, reset: .no, "measured"),
        .init(
            "Node.js fetch (undici 6.24.1)", "20.20.2", .client, "headersTimeout",
            300, .header, .answer, reset: .yes, approximate: true, "measured"),
        .init(
            "OkHttp", "3.13", .client, "readTimeout",
            10, .idle, .answer, reset: .never, approximate: true, "measured"),
        .init(
            "URLSession (swift-corelibs, on libcurl)", "Swift 6.3.1", .client, "timeoutIntervalForRequest",
            60, .idle, .answer, reset: .yes, "measured"),
        .init(
            "URLSession (swift-corelibs, on libcurl)", "Swift 6.3.1", .client, "timeoutIntervalForResource",
            604_800, .absolute, .answer, reset: .unknown, "documented: swift-corelibs"),
        .init(
            "neon (cadaver 0.24, litmus 0.13)", "0.32.5", .client, "SOCKET_READ_TIMEOUT",
            120, .idle, .answer, reset: .yes, "measured, source"),
        .init(
            "davfs2 (neon 0.32.5)", "1.6.1", .client, "read_timeout",
            30, .idle, .answer, reset: .yes, "measured, source"),
        .init(
            "rclone", "1.60", .client, "--timeout",
            300, .idle, .answer, reset: .no, "measured, source"),
        .init(
            "curl", "8.22-dev", .client, "Expect wait (bodies > 1 MiB, EXPECT_100_THRESHOLD)",
            1, .expect, .other, reset: .never, "source: curl source"),
        .init(
            "httpx", "0.28.1", .client, "timeout (connect phase; the same for each phase)",
            5, .connect, .other, reset: .never, "documented"),
        .init(
            "aiohttp", "3.14.5", .client, "sock_connect",
            30, .connect, .other, reset: .never, "documented"),
        .init(
            "undici", "8.10.0", .client, "headersTimeout",
            300, .header, .answer, reset: .yes, "source: undici source"),
        .init(
            "undici", "8.10.0", .client, "bodyTimeout",
            300, .idle, .other, reset: .never, "source: undici source"),
        .init(
            "undici", "8.10.0", .client, "keep-alive",
            4, .idle, .other, reset: .never, "source: undici source"),
        .init(
            "Go net/http", "current", .client, "expect_continue_timeout (as in rclone)",
            1, .expect, .other, reset: .never, "source: rclone source"),
        .init(
            "rclone", "current", .client, "--contimeout",
            60, .connect, .other, reset: .never, "source: rclone source"),
        .init(
            "OkHttp", "2026-07", .client, "readTimeout",
            10, .idle, .answer, reset: .yes, "source, issue: OkHttp source"),
        .init(
            "OkHttp", "2026-07", .client, "connectTimeout",
            10, .connect, .other, reset: .never, "source: OkHttp source"),
        .init(
            "OkHttp", "2026-07", .client, "writeTimeout",
            10, .idle, .other, reset: .never, "source: OkHttp source"),
        .init(
            "OkHttp", "4.x", .client, "readTimeout",
            10, .idle, .answer, reset: .unknown, approximate: true, "issue: square/okhttp#8568"),
        .init(
            ".NET SocketsHttpHandler", "after the fix of 2019", .client, "HttpClient.Timeout",
            100, .absolute, .answer, reset: .no, approximate: true, "source, issue: dotnet source"),
        .init(
            "URLSession (CFNetwork)", "Darwin", .client, "timeoutIntervalForRequest",
            60, .idle, .answer, reset: .yes, "source: comment in webdavfs"),
        .init(
            "URLSession (CFNetwork)", "Darwin", .client, "timeoutIntervalForResource",
            604_800, .absolute, .answer, reset: .unknown, "source: webdavfs"),
        .init(
            "Firefox", "current", .client, "network.http.response.timeout",
            300, .header, .answer, reset: .unknown, "source, documented: Firefox source; MDN: ignores 102"),
        .init(
            "Chrome", "current", .client, "response timeout",
            300, .header, .answer, reset: .unknown, approximate: true, "memory: low confidence"),
        .init(
            "Safari", "current", .client, "request timeout",
            60, .header, .answer, reset: .unknown, approximate: true, "memory"),
        .init(
            "neon", "≥ 0.33.0", .client, "SOCKET_READ_TIMEOUT",
            120, .idle, .answer, reset: .no, "source: NE_REQFLAG_1XXTIMEOUT"),
        .init(
            "davfs2", "current", .client, "connect timeout",
            10, .connect, .other, reset: .never, "source"),
        .init(
            "Windows WebClient", "current", .client, "SendReceiveTimeoutInSec",
            60, .absolute, .answer, reset: .unknown, "documented: Microsoft"),
        .init(
            "Windows WebClient", "current", .client, "InternetServerTimeoutInSec",
            30, .absolute, .answer, reset: .unknown, "documented: Microsoft"),
        .init(
            "Windows WebClient", "current", .client, "LocalServerTimeoutInSec",
            15, .absolute, .answer, reset: .unknown, "documented: Microsoft"),
        .init(
            "macOS WebDAVFS", "2026-04", .client, "sequential write, request",
            30, .absolute, .other, reset: .unknown, "source: webdavfs source"),
        .init(
            "macOS WebDAVFS", "2026-04", .client, "sequential write, response",
            60, .absolute, .answer, reset: .unknown, "source: webdavfs source"),
    ]

    private static let intermediaries: [TimeoutProfile] = [
        .init(
            "nginx", "1.22.1", .proxy, "proxy_read_timeout, before a head is complete",
            60, .header, .answer, reset: .no, "measured, documented"),
        .init(
            "nginx", "1.22.1", .proxy, "proxy_read_timeout, after a head (a 1xx taken as one included)",
            60, .idle, .other, reset: .yes, "measured, documented"),
        .init(
            "Apache httpd mod_proxy_http", "2.4.71", .proxy, "ProxyTimeout (= TimeOut)",
            60, .idle, .answer, reset: .yes, "measured, documented"),
        .init(
            "Apache httpd mod_proxy_http, proxy-interim-response Suppress", "2.4.71", .proxy, "ProxyTimeout",
            60, .idle, .answer, reset: .unknown, "measured, documented"),
        .init(
            "Squid", "5.7", .proxy, "read_timeout",
            900, .idle, .answer, reset: .no, "measured, documented"),
        .init(
            "Varnish", "7.1.1", .proxy, "first_byte_timeout",
            60, .header, .answer, reset: .never, "measured, source"),
        .init(
            "nginx", "1.31.5-dev", .proxy, "proxy_read_timeout, before a head is complete",
            60, .header, .answer, reset: .no, "source, documented: early_hints, ≥ 1.29.0 (662c1dd2a, 2025-06-19)"),
        .init(
            "nginx", "current", .proxy, "proxy_connect_timeout",
            60, .connect, .other, reset: .never, "documented: nginx documentation"),
        .init(
            "nginx", "current", .proxy, "proxy_send_timeout",
            60, .idle, .other, reset: .never, "documented: nginx documentation"),
        .init(
            "Varnish", "2026-02", .proxy, "between_bytes_timeout",
            60, .idle, .other, reset: .never, "source: varnish source"),
        .init(
            "Varnish", "2026-02", .proxy, "timeout_idle",
            5, .idle, .other, reset: .never, "source: varnish source"),
        .init(
            "Varnish", "2026-02", .proxy, "pipe_timeout",
            60, .idle, .other, reset: .never, "source: varnish source"),
        .init(
            "Envoy", "current", .proxy, "route timeout (complete response)",
            15, .absolute, .answer, reset: .no, "documented, source"),
        .init(
            "Envoy", "current", .proxy, "stream_idle_timeout (HTTP connection manager)",
            300, .idle, .answer, reset: .yes, "documented"),
        .init(
            "Envoy", "current", .proxy, "connection idle timeout",
            3600, .idle, .other, reset: .unknown, "documented"),
        .init(
            "Envoy", "current", .proxy, "connect timeout",
            5, .connect, .other, reset: .never, "documented"),
        .init(
            "Amazon API Gateway, REST", "service", .proxy, "timeout",
            29, .absolute, .answer, reset: .no, "documented: raisable for Regional and private REST since 2024-06"),
        .init(
            "Amazon API Gateway, HTTP", "service", .proxy, "timeout",
            30, .absolute, .answer, reset: .no, "documented: AWS"),
        .init(
            "Amazon CloudFront", "service", .proxy, "origin response timeout (1–120)",
            30, .header, .answer, reset: .unknown, "documented: header and idle"),
        .init(
            "Azure App Service", "service", .proxy, "front end",
            230, .absolute, .answer, reset: .unknown, approximate: true, "memory"),
        .init(
            "Cloudflare", "service", .proxy, "Proxy Read Timeout (then 524)",
            100, .idle, .answer, reset: .unknown, "documented: 120 in newer pages"),
        .init(
            "Cloudflare", "service", .proxy, "Proxy Write Timeout",
            30, .idle, .other, reset: .unknown, "documented"),
        .init(
            "Cloudflare", "service", .proxy, "client keep-alive",
            400, .idle, .other, reset: .never, "documented"),
        .init(
            "Cloudflare", "service", .proxy, "origin idle",
            900, .idle, .other, reset: .never, "documented"),
        .init(
            "Heroku router", "service", .proxy, "H12, counted from the request fully sent (fixed)",
            30, .header, .answer, reset: .unknown, "documented: Heroku"),
        .init(
            "Heroku router", "service", .proxy, "rolling window afterwards",
            55, .idle, .other, reset: .unknown, "documented: third party"),
        .init(
            "IIS ARR", "current", .proxy, "proxy timeout",
            120, .idle, .answer, reset: .unknown, approximate: true, "memory"),
        .init(
            "Kubernetes ingress-nginx", "current", .proxy, "read timeout",
            60, .header, .answer, reset: .no, approximate: true, "memory: as nginx"),
        .init(
            "Kubernetes ingress-nginx", "current", .proxy, "send timeout",
            60, .idle, .other, reset: .never, approximate: true, "memory: as nginx"),
        .init(
            "AWS Application Load Balancer", "service", .loadBalancer, "idle timeout",
            60, .idle, .answer, reset: .unknown, "documented: no data sent or received"),
        .init(
            "AWS Classic Load Balancer", "service", .loadBalancer, "idle timeout",
            60, .idle, .answer, reset: .unknown, "documented: AWS"),
        .init(
            "AWS Network Load Balancer", "service", .loadBalancer, "TCP idle (60–6000)",
            350, .idle, .answer, reset: .yes, "documented: transparent"),
        .init(
            "AWS Network Load Balancer", "service", .loadBalancer, "TLS idle (fixed)",
            350, .idle, .answer, reset: .yes, "documented: transparent"),
        .init(
            "Google Cloud external Application Load Balancer", "service", .loadBalancer, "backend service timeout",
            30, .absolute, .answer, reset: .no, "documented: documents support for 100 only"),
        .init(
            "Google Cloud external Application Load Balancer", "service", .loadBalancer, "client HTTP keepalive",
            610, .idle, .other, reset: .never, "documented: Google"),
        .init(
            "Google Cloud external Application Load Balancer", "service", .loadBalancer, "backend keepalive",
            600, .idle, .other, reset: .never, "documented: Google"),
        .init(
            "Azure Load Balancer", "service", .loadBalancer, "idle timeout (4–100 min)",
            240, .idle, .answer, reset: .unknown, "documented: Microsoft"),
        .init(
            "Azure Application Gateway", "service", .loadBalancer, "request timeout, portal default",
            20, .absolute, .answer, reset: .no, approximate: true, "memory"),
        .init(
            "Azure Application Gateway", "service", .loadBalancer, "request timeout, PowerShell default",
            30, .absolute, .answer, reset: .no, "issue"),
        .init(
            "AWS NAT gateway", "service", .nat, "idle timeout",
            350, .idle, .answer, reset: .yes, approximate: true, "memory: transparent"),
        .init(
            "NAT by RFC 5382 REQ-5 (updated by RFC 7857)", "", .nat, "established connection, minimum",
            7440, .idle, .answer, reset: .yes, approximate: true, "memory: 2 h 4 min, any segment restarts it"),
        .init(
            "NAT, consumer devices", "", .nat, "established connection (300–1800)",
            300, .idle, .answer, reset: .yes, approximate: true, "memory: often 5–30 min"),
    ]

    private static let servers: [TimeoutProfile] = [
        .init(
            "nginx", "current", .server, "client_header_timeout",
            60, .absolute, .other, reset: .never, "documented, source: nginx documentation"),
        .init(
            "nginx", "current", .server, "client_body_timeout",
            60, .idle, .other, reset: .never, "documented, source: nginx documentation"),
        .init(
            "nginx", "current", .server, "send_timeout",
            60, .idle, .other, reset: .never, "documented, source: nginx documentation"),
        .init(
            "nginx", "current", .server, "keepalive_timeout",
            75, .idle, .other, reset: .never, "documented: nginx documentation"),
        .init(
            "Apache httpd", "current", .server, "TimeOut",
            60, .idle, .other, reset: .never, "documented: per socket operation"),
        .init(
            "Apache httpd", "current", .server, "RequestReadTimeout header (20–40)",
            20, .absolute, .other, reset: .never, "documented: header=20-40"),
        .init(
            "Apache httpd", "current", .server, "RequestReadTimeout body",
            20, .absolute, .other, reset: .never, "documented: body=20"),
        .init(
            "IIS", "current", .server, "connectionTimeout",
            120, .idle, .other, reset: .unknown, approximate: true, "memory"),
        .init(
            "ASP.NET", "current", .server, "executionTimeout",
            110, .absolute, .answer, reset: .unknown, approximate: true, "memory"),
        .init(
            "gunicorn", "current", .server, "timeout (sync worker)",
            30, .absolute, .answer, reset: .no, "documented: sending 102 does not help"),
        .init(
            "waitress", "current", .server, "channel_timeout",
            120, .idle, .other, reset: .unknown, "documented"),
        .init(
            "uvicorn", "current", .server, "keep-alive",
            5, .idle, .other, reset: .never, "source: uvicorn source"),
        .init(
            "Node.js http server", "current", .server, "requestTimeout",
            300, .absolute, .other, reset: .never, "issue: Node.js"),
    ]
}
