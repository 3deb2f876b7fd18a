import CaptureForge
import TestBench
import Testing

@Suite("Watching an interface", .serialized)
struct WatchTests {
    @Test(
        "A server that says 102 is seen to, as it happens, and root's rights are gone by then",
        .enabled(if: Needs.traffic, "needs root, network namespaces, node and curl"))
    func processing() throws {
        let watched = try Watched(
            """
            serve "$@"
            "$1" watch -i lo --format jsonl tcp port 8080 >events.jsonl 2>watch.err &
            listening watch.err
            grep -E '^(Uid|CapPrm)' /proc/$!/status >status
            curl -s -o answer -X MOVE 'http://127.0.0.1:8080/a?hold=1200&every=500&status=201'
            sleep 0.3
            kill -USR1 $!
            sleep 0.3
            kill -INT $!
            wait $!
            """)
        #expect(watched.run.code == 0, "\(watched.run.complaint)")
        let records = try watched.records("events.jsonl")
        let events = records.compactMap { $0["event"]?.string }
        #expect(events == ["request", "interim", "interim", "final", "close"])
        #expect(records.compactMap { $0["status"]?.integer } == [102, 102, 201])
        let exchange = try #require(records.first { $0["record"] == .string("exchange") })
        #expect(exchange["interim"]?.items.count == 2)
        #expect(exchange["final"]?["status"]?.integer == 201)
        #expect(records.last?["record"]?.string == "summary")
        let capture = try #require(records.first { $0["record"] == .string("capture") })
        #expect(capture["format"]?.string == "live")
        // On the loopback the kernel counts each packet twice, as it goes and as it comes; libpcap gives one of them.
        #expect(capture["device"]?["received"]?.integer == capture["packets"]?.integer.map { 2 * $0 })
        #expect(try watched.text("watch.err").contains("exchanges: 1 on 1 connection"))
        let status = try watched.text("status")
        #expect(!status.contains("\t0\t"), "\(status)")
        #expect(status.contains("CapPrm:\t0000000000000000"))
    }

    @Test(
        "A count, a duration and the end of the interface each end it with the report",
        .enabled(if: Needs.traffic, "needs root, network namespaces, node and curl"))
    func endings() throws {
        let watched = try Watched(
            """
            serve "$@"
            "$1" watch -i any --count 5 tcp >count.txt 2>count.err &
            listening count.err
            curl -s -o answer 'http://127.0.0.1:8080/a'
            wait $!
            "$1" watch -i lo --duration 0.3 >duration.txt
            ip link add gone type veth peer name other
            ip link set gone up
            "$1" watch -i gone >gone.txt 2>gone.err &
            listening gone.err
            ip link del gone
            code=0
            wait $! || code=$?
            echo $code >code
            """)
        #expect(watched.run.code == 0, "\(watched.run.complaint)")
        #expect(try watched.text("count.txt").contains(", 5 packets, "))
        #expect(try watched.text("duration.txt").contains("0 packets"))
        #expect(try watched.text("gone.txt").contains("captures     gone: live"))
        #expect(try watched.text("code") == "2\n")
        #expect(try watched.text("gone.err").contains("gone: the capture ended"))
    }

