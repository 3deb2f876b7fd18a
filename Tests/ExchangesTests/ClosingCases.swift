extension Case {
    /// Who closes when, and what becomes of the exchange under way.
    static let closing = [
        Case(
            "The client closes while it waits",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 102 Processing

            --- 5 client fin
            --- 6 server fin
            """#,
            ["1.1 GET /a@0.1 102@1 – closed_by_client@5"], ends: ["1 fin client"]),
        Case(
            "The server closes without an answer",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            --- 5 server fin
            --- 6 client fin
            """#,
            ["1.1 GET /a@0.1 – closed_by_server@5"], ends: ["1 fin server"]),
        Case(
            "What was missed before a FIN that nobody acknowledged is no silence of the server",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            --- 4 gap server 90
            --- 5 server fin
            """#,
            ["1.1 GET /a@0.1 – lost@0.1 (gap)"], ends: ["1 open server"]),
        Case(
            "The client resets while it waits",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            --- 5 client rst
            """#,
            ["1.1 GET /a@0.1 – reset_by_client@5"], ends: ["1 reset client"]),
        Case(
            "A reset in the middle of the content leaves the response incomplete",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 10

            12345\
            --- 2 server rst
            """#,
            ["1.1 GET /a@0.1 200@1+5… reset_by_server@2"], ends: ["1 reset server"]),
        Case(
            "The client closes its half and gets its answer all the same",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            --- 0.2 client fin
            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            --- 1.1 server fin
            """#,
            ["1.1 GET /a@0.1 200@1+2 completed@1"], ends: ["1 fin client"]),
        Case(
            "The server closes after half of its content",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            5
            12345
            --- 2 server fin
            --- 3 client fin
            """#,
            ["1.1 GET /a@0.1 200@1+5… closed_by_server@2"], ends: ["1 fin server"]),
        Case(
            "A complete response stays complete, whatever closes later",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            --- 2 client rst
            """#,
            ["1.1 GET /a@0.1 200@1+2 completed@1"], ends: ["1 reset client"]),
        Case(
            "Of a half-closed connection the reset decides that came after the last octet",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            --- 0.2 client fin
            <<< 1
            HTTP/1.1 102 Processing

            --- 2 server rst
            """#,
            ["1.1 GET /a@0.1 102@1 – reset_by_server@2"], ends: ["1 reset client"]),
        Case(
            "Requests of a pipeline that were not answered end with the connection",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            GET /b HTTP/1.1

            GET /c HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 0

            --- 2 server fin
            --- 3 client fin
            """#,
            [
                "1.1 GET /a@0.1 200@1 completed@1", "1.2 GET /b@0.1 – closed_by_server@2",
                "1.3 GET /c@0.1 – closed_by_server@2",
            ]),
        Case(
            "The client closes in the middle of its request's head, and of another's content",
            #"""
            >>> 0.1
            GET /a HTTP/1.1
            Host: a.exa\
            --- 1 client fin
            --- new connection
            >>> 2
            PUT /b HTTP/1.1
            Content-Length: 10

            12345\
            --- 3 client fin
            """#,
            ["1.1 GET /a~@0.1… – closed_by_client@1", "2.1 PUT /b@2+5… – closed_by_client@3"]),
        Case(
            "Two connections at once are told apart",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 3
            HTTP/1.1 200 OK
            Content-Length: 1

            a\
            --- new connection
            >>> 0.2
            GET /b HTTP/1.1

            <<< 2
            HTTP/1.1 404 Not Found
            Content-Length: 2

            bb\
            """#,
            ["1.1 GET /a@0.1 200@3+1 completed@3", "2.1 GET /b@0.2 404@2+2 completed@2"]),
    ]
}
