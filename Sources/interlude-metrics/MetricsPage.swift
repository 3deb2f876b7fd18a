import FlyingFox
import FlyingSocks
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Serves one page, `GET /metrics`: the last text that came on standard input, a socket whose messages are texts.
///
/// A program of its own: an HTTP server brings libraries along whose loading takes longer than a small audit, and whoever
/// watches packets should not wait for who reads numbers. It says on that socket how its start went (an empty message:
/// well) and ends with it. Called with an address and a port.
func serveMetrics(_ arguments: [String]) {
    guard arguments.count == 3, let port = UInt16(arguments[2]) else { return say("it takes an address and a port") }
    let page = MetricsPage()
    Task.detached { await page.serve(on: arguments[1], port) }
    page.readTexts()
}

/// The page, shared between the thread that reads and those that serve.
private final class MetricsPage: Sendable {
    private let text = Mutex<[UInt8]>([])
    /// More than the numbers take.
    private static let mostOctets = 1 << 20

    /// Takes texts until there are no more.
    func readTexts() {
        var octets = [UInt8](repeating: 0, count: Self.mostOctets)
        while true {
            // It writes at most as many octets as the array has.
            let count = unsafe read(0, &octets, octets.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            let page = Array(octets[..<count])
            text.withLock { $0 = page }
        }
    }

    /// Serves the page for ever; says why where that is not possible.
    func serve(on host: String, _ port: UInt16) async {
        do {
            let server =
                host.contains(":")
                ? HTTPServer(address: try .inet6(ip6: host, port: port), logger: .disabled)
                : HTTPServer(address: try .inet(ip4: host, port: port), logger: .disabled)
            await server.appendRoute("GET /metrics") { [self] _ in
                let octets = text.withLock { $0 }
                // Before the first text there is nothing to be taken for numbers.
                return HTTPResponse(
                    statusCode: octets.isEmpty ? .serviceUnavailable : .ok,
                    headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                    body: HTTPBodySequence(from: Octets(octets), count: octets.count))
            }
            Task {
                try await server.waitUntilListening(timeout: 5)
                say("")
            }
            try await server.run()
        } catch {
            say(reason(error))
            exit(1)
        }
    }
}

/// Why it cannot serve, in words for people.
private func reason(_ error: any Error) -> String {
    guard case .failed(_, let code, let message) = error as? SocketError else { return "\(error)" }
    // An address that cannot be read is no error of the system.
    return code == 0 ? "its address is not that of an IP interface" : message
}

/// Tells whoever started this program.
private func say(_ words: String) {
    let octets = Array(words.utf8)
    // It reads as many octets as the array has.
    _ = unsafe send(0, octets, octets.count, Int32(MSG_NOSIGNAL))
}

/// Octets in memory as the body of a response.
private struct Octets: AsyncBufferedSequence {
    private let octets: [UInt8]

    init(_ octets: [UInt8]) {
        self.octets = octets
    }

    func makeAsyncIterator() -> Iterator { Iterator(rest: octets[...]) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        var rest: ArraySlice<UInt8>

        mutating func next() async -> UInt8? { rest.popFirst() }

        mutating func nextBuffer(suggested count: Int) async -> ArraySlice<UInt8>? {
            guard !rest.isEmpty else { return nil }
            let part = rest.prefix(Swift.max(1, count))
            rest = rest.dropFirst(part.count)
            return part
        }
    }
}
