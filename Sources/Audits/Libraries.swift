import CaptureInput

/// The library that captures are read with, and its version: `libpcap 1.10.3`.
package var captureLibraryVersion: String { CaptureLibrary.version }
