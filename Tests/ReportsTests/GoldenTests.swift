import CaptureModel
import Exchanges
import Findings
import Testing

@testable import Reports

@Suite("One exchange in each format")
struct GoldenTests {
    static let findings = [
        Sample.finding("processing/used", .note, message: "3 interim responses 102, the first after 2009.1 ms."),
        Sample.finding("webdav/legacy-construct", .warning, message: "102 answers COPY, which RFC 4918 has dropped."),
        Sample.finding("processing/used", .note, message: "again"),
    ]

    static let exchange = """
        "capture":"upload.pcap","id":"1.1","connection":{"id":1,"client":"10.9.3.1:40472","server":"10.9.3.2:8080",\
        "start":"handshake","end":"fin","closed_first":"client"},"request":{"time":"2026-11-23T11:30:09.567123000Z",\
        "frame":4,"method":"COPY","target":"/dav/a","version":"1.1","host":"example.test","user_agent":"cadaver/0.24",\
        "expect":null,"fields":[["host","example.test"],["depth","infinity"],["user-agent","cadaver/0.24"]],\
        "head_end_ms":0.0,"end_ms":0.0,"body_bytes":0,"complete":true},"interim":[{"status":102,"reason":"Processing",\
        "version":"1.1","frame":6,"first_byte_ms":2009.1,"head_end_ms":2009.1,"fields":[]},{"status":102,\
        "reason":"Processing","version":"1.1","frame":8,"first_byte_ms":4009.2,"head_end_ms":4009.2,"fields":[]},\
        {"status":102,"reason":"Processing","version":"1.1","frame":10,"first_byte_ms":6004.7,"head_end_ms":6004.7,\
        "fields":[]}],"final":{"status":201,"reason":"Created","version":"1.1","frame":12,"first_byte_ms":7005.3,\
        "head_end_ms":7005.3,"end_ms":7005.9,"body_bytes":6,"complete":true,"fields":[["content-length","6"]]},\
        "outcome":"completed","timing":{"wait_ms":7005.3,"first_interim_ms":2009.1,"longest_silence_ms":2009.1,\
        "silence_start_ms":0.0,"total_ms":7005.9},"webdav":"legacy","pattern":"interim_heartbeat","integrity":[],\
        "findings":["processing/used","webdav/legacy-construct"],"upstream":null,"downstream":null}
        """

    static let finding = """
        "rule":"processing/used","severity":"note","capture":"upload.pcap","exchange":"1.1","connection":1,"frame":6,\
        "at_ms":2009.1,"message":"3 interim responses 102, the first after 2009.1 ms."}
        """

    static let summary = """
        "captures":1,"connections":1,"exchanges":1,"interim":{"100":0,"101":0,"102":3,"103":0,"104":0,"other":0},\
        "final":{"2xx":1,"3xx":0,"4xx":0,"5xx":0},"without_final":0,"webdav":{"class":0,"legacy":1},\
        "findings":{"violation":0,"warning":1,"note":2},"wait_ms":{"p50":7005.3,"p90":7005.3,"p99":7005.3,"max":7005.3}}
        """

    static let capture = """
        "file":"upload.pcap","format":"pcap","link_types":["EN10MB"],"packets":16,"bytes":2210,\
        "first_packet":"2026-11-23T11:30:09.567123000Z","last_packet":"2026-11-23T11:30:16.573023000Z",\
        "status":"complete","error":null,"skipped":{"arp":1,"udp":2},"summary":{\(summary)}
        """

    /// What JSON Lines say more of a capture.
    static let sketch = """
        "sketch":{"longest_silence_ns":2009100000,"max_ns":7005300000,"waits_ns":[7005300000],"buckets":[]}}
        """

    @Test("JSON is one document, a record a line")
    func json() throws {
        let lines = try report(.json, [(Sample.contract, Self.findings)]).split(separator: "\n").map(String.init)
        #expect(lines[0] == #"{"schema":"interlude.report/1","#)
        #expect(lines[1] == #""tool":{"name":"interlude","version":"0.1.0"},"#)
        #expect(lines[2] == #""exchanges":["#)
        #expect(lines[3] == "{" + Self.exchange)
        #expect(lines[4...5] == ["],", #""findings":["#])
        #expect(lines[6] == "{" + Self.finding + ",")
        #expect(lines[9...10] == ["],", #""captures":["#])
        #expect(lines[11] == "{" + Self.capture)
        #expect(lines[12] == "],")
        #expect(lines[13] == #""summary":{"# + Self.summary + "}")
        #expect(lines.count == 14)
    }