    @Test(
        "What was on the wire when it is asked to end is in the report, and a reader that goes ends it at once",
        .enabled(if: Needs.replay, "needs root, network namespaces and python3"))
    func lastTurns() throws {
        let name = "one-connection-kept-alive-for-90-requests"
        let watched = try Watched(
            """
            ip link add v0 type veth peer name v1
            for v in v0 v1; do echo 1 >/proc/sys/net/ipv6/conf/$v/disable_ipv6; ip link set $v up; done
            "$1" watch -i v1 --user root -o live.jsonl >events.txt 2>watch.err &
            listening watch.err
            kill -STOP $!
            for i in 1 2 3 4 5; do
            python3 -c "$(cat <<'END'
            \(Self.replayer)
            END
            )" "$2/Fixtures/captures/\(name).pcap" 0
            done
            kill -INT $!
            kill -CONT $!
            wait $!
            mkfifo pipe
            "$1" watch -i v1 --user root >pipe 2>deaf.err &
            exec 3<pipe
            listening deaf.err
            exec 3<&-
            wait $!
            code=0
            "$1" watch -i v1 --duration 0.1 --user root >&- 2>closed.err || code=$?
            echo $code >code
            """)
        #expect(watched.run.code == 0, "\(watched.run.complaint)")
        // More packets than are read in one turn.
        let capture = try #require(try watched.records("live.jsonl").first { $0["record"] == .string("capture") })
        #expect(capture["packets"]?.integer == 5 * 248)
        #expect(capture["device"]?["received"]?.integer == 5 * 248)
        #expect(try watched.text("code") == "2\n")
        #expect(try watched.text("closed.err").contains("standard output failed: "))
    }

    @Test(
        "What is captured, written and reported are one: the file gives the same exchanges and findings",
        .enabled(if: Needs.traffic, "needs root, network namespaces, node and curl"))
    func written() throws {
        let watched = try Watched(
            """
            serve "$@"
            "$1" watch -i lo --user root --write w.pcapng --evidence ev -o w.csv tcp port 8080 >events.txt 2>watch.err &
            listening watch.err
            curl -s -o answer -X MOVE 'http://127.0.0.1:8080/a?hold=600&every=200&status=201'
            curl -s -o answer -m 0.5 'http://127.0.0.1:8080/b?hold=5000' || true
            sleep 0.3
            kill -TERM $!
            wait $!
            "$1" inspect -o i.csv w.pcapng
            ls ev >names
            rm -r ev
            """)
        #expect(watched.run.code == 0, "\(watched.run.complaint)")
        let live = try watched.text("w.csv").replacing("\r\nlo,", with: "\r\nw.pcapng,")
        #expect(live == (try watched.text("i.csv")))
        #expect(live.split(separator: "\r\n").count == 3)
        #expect(try watched.text("names").contains("1.1-processing-used.pcapng"))
        #expect(try watched.text("events.txt").contains("  102  "))
    }

    @Test(
        "A capture replayed over a veth pair gives what inspect finds in the file",
        .enabled(if: Needs.replay, "needs root, network namespaces and python3"),
        arguments: [
            "client-gives-up-after-1750-ms-in-spite-of-102", "copy-held-3-s-with-a-102-every-500-ms",
            "one-connection-kept-alive-for-90-requests", "pipelined-requests-with-interim-responses-between",
        ])
    func replayed(name: String) throws {
        let watched = try Watched(
            """
            ip link add v0 type veth peer name v1
            for v in v0 v1; do echo 1 >/proc/sys/net/ipv6/conf/$v/disable_ipv6; ip link set $v up; done
            "$1" watch -i v1 -o live.jsonl --write w.pcapng --user root >events.txt 2>watch.err &
            listening watch.err
            python3 -c "$(cat <<'END'
            \(Self.replayer)
            END
            )" "$2/Fixtures/captures/\(name).pcap"
            sleep 0.3
            kill -INT $!
            wait $!
            "$1" inspect -o file.jsonl "$2/Fixtures/captures/\(name).pcap"
            "$1" inspect -o written.jsonl w.pcapng
            """)
        #expect(watched.run.code == 0, "\(watched.run.complaint)")
        let live = try watched.records("live.jsonl").compactMap(Self.essence)
        #expect(live == (try watched.records("written.jsonl").compactMap(Self.essence)))
        // Whether a hint comes in time is a matter of milliseconds, which a busy machine does not keep.
        let isKept = { (line: String) in !line.contains("hints/too-late") }
        let file = try watched.records("file.jsonl").compactMap(Self.essence)
        #expect(live.filter(isKept) == file.filter(isKept))
        #expect(!live.isEmpty)
    }

