/// The topics.
extension Article {
    static let webdav = Article(
        names: ["webdav", "dav"], title: "WebDAV, old and current",
        facts: [
            """
            RFC 4918 (2007) is WebDAV; it replaced RFC 2518 (1999). Removed were 102 and Status-URI, the Timeout types \
            other than Second-n and Infinite, and the elements propertybehavior, source and link. On the wire these are \
            the strong signs of old software, with `MS-Author-Via: MS-FP/4.0` for FrontPage.
            """,
            """
            Weak signs prove nothing: `DAV: 1,2` without 3 is what Apache httpd sends today, `MS-Author-Via: DAV` comes \
            from Apache httpd and sabre/dav, `Translate: f` from Windows 11. Microsoft-WebDAV-MiniRedir in a User-Agent \
            is a current client.
            """,
            """
            What may take long: COPY, MOVE and DELETE of collections, PROPFIND with Depth: infinity (meant where Depth \
            is missing), LOCK, REPORT, SEARCH, a large PUT. Servers hold them in silence: none of Apache httpd, nginx, \
            lighttpd, WsgiDAV, rclone, Go's webdav and Radicale sent a 102 in a full run of litmus. Of the clients, \
            davfs2, cadaver and all that is made with neon understand it; Subversion, webdavclient3 and HTTP::DAV take \
            it for the answer.
            """,
        ],
        sources: "RFC 4918 sections 9, 10.1, 18 and appendix F; RFC 2518 sections 9.7, 9.8, 10.1 and 12.12; measured",
        families: ["webdav"], words: ["WebDAV"])

    static let expect = Article(
        names: ["expect", "expectation"], title: "Expect: 100-continue",
        facts: [
            """
            A client that has content to send may send the head first and wait for word. A server of HTTP/1.1 then has \
            to answer at once: with 100, or with a final status if the head is enough to tell. It must not wait for the \
            content before it sends the 100; it may leave it out when content is there already.
            """,
            """
            The client must not send the field without content, and need not wait for any given time: curl and Go wait \
            1 s, then send. After 417 it should repeat the request without the field. In HTTP/1.0 the field has no \
            meaning.
            """,
            """
            100-continue is the only expectation defined. What else is met with is Jetty's `Expect: 102-processing`, \
            and values that are odd on purpose: where one hop reads an expectation and the next does not, they disagree \
            on whether content follows, and requests can be smuggled. Of 18 servers measured, all but Radicale and a \
            refusing nginx sent a 100.
            """,
        ],
        sources: "RFC 9110 section 10.1.1; Kettle, “HTTP/1.1 must die”, 2025; measured", families: ["expect"],
        words: ["Expect", "expectation"])

    static let timeouts = Article(
        names: ["timeouts", "timeout", "timers"], title: "Timeouts: two clocks",
        facts: [
            """
            One clock counts silence: idle timers start anew with each octet, so that an interim response starts them \
            anew where the product lets it. The other counts the wait, from the request to the final response: timers \
            for the whole answer, and most of those for its head, which no interim response touches. The report gives both figures, \
            longest silence and wait, and holds each timer against its own.
            """,
            """
            Known limits, in seconds: 5 httpx; 10 OkHttp; 15 Envoy's route; 29 and 30 API Gateway, Heroku, CloudFront, \
            davfs2, gunicorn; 60 nginx, Apache httpd, AWS load balancers, URLSession; 100 Cloudflare and .NET; 120 IIS \
            and neon; 230 and 240 Azure; 300 undici, Firefox, rclone, aiohttp; 350 AWS NAT gateway. `interlude list \
            timeouts` has them all.
            """,
            """
            RFC 9112 names no values: each side may close at any time. A client's FIN alone does not mean that it lost \
            interest, for it may close its half and read on; a RST does, or a FIN whose answer is met by a RST. nginx's \
            proxy_read_timeout counts from the request to the complete head, not from read to read, as its \
            documentation says.
            """,
        ],
        sources: "RFC 9112 sections 9.5 and 9.6; RFC 2518 section 10.1; measured and documented, row by row",
        families: ["timeout"], words: ["timer", "timers", "timeout", "timeouts"])

    static let proxies = Article(
        names: ["proxies", "proxy"], title: "Proxies and interim responses",
        facts: [
            """
            A proxy must forward a 1xx, unless it asked for it itself, and must not send one to an HTTP/1.0 client. \
            Measured with 102 every second: HAProxy 2.6, Apache httpd 2.4 and lighttpd 1.4 forward them and wait on; \
            Squid 5.7 and Caddy 2.6 forward them and give up all the same; h2o swallows them and waits on.
            """,
            """
            nginx takes the first one for the final response and loses the real one (1.22; from 1.29 on it can forward \
            103); before 1.29.7 it spoke HTTP/1.0 to its origin by default, which must then send none. Varnish 7 \
            answers 503. Traffic Server 9.2 takes 102 for the final response and gives later clients the answers of \
            others. Envoy forwards 100, 102 and 103 and drops the rest.
            """,
            """
            Apache httpd fails at the 10th interim response, Caddy at the 6th. HAProxy and Caddy forward them to \
            HTTP/1.0 clients, which breaks the standard. Fields of one hop, such as Upgrade and Connection, end at each \
            proxy. Whether a hop forwarded, delayed or changed interim responses shows in a capture of both sides only; \
            the report then links the two exchanges (upstream, downstream).
            """,
        ],
        sources: "RFC 9110 sections 7.6, 7.6.1 and 15.2; measured with 9 proxies, sources of nginx and Envoy",
        families: [], words: ["proxy", "proxies", "Proxies", "hop", "hops"])
}
