import CaptureModel
import CLibpcap
import Synchronization

/// A BPF expression (pcap-filter(7)), compiled by libpcap for each kind of frames that it meets.
package final class CaptureFilter {
    /// The expression as given.
    package let expression: String
    private var programs: [LinkType: FilterProgram] = [:]

    /// libpcap before 1.8 compiled with global state; the lock costs nothing that counts.
    private static let compiler = Mutex(())

    /// Accepts an expression that is good for at least one common kind of frames.
    package init(_ expression: String) throws(CaptureError) {
        self.expression = expression
        var first: InputFault?
        for linkType in [LinkType.ethernet, .raw, .linuxSLL2, LinkType(rawValue: 127)] {
            do throws(InputFault) {
                programs[linkType] = try Self.compile(expression, linkType)
                return
            } catch {
                first = first ?? error
            }
        }
        throw CaptureError(
            code: .badFilter,
            reason: "the filter \"\(WireText.string(Array(expression.utf8).span))\" is not one that libpcap accepts: "
                + "\(first?.reason ?? ""); see pcap-filter(7)")
    }

    /// Whether a packet matches.
    func accepts(_ packet: CapturedPacket) throws(InputFault) -> Bool {
        let program: FilterProgram
        if let known = programs[packet.linkType] {
            program = known
        } else {
            do throws(InputFault) {
                program = try Self.compile(expression, packet.linkType)
            } catch {
                throw InputFault(
                    .filterUnsupported,
                    "the filter does not fit frames of type \(packet.linkType.name): \(error.reason)")
            }
            programs[packet.linkType] = program
        }
        return program.accepts(packet)
    }

    private static func compile(_ expression: String, _ linkType: LinkType) throws(InputFault) -> FilterProgram {
        let result: Result<FilterProgram, InputFault> = compiler.withLock { _ in
            do throws(InputFault) {
                return .success(try FilterProgram(expression, linkType))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}

/// One compiled program; the corresponding C functions are `pcap_compile` and `pcap_offline_filter`.
@safe private final class FilterProgram {
    private var program = unsafe bpf_program()

    init(_ expression: String, _ linkType: LinkType) throws(InputFault) {
        guard let handle = unsafe pcap_open_dead(linkType.dataLinkType, 262_144) else {
            throw InputFault(.badFilter, "out of memory")
        }
        defer { unsafe pcap_close(handle) }
        guard unsafe pcap_compile(handle, &program, expression, 1, 0xffff_ffff) == 0 else {
            throw InputFault(.badFilter, unsafe String(cString: pcap_geterr(handle)))
        }
    }

    deinit {
        unsafe pcap_freecode(&program)
    }

    func accepts(_ packet: CapturedPacket) -> Bool {
        var header = pcap_pkthdr()
        header.caplen = unsafe UInt32(packet.bytes.count)
        header.len = UInt32(clamping: packet.originalLength)
        return unsafe pcap_offline_filter(&program, &header, packet.bytes.baseAddress) != 0
    }
}
