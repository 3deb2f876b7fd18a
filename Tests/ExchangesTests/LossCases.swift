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
            "A pipelined request was missed: those behind it may have another's answer, until none waits",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            GET /b HTTP/1.1

            --- 0.2 gap client 19
            >>> 0.3
            GET /d HTTP/1.1

            <<< 1
            HTTP/1.1 201 A
            Content-Length: 0

            <<< 2
            HTTP/1.1 202 B
            Content-Length: 0

            <<< 3
            HTTP/1.1 203 C
            Content-Length: 0

            <<< 4
            HTTP/1.1 204 D

            >>> 5
            GET /e HTTP/1.1

            <<< 6
            HTTP/1.1 205 E
            Content-Length: 0

            """#,
            [
                "1.1 GET /a@0.1 201@1 completed@1", "1.2 GET /b@0.1 202@2 completed@2",
                "1.3 GET /d@0.3 203@3 completed@3 (gap)", "1.4 ? 204@4 completed@4 (gap)",
                "1.5 GET /e@5 205@6 completed@6",
            ]),
        Case(
            "An answer of a pipeline was missed: all that wait may have another's",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            GET /b HTTP/1.1

            GET /c HTTP/1.1

            <<< 1
            HTTP/1.1 200 A
            Content-Length: 0

            --- 2 gap server 40
            <<< 3
            HTTP/1.1 200 C
            Content-Length: 0

            >>> 4
            GET /d HTTP/1.1

            <<< 5
            HTTP/1.1 200 D
            Content-Length: 0

            >>> 6
            GET /e HTTP/1.1

            <<< 7
            HTTP/1.1 200 E
            Content-Length: 0

            """#,
            [
                "1.1 GET /a@0.1 200@1 completed@1", "1.2 GET /b@0.1 200@3 completed@3 (gap)",
                "1.3 GET /c@0.1 200@5 completed@5 (gap)", "1.4 GET /d@4 200@7 completed@7 (gap)",
                "1.5 GET /e@6 – unanswered@7.0001 (gap)",
            ]),
        Case(
            "An answer and the HEAD behind it were missed: what announces content and has none answers that",
            #"""
            >>> 0.1
            PUT /a HTTP/1.1
            Content-Length: 0

            --- 1 gap server 40
            --- 2 gap client 40
            <<< 3
            HTTP/1.1 200 OK
            Content-Length: 6000

            >>> 4
            UNLOCK /a HTTP/1.1

            <<< 5
            HTTP/1.1 204 No Content

            """#,
            ["1.1 PUT /a@0.1 200@3 completed@3 (gap)", "1.2 UNLOCK /a@4 204@5 completed@5 (gap)"]),
        Case(
            "A bare 102 was missed, and the client asks again: it may have taken that for its answer",
            #"""
            >>> 0.1
            COPY /a HTTP/1.1

            --- 1 gap server 27
            >>> 1.1
            GET /b HTTP/1.1

            <<< 2
            HTTP/1.1 201 A
            Content-Length: 0

            >>> 2.1
            GET /c HTTP/1.1

            <<< 2.2
            HTTP/1.1 200 B
            Content-Length: 0

            <<< 2.3
            HTTP/1.1 404 C
            Content-Length: 0

            >>> 3
            GET /d HTTP/1.1

            <<< 4
            HTTP/1.1 204 D

            """#,
            [
                "1.1 COPY /a@0.1 – lost@0.1 (gap)", "1.2 GET /b@1.1 201@2 completed@2 (gap)",
                "1.3 GET /c@2.1 200@2.2 completed@2.2 (gap)", "1.4 ? 404@2.3 completed@2.3 (gap)",
                "1.5 GET /d@3 204@4 completed@4",
            ]),
        Case(
            "The client's FIN was missed: the server acknowledged it",
            #"""
            >>> 0.1
            COPY /a HTTP/1.1

            <<< 1
            HTTP/1.1 102 Processing

            --- 2 gap client 1
            --- 3 server fin
            """#,
            ["1.1 COPY /a@0.1 102@1 – closed_by_client@2.0001 (gap)"], ends: ["1 fin client"]),
        Case(
            "The server's FIN was missed: it ends the content",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK

            1234567890\
            --- 2 gap server 1
            --- 3 client fin
            """#,
            ["1.1 GET /a@0.1 200@1+10 completed@1 (gap)"], ends: ["1 fin server"]),
        Case(
            "One missed octet that others follow was no FIN",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK

            1234567890\
            --- 2 gap server 1
            <<< 3
            1234567890\
            --- 4 server fin
            --- 5 client fin
            """#,
            ["1.1 GET /a@0.1 200@1-1-3+21 completed@3 (gap)"], ends: ["1 fin server"]),
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

    /// Captures that begin in the middle of a connection.
    static let midstream = [
        Case(
            "The capture begins with a request",
            #"""
            --- start midstream
            >>> 1
            GET /a HTTP/1.1

            <<< 2
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 GET /a@1 200@2+2 completed@2"]),
        Case(
            "The capture begins in the middle of a response's content",
            #"""
            --- start midstream
            <<< 1
            some content, and HTTP/1.1 in it\
            <<< 2
            more of it
            >>> 3
            GET /a HTTP/1.1

            <<< 4
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            """#,
            ["1.1 GET /a@3 200@4+2 completed@4"]),
        Case(
            "The capture begins in the middle of a request's content",
            #"""
            --- start midstream
            >>> 1
            some=content&and=more of it\
            <<< 2
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            >>> 3
            GET /a HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            ["1.1 ? 200@2+2 completed@2 (midstream)", "1.2 GET /a@3 204@4 completed@4"]),
        Case(
            "The capture begins in the middle of a request's head",
            #"""
            --- start midstream
            >>> 1
            nt: somebody
            Accept: */*

            <<< 2
            HTTP/1.1 102 Processing

            <<< 3
            HTTP/1.1 204 No Content

            >>> 4
            GET /a HTTP/1.1

            <<< 5
            HTTP/1.1 204 No Content

            """#,
            ["1.1 ? 102@2 204@3 completed@3 (midstream)", "1.2 GET /a@4 204@5 completed@5"]),
        Case(
            "Nothing is made up across a hole while nobody knows who is the client",
            #"""
            --- start midstream
            <<< 1
            HTTP\
            --- 1.2 gap server 20
            <<< 2
            /1.1 200 OK

            >>> 3
            GET /a HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /a@3 204@4 completed@4"]),
        Case(
            "The answer before that of a missed request does not settle whose the next one is",
            #"""
            >>> 1
            GET /a HTTP/1.1

            --- 1.1 gap client 30
            <<< 2
            HTTP/1.1 204 No Content

            >>> 3
            GET /c HTTP/1.1

            <<< 4
            HTTP/1.1 204 No Content

            <<< 5
            HTTP/1.1 204 No Content

            """#,
            [
                "1.1 GET /a@1 204@2 completed@2", "1.2 GET /c@3 204@4 completed@4 (gap)",
                "1.3 ? 204@5 completed@5 (gap)",
            ]),
    ]
}
