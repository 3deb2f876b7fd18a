import CaptureForge
import CaptureModel
import Exchanges
import TestBench
import Testing

/// Who asks and who answers, where the SYN says otherwise.
@Suite("Roles")
struct RolesTests {
    private let opener = Endpoint(address: IPAddress(ipv4: 0x0a00_0001), port: 40_000)
    private let acceptor = Endpoint(address: IPAddress(ipv4: 0x0a00_0002), port: 80)

    @Test("Whoever accepted a connection may be the one who asks", arguments: [false, true])
    func reversed(answers: Bool) {
        var conversation = TCPConversation(client: opener, server: acceptor)
        conversation.open(at: Dialogue.start)
        let time = Dialogue.start.later(by: 1_000_000)
        conversation.send(Array("GET /back HTTP/1.1\r\nHost: a\r\n\r\n".utf8), from: .server, at: time)
        if answers {
            conversation.send(
                Array("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n".utf8), from: .client,
                at: time.later(by: 1_000_000))
        }
        let found = read(conversation.inTimeOrder).exchanges
        #expect(
            accounts(found, times: false)
                == [answers ? "1.1 GET /back 102 204 completed" : "1.1 GET /back – unanswered"])
        #expect(found.first?.connection.client == acceptor && found.first?.connection.server == opener)
        #expect(found.first?.connection.start == .handshake && found.first?.integrity == [])
    }

    @Test("A request line in a response's place changes nothing once somebody asked")
    func onceAsked() {
        var conversation = TCPConversation(client: opener, server: acceptor)
        conversation.open(at: Dialogue.start)
        let time = Dialogue.start.later(by: 1_000_000)
        conversation.send(Array("GET /one HTTP/1.1\r\n\r\n".utf8), from: .client, at: time)
        conversation.send(Array("GET /echo HTTP/1.1\r\n\r\n".utf8), from: .server, at: time.later(by: 1_000_000))
        let found = read(conversation.inTimeOrder).exchanges
        #expect(found.count == 1 && found.first?.connection.client == opener)
    }
}
