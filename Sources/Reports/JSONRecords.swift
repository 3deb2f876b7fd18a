import CaptureModel
import Exchanges
import Findings

/// The records of a report as JSON objects, exchanges apart. In JSON Lines each says first what it is.
extension OctetBuffer {
    mutating func json(_ row: FindingRow, lines: Bool) {
        let finding = row.finding
        literal(lines ? #"{"record":"finding","rule":"# : #"{"rule":"#)
        jsonText(finding.rule)
        literal(#","severity":"#)
        jsonText(finding.severity.rawValue)
        literal(#","capture":"#)
        json(wire: row.names[finding.place.capture])
        literal(#","exchange":"#)
        if let connection = finding.connection, let number = finding.exchange {
            jsonIdentity(connection, number)
        } else {
            null()
        }
        literal(#","connection":"#)
        if let connection = finding.connection { decimal(connection) } else { null() }
        literal(#","frame":"#)
        if let frame = finding.frame { decimal(frame) } else { null() }
        literal(#","at_ms":"#)
        json(ms: finding.at)
        literal(#","message":"#)
        jsonText(finding.message)
        append(UInt8(ascii: "}"))
    }

    mutating func json(_ capture: CaptureRecord, lines: Bool) {
        literal(lines ? #"{"record":"capture","file":"# : #"{"file":"#)
        json(wire: FileName.octets(capture.file))
        literal(#","format":"#)
        json(text: capture.format)
        literal(#","link_types":"#)
        array(capture.linkTypes) { $1.jsonText($0) }
        literal(#","packets":"#)
        decimal(capture.packets)
        literal(#","bytes":"#)
        decimal(capture.bytes)
        literal(#","first_packet":"#)
        json(capture.firstPacket)
        literal(#","last_packet":"#)
        json(capture.lastPacket)
        literal(#","status":"#)
        jsonText(capture.status.rawValue)
        literal(#","error":"#)
        json(text: capture.error)
        literal(#","skipped":"#)
        object(capture.skippedByName) { (name: $0.reason, count: $0.count) }
        if let device = capture.device {  // of files nobody knows what was dropped
            literal(#","device":"#)
            object([
                ("received", device.received), ("dropped_by_kernel", device.droppedByKernel),
                ("dropped_by_interface", device.droppedByInterface),
            ]) { $0 }
        }
        literal(#","summary":"#)
        json(capture.summary, lines: false)
        if lines { sketch(of: capture.summary) }
        append(UInt8(ascii: "}"))
    }

    /// What of a capture its summary does not say and a merged one needs: every wait, or where they are many, how many
    /// in each bucket of `WaitDistribution`; in nanoseconds.
    private mutating func sketch(of summary: Summary) {
        let (samples, buckets) = summary.waits.sketch
        literal(#","sketch":{"longest_silence_ns":"#)
        if let silence = summary.longestSilence { decimal(Int(silence)) } else { null() }
        literal(#","max_ns":"#)
        if let max = summary.waits.max { decimal(Int(max)) } else { null() }
        literal(#","waits_ns":"#)
        array(samples) { $1.decimal(Int($0)) }
        literal(#","buckets":"#)
        array(buckets) { pair, octets in
            octets.append(UInt8(ascii: "["))
            octets.decimal(pair.bucket)
            octets.append(UInt8(ascii: ","))
            octets.decimal(pair.count)
            octets.append(UInt8(ascii: "]"))
        }
        append(UInt8(ascii: "}"))
    }

    mutating func json(_ summary: Summary, lines: Bool) {
        literal(lines ? #"{"record":"summary","captures":"# : #"{"captures":"#)
        decimal(summary.captures)
        literal(#","connections":"#)
        decimal(summary.connections)
        literal(#","exchanges":"#)
        decimal(summary.exchanges)
        literal(#","interim":"#)
        var interim = (100...104).map { (name: "\($0)", count: summary.interim[$0]) }
        interim.append((name: "other", count: summary.interim.other))
        object(interim) { $0 }
        literal(#","final":"#)
        object(2...5) { (name: "\($0)xx", count: summary.final[$0]) }
        literal(#","without_final":"#)
        decimal(summary.withoutFinal)
        literal(#","webdav":"#)
        object([("class", summary.webdavCurrent), ("legacy", summary.webdavLegacy)]) { $0 }
        literal(#","findings":"#)
        object([("violation", summary.violations), ("warning", summary.warnings), ("note", summary.notes)]) { $0 }
        literal(#","wait_ms":"#)
        let waits = summary.waits.percentiles([50, 90, 99])
        literal(#"{"p50":"#)
        json(ms: waits[0])
        literal(#","p90":"#)
        json(ms: waits[1])
        literal(#","p99":"#)
        json(ms: waits[2])
        literal(#","max":"#)
        json(ms: summary.waits.max)
        append(UInt8(ascii: "}"))
        append(UInt8(ascii: "}"))
    }
}
