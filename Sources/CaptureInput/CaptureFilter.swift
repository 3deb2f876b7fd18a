import CLibpcap
import CaptureModel
import Synchronization

/// A filter expression (pcap-filter(7)), the same for every format: libpcap compiles it for each kind of frames.
/// One filter serves any number of files and threads.
package final class CaptureFilter: Sendable {
    /// The expression as given.
    package let expression: String
    private let programs = Mutex<[LinkType: FilterProgram]>([:])

    /// Kinds of frames that between them know every word of the language.
    private static let dialects = [1, 105, 101, 113, 117, 123, 140].map { LinkType(rawValue: $0) }

    /// Takes an expression that libpcap accepts for some kind of frames; throws with libpcap's reason otherwise.
    package init(_ expression: String) throws(CaptureError) {
        self.expression = expression
        var reason: String?
        for dialect in Self.dialects {
            guard let problem = program(for: dialect).problem else { return }
            reason = reason ?? problem
        }
        throw CaptureError(
            code: .badFilter,
            reason: "the filter \"\(expression)\" is not understood: \(reason ?? ""); see pcap-filter(7)")
    }

    /// The expression, compiled for `linkType`.
    func program(for linkType: LinkType) -> FilterProgram {
        programs.withLock { programs in
            if let program = programs[linkType] { return program }
            let program = FilterProgram(expression, linkType)
            programs[linkType] = program
            return program
        }
    }
}

/// One expression for one kind of frames; read-only once made.
@safe final class FilterProgram: @unchecked Sendable {
    /// Why libpcap cannot apply the expression to these frames; nil when it can.
    let problem: String?
    private let program: UnsafeMutablePointer<bpf_program>

    /// libpcap's compiler is not safe in more than one thread before 1.8, nor its name resolution anywhere.
    private static let compiler = Mutex<Void>(())
    /// Beyond any packet: the program says yes or no, and cuts nothing.
    private static let snaplen: Int32 = 262_144

    fileprivate init(_ expression: String, _ linkType: LinkType) {
        let program = UnsafeMutablePointer<bpf_program>.allocate(capacity: 1)
        unsafe program.initialize(to: bpf_program())
        unsafe self.program = program
        problem = Self.compiler.withLock { _ in
            let opened = unsafe pcap_open_dead(linkType.dataLinkType, Self.snaplen)
            guard let handle = unsafe opened else { return "out of memory" }
            defer { unsafe pcap_close(handle) }
            if unsafe pcap_compile(handle, program, expression, 1, UInt32(PCAP_NETMASK_UNKNOWN)) == 0 { return nil }
            return unsafe String(cString: pcap_geterr(handle))
        }
    }

    deinit {
        unsafe pcap_freecode(program)
        unsafe program.deallocate()
    }

    /// Whether the packet is one that the expression asks for; false for all when there is a `problem`.
    func matches(_ packet: LentPacket) -> Bool {
        guard problem == nil, let bytes = unsafe packet.bytes.baseAddress else { return false }
        var header = pcap_pkthdr()
        header.caplen = UInt32(truncatingIfNeeded: unsafe packet.bytes.count)
        header.len = UInt32(truncatingIfNeeded: packet.record.originalLength)
        return unsafe pcap_offline_filter(program, &header, bytes) != 0
    }
}