    /// Sends the packets of a classic capture on v0, with the pauses between them, times the pace.
    private static let replayer = """
        import socket, struct, sys, time
        data = open(sys.argv[1], "rb").read()
        order = "<" if data[:4] in (b"\\xd4\\xc3\\xb2\\xa1", b"\\x4d\\x3c\\xb2\\xa1") else ">"
        unit = 1e9 if data[:4] in (b"\\x4d\\x3c\\xb2\\xa1", b"\\xa1\\xb2\\x3c\\x4d") else 1e6
        out = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        out.bind(("v0", 0))
        at, first, begin = 24, None, time.monotonic()
        pace = float(sys.argv[2]) if len(sys.argv) > 2 else 1
        while at < len(data):
            seconds, fraction, kept, whole = struct.unpack(order + "IIII", data[at:at + 16])
            moment = seconds + fraction / unit
            first = moment if first is None else first
            time.sleep(max(0, begin + pace * (moment - first) - time.monotonic()))
            out.send(data[at + 16:at + 16 + kept])
            at += 16 + kept
        """

    /// What of an exchange and of a finding does not depend on when it happened.
    private static func essence(_ record: JSON) -> String? {
        switch record["record"]?.string {
        case "exchange":
            let interim = record["interim"]?.items.compactMap { $0["status"]?.integer } ?? []
            let parts = [
                record["id"]?.string, record["connection"]?["client"]?.string, record["connection"]?["end"]?.string,
                record["request"]?["method"]?.string, record["request"]?["target"]?.string, "\(interim)",
                "\(record["final"]?["status"]?.integer ?? 0)", record["outcome"]?.string,
            ]
            return parts.map { $0 ?? "-" }.joined(separator: " ")
        case "finding":
            return
                "\(record["exchange"]?.string ?? "-") \(record["rule"]?.string ?? "-") \(record["frame"]?.integer ?? 0)"
        default: return nil
        }
    }

    @Test(
        "CAP_NET_RAW alone is enough; without it the way to grant it is said",
        .enabled(if: Needs.rights, "needs root, network namespaces and setpriv"))
    func rights() throws {
        let watched = try Watched(
            """
            cp "$1" il
            chmod 755 . il
            bare="setpriv --reuid 65534 --regid 65534 --clear-groups"
            code=0
            $bare --bounding-set -all ./il watch -i lo --duration 0.1 >none.txt 2>none.err || code=$?
            echo $code >code
            $bare --inh-caps -all,+net_raw --ambient-caps -all,+net_raw ./il watch -i lo --duration 0.1 >raw.txt
            """)
        #expect(watched.run.code == 0, "\(watched.run.complaint)")
        #expect(try watched.text("code") == "2\n")
        #expect(try watched.text("none.err").contains("sudo setcap cap_net_raw=ep "))
        #expect(try watched.text("raw.txt").contains("captures     lo: live"))
    }

