// swift-tools-version: 6.2
import PackageDescription

/// Where `tools/fuzz` has found libFuzzer; unset in any other build.
let fuzzerLibrary = Context.environment["FUZZ"]

/// Every target of ours is built the same way: Swift 6 mode, strict memory safety, no warning let through.
let settings: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// The rooms have in addition, when they are fuzzed, what counts their branches and checks their memory.
let roomSettings: [SwiftSetting] =
    settings + (fuzzerLibrary == nil ? [] : [.unsafeFlags(["-sanitize=fuzzer,address"])])

/// A room of the house (see README, "Architecture"): it may import only the rooms named here, all to its left.
func room(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: imports, swiftSettings: roomSettings)
}

/// The tests of one room, under Tests/<Room>Tests.
func tests(_ name: String, _ imports: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: imports, swiftSettings: settings)
}

let package = Package(
    name: "interlude",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "interlude", targets: ["interlude"]),
        .executable(name: "interlude-metrics", targets: ["interlude-metrics"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibpcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"]), .brew(["libpcap"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"]), .brew(["lz4"])]),
        .systemLibrary(name: "CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"]), .brew(["xz"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        room("CaptureModel"),
        room("CaptureInput", ["CLibpcap", "CZlib", "CZstd", "CLZ4", "CLZMA", "CaptureModel"]),
        room("WireFormat", ["CaptureModel"]),
        room("StreamAssembly", ["CaptureModel", "WireFormat"]),
        room("HTTP1", ["CaptureModel"]),
        room("Exchanges", ["CaptureModel", "StreamAssembly", "HTTP1"]),
        room("Findings", ["CaptureModel", "HTTP1", "Exchanges"]),
        room("Reports", ["CSQLite", "CaptureModel", "HTTP1", "Exchanges", "Findings"]),
        room(
            "Audits",
            [
                "CaptureModel", "CaptureInput", "WireFormat", "StreamAssembly", "HTTP1", "Exchanges", "Findings",
                "Reports",
            ]),
        room("CaptureForge", ["CaptureModel"]),
        room(
            "InterludeCommands",
            [
                "CaptureModel", "CaptureInput", "Findings", "Reports", "Audits",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "interlude-metrics",
            dependencies: [
                .product(name: "FlyingFox", package: "FlyingFox"), .product(name: "FlyingSocks", package: "FlyingFox"),
            ], swiftSettings: settings),
        .executableTarget(name: "interlude", dependencies: ["InterludeCommands"], swiftSettings: settings),
        // What tests of several rooms share; no test itself.
        .target(
            name: "TestBench",
            dependencies: ["CaptureModel", "WireFormat", "StreamAssembly", "Exchanges", "CaptureForge"],
            path: "Tests/TestBench", swiftSettings: settings),
        tests("CaptureModelTests", ["CaptureModel", "CaptureForge"]),
        tests("CaptureForgeTests", ["CaptureModel", "CaptureForge"]),
        tests(
            "CaptureInputTests",
            ["CZlib", "CZstd", "CLZ4", "CLZMA", "CaptureModel", "CaptureInput", "CaptureForge"]),
        tests("WireFormatTests", ["CaptureModel", "WireFormat", "CaptureForge", "TestBench"]),
        tests(
            "StreamAssemblyTests", ["CaptureModel", "WireFormat", "StreamAssembly", "CaptureForge", "TestBench"]),
        tests("HTTP1Tests", ["CaptureModel", "HTTP1", "CaptureForge"]),
        tests(
            "ExchangesTests",
            ["CaptureModel", "StreamAssembly", "HTTP1", "Exchanges", "CaptureForge", "TestBench"]),
        tests(
            "FindingsTests",
            [
                "CaptureModel", "HTTP1", "Exchanges", "Findings", "Audits", "CaptureForge", "TestBench",
            ]),
        tests("ReportsTests", ["CaptureModel", "HTTP1", "Exchanges", "Findings", "Reports", "TestBench"]),
        tests(
            "AuditsTests",
            [
                "CaptureModel", "CaptureInput", "WireFormat", "HTTP1", "Exchanges", "Findings", "Reports", "Audits",
                "CaptureForge", "TestBench",
            ]),
        tests(
            "CommandTests", ["InterludeCommands", "Findings", "Reports", "CaptureModel", "CaptureForge", "TestBench"]),
        tests(
            "DifferentialTests",
            ["CaptureModel", "CaptureInput", "Reports", "Audits", "CaptureForge", "TestBench"]),
        tests("HouseTests", ["CaptureForge", "TestBench"]),
    ],
    swiftLanguageModes: [.v6]
)

if let fuzzerLibrary {
    package.targets.append(
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "CaptureModel", "CaptureInput", "WireFormat", "HTTP1", "Reports", "Audits", "CaptureForge", "TestBench",
            ],
            path: "Tests/Fuzz", swiftSettings: settings + [.unsafeFlags(["-sanitize=address"])],
            linkerSettings: [.unsafeFlags(["-sanitize=address", "-use-ld=lld", fuzzerLibrary, "-lstdc++"])]))
}
