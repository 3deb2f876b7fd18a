import CaptureModel
import Exchanges
import HTTP1

extension Rule {
    static let webdavLegacyClient = Rule(
        id: "webdav/legacy-client", severity: .note,
        title: "a WebDAV client of RFC 2518's time",
        explanation: Explanation(
            wire: """
                The User-Agent names a program from before RFC 4918 (2007): Microsoft's Data Access Internet \
                Publishing Provider (Web Folders of Windows XP and 2003, Office up to 2007), FrontPage, GNOME's \
                gnome-vfs, Dreamweaver's first WebDAV client, or WebDAVFS 1.0 to 1.2 of early Mac OS X.
                """,
            matters: """
                Such a client speaks RFC 2518 only, was never tested with a server of today, and gets no more \
                repairs. Some need a server that works around their faults, such as redirects they do not follow.
                """,
            remedy: """
                Replace it where you can. The Windows WebClient (Microsoft-WebDAV-MiniRedir) is not among them: it is \
                still shipped.
                """),
        citation: "RFC 4918 appendix F; Apache's httpd-dav.conf, which has workarounds for these clients",
        example: """
            > PROPFIND /dav/ HTTP/1.1
            > User-Agent: Microsoft Data Access Internet Publishing Provider DAV 1.1
            """,
        needs: .maybeOldClient
    ) { exchange, context in
        guard let request = exchange.request, let agent = exchange.value(of: "user-agent", in: request.fields),
            exchange.namesOldClient(agent)
        else { return nil }
        return context.occurrence(at: request.first) {
            "\(exchange.requestText) was sent by “\(exchange.text(agent, limit: 80))”, a client of RFC 2518's time"
        }
    }
}

extension Exchange {
    /// What User-Agents of clients begin with that speak RFC 2518 only.
    private static let oldClients: [StaticString] = [
        "Microsoft Data Access Internet Publishing Provider", "MS FrontPage", "MSFrontPage",
        "Mozilla/2.0 (compatible; MS FrontPage", "Mozilla/4.0 (compatible; MS FrontPage", "gnome-vfs/",
        "Dreamweaver-WebDAV-SCM1", "WebDAVFS/1.0", "WebDAVFS/1.1", "WebDAVFS/1.2",
    ]

    /// Whether a User-Agent is worth to be held against the list: by its first letters, and by its ninth where
    /// everybody else's begins as well.
    func mayNameOldClient(_ value: OctetRange) -> Bool {
        guard value.count > 9 else { return false }
        let start = Int(value.start)
        switch (octets[start], octets[start + 1]) {
        case (UInt8(ascii: "M"), UInt8(ascii: "o")):
            return octets[start + 8] == UInt8(ascii: "2") || octets[start + 8] == UInt8(ascii: "4")
        case (UInt8(ascii: "M"), UInt8(ascii: "i")), (UInt8(ascii: "M"), UInt8(ascii: "S")),
            (UInt8(ascii: "g"), UInt8(ascii: "n")), (UInt8(ascii: "D"), UInt8(ascii: "r")),
            (UInt8(ascii: "W"), UInt8(ascii: "e")):
            return true
        default:
            return false
        }
    }

    fileprivate func namesOldClient(_ value: OctetRange) -> Bool {
        withOctets(value) { agent in
            Exchange.oldClients.contains { name in
                guard agent.hasPrefix(name, at: 0) else { return false }
                let end = name.utf8CodeUnitCount
                // WebDAVFS/1.10 is not 1.1.
                return end == agent.count || !(agent[end - 1] < 0x3a && agent[end] >= 0x30 && agent[end] < 0x3a)
            }
        }
    }
}
