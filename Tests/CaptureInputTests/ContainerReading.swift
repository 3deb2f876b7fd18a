import CaptureForge
import CaptureInput
import CaptureModel

extension TemporaryFolder {
    /// Writes a file and returns its path.
    func file(_ octets: [UInt8], _ name: String = "a") throws -> String { write(octets, as: name) }
}

extension Reading {
    /// Reads the octets of one file.
    init(_ octets: [UInt8]) throws {
        let folder = TemporaryFolder()
        self.init([try folder.file(octets)])
    }

    var error: CaptureError? { outcomes.first?.error }
    var facts: CaptureFacts? { outcomes.first?.facts }
    /// The packets as the forge writes them, to compare with what was written.
    var frames: [Frame] {
        packets.map {
            Frame(time: Timestamp(nanoseconds: $0.time), octets: $0.bytes, originalLength: $0.original)
        }
    }
}

/// Frames that differ in time, length and octets; each other one was cut by the capture.
func frames(_ count: Int, step: Int64 = 1_000_001) -> [Frame] {
    (0..<count).map { number in
        let octets = (0..<20 + number % 7).map { UInt8(truncatingIfNeeded: number &* 31 &+ $0) }
        return Frame(
            time: Timestamp(nanoseconds: Dialogue.start.nanoseconds + Int64(number) * step), octets: octets,
            originalLength: number % 2 == 0 ? nil : octets.count + 1_000)
    }
}
