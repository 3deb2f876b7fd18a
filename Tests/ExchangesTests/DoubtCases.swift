extension Case {
    /// Missed requests, answers and FINs, after which it is not known whose an answer is, or who closed.
    static let doubts = [
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
