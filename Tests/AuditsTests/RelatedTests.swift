import Audits
import CaptureForge
import Exchanges
import TestBench
import Testing

@Suite("Exchanges that belong together")
struct RelatedTests {
    @Test("Each exchange of a real proxy is linked with the other hop, both ways")
    func proxy() throws {
        let name = "nginx-takes-the-102-of-its-origin-for-the-final-response.pcap"
        let document = try Document(of: Repository.root + "/Fixtures/captures/" + name, lines: false)
        #expect(document.links == ["1.1 > 2.1", "3.1 > 4.1", "5.1 > 6.1", "7.1 > 8.1"])
        let findings = document.findings.filter { $0["exchange"]?.string == "5.1" }.compactMap { $0["rule"]?.string }
        #expect(findings.contains("interim/taken-as-final"))
    }

    @Test(
        "A link is told on both exchanges, whatever the dialogue",
        arguments: DialogueFile.all.filter { $0.path.contains("interim/") })
    func mutual(file: DialogueFile) throws {
        let document = try read(try file.read())
        #expect(document.backLinks == document.links)
    }

    @Test("A whole audit raises what a dialogue's first line says", arguments: DialogueFile.all)
    func findings(file: DialogueFile) throws {
        let dialogue = try file.read()
        let ids = Set(try read(dialogue).findings.compactMap { $0["rule"]?.string })
        #expect(ids.isSuperset(of: dialogue.expected))
        #expect(ids.isSubset(of: dialogue.expected + dialogue.also))
    }

    /// What a proxy says of whom it asks for, for a client 10.0.0.1 and one 10.0.0.4, to be told apart by it.
    private static let whom: [(String, String, String)] = [
        ("X-Forwarded-For: 10.0.0.1", "X-Forwarded-For: 10.0.0.4", "a list of one"),
        ("X-Forwarded-For: 192.0.2.7, 10.0.0.1", "X-Forwarded-For: 192.0.2.7,10.0.0.4", "the end of a list"),
        ("X-Real-IP: 10.0.0.1", "x-real-ip: 10.0.0.4", "one address"),
        ("Forwarded: for=10.0.0.1;proto=http", "Forwarded: by=_p, For=\"10.0.0.4:40002\"", "RFC 7239"),
    ]

    @Test("What a proxy says of its client tells two clients apart", arguments: whom)
    func traces(first: String, second: String, what: String) throws {
        let document = try read(try twoClients(first, second))
        #expect(document.links == ["1.1 > 3.1", "2.1 > 4.1"], "\(what)")
    }

    @Test("Two clients that cannot be told apart are not linked, nor one for whom nobody was asked")
    func doubt() throws {
        #expect(try read(try twoClients("Accept: */*", "Accept: */*")).links == [])
        let strangers = try twoClients("X-Forwarded-For: 10.0.0.7", "X-Forwarded-For: 10.0.0.8")
        #expect(try read(strangers).links == [])
    }

    @Test("Requests that differ in their target, or that came too late, are not linked")
    func unlike() throws {
        #expect(try read(try hops("/a", "/a", inner: 0.001)).links == ["1.1 > 2.1"])
        #expect(try read(try hops("/a", "/A", inner: 0.001)).links == [])
        #expect(try read(try hops("/a", "/a?b", inner: 0.001)).links == [])
        #expect(try read(try hops("/a", "/a", inner: 1.5)).links == [])
    }

    /// One hop after another: who asks whom for what, and when, in seconds.
    private func exchange(_ route: String, _ target: String, _ from: Double, _ to: Double) -> String {
        """
        --- new connection \(route)
        >>> \(from)
        GET \(target) HTTP/1.1
        Host: a

        <<< \(to)
        HTTP/1.1 204 No Content


        """
    }

    @Test("Times alone link what an address asks for as a rule, and not what it asks for by chance")
    func chance() throws {
        let long = "/assets/pictures/of-the-week.png"
        // Host 4 asks host 5; once while host 1 asks host 2 for the same.
        let apart = exchange("4 to 5", "/a", 1, 1.1) + exchange("4 to 5", "/b", 2, 2.1)
        let once = exchange("1 to 2", long, 3, 3.1) + exchange("4 to 5", long, 3.001, 3.099)
        #expect(try read(try Dialogue(parsing: "expect: nothing\n" + apart + once)).links == [])
        // Host 4 is another address of host 2: it asks whenever that is asked.
        let always = (1...4).map { at in
            let (target, at) = (long + "?\(at)", Double(at))
            return exchange("1 to 2", target, at, at + 0.003) + exchange("4 to 5", target, at + 0.001, at + 0.002)
        }
        let document = try read(try Dialogue(parsing: "expect: nothing\n" + always.joined()))
        #expect(document.links == ["3.1 > 4.1", "5.1 > 6.1", "7.1 > 8.1"])
        // That host 4 looks after its servers in between makes no difference.
        let checks = (1...6).map { exchange("4 to 5", "/health", Double($0) + 0.5, Double($0) + 0.51) }
        let checked = try read(try Dialogue(parsing: "expect: nothing\n" + (always + checks).joined()))
        #expect(checked.links.count == 3)
    }

    @Test("Where a proxy asks again because it got no answer, the last one asked is its other hop")
    func repetition() throws {
        let outer = exchange("1 to 2", "/a", 0, 3.01)
        let lost = """
            --- new connection 2 to 3
            >>> 0.001
            GET /a HTTP/1.1
            Host: a

            --- 2 server rst

            """
        let text = "expect: nothing\n" + outer + lost + exchange("2 to 4", "/a", 2.01, 3)
        #expect(try read(try Dialogue(parsing: text)).links == ["1.1 > 3.1"])
    }

