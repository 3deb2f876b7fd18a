import CaptureModel

/// What a client and a SOCKS proxy say to each other before HTTP begins on their connection: version 4 with its
/// extension for names (SOCKS4A), or version 5 (RFC 1928) without authentication or with a password (RFC 1929). One
/// direction of it is read without the other, and passed over.
@usableFromInline
struct SOCKSHandshake: Hashable, Sendable {
    /// What the next octet is.
    private enum Stage: Hashable, Sendable {
        case version
        /// Version 4: command, port and address, seven octets; two names that end in zero; what a reply begins with.
        case request4, user4, name4, reply4
        /// Version 5: how many methods are offered, which one is chosen; a user's name and password, how that went;
        /// then, behind a version again, what is asked for, or how that went.
        case methods, method, message, userLength, passwordLength, signedIn, command, reserved, addressType, nameLength
        /// Octets to pass over and nothing behind them.
        case last
    }

    private let kind: MessageKind
    private var stage = Stage.version
    /// Octets to pass over before the stage's.
    private var due = 0
    /// Octets of a version 4 request seen, and the last four of them.
    private var seen = 0
    private var address: UInt32 = 0

    init(_ kind: MessageKind) {
        self.kind = kind
    }

    /// Whether one of this kind may begin with `octet`.
    static func mayBegin(with octet: UInt8, _ kind: MessageKind) -> Bool {
        octet == 5 || octet == (kind == .request ? 4 : 0)
    }

    /// Goes on at `start`.
    mutating func advance(_ octets: Span<UInt8>, from start: Int) -> Preamble.Step {
        var at = start
        while true {
            let passed = min(due, octets.count - at)
            at += passed
            due -= passed
            if due == 0, stage == .last { return .end(at) }
            guard at < octets.count else { return .needMore }
            guard take(octets[at]) else { return .invalid }
            at += 1
        }
    }

    /// Takes one octet; false where it cannot stand here.
    private mutating func take(_ octet: UInt8) -> Bool {
        switch stage {
        case .version:
            guard Self.mayBegin(with: octet, kind) else { return false }
            stage = octet == 0 ? .reply4 : octet == 4 ? .request4 : kind == .request ? .methods : .method
        case .request4:
            seen += 1
            address = address << 8 | UInt32(octet)
            if seen == 1 { return octet == 1 || octet == 2 }
            if seen == 7 { stage = .user4 }
        case .user4:
            guard octet == 0 else { return true }
            stage = address != 0 && address >> 8 == 0 ? .name4 : .last
        case .name4:
            if octet == 0 { stage = .last }
        case .reply4:
            due = 6
            stage = .last
            return 0x5a...0x5d ~= octet
        case .methods:
            due = Int(octet)
            stage = .message
            return octet > 0
        case .method:
            stage = .message
            return octet <= 2
        case .message:
            guard octet != 5 else {
                stage = .command
                return true
            }
            stage = kind == .request ? .userLength : .signedIn
            return octet == 1
        case .userLength:
            due = Int(octet)
            stage = .passwordLength
        case .passwordLength:
            due = Int(octet)
            stage = .message
        case .signedIn:
            stage = .message
        case .command:
            stage = .reserved
            return kind == .request ? 1...3 ~= octet : octet <= 8
        case .reserved:
            stage = .addressType
            return octet == 0
        case .addressType:
            switch octet {
            case 1: (due, stage) = (6, .last)
            case 3: stage = .nameLength
            case 4: (due, stage) = (18, .last)
            default: return false
            }
        case .nameLength:
            due = Int(octet) + 2
            stage = .last
        case .last: return false
        }
        return true
    }
}
