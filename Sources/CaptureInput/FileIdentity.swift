import CaptureModel
import Glibc

/// What tells whether a file is still the one that was read: its size and time at first, its octets in doubt.
package struct FileIdentity: Sendable, Equatable {
    /// Octets.
    package var size: Int64
    /// When it was modified last, in nanoseconds since 1970.
    package var modified: Int64
    /// XXH64 of its octets.
    package var hash: UInt64

    package init(size: Int64, modified: Int64, hash: UInt64) {
        (self.size, self.modified, self.hash) = (size, modified, hash)
    }

    /// Size and time of the regular file at `path`; nil where there is none.
    package static func appearance(of path: String) -> (size: Int64, modified: Int64)? {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let seconds = Int64(status.st_mtim.tv_sec)
        return (Int64(status.st_size), seconds &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec))
    }

    /// The identity of the file at `path` as it is now; nil where it cannot be read.
    package init?(of path: String) {
        guard let appearance = Self.appearance(of: path), let hash = Self.hash(of: path) else { return nil }
        self.init(size: appearance.size, modified: appearance.modified, hash: hash)
    }

    /// XXH64 of the file's octets; nil where it cannot be read.
    package static func hash(of path: String) -> UInt64? {
        guard let source = try? DescriptorSource(path: path) else { return nil }
        var hasher = XXH64()
        var block = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            let count = unsafe block.withUnsafeMutableBytes { room in try? unsafe source.read(into: room) }
            guard let count else { return nil }
            if count == 0 { return hasher.value }
            hasher.take(block.span.extracting(0..<count))
        }
    }
}

/// The hash XXH64 (xxHash specification 0.1.1, seed 0): it tells changed octets apart, and is no defence against somebody who
/// makes octets to fit.
package struct XXH64 {
    private var lanes: (UInt64, UInt64, UInt64, UInt64) = (
        prime1 &+ prime2, prime2, 0, 0 &- prime1
    )
    /// Octets that fill no stripe yet.
    private var rest: [UInt8] = []
    private var length: UInt64 = 0

    private static let prime1: UInt64 = 0x9e37_79b1_85eb_ca87
    private static let prime2: UInt64 = 0xc2b2_ae3d_27d4_eb4f
    private static let prime3: UInt64 = 0x1656_67b1_9e37_79f9
    private static let prime4: UInt64 = 0x85eb_ca77_c2b2_ae63
    private static let prime5: UInt64 = 0x27d4_eb2f_1656_67c5

    package init() {}

    /// Takes more octets.
    package mutating func take(_ octets: Span<UInt8>) {
        length &+= UInt64(octets.count)
        var at = 0
        if !rest.isEmpty {
            while rest.count < 32, at < octets.count {
                rest.append(octets[at])
                at += 1
            }
            guard rest.count == 32 else { return }
            let full = rest
            stripe(full.span, 0)
            rest.removeAll(keepingCapacity: true)
        }
        while octets.count - at >= 32 {
            stripe(octets, at)
            at += 32
        }
        while at < octets.count {
            rest.append(octets[at])
            at += 1
        }
    }

    private mutating func stripe(_ octets: Span<UInt8>, _ at: Int) {
        lanes.0 = Self.round(lanes.0, Self.word(octets, at))
        lanes.1 = Self.round(lanes.1, Self.word(octets, at + 8))
        lanes.2 = Self.round(lanes.2, Self.word(octets, at + 16))
        lanes.3 = Self.round(lanes.3, Self.word(octets, at + 24))
    }

    /// The hash of all octets taken.
    package var value: UInt64 {
        var hash = Self.prime5
        if length >= 32 {
            hash = Self.rotated(lanes.0, 1) &+ Self.rotated(lanes.1, 7) &+ Self.rotated(lanes.2, 12)
            hash = hash &+ Self.rotated(lanes.3, 18)
            for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
                hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
            }
        }
        hash = hash &+ length
        var at = 0
        while rest.count - at >= 8 {
            hash ^= Self.round(0, Self.word(rest.span, at))
            hash = Self.rotated(hash, 27) &* Self.prime1 &+ Self.prime4
            at += 8
        }
        if rest.count - at >= 4 {
            hash ^= UInt64(rest.span.little32(at)) &* Self.prime1
            hash = Self.rotated(hash, 23) &* Self.prime2 &+ Self.prime3
            at += 4
        }
        while at < rest.count {
            hash ^= UInt64(rest[at]) &* Self.prime5
            hash = Self.rotated(hash, 11) &* Self.prime1
            at += 1
        }
        hash = (hash ^ hash >> 33) &* Self.prime2
        hash = (hash ^ hash >> 29) &* Self.prime3
        return hash ^ hash >> 32
    }

    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotated(lane &+ input &* prime2, 31) &* prime1
    }

    private static func rotated(_ value: UInt64, _ by: UInt64) -> UInt64 {
        value << by | value >> (64 - by)
    }

    private static func word(_ octets: Span<UInt8>, _ at: Int) -> UInt64 {
        UInt64(octets.little32(at)) | UInt64(octets.little32(at + 4)) << 32
    }
}
