extension TimeoutProfile {
    /// Timers of servers, with the places where they were measured or read. One row a timer; a product with several has
    /// several rows.
    static let servers: [TimeoutProfile] = [
        .init(
            "nginx", "current", .server, "client_header_timeout",
            60, .absolute, .other, reset: .never, interims: .receivesNone,
            "documented, source", "nginx documentation"),
        .init(
            "nginx", "current", .server, "client_body_timeout",
            60, .idle, .other, reset: .never, interims: .receivesNone, "documented, source", "nginx documentation"),
        .init(
            "nginx", "current", .server, "send_timeout",
            60, .idle, .other, reset: .never, interims: .receivesNone, "documented, source", "nginx documentation"),
        .init(
            "nginx", "current", .server, "keepalive_timeout",
            75, .idle, .other, reset: .never, interims: .receivesNone, "documented", "nginx documentation"),
        .init(
            "Apache httpd", "current", .server, "TimeOut",
            60, .idle, .other, reset: .never, interims: .receivesNone, "documented", "per socket operation"),
        .init(
            "Apache httpd", "current", .server, "RequestReadTimeout header (20–40)",
            20, .absolute, .other, reset: .never, interims: .receivesNone, "documented", "header=20-40"),
        .init(
            "Apache httpd", "current", .server, "RequestReadTimeout body",
            20, .absolute, .other, reset: .never, interims: .receivesNone, "documented", "body=20"),
        .init(
            "IIS", "current", .server, "connectionTimeout",
            120, .idle, .other, reset: .unknown, interims: .unknown, approximate: true, "memory"),
        .init(
            "ASP.NET", "current", .server, "executionTimeout",
            110, .absolute, .answer, reset: .unknown, interims: .receivesNone, approximate: true, "memory"),
        .init(
            "gunicorn", "current", .server, "timeout (sync worker)",
            30, .absolute, .answer, reset: .no, interims: .receivesNone, "documented", "sending 102 does not help"),
        .init(
            "waitress", "current", .server, "channel_timeout",
            120, .idle, .other, reset: .unknown, interims: .receivesNone, "documented"),
        .init(
            "uvicorn", "current", .server, "keep-alive",
            5, .idle, .other, reset: .never, interims: .receivesNone, "source", "uvicorn source"),
        .init(
            "Node.js http server", "current", .server, "requestTimeout",
            300, .absolute, .other, reset: .never, interims: .receivesNone, "issue", "Node.js"),
    ]
}
