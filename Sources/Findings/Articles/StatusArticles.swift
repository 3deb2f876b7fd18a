/// The status codes. What was measured, was measured with the programs of Debian 12 and PyPI against a scripted origin.
extension Article {
    static let informational = Article(
        names: ["1xx", "interim"], title: "1xx: interim responses",
        facts: [
            """
            A request gets any number of interim responses and then exactly one final response. An interim response is \
            a status line and fields, and ends with its empty line: it never has content or trailers, whatever its \
            fields say. It belongs to the first request on the connection that has no final response yet. 101 has the \
            class, but is final: HTTP/1 ends there.
            """,
            """
            A client has to parse a 1xx, expected or not, and may ignore one that it does not know. A server must not \
            send one to an HTTP/1.0 client. A proxy has to forward it, unless the proxy itself had asked for it.
            """,
            """
            Registered are 100, 101, 102, 103 and, for the time being, 104. No standard limits their number; software \
            does: Go 1.19 fails at the 6th, Java's HttpClient at the 9th, Apache httpd as a proxy at the 10th. Of the \
            client programs and libraries measured, 13 take the first one other than 100 for the answer.
            """,
        ],
        sources: "RFC 9110 sections 6.4.1, 15 and 15.2; RFC 9112 sections 6.3 and 9.2; IANA HTTP Status Code Registry",
        families: ["interim"], words: ["1xx", "interim"])

    static let continue100 = Article(
        names: ["100", "continue"], title: "100 Continue",
        facts: [
            """
            The beginning of the request was received and is not refused so far. To a client that sent `Expect: \
            100-continue` it says: send the content. To any other it says nothing, and is to be skipped; it is not \
            forbidden to send one that nobody asked for.
            """,
            """
            It is the one interim response that practically all clients know, but not twice and not unasked: Node's \
            fetch drops the connection at an unasked 100, wget2 and PHP streams take it for the answer, Perl's LWP the \
            second one. Varnish, nginx, lighttpd and h2o answer the expectation themselves; HAProxy, Apache httpd and \
            Squid forward it to the origin; Caddy does both, so that the client gets two.
            """,
        ],
        sources: "RFC 9110 sections 10.1.1 and 15.2.1; measured", families: [], words: ["100"])

    static let switching = Article(
        names: ["101", "upgrade"], title: "101 Switching Protocols",
        facts: [
            """
            The server goes over to a protocol that the request offered in its Upgrade field. The 101 has to name it in \
            an Upgrade field of its own. Right behind the empty line both directions speak the new protocol; the \
            request is answered in there. So 101 ends HTTP/1 on the connection, and counts as final here.
            """,
            """
            A server may always ignore Upgrade, and must in an HTTP/1.0 request. A request that offers an upgrade and \
            expects a 100 gets the 100 first. In HTTP/2 there is no 101.
            """,
        ],
        sources: "RFC 9110 sections 7.8 and 15.2.2; RFC 9113 section 8.6", families: ["upgrade"], words: ["101"])

    static let processing = Article(
        names: ["102", "processing"], title: "102 Processing",
        facts: [
            """
            The server has accepted the complete request and is still at work. Only RFC 2518 (1999) defines it, for \
            WebDAV's long methods: a server should send it where a method takes longer than 20 s, “reasonable, but \
            arbitrary”, and must send a final response in the end. There is no interval in the standard.
            """,
            """
            RFC 4918 dropped it from WebDAV in 2007 for lack of implementation. Many articles say that RFC 9110 \
            deprecates it; RFC 9110 does not mention it, the registry has no such mark, and its entry still points to \
            RFC 2518. To receive it is legal to this day.
            """,
            """
            It starts idle timers anew, on hops that forward it, and does nothing to timers for the whole wait: davfs2, \
            wget, httpx, Apache httpd and HAProxy wait on with it; curl -m, Go, Java, rclone and Squid give up all the \
            same. It does not ask for the content: that is 100. Servers do not send it by themselves; applications do, \
            with Node's writeProcessing(), Go's WriteHeader(102), or Jetty where the client sent `Expect: \
            102-processing`.
            """,
        ],
        sources: "RFC 2518 section 10.1; RFC 4918 section 21.4 and appendix F.3; RFC 9110 section 15.2; measured",
        families: ["processing"], words: ["102"])

    static let earlyHints = Article(
        names: ["103", "hints"], title: "103 Early Hints",
        facts: [
            """
            Fields that the final response is likely to have, sent while the server is still at work, so that the \
            client can begin: in practice Link with preload or preconnect. They are hints. They say nothing of the 103 \
            itself, must not change what the final response means, and need not recur in it. There may be several.
            """,
            """
            It is experimental, and has a danger of its own in HTTP/1.1: a client that takes it for the final response \
            may give each later request the answer of another. RFC 8297 lets a server withhold it over HTTP/1.1 where \
            the client is not known to be good. Clients that stumble over 102 stumble over 103.
            """,
        ],
        sources: "RFC 8297 sections 2 and 3; RFC 8288; measured", families: ["hints"], words: ["103"])

    static let resumption = Article(
        names: ["104"], title: "104 Upload Resumption Supported",
        facts: [
            """
            The server names a resource with which an upload can be resumed (Location, Upload-Limit), and tells its \
            progress afterwards (Upload-Offset). A client may take it as meeting its expectation of a 100; the server \
            has to send the 100 all the same.
            """,
            """
            It is a draft. The registry lists it as temporary, until 2026-11-13 unless extended; implementations of \
            drafts agree by Upload-Draft-Interop-Version. Envoy forwards it behind a switch only.
            """,
        ],
        sources: "draft-ietf-httpbis-resumable-upload; IANA HTTP Status Code Registry", families: [], words: ["104"])

    static let accepted = Article(
        names: ["202", "async"], title: "202 Accepted",
        facts: [
            """
            The request was accepted, and the work is not done; it may never be. The connection is free at once, so no \
            timer can cut it: what 102 tries to do by keeping a connection alive, 202 does without one. HTTP has no way \
            to send the result later: the response ought to point to a status monitor, or hold one.
            """,
            """
            Location, Operation-Location and Azure-AsyncOperation are the usual pointers; Retry-After says when to ask, \
            by convention, for the standard defines it for 503 and 3xx. With `Prefer: respond-async` a client says \
            that it can take a 202. From about 10 s on such an answer is customary (Google's AIP-151).
            """,
        ],
        sources: "RFC 9110 sections 10.2.3 and 15.3.3; RFC 7240 section 4.1; AIP-151", families: ["async"],
        words: ["202"])

    static let multistatus = Article(
        names: ["207", "multistatus"], title: "207 Multi-Status",
        facts: [
            """
            A final response of WebDAV that holds a status for each of several resources, in XML. It looks like a \
            success, and need not be one: a DELETE of a collection may be answered 207 with a 423 inside. After COPY, \
            MOVE and DELETE only what failed is listed; in PROPPATCH, 424 marks what was left undone because something \
            else failed.
            """,
            """
            It can be large, and is often late: PROPFIND with Depth: infinity, which is meant where the field is \
            missing, walks the whole tree. A server may refuse that with 403.
            """,
        ],
        sources: "RFC 4918 sections 9.1, 9.6.1, 9.8.5, 11.1, 11.4 and 13", families: ["webdav"],
        words: ["207"])
}