    @Test("JSON Lines has one record a line, its kind first, findings after their exchange")
    func jsonLines() throws {
        let lines = try report(.jsonLines, [(Sample.contract, Self.findings)]).split(separator: "\n").map(String.init)
        #expect(lines.count == 6)
        #expect(lines[0] == #"{"record":"exchange","# + Self.exchange)
        #expect(lines[1] == #"{"record":"finding","# + Self.finding)
        #expect(lines[4] == #"{"record":"capture","# + Self.capture.dropLast() + "," + Self.sketch)
        #expect(lines[5] == #"{"record":"summary","# + Self.summary)
    }

    @Test("CSV table exchanges")
    func exchanges() throws {
        let lines = try report(.csv(.exchanges), [(Sample.contract, Self.findings)]).split(separator: "\r\n")
        #expect(
            lines[1...] == [
                """
                upload.pcap,1.1,10.9.3.1,40472,10.9.3.2,8080,COPY,/dav/a,example.test,1.1,cadaver/0.24,,\
                2026-11-23T11:30:09.567123000Z,4,0.0,0,3,102 102 102,0,3,0,0,2009.1,2009.1,7005.3,201,12,7005.3,7005.9,6,\
                7005.9,completed,client,legacy,interim_heartbeat,,processing/used webdav/legacy-construct,,
                """
            ])
    }

    @Test("CSV table interim")
    func interim() throws {
        let lines = try report(.csv(.interim), [(Sample.contract, [])]).split(separator: "\r\n")
        #expect(
            lines[1...] == [
                "upload.pcap,1.1,1,COPY,/dav/a,102,Processing,6,2009.1,2009.1,2009.1,0,201",
                "upload.pcap,1.1,2,COPY,/dav/a,102,Processing,8,4009.2,4009.2,2000.1,0,201",
                "upload.pcap,1.1,3,COPY,/dav/a,102,Processing,10,6004.7,6004.7,1995.5,0,201",
            ])
    }

    @Test("CSV table findings, one without an exchange among them")
    func findings() throws {
        var loose = Sample.finding("capture/limit", .note, exchange: nil, message: "A limit was reached.")
        loose.connection = nil
        loose.at = nil
        loose.place.frame = 0
        let lines = try report(.csv(.findings), [(Sample.contract, [Self.findings[1]])], loose: [loose])
            .split(separator: "\r\n")
        #expect(
            lines[1...] == [
                """
                webdav/legacy-construct,warning,upload.pcap,1.1,1,6,2009.1,COPY,/dav/a,"102 answers COPY, which RFC 4918 \
                has dropped."
                """,
                "capture/limit,note,upload.pcap,,,,,,,A limit was reached.",
            ])
    }

    @Test("CSV table captures")
    func captures() throws {
        let lines = try report(.csv(.captures), [(Sample.contract, Self.findings)]).split(separator: "\r\n")
        #expect(
            lines[1...] == [
                """
                upload.pcap,pcap,EN10MB,complete,,16,2210,2026-11-23T11:30:09.567123000Z,2026-11-23T11:30:16.573023000Z,\
                1,1,0,0,0,3,0,0,0,1,0,0,0,0,1,0,1,2,7005.3,7005.3,7005.3,2009.1
                """
            ])
    }

    @Test("Every CSV header is the contract's list")
    func headers() {
        let lists: [ReportTable: String] = [
            .exchanges: """
            capture id client_address client_port server_address server_port method target host request_version \
            user_agent expect request_time request_frame request_end_ms request_body_bytes interim_count \
            interim_statuses count_100 count_102 count_103 count_other first_interim_ms longest_silence_ms wait_ms \
            final_status final_frame final_first_byte_ms final_end_ms final_body_bytes total_ms outcome closed_first \
            webdav pattern integrity findings upstream downstream
            """,
            .interim: """
            capture id position method target status reason frame first_byte_ms head_end_ms since_previous_ms \
            fields_count final_status
            """,
            .findings: "rule severity capture exchange connection frame at_ms method target message",
            .captures: """
            file format link_types status error packets bytes first_packet last_packet connections exchanges \
            without_final count_100 count_101 count_102 count_103 count_104 count_other final_2xx final_3xx final_4xx \
            final_5xx webdav_class webdav_legacy violations warnings notes wait_p50_ms wait_p99_ms wait_max_ms \
            longest_silence_ms
            """,
        ]
        for table in ReportTable.allCases {
            #expect(table.columns.map(\.name).joined(separator: " ") == lists[table])
            #expect(table.columns.allSatisfy { !$0.doc.isEmpty })
        }
    }
}
