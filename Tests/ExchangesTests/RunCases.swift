extension Case {
    /// Conversations that other analysers were run on, most of which they get wrong.
    static let runs = [
        Case(
            "A request is dated by its first octet, though a 100 comes before its content",
            #"""
            >>> 0.1
            POST /up HTTP/1.1
            Expect: 100-continue
            Content-Length: 5

            <<< 0.6
            HTTP/1.1 100 Continue

            >>> 0.7
            hello\
            <<< 3.7
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 POST /up@0.1-0.1-0.7+5 100@0.6 200@3.7+2 completed@3.7"]),
        Case(
            "Interim responses of several kinds precede the final one, whose time is told",
            #"""
            >>> 0.1
            PROPFIND /dav HTTP/1.1
            Depth: infinity

            <<< 1.1
            HTTP/1.1 102 Processing

            <<< 21.1
            HTTP/1.1 102 Processing

            <<< 31.1
            HTTP/1.1 103 Early Hints
            Link: </a.css>; rel=preload

            <<< 51.1
            HTTP/1.1 207 Multi-Status
            Content-Length: 2

            ok\
            >>> 52
            GET /second HTTP/1.1

            <<< 52.5
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            [
                "1.1 PROPFIND /dav@0.1 102@1.1 102@21.1 103@31.1 207@51.1+2 completed@51.1",
                "1.2 GET /second@52 200@52.5+2 completed@52.5",
            ]),
        Case(
            "Responses to pipelined requests go to the first without a final one",
            #"""
            >>> 0.1
            GET /A HTTP/1.1

            GET /B HTTP/1.1

            <<< 1
            HTTP/1.1 103 Early Hints

            <<< 2
            HTTP/1.1 200 OK
            Content-Length: 2

            aa\
            <<< 3
            HTTP/1.1 102 Processing

            <<< 4
            HTTP/1.1 200 OK
            Content-Length: 3

            bbb\
            """#,
            ["1.1 GET /A@0.1 103@1 200@2+2 completed@2", "1.2 GET /B@0.1 102@3 200@4+3 completed@4"]),
        Case(
            "Several interim responses and the final one come in one segment",
            #"""
            >>> 0.1
            GET /s1 HTTP/1.1

            <<< 2
            HTTP/1.1 102 Processing

            HTTP/1.1 102 Processing

            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            >>> 3
            GET /s2 HTTP/1.1

            <<< 4
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 GET /s1@0.1 102@2 102@2 200@2+2 completed@2", "1.2 GET /s2@3 200@4+2 completed@4"]),
        Case(
            "A status line that is split has the time of its first octet, and of the head's end",
            #"""
            >>> 0.1
            GET /split HTTP/1.1

            <<< 1
            HTTP/1.1 102 Pro\
            <<< 2
            cessing

            <<< 3
            HTTP/1.1 2\
            <<< 4
            00 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 GET /split@0.1 102@1-2 200@3-4+2 completed@4"]),
        Case(
            "The lost segment held the 102: the exchange says that something was missed",
            #"""
            >>> 0.1
            GET /gap HTTP/1.1

            --- 1 gap server 27
            <<< 2
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            >>> 3
            GET /after HTTP/1.1

            <<< 4
            HTTP/1.1 103 Early Hints

            <<< 5
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 GET /gap@0.1 200@2+2 completed@2 (gap)", "1.2 GET /after@3 103@4 200@5+2 completed@5"]),
        Case(
            "A refusal comes before the content, which is never sent",
            #"""
            >>> 0.1
            PUT /rej HTTP/1.1
            Expect: 100-continue
            Content-Length: 14

            <<< 1
            HTTP/1.1 401 Unauthorized
            Content-Length: 0

            >>> 2
            GET /next HTTP/1.1

            <<< 3
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 PUT /rej@0.1… 401@1 completed@1", "1.2 GET /next@2 200@3+2 completed@3"]),
        Case(
            "After a refusal the content comes all the same",
            #"""
            >>> 0.1
            PUT /late HTTP/1.1
            Expect: 100-continue
            Content-Length: 14

            <<< 1
            HTTP/1.1 401 Unauthorized
            Content-Length: 0

            >>> 2
            GET is a word.\
            >>> 3
            GET /next HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            ["1.1 PUT /late@0.1-0.1-2+14 401@1 completed@1", "1.2 GET /next@3 204@4 completed@4"]),
        Case(
            "A success comes before the content in chunks, which is never sent",
            #"""
            >>> 0.1
            POST /rej HTTP/1.1
            Transfer-Encoding: chunked

            <<< 1
            HTTP/1.1 202 Accepted
            Content-Length: 0

            >>> 2
            DELETE /next HTTP/1.1

            <<< 3
            HTTP/1.1 204 No Content

            """#,
            ["1.1 POST /rej@0.1… 202@1 completed@1", "1.2 DELETE /next@2 204@3 completed@3"]),
        Case(
            "The server resets after two 102",
            #"""
            >>> 0.1
            COPY /rs HTTP/1.1

            <<< 20
            HTTP/1.1 102 Processing

            <<< 40
            HTTP/1.1 102 Processing

            --- 60 server rst
            """#,
            ["1.1 COPY /rs@0.1 102@20 102@40 – reset_by_server@60"], ends: ["1 reset server"]),
        Case(
            "The capture ends after a 102",
            #"""
            >>> 0.1
            GET /nofin HTTP/1.1

            <<< 20
            HTTP/1.1 102 Processing

            --- end 30
            """#,
            ["1.1 GET /nofin@0.1 102@20 – unanswered@30"], ends: ["1 open"]),
        Case(
            "The answer to HEAD has no content, whatever its Content-Length",
            #"""
            >>> 0.1
            HEAD /h HTTP/1.1

            <<< 1
            HTTP/1.1 103 Early Hints

            <<< 2
            HTTP/1.1 200 OK
            Content-Length: 500

            >>> 3
            GET /g HTTP/1.1

            <<< 4
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 HEAD /h@0.1 103@1 200@2 completed@2", "1.2 GET /g@3 200@4+2 completed@4"]),
        Case(
            "Reasons may be missing, empty, or anything",
            #"""
            >>> 0.1
            GET /noreason HTTP/1.1

            <<< 1
            HTTP/1.1 102

            HTTP/1.1 103\x20

            HTTP/1.1 199 \xff\x00 : \xe2\x82\xac HTTP/1.1 200 OK

            HTTP/1.1 200
            Content-Length: 2

            ok\
            """#,
            ["1.1 GET /noreason@0.1 102@1 103@1 199@1 200@1+2 completed@1"]),
        Case(
            "An interim response ends at its empty line, whatever its framing fields claim",
            #"""
            >>> 0.1
            GET /cl HTTP/1.1

            <<< 1
            HTTP/1.1 102 Processing
            Content-Length: 0

            <<< 2
            HTTP/1.1 102 Processing
            Content-Length: 10

            <<< 3
            HTTP/1.1 102 Processing
            Transfer-Encoding: chunked

            <<< 4
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 GET /cl@0.1 102@1 102@2 102@3 200@4+2 completed@4"]),
        Case(
            "CONNECT is answered with 100 and then 200: a tunnel, in which nothing is HTTP",
            #"""
            >>> 0.1
            CONNECT b.example:443 HTTP/1.1

            <<< 1
            HTTP/1.1 100 Continue

            <<< 2
            HTTP/1.1 200 Connection established

            >>> 3
            GET /inside HTTP/1.1

            <<< 4
            HTTP/1.1 200 OK
            Content-Length: 0

            """#,
            ["1.1 CONNECT b.example:443@0.1 100@1 200@2 tunnel@2"], ends: ["1 open"]),
        Case(
            "The client does not wait for 100, which comes with the final response",
            #"""
            >>> 0.1
            POST /early HTTP/1.1
            Expect: 100-continue
            Content-Length: 5

            >>> 1.1
            hello\
            <<< 1.2
            HTTP/1.1 100 Continue

            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 POST /early@0.1-0.1-1.1+5 100@1.2 200@1.2+2 completed@1.2"]),
        Case(
            "After 101 the octets of a WebSocket that look like a response are none",
            #"""
            >>> 0.1
            GET /ws HTTP/1.1
            Connection: upgrade
            Upgrade: websocket

            <<< 0.2
            HTTP/1.1 101 Switching Protocols
            Connection: upgrade
            Upgrade: websocket

            \x81\x05HTTP/1.1 102 Processing

            >>> 0.3
            GET /inside HTTP/1.1

            """#,
            ["1.1 GET /ws@0.1 101@0.2 switched_protocols@0.2"]),
        Case(
            "100 and 101 answer one request",
            #"""
            >>> 0.1
            GET /ws HTTP/1.1
            Expect: 100-continue
            Upgrade: websocket

            <<< 0.2
            HTTP/1.1 100 Continue

            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket

            """#,
            ["1.1 GET /ws@0.1 100@0.2 101@0.2 switched_protocols@0.2"]),
        Case(
            "The capture begins with the responses to a request that it missed",
            #"""
            --- start midstream
            <<< 1
            HTTP/1.1 102 Processing

            <<< 2
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            >>> 3
            GET /seen HTTP/1.1

            <<< 4
            HTTP/1.1 102 Processing

            <<< 5
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 ? 102@1 200@2+2 completed@2 (midstream)", "1.2 GET /seen@3 102@4 200@5+2 completed@5"]),
        Case(
            "A request waits for three hours while its connection is silent",
            #"""
            >>> 0.1
            COPY /big HTTP/1.1

            <<< 10800
            HTTP/1.1 102 Processing

            <<< 21600
            HTTP/1.1 201 Created
            Content-Length: 0

            """#,
            ["1.1 COPY /big@0.1 102@10800 201@21600 completed@21600"]),
    ]
}