    @Test(
        "What is counted is served on the loopback, only where asked for, and a port in use is said",
        .enabled(if: Needs.traffic, "needs root, network namespaces, node and curl"))
    func metrics() throws {
        let watched = try Watched(
            """
            serve "$@"
            "$1" watch -i lo --user root --metrics 9090 tcp port 8080 >events.txt 2>watch.err &
            watcher=$!
            listening watch.err
            until curl -sf -o first.txt http://127.0.0.1:9090/metrics; do sleep 0.05; done
            curl -s -o answer -X MOVE 'http://127.0.0.1:8080/a?hold=600&every=250&status=201'
            until curl -s http://127.0.0.1:9090/metrics | grep 'total{final="2xx"} 1$'; do sleep 0.1; done
            curl -s -o last.txt http://127.0.0.1:9090/metrics
            code=0
            "$1" watch -i lo --user root --metrics localhost:9090 >second.txt 2>second.err || code=$?
            echo $code >code
            kill -INT $watcher
            wait $watcher
            for i in 1 2 3 4 5 6 7 8 9; do curl -s -o answer http://127.0.0.1:9090/metrics || break; sleep 0.1; done
            ! curl -s -o answer http://127.0.0.1:9090/metrics
            """)
        #expect(watched.run.code == 0, "\(watched.run.complaint)")
        let lines = Set(try watched.text("last.txt").split(separator: "\n"))
        #expect(lines.contains(#"interlude_interim_responses_total{status="102"} 2"#))
        #expect(lines.contains(#"interlude_findings_total{rule="processing/used"} 1"#))
        #expect(lines.contains(#"interlude_wait_seconds_bucket{le="0.5"} 0"#))
        #expect(lines.contains(#"interlude_wait_seconds_bucket{le="1"} 1"#))
        #expect(lines.contains("interlude_wait_seconds_count 1"))
        #expect(lines.contains(#"interlude_packets_dropped_total{by="kernel"} 0"#))
        #expect(try watched.text("first.txt").contains("interlude_exchanges_open 0"))
        #expect(try watched.text("code") == "2\n")
        #expect(try watched.text("second.err").contains("metrics cannot be served on 127.0.0.1:9090: "))
        #expect(try !watched.text("events.txt").contains("GET /metrics"))
    }

    @Test(
        "What cannot be written or served is said before anything is watched",
        .enabled(if: Needs.rights, "needs root, network namespaces and setpriv"))
    func unwritable() throws {
        let watched = try Watched(
            """
            mkdir ours
            touch file
            code=0
            "$1" watch -i lo --write ours/w.pcapng >kept.txt 2>kept.err || code=$?
            echo $code >code
            "$1" watch -i lo --user root --evidence file >evidence.txt 2>evidence.err || true
            "$1" watch -i lo --user root --metrics 192.0.2.1:9090 >served.txt 2>served.err || true
            "$1" watch -i lo --user root --write one --output one --format csv >one.txt 2>one.err || true
            rmdir ours
            """)
        #expect(watched.run.code == 0, "\(watched.run.complaint)")
        #expect(try watched.text("code") == "2\n")
        let kept = try watched.text("kept.err")
        #expect(kept.contains("packets cannot be kept: ours/w.pcapng: Permission denied"))
        #expect(kept.contains("those of the user nobody; see --user"))
        #expect(try watched.text("kept.txt").isEmpty)
        #expect(try watched.text("evidence.err").contains("not written: file: Not a directory"))
        #expect(try watched.text("served.err").contains("192.0.2.1:9090: Cannot assign requested address\n"))
        #expect(try watched.text("one.err").contains("name one file"))
    }

