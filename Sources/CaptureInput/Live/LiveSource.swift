import CLibpcap
package import CaptureModel
import Glibc

/// An open device: packets as the kernel has them, through libpcap.
///
/// It never waits inside libpcap. `wait` waits for packets, for another descriptor (signals come through a pipe) or for
/// a moment, whichever is first; `deliver` then gives what is there. So one thread can look after packets, timers and
/// signals together. For one thread.
@safe
package final class LiveSource {
    /// The name of the interface.
    package let interface: String
    /// The kind of all its frames.
    package let linkType: LinkType
    /// The most octets that are kept of a packet.
    package let snaplen: Int
    /// How much later than its time a packet may be given, in nanoseconds: as long as the kernel gathers them.
    package let lag: Int64
    /// What was seen so far.
    package private(set) var facts: CaptureFacts
    private let handle: OpaquePointer
    private let descriptor: Int32
    /// Nanoseconds in a unit of the fraction of a time stamp.
    private let fractionUnit: Int64
    private var totals = DeviceCounters()
    private var lastCounts: (UInt32, UInt32, UInt32) = (0, 0, 0)
    private var isOver = false

    /// Opens the device and lets the kernel begin. Throws `noSuchDevice`, `notPermitted`, `badFilter` or `deviceFailed`.
    package init(_ options: LiveOptions) throws(CaptureError) {
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let handle = unsafe pcap_create(options.interface, &message) else {
            throw CaptureError(code: .deviceFailed, file: options.interface, reason: text(message))
        }
        do throws(CaptureError) {
            try unsafe Self.activate(handle, options)
        } catch {
            unsafe pcap_close(handle)
            throw error
        }
        unsafe pcap_setnonblock(handle, 1, &message)
        interface = options.interface
        unsafe self.handle = handle
        linkType = LinkType(dataLinkType: unsafe pcap_datalink(handle))
        snaplen = Int(unsafe pcap_snapshot(handle))
        descriptor = unsafe pcap_get_selectable_fd(handle)
        lag = options.isImmediate ? 0 : Int64(LiveOptions.gatheringMilliseconds) * 1_000_000
        fractionUnit = unsafe pcap_get_tstamp_precision(handle) == PCAP_TSTAMP_PRECISION_NANO ? 1 : 1_000
        facts = CaptureFacts(format: .live, linkTypes: [linkType])
    }

    deinit { unsafe pcap_close(handle) }

    private static func activate(_ handle: OpaquePointer, _ options: LiveOptions) throws(CaptureError) {
        func failure(_ code: CaptureError.Code, _ reason: String) -> CaptureError {
            CaptureError(code: code, file: options.interface, reason: reason)
        }
        unsafe pcap_set_snaplen(handle, Int32(clamping: options.snaplen))
        unsafe pcap_set_promisc(handle, options.isPromiscuous ? 1 : 0)
        unsafe pcap_set_timeout(handle, LiveOptions.gatheringMilliseconds)
        unsafe pcap_set_buffer_size(handle, Int32(clamping: options.bufferOctets))
        unsafe pcap_set_immediate_mode(handle, options.isImmediate ? 1 : 0)
        unsafe pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO)  // else microseconds, which is no failure
        if options.usesMonitorMode {
            guard unsafe pcap_can_set_rfmon(handle) == 1 else {
                throw failure(.deviceFailed, "has no monitor mode; leave --monitor out")
            }
            unsafe pcap_set_rfmon(handle, 1)
        }
        let status = unsafe pcap_activate(handle)
        let said = unsafe String(cString: pcap_geterr(handle))
        switch status {
        case 0...: break  // a warning above 0: no promiscuous mode, say
        case PCAP_ERROR_NO_SUCH_DEVICE:
            throw failure(.noSuchDevice, "no such interface; see interlude list interfaces")
        case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
            throw failure(.notPermitted, "capturing is not permitted")
        case PCAP_ERROR_IFACE_NOT_UP: throw failure(.deviceFailed, "is not up")
        default:
            let name = unsafe String(cString: pcap_statustostr(status))
            throw failure(.deviceFailed, said.isEmpty ? name : said)
        }
        guard let filter = options.filter else { return }
        var program = unsafe bpf_program()
        guard unsafe pcap_compile(handle, &program, filter, 1, UInt32(PCAP_NETMASK_UNKNOWN)) == 0 else {
            let reason = unsafe String(cString: pcap_geterr(handle))
            throw CaptureError(
                code: .badFilter, reason: "the filter \"\(filter)\" is not understood: \(reason); see pcap-filter(7)")
        }
        defer { unsafe pcap_freecode(&program) }
        guard unsafe pcap_setfilter(handle, &program) == 0 else {
            throw failure(.deviceFailed, unsafe String(cString: pcap_geterr(handle)))
        }
    }

    // MARK: Packets

    /// Waits until there are packets, or `other` can be read, or so many milliseconds have passed, or nobody reads any
    /// more what is written to `output`; returns whether that is so. A descriptor of -1 is none.
    package func wait(milliseconds: Int32, orReadable other: Int32, orDeaf output: Int32) -> Bool {
        var polled = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: other, events: Int16(POLLIN), revents: 0),
            pollfd(fd: output, events: 0, revents: 0),
        ]
        return unsafe poll(&polled, 3, milliseconds) > 0 && polled[2].revents & Int16(POLLERR) != 0
    }

    /// Gives the packets that are there to `body`, until it returns false; what it leaves comes with the next call.
    /// Returns how many it gave. Throws `deviceGone` where the interface went away; nothing comes after that.
    package func deliver(_ body: (PacketRecord, Span<UInt8>) -> Bool) throws(CaptureError) -> Int {
        guard !isOver else { return 0 }
        let before = facts.packets
        let status = withoutActuallyEscaping(body) { body in
            let delivery = Delivery(source: self, body: body)
            return withExtendedLifetime(delivery) {
                // The callback runs only inside this call, so what it is pointed to lives.
                let user = unsafe Unmanaged.passUnretained(delivery).toOpaque().assumingMemoryBound(to: UInt8.self)
                var status: Int32
                repeat {
                    status = unsafe pcap_dispatch(handle, -1, Delivery.callback, user)
                    // A break that is met where no packet is left may be told by the next call, which then gives nothing.
                } while status == PCAP_ERROR_BREAK && facts.packets == before
                return status
            }
        }
        if status == PCAP_ERROR_BREAK || status >= 0 { return Int(facts.packets - before) }
        isOver = true
        let reason = unsafe String(cString: pcap_geterr(handle))
        throw CaptureError(code: .deviceGone, file: interface, packet: nil, reason: "the capture ended: \(reason)")
    }

    /// What the system counted so far.
    package func counters() -> DeviceCounters {
        var counts = pcap_stat()
        if !isOver, unsafe pcap_stats(handle, &counts) == 0 {
            let now = (counts.ps_recv, counts.ps_drop, counts.ps_ifdrop)
            totals.add(now, since: lastCounts)
            lastCounts = now
        }
        return totals
    }

    fileprivate func take(
        _ header: pcap_pkthdr, _ octets: UnsafePointer<UInt8>, _ body: (PacketRecord, Span<UInt8>) -> Bool
    ) {
        let seconds = Int64(header.ts.tv_sec)
        var record = PacketRecord(
            time: Timestamp(nanoseconds: seconds &* 1_000_000_000 &+ Int64(header.ts.tv_usec) &* fractionUnit),
            frame: 0, capture: 0, linkType: linkType, originalLength: Int(header.len))
        facts.count(record)
        record.frame = facts.packets
        let captured = unsafe UnsafeBufferPointer(start: octets, count: Int(header.caplen))
        if unsafe !body(record, captured.span) { unsafe pcap_breakloop(handle) }
    }
}

/// What the callback of one `deliver` works on.
@safe private final class Delivery {
    private let source: LiveSource
    private let body: (PacketRecord, Span<UInt8>) -> Bool

    init(source: LiveSource, body: @escaping (PacketRecord, Span<UInt8>) -> Bool) {
        self.source = source
        self.body = body
    }

    static let callback: pcap_handler = { user, header, octets in
        guard let user = unsafe user, let header = unsafe header, let octets = unsafe octets else { return }
        let delivery = unsafe Unmanaged<Delivery>.fromOpaque(UnsafeRawPointer(user)).takeUnretainedValue()
        unsafe delivery.source.take(header.pointee, octets, delivery.body)
    }
}

extension LinkType {
    /// From the number that a running system gives: its own DLT_ values, where they differ from the registry's.
    fileprivate init(dataLinkType number: Int32) {
        switch number {
        case DLT_RAW: self = .raw
        default: self.init(inFile: UInt16(truncatingIfNeeded: number))
        }
    }
}

/// A message that C left in a buffer.
private func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
