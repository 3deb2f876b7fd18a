import CaptureForge
import HTTP1
import Testing

@Suite("Messages of one direction")
struct ReaderTests {
    private let requests = """
        \r\n\r\nPOST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloGET /b HTTP/1.1\r\n\r\n\r\nPUT /c HTTP/1.1\r
        Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\nGET /d HTTP/1.1\r\n\r\n
        """
    private let told = [
        "head POST /a", "+5", "end", "head GET /b", "head PUT /c", "+3", "end", "head GET /d",
    ]

    @Test("Messages follow each other, cut anywhere")
    func cut() {
        for length in 1...requests.utf8.count {
            var reader = Reader(.request)
            reader.read(requests, every: length)
            #expect(reader.lines == told, "\(length) octets each")
            #expect(reader.oddities == [])
        }
    }

    @Test("In runs of any lengths", arguments: UInt64(1)...50)
    func anyRuns(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var reader = Reader(.request)
        var rest = Array(requests.utf8)[...]
        while !rest.isEmpty {
            let run = rest.prefix(Int.random(in: 1...30, using: &random))
            reader.read(Array(run))
            rest = rest.dropFirst(run.count)
        }
        #expect(reader.lines == told, "seed \(seed)")
    }

    @Test("What is no HTTP from the beginning turns the reader off, cut anywhere")
    func notHTTP() {
        for text in [
            "\u{16}\u{3}\u{1} hello", "SSH-2.0-x\r\n", "GET /\r\n\r\n", "GET / HTTP/x.9\r\n\r\n",
            "\0\0\0\u{5}abcd",
        ] {
            for length in [1, 3, 100] {
                var reader = Reader(.request)
                reader.read(text + "GET / HTTP/1.1\r\n\r\n", every: length)
                #expect(reader.lines == ["not HTTP"])
                #expect(reader.isOff)
            }
        }
    }

    @Test("Behind a start line that is too long for one, the next head is found in the same run")
    func longStartLine() {
        var limits = HTTPLimits()
        limits.headOctets = 64
        var reader = Reader(.response, limits: limits)
        reader.read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        reader.read("HTTP/1.1 " + String(repeating: " ", count: 20))
        reader.read(String(repeating: " ", count: 200) + "\r\nHTTP/1.1 204 Found\r\n\r\n")
        #expect(reader.lines.first == "head 200 OK")
        #expect(reader.lines.last == "head 204 Found")
        #expect(reader.oddities.contains(.unexpectedOctets))
    }

    @Test("Control characters in a target do not hide a request, cut anywhere")
    func controlCharacters() {
        for length in [1, 3, 9, 100] {
            var reader = Reader(.request)
            reader.read("GET /\0\u{1}?a HTTP/1.1\r\n\r\n", every: length)
            #expect(reader.lines == ["head GET /\0\u{1}?a"])
        }
    }

    @Test("HTTP/2's preface turns the reader off, cut anywhere")
    func http2() {
        for length in 1...20 {
            var reader = Reader(.request)
            reader.read("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", every: length)
            #expect(reader.lines == ["HTTP/2"])
            #expect(reader.isOff)
        }
    }

    @Test("A header of the PROXY protocol before the first request is passed over, cut anywhere", arguments: 0..<5)
    func proxyHeader(which: Int) {
        let signature = Array("\r\n\r\n\0\r\nQUIT\n".utf8)
        let header = [
            Array("PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n".utf8), Array("PROXY UNKNOWN\r\n".utf8),
            signature + [0x21, 0x11, 0, 12] + [10, 0, 0, 1, 10, 0, 0, 2, 0, 80, 1, 187], signature + [0x20, 0, 0, 0],
            signature + [0x21, 0x21, 1, 4] + Array("GET / HTTP/1.1\r\n\r\n".utf8) + [UInt8](repeating: 0, count: 242),
        ][which]
        let octets = header + Array("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n".utf8)
        for length in 1...octets.count {
            var reader = Reader(.request)
            reader.read(octets, every: length)
            #expect(reader.lines == ["head GET /a", "head GET /b"], "\(length) octets each")
        }
    }

