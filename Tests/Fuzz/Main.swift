import HTTP1

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `Fuzz TARGET LIBFUZZER-ARGUMENT…` fuzzes; `Fuzz --seeds FOLDER CAPTURE…` writes the inputs to begin with. What it
/// needs around it, `tools/fuzz` does.
@main
enum Main {
    static func main() {
        let words = CommandLine.arguments
        if words.count > 2, words[1] == "--seeds" { return Seeds(folder: words[2]).write(from: Array(words[3...])) }
        guard Main.target != nil else {
            print("usage: Fuzz TARGET …, which is one of", FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))
            exit(64)
        }
        // libFuzzer looks at the arguments from the second on, and takes those that are no options for folders.
        var count = CommandLine.argc - 1
        var arguments = unsafe CommandLine.unsafeArgv + 1
        exit(unsafe LLVMFuzzerRunDriver(&count, &arguments, tryInput))
    }

    static let target = CommandLine.arguments.dropFirst().first.flatMap(FuzzTarget.init)
}

/// libFuzzer's main loop (compiler-rt/lib/fuzzer/FuzzerInterface.h).
@_silgen_name("LLVMFuzzerRunDriver")
private func LLVMFuzzerRunDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ tryInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Runs one input. It lies in memory of exactly its length, so that the sanitizer sees what reads beyond it.
nonisolated private func tryInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    Main.target?.run(unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}

/// What can be fuzzed.
enum FuzzTarget: String, CaseIterable {
    case frame, pcapng, request, response, body, conversation, capture

    /// Runs one input; traps where something that should always hold does not.
    func run(_ octets: [UInt8]) {
        switch self {
        case .frame: runFrames(octets)
        case .pcapng: readCapture(octets)
        case .request: runHead(.request, octets)
        case .response: runHead(.response, octets)
        case .body: runBody(octets)
        case .conversation: auditCapture(Conversation.capture(octets))
        case .capture: auditCapture(octets)
        }
    }
}

/// Takes an input apart; what is not there any more is zero, or empty.
struct Input {
    private let octets: [UInt8]
    private var at = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    var isAtEnd: Bool { at == octets.count }

    mutating func octet() -> Int {
        guard at < octets.count else { return 0 }
        at += 1
        return Int(octets[at - 1])
    }

    mutating func word() -> Int { octet() << 8 | octet() }

    mutating func octets(_ count: Int) -> [UInt8] {
        let taken = octets[at..<min(octets.count, at + count)]
        at = taken.endIndex
        return Array(taken)
    }

    mutating func rest() -> [UInt8] { octets(octets.count - at) }
}
