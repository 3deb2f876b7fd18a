import CaptureForge
import CaptureModel
import Exchanges
import TestBench
import Testing

@Suite("What TCP and the capture do to exchanges")
struct TransportTests {
    private func segments(_ text: String) throws -> [ForgedSegment] {
        try Dialogue(parsing: "expect: nothing\n" + text + "\n").capture().segments
    }

    private func told(_ segments: [ForgedSegment], times: Bool = true) -> [String] {
        accounts(read(segments).exchanges, times: times)
    }

    private let two = #"""
        >>> 0.1
        POST /a HTTP/1.1
        Content-Length: 3

        abc\
        <<< 1
        HTTP/1.1 102 Processing

        <<< 2
        HTTP/1.1 200 OK
        Content-Length: 2

        ok\
        >>> 3
        GET /b HTTP/1.1

        <<< 4
        HTTP/1.1 404 Not Found
        Content-Length: 1

        b\
        --- 5 server fin
        --- 6 client fin
        """#

    @Test("Only the client was captured: requests without answers")
    func clientOnly() throws {
        let all = try segments(two)
        let client = all[0].source
        #expect(
            told(all.filter { $0.source == client }) == [
                "1.1 POST /a@0.1+3 – closed_by_client@6 (one_sided)", "1.2 GET /b@3 – closed_by_client@6 (one_sided)",
            ])
    }

    @Test("The side closed first whose FIN the other's acknowledges, whichever was captured first", arguments: [0, 1])
    func overtakenFIN(microseconds: Int) throws {
        var all = try segments(
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            --- 5 server fin
            --- 5.1 client fin
            """#)
        let fins = all.indices.filter { all[$0].flags.contains(.fin) }
        let time = all[fins[0]].time
        all.swapAt(fins[0], fins[1])
        all[fins[0]].time = time
        all[fins[1]].time = time.later(by: Int64(microseconds) * 1_000)
        let reading = read(all)
        #expect(accounts(reading.exchanges) == ["1.1 GET /a@0.1 – closed_by_server@5"])
        #expect(reading.ends.map { account($0) } == ["1 fin server"])
    }

    @Test("Only the server was captured: answers without requests")
    func serverOnly() throws {
        let all = try segments(two)
        let client = all[0].source
        #expect(
            told(all.filter { $0.source != client }) == [
                "1.1 ? 102@1 200@2+2 completed@2 (one_sided)", "1.2 ? 404@4+1 completed@4 (one_sided)",
            ])
    }

    @Test("Only the client was captured, without its SYN")
    func clientOnlyMidstream() throws {
        let all = try segments(two)
        let client = all[0].source
        let rest = all.filter { $0.source == client && !$0.flags.contains(.syn) }
        #expect(
            told(rest) == [
                "1.1 POST /a@0.1+3 – closed_by_client@6 (one_sided)", "1.2 GET /b@3 – closed_by_client@6 (one_sided)",
            ])
    }

    @Test("The handshake was missed, or half of it: the same is told")
    func handshake() throws {
        let all = try segments(two)
        let expected = told(all)
        #expect(told(Array(all.dropFirst(1))) == expected)
        #expect(told(Array(all.dropFirst(2))) == expected)
        #expect(told(Array(all.dropFirst(3))) == expected)
        #expect(told([all[0]] + all.dropFirst(2)) == expected)
        #expect(told([all[0], all[0], all[1], all[1]] + all.dropFirst(2)) == expected)
    }

    @Test("Where the endpoints are the other way round, the same is told, also without a handshake")
    func mirrored() throws {
        func mirrored(_ segments: [ForgedSegment]) -> [ForgedSegment] {
            segments.map { segment in
                var segment = segment
                let address = { (end: Endpoint) in
                    Endpoint(address: IPAddress(ipv4: UInt32(truncatingIfNeeded: ~end.address.low)), port: end.port)
                }
                (segment.source, segment.destination) = (address(segment.source), address(segment.destination))
                return segment
            }
        }
        for example in Case.all {
            let dialogue = try example.dialogue()
            guard dialogue.snaplen == nil else { continue }
            let all = dialogue.capture().segments
            #expect(told(mirrored(all)) == told(all), "\(example.title)")
            let bare = all.filter { !$0.flags.contains(.syn) }
            #expect(told(mirrored(bare)) == told(bare), "\(example.title), without handshakes")
        }
    }

    @Test("Keep-alive probes and pure acknowledgements change nothing")
    func probes() throws {
        let all = try segments(two)
        var probed: [ForgedSegment] = []
        for segment in all {
            probed.append(segment)
            guard segment.flags == .ack, segment.payload.isEmpty else { continue }
            for octets in [[], [0]] as [[UInt8]] {
                var probe = segment
                probe.sequence &-= 1
                probe.payload = octets
                probed.append(probe)
            }
            probed.append(segment)
        }
        #expect(told(probed) == told(all))
    }

    @Test("A new connection on the same endpoints is another one, whether the old one was closed or not")
    func reused() throws {
        let all = try segments(two)
        let again = all.map { segment in
            var segment = segment
            segment.time = segment.time.later(by: 100_000_000_000)
            let isClient = segment.source == all[0].source
            segment.sequence &+= isClient ? 77_777 : 99_999
            if segment.flags.contains(.ack) { segment.acknowledgement &+= isClient ? 99_999 : 77_777 }
            return segment
        }
        let expected = told(all, times: false)
        let moved = expected.map { "2" + $0.dropFirst() }
        #expect(told(all + again, times: false) == expected + moved)
        let open = all.filter { !$0.flags.contains(.fin) && $0.time < Dialogue.start.later(by: 3_500_000_000) }
        #expect(
            told(open + again, times: false)
                == ["1.1 POST /a+3 102 200+2 completed", "1.2 GET /b – unanswered"] + moved)
        #expect(read(open + again).ends.map { account($0) } == ["1 idle", "2 fin server"])
    }

    @Test("A request waits for hours beside the traffic of others")
    func patience() throws {
        let slow = try segments(
            #"""
            >>> 0.1
            COPY /big HTTP/1.1

            <<< 14400
            HTTP/1.1 102 Processing

            <<< 28800
            HTTP/1.1 201 Created
            Content-Length: 0

            """#)
        var others: [ForgedSegment] = []
        for number in 0..<2_000 {
            var conversation = TCPConversation(
                client: Endpoint(address: IPAddress(ipv4: 0x0a00_0007), port: UInt16(1_000 + number)),
                server: Endpoint(address: IPAddress(ipv4: 0x0a00_0002), port: 80))
            let time = Dialogue.start.later(by: Int64(number) * 15_000_000_000)
            conversation.open(at: time)
            let request = Array("GET /\(number) HTTP/1.1\r\n\r\n".utf8)
            conversation.send(request, from: .client, at: time.later(by: 1_000_000))
            conversation.send(Array("HTTP/1.1 204 No\r\n\r\n".utf8), from: .server, at: time.later(by: 2_000_000))
            others += conversation.inTimeOrder
        }
        let all = (slow + others).inTimeOrder
        let found = told(all)
        #expect(found.count == 2_001)
        #expect(found.contains { $0.hasSuffix(" COPY /big@0.1 102@14400 201@28800 completed@28800") })
        #expect(found.allSatisfy { $0.contains("completed") })
    }

    @Test("An answer captured before its question waits for it, and beyond the grace stands alone")
    func answerFirst() throws {
        let all = try segments(
            #"""
            >>> 0.1
            GET /a HTTP/1.1

            <<< 0.2
            HTTP/1.1 200 OK
            Content-Length: 2

            ok\
            >>> 3
            GET /b HTTP/1.1

            <<< 3.1
            HTTP/1.1 204 No Content

            """#)
        let question = try #require(all.firstIndex { !$0.payload.isEmpty })
        let answer = try #require(all.indices.first { $0 > question && !all[$0].payload.isEmpty })
        var late = all
        late.insert(late.remove(at: question), at: answer)
        #expect(
            told(late) == ["1.1 GET /a@0.1 200@0.2+2 completed@0.2", "1.2 GET /b@3 204@3.1 completed@3.1"])
        late.remove(at: answer)
        #expect(
            told(late) == ["1.1 ? 200@0.2+2 completed@0.2 (gap)", "1.2 GET /b@3 204@3.1 completed@3.1"])
    }

    @Test("One direction by a clock that is behind: answers wait for questions", arguments: [true, false])
    func skewedDirections(isMidstream: Bool) throws {
        var all = try segments(
            (1...20).map { number in
                """
                >>> 1.\(number + 100)
                GET /\(number) HTTP/1.1

                <<< 1.\(number + 100)5
                HTTP/1.1 200 \(number)
                Content-Length: 0


                """
            }.joined())
        if isMidstream { all.removeAll { $0.flags.contains(.syn) } }
        let expected = told(all, times: false)
        #expect(expected.count == 20)
        let client = try #require(all.first { !$0.payload.isEmpty }).source
        for milliseconds in [0.1, 1, 5, 30, 70] {
            let skewed = all.map { segment in
                var segment = segment
                if segment.source == client { segment.time = segment.time.later(by: Int64(milliseconds * 1e6)) }
                return segment
            }
            #expect(told(skewed.inTimeOrder, times: false) == expected, "\(milliseconds) ms")
        }
    }

    @Test("Who is the client, and how the connection began, are told")
    func identity() throws {
        let all = try segments(two)
        let found = read(all).exchanges
        #expect(found.allSatisfy { $0.connection.client == all[0].source && $0.connection.start == .handshake })
        let bare = read(all.filter { !$0.flags.contains(.syn) }).exchanges
        #expect(bare.allSatisfy { $0.connection.client == all[0].source && $0.connection.start == .midstream })
    }
}
