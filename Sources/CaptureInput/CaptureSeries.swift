package import CaptureModel

/// Captures as one continuous capture in time order: one file, a rotated series, or what several interfaces saw at the
/// same time. Every packet's bytes are lent where they were read. For one thread at a time.
///
/// Packets come in the order of their times, those of one file in the order of the file, and of equal times those of
/// the file given first. Files are opened when their first packet is due, so that a series of thousands needs few open
/// at once. What is wrong with one file does not stop the others: it stands in that file's outcome.
package struct CaptureSeries: ~Copyable {
    private var packet = LentPacket()
    /// The file that the packet comes from; nil before the first one and after the last.
    private var current: CaptureFile?
    private var currentIndex = 0
    /// The current file goes on by itself while its packets are earlier than this.
    private var limit = Int64.min
    /// Open files that wait with a packet in hand.
    private var open = ParkedHeap()
    /// Files whose first packet is not due yet, the next one last.
    private var waiting: [Parked] = []
    private let filter: CaptureFilter?
    /// What the first file's `capture` is.
    private let firstCapture: Int
    /// What is known of each file; of the current one's facts, what was so when it was opened.
    private var known: [CaptureOutcome]

    /// The most files that stay open while they wait for their first packet; others are opened again when it is due.
    private static let mostOpenWaiting = 16
    /// Octets read of a file that is only asked for the time of its first packet.
    private static let glance = 4 << 10
    /// Octets of buffers that all open files may have together before each one's shrinks.
    private static let bufferBudget = 16 << 20

    /// Looks at the first packet of every file; `-` is standard input. `capture` in the records is the index of the file
    /// in `paths`, counted from `firstCapture`. Packets that do not match `filter` are passed over, but they keep their numbers and count.
    package init(paths: [String], firstCapture: Int = 0, filter: CaptureFilter? = nil) {
        self.firstCapture = firstCapture
        self.filter = filter
        known = paths.map { CaptureOutcome(path: $0) }
        let staysOpen = paths.count <= Self.mostOpenWaiting
        for index in paths.indices {
            openFile(index, bufferSize: staysOpen ? bufferSize : Self.glance)
            if let time = current?.firstPacketTime {
                let stays = staysOpen && current?.isCheap == true || current?.canReopen == false
                waiting.append(Parked(time: time, index: index, file: stays ? park() : nil))
                current = nil
            } else {
                _ = step()
            }
        }
        waiting.sort { $1.isBefore($0) }
    }

    /// Gives every packet to `body`, what the capture says of it and the bytes that were captured of it, until there is
    /// no more or `body` returns false. A further call goes on with the packet after the one given last.
    package mutating func forEachPacket(_ body: (PacketRecord, Span<UInt8>) -> Bool) {
        while advance() {
            if unsafe !body(packet.record, packet.bytes.span) { return }
        }
    }

    /// What came of each file, in the order given; final once all packets have been given.
    package var outcomes: [CaptureOutcome] {
        var outcomes = known
        switch current {
        case .some(let file): outcomes[currentIndex].facts = file.facts
        case nil: break
        }
        return outcomes
    }

    /// Goes to the next packet of the series; false at the end.
    @inline(__always)
    private mutating func advance() -> Bool {
        if step(), packet.record.time.nanoseconds < limit { return true }
        return changeFile()
    }

    /// Goes to the next packet of the current file; false where there is none, and then the file is closed.
    @inline(__always)
    private mutating func step() -> Bool {
        do throws(CaptureError) {
            if try current?.advance(to: &packet) ?? false { return true }
        } catch {
            known[currentIndex].error = error
        }
        if let facts = current?.facts { known[currentIndex].facts = facts }
        current = nil
        return false
    }

    /// Takes up the file whose packet is due first, after all those have been opened that could have it.
    private mutating func changeFile() -> Bool {
        parkCurrent()
        while let next = waiting.last, open.first?.time ?? next.time >= next.time {
            waiting.removeLast()
            if let parked = next.file {
                resume(parked, next.index)
            } else {
                openFile(next.index, bufferSize: bufferSize)
            }
            if step() { parkCurrent() }
        }
        guard let due = open.removeFirst(), let parked = due.file else {
            packet = LentPacket()
            return false
        }
        resume(parked, due.index)
        limit = min(open.first?.time.nanoseconds ?? .max, waiting.last?.time.nanoseconds ?? .max)
        return true
    }

    // MARK: The current file

    private mutating func openFile(_ index: Int, bufferSize: Int) {
        currentIndex = index
        do throws(CaptureError) {
            current = try CaptureFile(
                path: known[index].path, capture: UInt32(firstCapture + index), filter: filter, bufferSize: bufferSize)
        } catch {
            known[index].error = error
        }
    }

    private var bufferSize: Int {
        max(Self.glance, min(CaptureFile.defaultBufferSize, Self.bufferBudget / (open.count + 1)))
    }

    /// Puts the current file aside with its packet, to wait for the packet's turn.
    private mutating func parkCurrent() {
        let time = packet.record.time
        if let file = park() { open.insert(Parked(time: time, index: currentIndex, file: file)) }
    }

    private mutating func park() -> ParkedFile? {
        guard let file = current.take() else { return nil }
        known[currentIndex].facts = file.facts
        return ParkedFile(file, packet)
    }

    private mutating func resume(_ parked: ParkedFile, _ index: Int) {
        packet = parked.packet
        current = parked.take()
        currentIndex = index
    }
}
