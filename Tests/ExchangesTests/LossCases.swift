extension Case {
    /// What the capture missed or cut.
    static let losses = [
        Case(
            "A hole in content whose length is known is counted",
            #"""
            >>> 0.1
            PUT /a HTTP/1.1
            Content-Length: 100

            1234567890\
            --- 0.2 gap client 80
            >>> 0.5
            1234567890\
            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 30

            1234567890\
            --- 1.2 gap server 10
            <<< 2
            1234567890\
            >>> 3
            GET /b HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            ["1.1 PUT /a@0.1-0.1-0.5+100 200@1-1-2+30 completed@2 (gap)", "1.2 GET /b@3 204@4 completed@4"]),
        Case(
            "The end of content was missed: it was acknowledged at that time",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 30

            1234567890\
            --- 1.2 gap server 20
            >>> 60
            GET /b HTTP/1.1

            <<< 61
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /a@0.1 200@1-1-1.2001+30 completed@1.2001 (gap)", "1.2 GET /b@60 204@61 completed@61"]),
        Case(
            "The end of content was missed, and with it the next response",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            GET /b HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 30

            1234567890\
            --- 1.2 gap server 70
            >>> 3
            GET /c HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            [
                "1.1 GET /a@0.1 200@1-1-1.2001+30 completed@1.2001 (gap)", "1.2 GET /b@0.1 – lost@0.1 (gap)",
                "1.3 GET /c@3 204@4 completed@4",
            ]),
        Case(
            "A hole in the head of a response leaves its status",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Content-\
            --- 1.2 gap server 12
            <<< 2
            : x

            ok\
            >>> 3
            GET /b HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /a@0.1 200~@1-1-2… lost@2 (gap)", "1.2 GET /b@3 204@4 completed@4"]),
        Case(
            "A hole in the head of an interim response leaves it, and the final one is found",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 102 Proc\
            --- 1.2 gap server 10
            <<< 2
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 GET /a@0.1 102@1 200@2+2 completed@2 (gap)"]),
        Case(
            "A hole in the head of a request leaves its method, and the next one is found",
            #"""
            >>> 0.1
            GET /a HTTP/1.1
            Host\
            --- 0.2 gap client 9
            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            >>> 3
            GET /b HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /a~@0.1… 200@1+2 completed@1 (gap)", "1.2 GET /b@3 204@4 completed@4"]),
        Case(
            "A hole inside a chunk is counted",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            1e
            1234567890\
            --- 1.2 gap server 10
            <<< 2
            1234567890
            0

            >>> 3
            GET /b HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /a@0.1 200@1-1-2+30 completed@2 (gap)", "1.2 GET /b@3 204@4 completed@4"]),
        Case(
            "A hole over the end of a chunk loses the content's end, and the next response is found",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            a
            12345\
            --- 1.2 gap server 10
            <<< 2
            67890
            0

            >>> 3
            GET /b HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /a@0.1 200@1-1-2+5… lost@2 (gap)", "1.2 GET /b@3 204@4 completed@4"]),
        Case(
            "The answer was missed: the next request shows it",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 102 Processing

            --- 2 gap server 40
            >>> 3
            GET /b HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /a@0.1 102@1 – lost@1 (gap)", "1.2 GET /b@3 204@4 completed@4"]),
        Case(
            "The request was missed: its response has none",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 204 No Content

            --- 2 gap client 40
            <<< 3
            HTTP/1.1 102 Processing

            <<< 4
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            >>> 5
            GET /c HTTP/1.1

            <<< 6
            HTTP/1.1 204 No Content

            """#,
            [
                "1.1 GET /a@0.1 204@1 completed@1", "1.2 ? 102@3 200@4+2 completed@4 (gap)",
                "1.3 GET /c@5 204@6 completed@6",
            ]),
        Case(
            "The last octets before the end were missed",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK

            1234567890\
            --- 1.2 gap server 20
            --- 2 server fin
            --- 3 client fin
            """#,
            ["1.1 GET /a@0.1 200@1+30 completed@1 (gap)"], ends: ["1 fin server"]),
        Case(
            "A capture with 68 octets a packet has the beginnings of start lines",
            #"""
            --- snaplen 68
            >>> 0.1
            COPY /a HTTP/1.1
            Host: a.example

            <<< 1
            HTTP/1.1 102 Processing

            <<< 2
            HTTP/1.1 201 Created
            Content-Length: 0

            >>> 3
            GET /long/path/name HTTP/1.1
            Host: a.example

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            [
                "1.1 COPY /a~@0.1… 102@1 201~@2… lost@2 (snaplen)",
                "1.2 GET /long/path~@3… 204~@4… lost@4 (snaplen)",
            ]),
        Case(
            "A capture with 96 octets a packet has start lines and some fields",
            #"""
            --- snaplen 96
            >>> 0.1
            GET /a HTTP/1.1
            Host: a.example
            User-Agent: somebody

            <<< 1
            HTTP/1.1 102 Processing

            <<< 2
            HTTP/1.1 200 OK
            Content-Length: 60

            012345678901234567890123456789012345678901234567890123456789\
            >>> 3
            GET /b HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /a~@0.1… 102@1 200@2+60 completed@2 (snaplen)", "1.2 GET /b@3 204@4 completed@4"]),
        Case(
            "A capture with 200 octets a packet has whole heads, and content by its length",
            #"""
            --- snaplen 200
            --- cut 180
            >>> 0.1
            PUT /a HTTP/1.1
            Content-Length: 230

            0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012\
            3456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345\
            678901234567890123456789\
            <<< 2
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 PUT /a@0.1-0.1-0.10001+230 200@2+2 completed@2 (snaplen)"]),
    ]
}
