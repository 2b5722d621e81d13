// swift-tools-version: 6.2
import PackageDescription

/// Every target is built the same way: warnings stop the build, existentials are spelled out,
/// and a file names each module whose members it uses.
let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// One library target of the house; `Docs/ARCHITECTURE.md` holds the table of who may import whom.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name + "Tests", dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
  name: "totsugo",
  traits: [
    .default(enabledTraits: ["Web"]),
    .trait(name: "Web", description: "`totsugo serve`: without it nothing of an HTTP server is fetched or compiled."),
  ],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CSQLite"),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CZlib"),
    // SHA-256 by the processor's instructions.
    .target(name: "CSHA256"),
    // Level 0
    room("Records"),
    // Level 1
    room("Evidence", ["Records", "CSHA256"]),
    // Level 2
    room("Copybook", ["Evidence"]),
    room("Expressions", ["Records", "Evidence"]),
    room("Charset"),
    room("Definitions", ["Evidence", "Records", .product(name: "Yams", package: "Yams")]),
    room("Framing", ["Records", "Evidence", "CZlib"]),
    room("Profile", ["Records"]),
    room("Targets", ["Records", "Evidence"]),
    room("Diff", ["Records", "Evidence"]),
    room("Ledger", ["Evidence", "CSQLite", .product(name: "GRDB", package: "GRDB.swift")]),
    room("Workbook", ["Evidence", "CZlib"]),
    // Level 3
    room("Registers", ["Records", "Evidence", "Definitions", "Ledger", "Workbook"]),
    room("Mapping", ["Records", "Evidence", "Expressions", "Targets"]),
    room("SQLiteTarget", ["Records", "Evidence", "Targets", "CSQLite"]),
    room("PostgresTarget", ["Records", "Evidence", "Targets"]),
    room("Decode", ["Records", "Evidence", "Copybook", "Expressions", "Charset", "Framing"]),
    // Level 4
    room(
      "Reconcile", ["Records", "Evidence", "Definitions", "Expressions", "Copybook", "Charset", "Decode"]),
    room("Gates", ["Records", "Evidence", "Definitions", "Ledger", "Registers"]),
    room("City", ["Records", "Evidence", "Copybook", "Charset", "Decode"]),
    // Level 5
    room(
      "Pipeline",
      [
        "Records", "Evidence", "Definitions", "Copybook", "Charset", "Expressions", "Decode", "Mapping", "Reconcile",
        "Targets", "Ledger", "Registers", "Gates", "Framing",
      ]),
    // Level 6
    room(
      "Report",
      ["Records", "Evidence", "Gates", "Ledger", "Registers", "Profile", "Decode", "Workbook", "Pipeline"]),
    room(
      "Datasets",
      [
        "Records", "Evidence", "Definitions", "Charset", "Copybook", "Expressions", "Framing", "Decode", "Diff",
        "SQLiteTarget", "CSQLite", "PostgresTarget", "Pipeline", "Targets", "Mapping", "Reconcile",
      ]),
    room(
      "Mutation",
      [
        "Records", "Evidence", "Charset", "Copybook", "City", "Pipeline", "Reconcile", "SQLiteTarget", "Targets",
        "Ledger",
      ]),
    // Level 7
    .target(
      name: "Site",
      dependencies: [
        "Records", "Evidence", "Definitions", "Copybook", "Decode", "Expressions", "Framing", "Ledger", "Registers",
        "Mapping", "Gates", "Targets", "Pipeline", "Report", "Workbook", "Datasets",
        .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Web"])),
        .product(name: "HTTPTypes", package: "swift-http-types", condition: .when(traits: ["Web"])),
        .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Web"])),
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Web"])),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: .when(traits: ["Web"])),
        .product(name: "UnixSignals", package: "swift-service-lifecycle", condition: .when(traits: ["Web"])),
      ],
      swiftSettings: settings),
    // Level 8
    .executableTarget(
      name: "totsugo",
      dependencies: [
        "Records", "Evidence", "Copybook", "Charset", "Decode", "Expressions", "Reconcile", "Gates", "Ledger",
        "Registers", "City",
        "Pipeline", "SQLiteTarget", "PostgresTarget", "Targets", "Report", "Mutation", "CMalloc", "Framing", "Profile",
        "Diff", "Datasets", "Workbook", "Site",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    .executableTarget(
      name: "DecodeBenchmark", dependencies: ["Records", "Evidence", "Copybook", "Charset", "Decode"],
      path: "Benchmarks/decode", exclude: ["peer.c", "BENCH.cpy", "run"], sources: ["main.swift"],
      swiftSettings: settings),

    tests("Architecture", ["Evidence", "Records"]),
    .testTarget(
      name: "RecordsTests", dependencies: ["Records", "Evidence", "CSHA256"], exclude: ["Fixtures"],
      swiftSettings: settings),
    tests("Expressions", ["Records", "Evidence", "Expressions"]),
    tests("Copybook", ["Copybook", "Evidence"]),
    tests("Charset", ["Charset"]),
    tests("Profile", ["Profile", "Records"]),
    tests("Framing", ["Framing", "Records", "Evidence", "CZlib"]),
    tests("Diff", ["Diff", "Records", "Evidence"]),
    .testTarget(
      name: "WorkbookTests", dependencies: ["Workbook", "Evidence", "CZlib"], exclude: ["Fixtures"],
      swiftSettings: settings),
    tests("Decode", ["Decode", "Records", "Evidence", "Copybook", "Charset"]),
    .testTarget(
      name: "OracleTests", dependencies: ["Decode", "Records", "Evidence", "Copybook", "Charset", "Framing"],
      exclude: ["Programs"], swiftSettings: settings),
    tests("Target", ["Records", "Evidence", "Targets", "SQLiteTarget", "PostgresTarget", "CSQLite"]),
    tests(
      "Command",
      [
        "totsugo", "Records", "Evidence", "Ledger", "CSQLite", "PostgresTarget", "Site", "Datasets", "Decode",
        "Framing",
        "Mapping", "Pipeline", "Targets",
      ]),
    tests("Conformance", ["totsugo", "Records", "Evidence", "Copybook", "Charset", "Decode"]),
    tests(
      "Sabotage",
      [
        "Pipeline", "SQLiteTarget", "City", "Evidence", "Copybook", "Charset", "Decode", "Targets",
        "CSQLite", "Reconcile", "Records",
      ]),
    tests("City", ["City", "Records", "Evidence", "Copybook", "Charset"]),
    // Registers filled by hand, for the tests of registers and gates.
    .target(
      name: "RegisterFixtures", dependencies: ["Records", "Evidence", "Definitions", "Ledger", "Registers"],
      path: "Tests/RegisterFixtures", swiftSettings: settings),
    tests("Ledger", ["Evidence", "Ledger", "Registers", "CSQLite"]),
    tests(
      "Registers",
      ["Records", "Evidence", "Definitions", "Ledger", "Registers", "Workbook", "CSQLite", "RegisterFixtures"]),
    tests("Gates", ["Records", "Evidence", "Definitions", "Ledger", "Registers", "Gates", "RegisterFixtures"]),
    tests("Report", ["Records", "Evidence", "Definitions", "Ledger", "Registers", "Gates", "Report", "Workbook"]),
    tests(
      "Pipeline",
      [
        "Evidence", "Definitions", "Gates", "Ledger", "Registers", "Pipeline", "Reconcile", "SQLiteTarget", "Targets",
        "CSQLite",
      ]),
    tests("Reconcile", ["Records", "Evidence", "Definitions", "Expressions", "Reconcile"]),
  ]
)

// Fuzz needs libFuzzer, and every module the coverage it looks at: Scripts/fuzz builds it so, and nothing else does.
if Context.environment["FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Records", "Evidence", "Copybook", "Charset", "Expressions", "Framing", "Decode", "Workbook", "CZlib",
      ],
      path: "Fuzz",
      exclude: ["Corpus", "copybook.dict", "decode.dict", "expression.dict", "framing.dict", "workbook.dict"],
      swiftSettings: settings))
}
