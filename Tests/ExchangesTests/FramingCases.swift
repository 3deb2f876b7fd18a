extension Case {
    /// How long the content of responses is.
    static let framing = [
        Case(
            "204 and 304 have no content, whatever their fields say",
            #"""
            >>> 0.1
            DELETE /a HTTP/1.1

            <<< 1
            HTTP/1.1 204 No Content
            Content-Length: 5

            >>> 2
            GET /b HTTP/1.1

            <<< 3
            HTTP/1.1 304 Not Modified
            Transfer-Encoding: chunked

            >>> 4
            GET /c HTTP/1.1

            <<< 5
            HTTP/1.1 200 OK
            Content-Length: 0

            """#,
            [
                "1.1 DELETE /a@0.1 204@1 completed@1", "1.2 GET /b@2 304@3 completed@3",
                "1.3 GET /c@4 200@5 completed@5",
            ]),
        Case(
            "A list of equal lengths is one length, in one field or in two",
            #"""
            >>> 0.1
            POST /a HTTP/1.1
            Content-Length: 3, 3

            abc\
            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 2
            Content-Length:2

            ok\
            >>> 2
            GET /b HTTP/1.1

            <<< 3
            HTTP/1.1 200 OK
            Content-Length: 0

            """#,
            ["1.1 POST /a@0.1+3 200@1+2 completed@1", "1.2 GET /b@2 200@3 completed@3"]),
        Case(
            "Lengths that contradict each other leave the end unknown until the next response",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 2
            Content-Length: 3

            abc\
            >>> 2
            GET /b HTTP/1.1

            <<< 3
            HTTP/1.1 200 OK
            Content-Length: 0

            """#,
            ["1.1 GET /a@0.1 200@1… lost@1", "1.2 GET /b@2 200@3 completed@3"]),
        Case(
            "A length beyond 64 bits is none",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 99999999999999999999

            abc\
            --- 2 server fin
            --- 3 client fin
            """#,
            ["1.1 GET /a@0.1 200@1… closed_by_server@2"], ends: ["1 fin server"]),
        Case(
            "The largest length is one",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 9223372036854775807

            abc\
            --- 2 client rst
            """#,
            ["1.1 GET /a@0.1 200@1+3… reset_by_client@2"], ends: ["1 reset client"]),
        Case(
            "Chunks with extensions and trailers, cut inside sizes and line ends",
            #"""
            >>> 0.1
            PUT /c HTTP/1.1
            Transfer-Encoding: gzip, chunked

            3;name="value"
            abc
            0
            Checksum: 1

            <<< 1
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            0\
            <<< 2
            00A ; last=1\r\
            <<< 3
            \n\
            <<< 4
            0123456789\
            <<< 5

            0
            ETag: "x"

            >>> 6
            GET /d HTTP/1.1

            <<< 7
            HTTP/1.1 204 No Content

            """#,
            ["1.1 PUT /c@0.1+3 200@1-1-5+10 completed@5", "1.2 GET /d@6 204@7 completed@7"]),
        Case(
            "A chunked response that has a Content-Length too is chunked",
            #"""
            >>> 0.1
            GET /c HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 1
            Transfer-Encoding: Chunked

            2
            ok
            0

            >>> 2
            GET /d HTTP/1.1

            <<< 3
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /c@0.1 200@1+2 completed@1", "1.2 GET /d@2 204@3 completed@3"]),
        Case(
            "A chunk size that is none leaves the end unknown until the next response",
            #"""
            >>> 0.1
            GET /c HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            2
            ok
            xyz
            >>> 2
            GET /d HTTP/1.1

            <<< 3
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /c@0.1 200@1+2… lost@1", "1.2 GET /d@2 204@3 completed@3"]),
        Case(
            "The end of the connection ends content without a length",
            #"""
            >>> 0.1
            GET /c HTTP/1.0

            <<< 1
            HTTP/1.0 200 OK
            Content-Type: text/plain

            some\
            <<< 2
             text\
            --- 3 server fin
            --- 4 client fin
            """#,
            ["1.1 GET /c@0.1 200@1-1-2+9 completed@2"], ends: ["1 fin server"]),
        Case(
            "A transfer coding without chunked lasts until the connection's end",
            #"""
            >>> 0.1
            GET /c HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Transfer-Encoding: gzip

            zip\
            --- 3 server fin
            """#,
            ["1.1 GET /c@0.1 200@1+3 completed@1"]),
        Case(
            "A RST does not end content without a length",
            #"""
            >>> 0.1
            GET /c HTTP/1.0

            <<< 1
            HTTP/1.0 200 OK

            some\
            --- 3 server rst
            """#,
            ["1.1 GET /c@0.1 200@1+4… reset_by_server@3"], ends: ["1 reset server"]),
        Case(
            "CONNECT that is refused is an exchange as any other",
            #"""
            >>> 0.1
            CONNECT b.example:443 HTTP/1.1

            <<< 1
            HTTP/1.1 407 Proxy Authentication Required
            Content-Length: 2

            no\
            >>> 2
            CONNECT b.example:443 HTTP/1.1

            <<< 3
            HTTP/1.1 204 No Content

            \x16\x03\x01\
            """#,
            [
                "1.1 CONNECT b.example:443@0.1 407@1+2 completed@1",
                "1.2 CONNECT b.example:443@2 204@3 completed@3",
            ]),
        Case(
            "An interim response that closes the connection by its fields does not",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 102 Processing
            Connection: close

            <<< 2
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            >>> 3
            GET /b HTTP/1.1

            <<< 4
            HTTP/1.1 200 OK
            Content-Length: 0

            """#,
            ["1.1 GET /a@0.1 102@1 200@2+2 completed@2", "1.2 GET /b@3 200@4 completed@4"]),
    ]
}
