extension Case {
    /// What requests look like, and what comes before, between and instead of them.
    static let requests = [
        Case(
            "Any token is a method, and methods are case-sensitive",
            #"""
            >>> 0.1
            M-SEARCH * HTTP/1.1

            !#$%&'*+.^_`|~x /odd HTTP/1.1

            head /h HTTP/1.1

            <<< 1
            HTTP/1.1 200 OK
            Content-Length: 1

            aHTTP/1.1 200 OK
            Content-Length: 2

            bbHTTP/1.1 200 OK
            Content-Length: 3

            ccc\
            """#,
            [
                "1.1 M-SEARCH *@0.1 200@1+1 completed@1", "1.2 !#$%&'*+.^_`|~x /odd@0.1 200@1+2 completed@1",
                "1.3 head /h@0.1 200@1+3 completed@1",
            ]),
        Case(
            "Empty lines before messages are passed over",
            #"""
            >>> 0.1


            GET /a HTTP/1.1

            <<< 1

            HTTP/1.1 200 OK
            Content-Length: 2

            ok
            >>> 2

            GET /b HTTP/1.1

            <<< 3
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /a@0.1 200@1+2 completed@1", "1.2 GET /b@2 204@3 completed@3"]),
        Case(
            "Lines end in LF alone, fields are folded, and start lines are loose",
            #"""
            >>> 0.1
            GET  /a b  HTTP/1.1 \nHost: h\nX: 1\n  2\nContent-Length:\x093\n\nabc\
            <<< 1
            HTTP/1.1  200  OK \nContent-Length : 2\n\nok\
            """#,
            ["1.1 GET /a b@0.1+3 200@1+2 completed@1"]),
        Case(
            "A pipeline with an interim response for each request, and one without",
            #"""
            >>> 0.1
            POST /a HTTP/1.1
            Content-Length: 3

            abcHEAD /b HTTP/1.1

            GET /c HTTP/1.1

            <<< 1
            HTTP/1.1 100 Continue

            HTTP/1.1 200 OK
            Content-Length: 1

            aHTTP/1.1 102 Processing

            HTTP/1.1 200 OK
            Content-Length: 99

            HTTP/1.1 404 Not Found
            Content-Length: 1

            c\
            """#,
            [
                "1.1 POST /a@0.1+3 100@1 200@1+1 completed@1", "1.2 HEAD /b@0.1 102@1 200@1 completed@1",
                "1.3 GET /c@0.1 404@1+1 completed@1",
            ]),
        Case(
            "A server answers nobody and closes",
            #"""
            <<< 60
            HTTP/1.1 408 Request Timeout
            Content-Length: 2

            ok\
            --- 60 server fin
            --- 61 client fin
            """#,
            ["1.1 ? 408@60+2 completed@60 stray"], ends: ["1 fin server"]),
        Case(
            "A second request comes after a stray response, and is told apart from it",
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 204 No Content

            <<< 2
            HTTP/1.1 102 Processing

            >>> 3
            GET /b HTTP/1.1

            <<< 4
            HTTP/1.1 200 OK
            Content-Length: 0

            """#,
            [
                "1.1 GET /a@0.1 204@1 completed@1", "1.2 ? 102@2 – unanswered@2 stray",
                "1.3 GET /b@3 200@4 completed@4",
            ]),
        Case(
            "A response comes before its request is complete, content or head",
            #"""
            >>> 0.1
            PUT /a HTTP/1.1
            Content-Length: 6

            abc\
            <<< 1
            HTTP/1.1 413 Content Too Large
            Content-Length: 2

            no\
            >>> 2
            def\
            >>> 3
            GET /b HTTP/1.1
            Ho\
            <<< 4
            HTTP/1.1 400 Bad Request
            Content-Length: 2

            no\
            >>> 5
            st: b

            """#,
            ["1.1 PUT /a@0.1-0.1-2+6 413@1+2 completed@1", "1.2 GET /b@3-5 400@4+2 completed@4"]),
        Case(
            "A load balancer's PROXY line precedes the first request, whose time is its own",
            #"""
            >>> 0.1
            PROXY TCP4 192.0.2.1 192.0.2.2 56324 443
            >>> 0.2
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /a@0.2 204@1 completed@1"]),
        Case(
            "A load balancer's binary PROXY header precedes the first request",
            #"""
            >>> 0.1
            \x0d\x0a\x0d\x0a\x00\x0d\x0aQUIT\x0a\x21\x11\x00\x0c\xc0\x00\x02\x01\xc0\x00\x02\x02\x00P\x01\xbb\
            GET /a HTTP/1.1

            <<< 1
            HTTP/1.1 204 No Content

            """#,
            ["1.1 GET /a@0.1 204@1 completed@1"]),
        Case(
            "HTTP/2's preface ends HTTP/1 on the connection",
            #"""
            >>> 0.1
            PRI * HTTP/2.0

            SM

            \x00\x00\x00\x04\x00\x00\x00\x00\x00\
            <<< 1
            \x00\x00\x06\x04\x00\x00\x00\x00\x00HTTP/1.1 200 OK

            """#,
            []),
        Case(
            "HTTP/0.9 has no version, and makes no exchange",
            #"""
            >>> 0.1
            GET /old
            <<< 1
            <html>
            --- 2 server fin
            """#,
            []),
        Case(
            "What cannot be read as a request may be answered: no request, and nothing that the capture missed",
            #"""
            >>> 0.1
            GET /old

            <<< 1
            HTTP/1.1 400 Bad Request
            Content-Length: 0

            """#,
            ["1.1 ? 400@1 completed@1"]),
        Case(
            "TLS makes no exchange",
            #"""
            >>> 0.1
            \x16\x03\x01\x00\x05GET / HTTP/1.1

            <<< 1
            \x16\x03\x03\x00\x02\x0d\x0aHTTP/1.1 200 OK

            """#,
            []),
        Case(
            "SSH makes no exchange",
            #"""
            <<< 0.1
            SSH-2.0-OpenSSH_9.6
            >>> 0.2
            SSH-2.0-OpenSSH_9.6
            >>> 0.3
            \x00\x00\x01\x02GET / HTTP/1.1

            """#,
            []),
        Case(
            "SMTP makes no exchange, though its mail may hold one",
            #"""
            <<< 0.1
            220 mail.example ESMTP
            >>> 0.2
            EHLO a.example
            <<< 0.3
            250 mail.example
            >>> 0.4
            DATA
            <<< 0.5
            354 go on
            >>> 0.6
            GET / HTTP/1.1
            Host: h

            """#,
            []),
        Case(
            "A request of HTTP/1.0 is answered by HTTP/1.1, with an interim response that it cannot expect",
            #"""
            >>> 0.1
            GET /a HTTP/1.0

            <<< 1
            HTTP/1.1 102 Processing

            <<< 2
            HTTP/1.1 200 OK

            text\
            --- 3 server fin
            """#,
            ["1.1 GET /a@0.1 102@1 200@2+4 completed@2"]),
        Case(
            "After a refusal the content comes in parts, and begins like a request",
            #"""
            >>> 0.1
            PUT /a HTTP/1.1
            Expect: 100-continue
            Content-Length: 6

            <<< 1
            HTTP/1.1 417 Expectation Failed
            Content-Length: 0

            >>> 2
            GET \
            >>> 3
            /x\
            >>> 4
            GET /b HTTP/1.1

            <<< 5
            HTTP/1.1 204 No Content

            """#,
            ["1.1 PUT /a@0.1-0.1-3+6 417@1 completed@1", "1.2 GET /b@4 204@5 completed@5"]),
        Case(
            "After a refusal the content begins like a request, and is the last that is sent",
            #"""
            >>> 0.1
            PUT /a HTTP/1.1
            Expect: 100-continue
            Content-Length: 6

            <<< 1
            HTTP/1.1 417 Expectation Failed
            Content-Length: 0

            >>> 2
            GET /x\
            --- 3 client fin
            """#,
            ["1.1 PUT /a@0.1-0.1-2+6 417@1 completed@1"]),
        Case(
            "After a refusal the content is words",
            #"""
            >>> 0.1
            PUT /a HTTP/1.1
            Expect: 100-continue
            Content-Length: 30

            <<< 1
            HTTP/1.1 417 Expectation Failed
            Content-Length: 0

            >>> 2
            PUT /a is the beginning\
            >>> 3
             of it

            <<< 4
            HTTP/1.1 102 Processing

            """#,
            ["1.1 PUT /a@0.1-0.1-3+30 417@1 completed@1", "1.2 ? 102@4 – unanswered@4 stray"]),
    ]
}