    @Test("What only begins like a PROXY header is no HTTP; behind a request it is an accident")
    func noProxyHeader() {
        for text in [
            "\r\n\r\n\0\r\nQUIX\n", "\r\n\r\n\0\r\nQUIT\n1", "PROXY \(String(repeating: "x", count: 107))\r\n",
            "PROXYTCP4\r\n",
        ] {
            for length in [1, 5, 200] {
                var reader = Reader(.request)
                reader.read(text + "GET /a HTTP/1.1\r\n\r\n", every: length)
                #expect(reader.lines == ["not HTTP"], "\(text), \(length) octets each")
            }
        }
        var reader = Reader(.request)
        reader.read("GET /a HTTP/1.1\r\n\r\nPROXY UNKNOWN\r\n")
        reader.read("GET /b HTTP/1.1\r\n\r\n")
        #expect(reader.lines == ["head GET /a", "passed 15", "head GET /b"])
        #expect(reader.oddities == .unexpectedOctets)
    }

    @Test("A SOCKS handshake before HTTP is passed over in either direction, cut anywhere", arguments: 0..<9)
    func socks(which: Int) {
        let (kind, handshake): (MessageKind, [UInt8]) = [
            (.request, [4, 1, 0, 80, 10, 0, 0, 2] + Array("user\0".utf8)),
            (.request, [4, 1, 0, 80, 0, 0, 0, 9] + Array("\0example.org\0".utf8)),
            (.request, [5, 1, 0, 5, 1, 0, 1, 10, 0, 0, 2, 0, 80]),
            (.request, [5, 2, 0, 2, 1, 2, 0x61, 0x62, 1, 0x63, 5, 1, 0, 3, 3, 0x61, 0x2e, 0x62, 0, 80]),
            (.request, [5, 1, 0, 5, 1, 0, 4] + [UInt8](repeating: 7, count: 18)),
            (.response, [0, 0x5a, 0, 0, 0, 0, 0, 0]), (.response, [5, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
            (.response, [5, 2, 1, 0, 5, 0, 0, 3, 1, 0x61, 0, 80]),
            (.response, [5, 0, 5, 0, 0, 4] + [UInt8](repeating: 0, count: 18)),
        ][which]
        let text = kind == .request ? "GET /a HTTP/1.1\r\n\r\n" : "HTTP/1.1 204 No\r\n\r\n"
        let octets = handshake + Array(text.utf8)
        for length in 1...octets.count {
            var reader = Reader(kind)
            reader.read(octets, every: length)
            #expect(reader.lines == [kind == .request ? "head GET /a" : "head 204 No"], "\(length) octets each")
        }
    }

    @Test("What only begins like a SOCKS handshake is no HTTP")
    func noSOCKS() {
        let beginnings: [[UInt8]] = [
            [4, 3], [5, 0], [5, 1, 0, 7], [5, 1, 0, 5, 9], [5, 1, 0, 5, 1, 1], [5, 1, 0, 5, 1, 0, 2], [0, 0x59],
        ]
        for beginning in beginnings {
            for length in [1, 3, 100] {
                var reader = Reader(beginning[0] == 0 ? .response : .request)
                reader.read(beginning + Array("GET /a HTTP/1.1\r\n\r\n".utf8), every: length)
                #expect(reader.lines == ["not HTTP"], "\(beginning), \(length) octets each")
            }
        }
    }

    @Test("A tunnel turns the reader off")
    func tunnel() {
        var reader = Reader(.response, framing: { _ in .tunnel })
        reader.read("HTTP/1.1 101 Switching\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")
        #expect(reader.lines == ["head 101 Switching"])
        #expect(reader.isOff)
    }

    @Test("Octets between messages are an accident, after which the next head is found")
    func accident() {
        for length in [1, 4, 100] {
            var reader = Reader(.response)
            reader.read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokay\r\n", every: length)
            reader.read("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", every: length)
            #expect(reader.lines.first == "head 200 OK" && reader.lines.last == "head 404 No")
            #expect(reader.oddities == .unexpectedOctets)
        }
    }

    @Test("Where framing is lost, heads are found again, and not inside words")
    func seeking() {
        var reader = Reader(.response, midstream: true)
        let words = "content that says HTTP/1.1 200 OK in a sentence\r\nand HTTP/1.1 200\r\nhello there"
        reader.read(words)
        #expect(reader.lines == ["passed \(words.utf8.count)"])
        reader.read("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
        #expect(reader.lines.last == "head 404 No")
        var requests = Reader(.request, midstream: true)
        requests.read("form=GET / HTTP/1.1\r\nGET /found HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(requests.lines.last == "head GET /found")
    }

    @Test("A stretch that was missed: inside content, at its end, in a head, between messages")
    func missed() {
        var reader = Reader(.response)
        reader.read("HTTP/1.1 200 A\r\nContent-Length: 10\r\n\r\n123")
        reader.miss(3)
        reader.read("4567HTTP/1.1 200 B\r\nContent-Length: 10\r\n\r\n123")
        reader.miss(7)
        reader.read("HTTP/1.1 200 C\r\nContent-Length: 10\r\n\r\n123")
        reader.miss(9)
        reader.read("xHTTP/1.1 200 D\r\nContent-Length: 0\r\n\r\n")
        reader.read("HTTP/1.1 200 E\r\nContent-L")
        reader.miss(5)
        reader.read("HTTP/1.1 200 F\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12")
        reader.miss(2)
        reader.read("5\r\n5\r\n12")
        reader.miss(4)
        reader.miss(1)
        reader.read("HTTP/1.1 200 G\r\n\r\nabc")
        reader.miss(4)
        reader.read("x")
        #expect(
            reader.lines == [
                "head 200 A", "+3", "missed inContent", "+4", "end",
                "head 200 B", "+3", "missed endsContent(octets: 7)",
                "head 200 C", "+3", "missed endsContent(octets: 7)", "passed 1",
                "head 200 D",
                "missed cutsHead", "head~ 200 E",
                "head 200 F", "+2", "missed inContent", "+3", "missed losesFraming", "missed nothing",
                "head 200 G", "+3", "missed inContent", "+1",
            ])
        var between = Reader(.response)
        between.read("HTTP/1.1 204 A\r\nContent-Length: 0\r\n\r\n")
        between.miss(1)
        between.miss(1)
        #expect(between.lines == ["head 204 A", "missed betweenMessages", "missed nothing"])
    }

    @Test("A head beyond the bound is told as far as it goes, however it is cut")
    func bound() {
        var limits = HTTPLimits()
        limits.headOctets = 60
        let text = "GET /a HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 40) + "\r\n"
        for length in [1, 7, 59, 60, 61, 1_000] {
            var reader = Reader(.request, limits: limits)
            reader.read(text, every: length)
            reader.read("GET /b HTTP/1.1\r\n\r\n")
            #expect(reader.lines.first == "head~ GET /a" && reader.lines.last == "head GET /b", "\(length) octets each")
        }
        // To the octet.
        let exact = "GET /a HTTP/1.1\r\nX: " + String(repeating: "y", count: 36) + "\r\n\r\n"
        for length in [1, 7, 60] {
            var reader = Reader(.request, limits: limits)
            reader.read(exact, every: length)
            #expect(exact.utf8.count == 60 && reader.lines == ["head GET /a"])
        }
    }

    @Test("Any octets are read to their end", arguments: UInt64(1)...300)
    func anything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let words = [
            "GET ", "/ ", "HTTP/1.1", "HTTP/1.1 200 OK", "\r\n", "\n", "\r\n\r\n", "Content-Length: ", "5",
            "Transfer-Encoding: chunked", "0\r\n\r\n", ":", " ", "\0", "\u{ff}", "99999999999999999999",
            "PRI * HTTP/2.0",
        ]
        let kind = random.chance(oneIn: 2) ? MessageKind.request : .response
        var limits = HTTPLimits()
        (limits.headOctets, limits.fieldLines) = (100, 5)
        var reader = Reader(kind, midstream: random.chance(oneIn: 2), limits: limits)
        for _ in 0..<100 {
            if random.chance(oneIn: 10) { reader.miss(.random(in: 1...20, using: &random)) }
            let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                words[Int.random(in: 0..<words.count, using: &random)]
            }.joined()
            reader.read(text, every: random.chance(oneIn: 3) ? 3 : .max)
        }
        #expect(reader.lines.count < 3_000)
    }
}
