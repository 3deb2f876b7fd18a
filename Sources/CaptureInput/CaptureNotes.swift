/// What a pcapng file holds beside its packets and somebody may ask for later: comments and decryption secrets, up to
/// bounds.
package struct CaptureNotes: Hashable, Sendable {
    /// What a person or a program wrote into the file.
    package struct Comment: Hashable, Sendable {
        /// The number of the packet that it was written to, from 1; nil for a section or an interface.
        package var packet: UInt64?
        /// Octets that should be UTF-8.
        package var text: [UInt8]
    }

    /// The content of a decryption secrets block.
    package struct Secrets: Hashable, Sendable {
        /// What they are: 0x544c534b is a key log of TLS, as NSS writes it.
        package var kind: UInt32
        package var octets: [UInt8]
    }

    package private(set) var comments: [Comment] = []
    package private(set) var secrets: [Secrets] = []
    /// Comments and secrets that the bounds left out.
    package private(set) var omitted = 0

    /// Octets that may still be kept.
    private var roomForComments = 64 << 10
    private var roomForSecrets = 1 << 20
    /// What keeping one costs beside its octets.
    private static let overhead = 64

    mutating func add(_ comment: Comment) {
        let cost = comment.text.count + Self.overhead
        guard cost <= roomForComments else { return omitted += 1 }
        roomForComments -= cost
        comments.append(comment)
    }

    mutating func add(_ found: Secrets) {
        let cost = found.octets.count + Self.overhead
        guard cost <= roomForSecrets else { return omitted += 1 }
        roomForSecrets -= cost
        secrets.append(found)
    }
}
