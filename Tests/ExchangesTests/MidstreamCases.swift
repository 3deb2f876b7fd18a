extension Case {
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
    ]
}
