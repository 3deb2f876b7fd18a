extension TimeoutProfile {
    /// Timers of proxies, load balancers and NAT gateways, with the places where they were measured or read. One row a timer; a product with several has
    /// several rows.
    static let intermediaries: [TimeoutProfile] = [
        .init(
            "nginx", "1.22.1", .proxy, "proxy_read_timeout, before a head is complete",
            60, .header, .answer, reset: .no, interims: .count(1), "measured, documented"),
        .init(
            "nginx", "1.22.1", .proxy, "proxy_read_timeout, after a head (a 1xx taken as one included)",
            60, .idle, .other, reset: .yes, interims: .count(1), "measured, documented"),
        .init(
            "HAProxy", "2.6.12", .proxy, "timeout server",
            .off, .idle, .answer, reset: .yes, interims: .atLeast(150), "measured, documented"),
        .init(
            "Apache httpd mod_proxy_http", "2.4.71", .proxy, "ProxyTimeout (= TimeOut)",
            60, .idle, .answer, reset: .yes, interims: .count(10), "measured, documented"),
        .init(
            "Apache httpd mod_proxy_http, proxy-interim-response Suppress", "2.4.71", .proxy, "ProxyTimeout",
            60, .idle, .answer, reset: .unknown, interims: .count(10), "measured, documented"),
        .init(
            "Squid", "5.7", .proxy, "read_timeout",
            900, .idle, .answer, reset: .no, interims: .atLeast(150), "measured, documented"),
        .init(
            "Varnish", "7.1.1", .proxy, "first_byte_timeout",
            60, .header, .answer, reset: .never, interims: .count(0), "measured, source"),
        .init(
            "Caddy (Go)", "2.6.2", .proxy, "response_header_timeout",
            .unknown, .header, .answer, reset: .no, interims: .count(5), "measured"),
        .init(
            "lighttpd mod_proxy", "1.4.69", .proxy, "read-timeout",
            .unknown, .idle, .answer, reset: .yes, interims: .atLeast(150), "measured"),
        .init(
            "h2o", "2.2.5", .proxy, "proxy.timeout.io",
            .unknown, .idle, .answer, reset: .yes, interims: .atLeast(150), "measured"),
        .init(
            "nginx", "1.31.5-dev", .proxy, "proxy_read_timeout, before a head is complete",
            60, .header, .answer, reset: .no, interims: .count(1),
            "source, documented", "early_hints, ≥ 1.29.0 (662c1dd2a, 2025-06-19)"),
        .init(
            "nginx", "current", .proxy, "proxy_connect_timeout",
            60, .connect, .other, reset: .never, interims: .unknown, "documented", "nginx documentation"),
        .init(
            "nginx", "current", .proxy, "proxy_send_timeout",
            60, .idle, .other, reset: .never, interims: .unknown, "documented", "nginx documentation"),
        .init(
            "Varnish", "2026-02", .proxy, "between_bytes_timeout",
            60, .idle, .other, reset: .never, interims: .count(0), "source", "varnish source"),
        .init(
            "Varnish", "2026-02", .proxy, "timeout_idle",
            5, .idle, .other, reset: .never, interims: .count(0), "source", "varnish source"),
        .init(
            "Varnish", "2026-02", .proxy, "pipe_timeout",
            60, .idle, .other, reset: .never, interims: .count(0), "source", "varnish source"),
        .init(
            "Envoy", "current", .proxy, "route timeout (complete response)",
            15, .absolute, .answer, reset: .no, interims: .unknown, "documented, source"),
        .init(
            "Envoy", "current", .proxy, "per-try idle timeout",
            .unknown, .idle, .answer, reset: .no, interims: .unknown, "source", "decode1xxHeaders"),
        .init(
            "Envoy", "current", .proxy, "stream_idle_timeout (HTTP connection manager)",
            300, .idle, .answer, reset: .yes, interims: .unknown, "documented"),
        .init(
            "Envoy", "current", .proxy, "connection idle timeout",
            3600, .idle, .other, reset: .unknown, interims: .unknown, "documented"),
        .init(
            "Envoy", "current", .proxy, "connect timeout",
            5, .connect, .other, reset: .never, interims: .unknown, "documented"),
        .init(
            "AWS Application Load Balancer", "service", .loadBalancer, "idle timeout",
            60, .idle, .answer, reset: .unknown, interims: .unknown, "documented", "no data sent or received"),
        .init(
            "AWS Classic Load Balancer", "service", .loadBalancer, "idle timeout",
            60, .idle, .answer, reset: .unknown, interims: .unknown, "documented", "AWS"),
        .init(
            "AWS Network Load Balancer", "service", .loadBalancer, "TCP idle (60–6000)",
            350, .idle, .answer, reset: .yes, interims: .unbounded, "documented", "transparent"),
        .init(
            "AWS Network Load Balancer", "service", .loadBalancer, "TLS idle (fixed)",
            350, .idle, .answer, reset: .yes, interims: .unbounded, "documented", "transparent"),
        .init(
            "AWS NAT gateway", "service", .nat, "idle timeout",
            350, .idle, .answer, reset: .yes, interims: .unbounded, approximate: true, "memory", "transparent"),
        .init(
            "Amazon API Gateway, REST", "service", .proxy, "timeout",
            29, .absolute, .answer, reset: .no, interims: .unknown,
            "documented", "raisable for Regional and private REST since 2024-06"),
        .init(
            "Amazon API Gateway, HTTP", "service", .proxy, "timeout",
            30, .absolute, .answer, reset: .no, interims: .unknown, "documented", "AWS"),
        .init(
            "Amazon CloudFront", "service", .proxy, "origin response timeout (1–120)",
            30, .header, .answer, reset: .unknown, interims: .unknown, "documented", "header and idle"),
        .init(
            "Google Cloud external Application Load Balancer", "service", .loadBalancer, "backend service timeout",
            30, .absolute, .answer, reset: .no, interims: .unknown, "documented", "documents support for 100 only"),
        .init(
            "Google Cloud external Application Load Balancer", "service", .loadBalancer, "client HTTP keepalive",
            610, .idle, .other, reset: .never, interims: .unknown, "documented", "Google"),
        .init(
            "Google Cloud external Application Load Balancer", "service", .loadBalancer, "backend keepalive",
            600, .idle, .other, reset: .never, interims: .unknown, "documented", "Google"),
        .init(
            "Azure Load Balancer", "service", .loadBalancer, "idle timeout (4–100 min)",
            240, .idle, .answer, reset: .unknown, interims: .unknown, "documented", "Microsoft"),
        .init(
            "Azure Application Gateway", "service", .loadBalancer, "request timeout, portal default",
            20, .absolute, .answer, reset: .no, interims: .unknown, approximate: true, "memory"),
        .init(
            "Azure Application Gateway", "service", .loadBalancer, "request timeout, PowerShell default",
            30, .absolute, .answer, reset: .no, interims: .unknown, "issue"),
        .init(
            "Azure App Service", "service", .proxy, "front end",
            230, .absolute, .answer, reset: .unknown, interims: .unknown, approximate: true, "memory"),
        .init(
            "Cloudflare", "service", .proxy, "Proxy Read Timeout (then 524)",
            100, .idle, .answer, reset: .unknown, interims: .unknown, "documented", "120 in newer pages"),
        .init(
            "Cloudflare", "service", .proxy, "Proxy Write Timeout",
            30, .idle, .other, reset: .unknown, interims: .unknown, "documented"),
        .init(
            "Cloudflare", "service", .proxy, "client keep-alive",
            400, .idle, .other, reset: .never, interims: .unknown, "documented"),
        .init(
            "Cloudflare", "service", .proxy, "origin idle",
            900, .idle, .other, reset: .never, interims: .unknown, "documented"),
        .init(
            "Heroku router", "service", .proxy, "H12, counted from the request fully sent (fixed)",
            30, .header, .answer, reset: .unknown, interims: .unknown, "documented", "Heroku"),
        .init(
            "Heroku router", "service", .proxy, "rolling window afterwards",
            55, .idle, .other, reset: .unknown, interims: .unknown, "documented", "third party"),
        .init(
            "IIS ARR", "current", .proxy, "proxy timeout",
            120, .idle, .answer, reset: .unknown, interims: .unknown, approximate: true, "memory"),
        .init(
            "Kubernetes ingress-nginx", "current", .proxy, "read timeout",
            60, .header, .answer, reset: .no, interims: .count(1), approximate: true, "memory", "as nginx"),
        .init(
            "Kubernetes ingress-nginx", "current", .proxy, "send timeout",
            60, .idle, .other, reset: .never, interims: .unknown, approximate: true, "memory", "as nginx"),
        .init(
            "NAT by RFC 5382 REQ-5 (updated by RFC 7857)", "", .nat, "established connection, minimum",
            7440, .idle, .answer, reset: .yes, interims: .unbounded, approximate: true,
            "memory", "2 h 4 min, any segment restarts it"),
        .init(
            "NAT, consumer devices", "", .nat, "established connection (300–1800)",
            300, .idle, .answer, reset: .yes, interims: .unbounded, approximate: true, "memory", "often 5–30 min"),
    ]
}
