import TestBench
import Testing

@Suite(
    "What others read in the same captures",
    .enabled(if: Tool.areInstalled, "tshark, capinfos and tcpdump are not all installed here"))
struct DifferentialTests {
    @Test(
        "tshark reads the same packets, and finds the same messages but for known differences",
        arguments: ComparedCapture.all)
    func tshark(capture: ComparedCapture) throws {
        let (ours, ports) = try capture.messages()
        var options = ["-n", "-2", "-o", "tcp.reassemble_out_of_order:TRUE", "-r", capture.path, "-T", "fields"]
        for port in ports.sorted() { options += ["-d", "tcp.port==\(port),http"] }
        for field in ["frame.time_epoch", "frame.len", "frame.cap_len", "http.request.method", "http.response.code"] {
            options += ["-e", field]
        }
        var packets: [Packet] = []
        var theirs = MessageCounts()
        for line in Tool.tshark.output(options).split(separator: "\n") {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            try #require(cells.count == 5)
            packets.append(try #require(Packet(time: cells[0], length: cells[1], captured: cells[2])))
            for _ in cells[3].split(separator: ",") { theirs.add("requests") }
            for status in cells[4].split(separator: ",") { theirs.add(String(status)) }
        }
        let read = capture.packets()
        #expect((capture.readsOn() ? Array(read.prefix(packets.count)) : read) == packets)
        let differences = Set(ours.differences(to: theirs, in: capture.name))
        #expect(differences.subtracting(Difference.known).isEmpty)
        // Other releases may know better than the one that the list was made with.
        guard Tool.release == "4.0" else { return }
        #expect(Difference.known.filter { $0.capture == capture.name }.subtracting(differences).isEmpty)
    }

    @Test("capinfos and libpcap count the same packets and octets, at the same times", arguments: ComparedCapture.all)
    func totals(capture: ComparedCapture) throws {
        let ours = capture.packets()
        var told: [Substring: Substring] = [:]
        for line in Tool.capinfos.output(["-c", "-d", "-a", "-e", "-S", "-M", capture.path]).split(separator: "\n") {
            let cells = line.split(separator: ":", maxSplits: 1)
            told[cells[0]] = cells.last?.split(separator: " ").first
        }
        if let packets = told["Number of packets"] {  // it says nothing of a file that it cannot read to the end
            #expect(Int(packets) == ours.count)
            #expect(told["Data size"].flatMap { Int($0) } == ours.map(\.length).reduce(0, +))
            #expect(told["First packet time"].map(Packet.nanoseconds) == ours.map(\.time).min())
            #expect(told["Last packet time"].map(Packet.nanoseconds) == ours.map(\.time).max())
        }
        // libpcap does not read what has interfaces of several kinds.
        let lines = Tool.tcpdump.output(
            ["-n", "-q", "-K", "-tt", "--time-stamp-precision=nano", "-r", capture.path])
        let times = lines.split(separator: "\n").filter { $0.first?.isNumber == true }.map { $0.prefix { $0 != " " } }
        let compared = capture.readsOn() ? ours.prefix(times.count) : ours[...]
        if !times.isEmpty { #expect(times.map(String.init) == compared.map(\.time)) }
    }

    @Test("Every known difference is of a capture of the repository, or of one beside it")
    func names() {
        let names = Set(ComparedCapture.all.map(\.name))
        for difference in Difference.known where !difference.capture.hasPrefix("shared/") {
            #expect(names.contains(difference.capture), "\(difference)")
        }
        #expect(!Difference.known.isEmpty)
    }
}
