import CaptureForge
import Foundation
import TestBench
import Testing

/// Chromium, where it is installed.
private let browser: String? = ["chromium", "chromium-browser", "google-chrome"].lazy
    .map { "/usr/bin/\($0)" }.first { FileManager.default.isExecutableFile(atPath: $0) }

@Suite("The page in a real browser", .enabled(if: browser != nil, "needs Chromium or Chrome in /usr/bin"))
struct BrowserTests {
    private let folder = ScratchFolder()

    /// The document as the page's script left it, and what the browser logged.
    private func open(_ name: String, fragment: String = "") throws -> (document: String, log: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(browser))
        process.arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile",
            "--enable-logging=stderr", "--virtual-time-budget=5000", "--dump-dom",
            "file://\(folder.path)/\(name)\(fragment)",
        ]
        // Files, for a pipe that nobody empties would stop it.
        let paths = [folder.path + "/document", folder.path + "/log"]
        for path in paths { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: paths[0]))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: paths[1]))
        try process.run()
        process.waitUntilExit()
        let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
        return (texts[0], texts[1])
    }

    @Test("The script runs under the page's own policy, and shows hostile octets as text")
    func hostile() throws {
        let evil = "/</script><script>alert(1)</script><img/src=x/onerror=alert(2)>"
        let dialogue = Captures.dialogue.replacing("COPY /a", with: "COPY \(evil)")
        _ = try folder.write(try Captures.pcap(dialogue), as: "a.pcap")
        #expect(try interlude(["inspect", "a.pcap", "-o", "r.html"], in: folder).code == 0)
        let (document, log) = try open("r.html", fragment: "#exchange-1.1")
        #expect(!log.contains("CONSOLE"), "\(log)")
        #expect(document.ranges(of: "<script").count == 2 && !document.contains("<img"))
        #expect(document.contains("/&lt;/script&gt;&lt;script&gt;alert(1)"))
        #expect(document.ranges(of: "class=\"row\"").count == 2)
        // The exchange of the fragment is open, and its story is told.
        #expect(document.contains("class=\"detail\"") && document.contains("Before its answer the server said 102"))
        #expect(document.contains("Then came the final response, 201 Created."))
    }

    @Test("Of thousands of exchanges the first rows are made, and the rest as they are asked for")
    func many() throws {
        _ = try folder.write(try Captures.many(3_000, perConnection: 10), as: "many.pcap")
        #expect(try interlude(["inspect", "many.pcap", "-o", "r.html"], in: folder).code == 0)
        let (document, log) = try open("r.html")
        #expect(!log.contains("CONSOLE"), "\(log)")
        let rows = document.ranges(of: "class=\"row\"").count
        #expect(rows >= 100 && rows < 1_000)
        #expect(document.contains("All 3,000"))
    }
}
