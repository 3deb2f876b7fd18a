import CaptureForge
import TestBench

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program of somebody else, to hear another opinion from.
enum Tool: String {
    case tshark, capinfos, tcpdump

    /// Whether all of them can be run here.
    static let areInstalled = [Tool.tshark, .capinfos, .tcpdump].allSatisfy { tool in
        let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
        return path.split(separator: ":").contains { unsafe access("\($0)/\(tool.rawValue)", X_OK) == 0 }
    }

    /// Which of Wireshark's releases tshark is of: `4.0`.
    static let release: String = {
        let words = tshark.output(["--version"]).prefix(80).split(separator: " ")
        let version = words.first { $0.contains(".") && $0.first?.isNumber == true } ?? ""
        return version.split(separator: ".").prefix(2).joined(separator: ".")
    }()

    /// What it writes to its standard output.
    func output(_ arguments: [String]) -> String {
        let quoted = arguments.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
        let result = ScratchFile(".out")
        _ = unsafe system("\(rawValue) \(quoted) >\(result.path) 2>/dev/null </dev/null")
        let octets = (try? FileOctets.read(result.path)) ?? []
        return String(decoding: octets, as: UTF8.self)
    }
}
