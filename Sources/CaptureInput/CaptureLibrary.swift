import CLibpcap

/// The library that captures are read with.
package enum CaptureLibrary {
    /// Its version as it says it, without what it was built with: `libpcap 1.10.3`.
    package static var version: String {
        // The text is constant data of the library.
        let words = unsafe String(cString: pcap_lib_version()).split(separator: " ")
        return words.filter { $0 != "version" }.prefix(2).joined(separator: " ")
    }
}
