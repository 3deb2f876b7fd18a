import Testing

@Suite("The rooms of the house")
struct ArchitectureTests {
    /// What every room may import besides other rooms: the system's library, and Swift's own.
    private let system: Set<String> = ["Glibc", "Musl", "Darwin", "Synchronization"]
    /// The system libraries that captures are read with.
    private let libraries: Set<String> = ["CLibpcap", "CZlib", "CZstd", "CLZ4", "CLZMA"]

    /// What programs are made with: the command line, and the server of the metrics.
    private let packages: Set<String> = ["ArgumentParser", "FlyingFox", "FlyingSocks"]

    @Test("The manifest and the folders name the same rooms")
    func rooms() {
        #expect(Set(House.rooms.map(\.name)) == Set(House.sources.map(\.room)))
        #expect(House.rooms.count > 10)
    }

    @Test("Each room imports exactly what the manifest lets it, all of it to its left")
    func imports() {
        var left = libraries.union(packages).union(["CSQLite"])
        for room in House.rooms {
            let files = House.sources.filter { $0.room == room.name }
            let imported = Set(files.flatMap(\.imports).map(\.module)).subtracting(system)
            #expect(imported == Set(room.imports), "\(room.name)")
            #expect(imported.isSubset(of: left), "\(room.name)")
            left.insert(room.name)
        }
    }

    @Test("Only the room of the captures knows the system's libraries, only the commands know the command line")
    func edges() {
        for file in House.sources {
            for found in file.imports {
                if libraries.contains(found.module) { #expect(file.room == "CaptureInput", "\(file.path)") }
                if found.module == "CSQLite" { #expect(file.room == "Reports", "\(file.path)") }
                if found.module == "ArgumentParser" { #expect(file.room == "InterludeCommands", "\(file.path)") }
                if found.module.hasPrefix("Flying") { #expect(file.room == "interlude-metrics", "\(file.path)") }
                // What is only for tests and tools stays there.
                #expect(found.module != "CaptureForge", "\(file.path)")
                #expect(found.module != "TestBench", "\(file.path)")
            }
        }
    }

    @Test("Nothing that is shipped needs Foundation")
    func foundation() {
        for file in House.sources {
            #expect(!file.imports.contains { $0.module.hasPrefix("Foundation") }, "\(file.path)")
        }
    }
}
