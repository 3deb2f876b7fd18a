import CaptureModel
import Exchanges
import Testing

@testable import Reports

/// These stand here and not beside `Exchanges` for they share this room's way of building exchanges by hand.
@Suite("Classes and patterns of exchanges")
struct ClassificationTests {
    private func octets(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func exchange(
        _ method: String, _ fields: [(String, String)] = [], status: Int = 200, _ answer: [(String, String)] = [],
        interims: [Int] = [], at ms: Double = 10
    ) -> Exchange {
        var sample = Sample()
        sample.request(method, octets("/"), fields.map { ($0.0, octets($0.1)) })
        for interim in interims { sample.interim(interim, "", at: ms / 2) }
        sample.final(status, "", at: ms, answer.map { ($0.0, octets($0.1)) })
        return sample.exchange
    }

    @Test(
        "Methods of WebDAV's family make an exchange WebDAV",
        arguments: """
            ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT COPY LABEL LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF \
            MKWORKSPACE MOVE ORDERPATCH PROPFIND PROPPATCH REBIND REPORT SEARCH UNBIND UNCHECKOUT UNLOCK UPDATE \
            UPDATEREDIRECTREF VERSION-CONTROL BCOPY BDELETE BMOVE BPROPFIND BPROPPATCH POLL UNSUBSCRIBE X-MS-ENUMATTS
            """.split(separator: " ").map(String.init))
    func methods(method: String) {
        #expect(exchange(method).webdav.age == .current)
    }

    @Test(
        "Other methods do not",
        arguments: [
            "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "SUBSCRIBE", "NOTIFY", "",
            "COPYX",
        ])
    func otherMethods(method: String) {
        #expect(exchange(method, [("Host", "a"), ("If-Match", "*"), ("Range", "bytes=0-")]).webdav.age == .none)
    }

    @Test("Fields that only WebDAV has, a 207, and a DAV field that answers OPTIONS, do")
    func signs() {
        #expect(exchange("DELETE", [("Depth", "infinity")]).webdav.age == .current)
        #expect(exchange("PUT", [("IF", "(<opaquelocktoken:1>)")]).webdav.age == .current)
        #expect(exchange("PUT", [("If", "<http://a/> (<urn:uuid:1>)")]).webdav.age == .current)
        #expect(exchange("PUT", [("If", "maybe")]).webdav.age == .none)
        #expect(exchange("X", [("Destination", "/b")]).webdav.age == .current)
        #expect(exchange("X", [("Lock-Token", "<a>")]).webdav.age == .current)
        #expect(exchange("GET", [("DAV", "1")]).webdav.age == .current)
        #expect(exchange("OPTIONS", status: 200, [("DAV", "1,2")]).webdav.age == .current)
        #expect(
            exchange("GET", status: 200, [("DAV", "1,2"), ("Depth", "1"), ("Destination", "/")]).webdav.age == .none)
        #expect(exchange("POST", status: 207).webdav.age == .current)
    }

    @Test("RFC 2518-only constructs make it legacy, each with the packet that shows it")
    func legacy() {
        let processing = exchange("COPY", interims: [100, 102])
        #expect(processing.webdav.age == .legacy)
        #expect(processing.webdav.construct?.kind == .processing)
        #expect(processing.webdav.construct?.place == processing.interims[1].first)
        #expect(exchange("GET", interims: [102]).webdav.age == .none)

        let status = exchange("GET", status: 200, [("status-URI", "200 </a>")])
        #expect(status.webdav.construct?.kind == .statusURI && status.webdav.age == .legacy)
        #expect(exchange("GET", [("Status-URI", "200 </a>")]).webdav.age == .none)

        for (value, isLegacy) in [
            ("Second-4100000000", false), ("Infinite, Second-1", false), (" infinite ,second-5", false), ("", false),
            ("Extend", true), ("Infinite, Extend-2", true), ("30", true),
        ] {
            #expect(
                (exchange("LOCK", [("Timeout", value)]).webdav.construct?.kind == .timeoutType) == isLegacy, "\(value)")
        }
        #expect(exchange("POST", [("Timeout", "30")]).webdav.age == .none)

        #expect(exchange("OPTIONS", status: 200, [("MS-Author-Via", "DAV")]).webdav.age == .none)
        #expect(
            exchange("OPTIONS", status: 200, [("MS-Author-Via", "MS-FP/4.0,DAV")]).webdav.construct?.kind == .frontPage)

        var element = exchange("MOVE")
        element.legacyElement = .propertyBehavior
        #expect(element.webdav.construct?.kind == .element(.propertyBehavior) && element.webdav.age == .legacy)
    }

    @Test("Patterns tell how a server treated the request")
    func patterns() {
        #expect(exchange("GET").pattern == .immediate)
        #expect(exchange("GET", at: 999.999_999).pattern == .immediate)
        #expect(exchange("GET", at: 1000).pattern == .silentHold)
        #expect(exchange("PUT", interims: [100, 103], at: 1000).pattern == .silentHold)
        #expect(exchange("PUT", interims: [100, 102], at: 1000).pattern == .interimHeartbeat)
        #expect(exchange("POST", status: 202, interims: [102]).pattern == .acceptedPolling)
        #expect(exchange("GET", status: 101, at: 5000).pattern == .upgraded)
        #expect(exchange("CONNECT", status: 200).pattern == .tunnel)
        #expect(exchange("CONNECT", status: 407).pattern == .immediate)
        for (type, isStream) in [
            ("text/event-stream", true), ("Text/Event-Stream;charset=utf-8", true), ("text/event-streams", false),
            ("text/html", false), ("", false),
        ] {
            let pattern = exchange("GET", status: 200, [("Content-Type", type)]).pattern
            #expect((pattern == .eventStream) == isStream, "\(type)")
        }
    }
}
