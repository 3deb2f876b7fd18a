import CaptureModel
import Testing

@testable import CaptureInput

@Suite("Whether a file is still the same")
struct FileIdentityTests {
    @Test(
        "The hash is XXH64 with seed 0, whatever the pieces",
        arguments: [
            ("", 0xef46_db37_51d8_e999), ("a", 0xd24e_c4f1_a98c_6e5b), ("abc", 0x44bc_2cf5_ad77_0999),
            ("Nobody inspects the spammish repetition", 0xfbce_a83c_8a37_8bf1),
        ] as [(String, UInt64)])
    func vectors(text: String, hash: UInt64) {
        for size in [1, 3, 8, 31, 32, 33, 100] {
            var hasher = XXH64()
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let piece = Array(rest.prefix(size))
                hasher.take(piece.span)
                rest = rest.dropFirst(size)
            }
            #expect(hasher.value == hash)
        }
    }
}