    @Test("A server that asks others for its own ends is no proxy, though it once asks for what it is asked for")
    func mesh() throws {
        let own = (1...4).map { exchange("2 to 3", "/own/\($0)", Double($0), Double($0) + 0.1) }.joined()
        let both = exchange("1 to 2", "/health", 9, 9.1) + exchange("2 to 3", "/health", 9.001, 9.01)
        #expect(try read(try Dialogue(parsing: "expect: nothing\n" + own + both)).links == [])
        #expect(try read(try Dialogue(parsing: "expect: nothing\n" + both)).links == ["1.1 > 2.1"])
    }

    @Test("Where addresses are not counted, times alone link nothing, and a note says so")
    func uncounted() throws {
        var settings = AuditSettings()
        let text = exchange("1 to 2", "/a?b", 1, 1.1) + exchange("4 to 5", "/a?b", 1.001, 1.099)
        let dialogue = try Dialogue(parsing: "expect: nothing\n" + text)
        #expect(try read(dialogue).links == ["1.1 > 2.1"])
        settings.exchanges.hosts = 1
        let document = try read(dialogue, settings)
        #expect(document.links == [])
        #expect(document.findings.contains { $0["message"]?.string?.contains("(hosts)") == true })
    }

    @Test("What ends further apart than exchanges wait is not linked, and both are told all the same")
    func bound() throws {
        var settings = AuditSettings()
        let dialogue = try Dialogue(parsing: Self.apart)
        #expect(try read(dialogue, settings).links == ["1.1 > 2.1"])
        settings.relatedExchanges = 1
        let document = try read(dialogue, settings)
        #expect(document.links == [])
        #expect(document.exchanges.count == 4)
    }

    @Test("A 202 forgotten for another is noted")
    func forgotten() throws {
        var settings = AuditSettings()
        settings.relatedExchanges = 1
        let accepted = { (at: Int) in
            """
            >>> \(at)
            POST /\(at) HTTP/1.1

            <<< \(at).01
            HTTP/1.1 202 Accepted
            Location: /\(at)/state
            Content-Length: 0


            """
        }
        let text = "expect: nothing\n" + accepted(1) + accepted(2)
        let document = try read(try Dialogue(parsing: text), settings)
        let notes = document.findings.filter { $0["rule"]?.string == "capture/limit" }
        #expect(notes.count == 1)
        #expect(notes.first?["message"]?.string?.hasPrefix("a bound was reached: 1 202 response forgotten") == true)
    }

    /// The client gives up; two other exchanges end before the proxy's own does.
    private static let apart = """
        expect: nothing
        >>> 0
        GET /a HTTP/1.1
        X-Request-Id: 1

        --- 1 client fin
        --- 1.001 server fin
        --- new connection 4 to 5
        >>> 2
        GET /b HTTP/1.1

        <<< 2.1
        HTTP/1.1 204 No Content

        >>> 3
        GET /c HTTP/1.1

        <<< 3.1
        HTTP/1.1 204 No Content

        --- new connection 2 to 3
        >>> 0.5
        GET /a HTTP/1.1
        X-Request-Id: 1

        <<< 4
        HTTP/1.1 204 No Content


        """

    private func hops(_ outer: String, _ inner: String, inner at: Double) throws -> Dialogue {
        try Dialogue(
            parsing: """
                expect: nothing
                >>> 0
                GET \(outer) HTTP/1.1
                Host: a

                <<< 1
                HTTP/1.1 204 No Content

                --- new connection 2 to 3
                >>> \(at)
                GET \(inner) HTTP/1.1
                Host: a

                <<< \(at < 1 ? 0.999 : at + 0.1)
                HTTP/1.1 204 No Content


                """)
    }

    private func twoClients(_ first: String, _ second: String) throws -> Dialogue {
        let hop = { (route: String, at: String, field: String, end: String) in
            """
            --- new connection \(route)
            >>> \(at)
            GET /a HTTP/1.1
            Host: a
            \(field)

            <<< \(end)
            HTTP/1.1 204 No Content


            """
        }
        return try Dialogue(
            parsing: "expect: nothing\n" + hop("1 to 2", "0", "Accept: */*", "1.003")
                + hop("4 to 2", "0.001", "Accept: */*", "1.004") + hop("2 to 3", "0.002", first, "1.001")
                + hop("2 to 3", "0.0025", second, "1.002"))
    }

    private func read(_ dialogue: Dialogue, _ settings: AuditSettings = AuditSettings()) throws -> Document {
        let file = ScratchFile(".pcap")
        try FileOctets.write(PcapWriter().octets(dialogue.capture().frames), to: file.path)
        return try Document(of: file.path, lines: false, settings)
    }
}

extension Document {
    /// `outer > inner` for each pair of hops as the outer ones tell it.
    fileprivate var links: [String] {
        exchanges.compactMap { exchange in
            exchange["upstream"]?.string.map { "\(exchange["id"]?.string ?? "?") > \($0)" }
        }.sorted()
    }

    /// The same as the inner ones tell it.
    fileprivate var backLinks: [String] {
        exchanges.compactMap { exchange in
            exchange["downstream"]?.string.map { "\($0) > \(exchange["id"]?.string ?? "?")" }
        }.sorted()
    }
}