    @Test(
        "Apache's mod_dav and a WebDAV client: what is told live is what the file says",
        .enabled(if: Needs.webdav, "needs root, network namespaces, curl, and apache2 with mod_dav"))
    func webdav() throws {
        let watched = try Watched(
            """
            for place in apache apache-locks; do mkdir $place; chown www-data $place; done
            chmod 755 .
            sed -e "s,\\${folder},$PWD,g" -e "s,\\${modules},/usr/lib/apache2/modules,g" -e "s,\\${port},8080,g" \
                -e "s,\\${log},$PWD/access.log,g" "$2/tools/recording/apache-dav.conf" >apache.conf
            apache2 -DFOREGROUND -f "$PWD/apache.conf" >apache.out 2>&1 &
            server=$!
            until ss -Hltn sport = :8080 | grep -q .; do kill -0 $server; sleep 0.05; done
            "$1" watch -i lo --user root --write w.pcapng --format jsonl --only webdav tcp port 8080 >events.jsonl \
                2>watch.err &
            watcher=$!
            listening watch.err
            site=http://127.0.0.1:8080/a
            curl -s -o answer -X MKCOL $site/
            curl -s -o answer -X PUT --data-binary one -H 'Expect: 100-continue' $site/one.txt
            curl -s -o answer -X PROPFIND -H 'Depth: infinity' $site/
            curl -s -o answer -X COPY -H "Destination: $site/two.txt" $site/one.txt
            curl -s -o answer $site/two.txt
            curl -s -o answer -X DELETE $site/
            sleep 0.3
            kill -INT $watcher
            wait $watcher
            kill $server
            wait $server || true
            "$1" inspect --format jsonl w.pcapng >file.jsonl
            rm -r apache apache-locks
            """)
        #expect(watched.run.code == 0, "\(watched.run.complaint)")
        let records = try watched.records("events.jsonl")
        let told = records.filter { $0["event"] == .string("final") }
        #expect(told.compactMap { $0["method"]?.string } == ["MKCOL", "PROPFIND", "COPY"])
        #expect(told.compactMap { $0["status"]?.integer } == [201, 207, 201])
        let file = try watched.records("file.jsonl").compactMap(Self.essence)
        let finals = try watched.records("file.jsonl").compactMap { $0["final"]?["status"]?.integer }
        #expect(finals == [201, 201, 207, 201, 200, 204])
        // Of these connections it was not known yet how they end.
        let live = Set(records.compactMap(Self.essence).map { $0.replacing(" open ", with: " fin ") })
        #expect(live.isSubset(of: file))
        #expect(live.contains { $0.contains("webdav/infinite-depth") })
        #expect(records.last?["interim"]?["100"]?.integer == 1)
    }

    @Test("What cannot be watched is said in a sentence")
    func refusals() throws {
        let folder = ScratchFolder()
        let none = try interlude(["watch", "-i", "no-such-if"], in: folder)
        #expect(none.code == 2)
        #expect(none.complaint.hasPrefix("interlude: no-such-if: "))
        for usage in [
            ["--count", "0"], ["--duration", "0"], ["--keep", "2"], ["--only", "nothing"], ["--snaplen", "1"],
            ["--metrics", "nowhere"], ["--metrics", "::1:80"], ["--write", "-"],
        ] {
            #expect(try interlude(["watch", "-i", "lo"] + usage, in: folder).code == 64, "\(usage)")
        }
        #expect(try interlude(["list", "interfaces"], in: folder).code == 0)
    }

    @Test(
        "Without a terminal --top is lines; with one, the terminal is as it was at the end",
        .enabled(if: Needs.traffic, "needs root, network namespaces, node and curl"))
    func top() throws {
        let folder = ScratchFolder()
        let lines = try interlude(["watch", "-i", "lo", "--top", "--duration", "0.2"], in: folder)
        #expect(lines.code == 0)
        #expect(!lines.text.contains("\u{1b}"))
        let drawn = try interlude(["watch", "-i", "lo", "--top", "--duration", "1.2"], in: folder, to: .terminal)
        #expect(drawn.text.hasPrefix("\u{1b}[?1049h\u{1b}[?25l"))
        let pictures = drawn.text.components(between: "\u{1b}[?2026h", and: "\u{1b}[?2026l")
        #expect(!pictures.isEmpty)
        #expect(pictures.allSatisfy { $0.contains("NEXT TIMER") })
        let left = try #require(drawn.text.firstRange(of: "\u{1b}[?25h\u{1b}[?1049l"))
        #expect(drawn.text[left.upperBound...].contains("captures"))
    }
}

extension String {
    /// What stands between each `start` and the next `end`.
    fileprivate func components(between start: String, and end: String) -> [Substring] {
        var (found, rest): ([Substring], Substring) = ([], self[...])
        while let begin = rest.firstRange(of: start) {
            rest = rest[begin.upperBound...]
            guard let stop = rest.firstRange(of: end) else { break }
            found.append(rest[..<stop.lowerBound])
            rest = rest[stop.upperBound...]
        }
        return found
    }
}
