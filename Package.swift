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
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
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
    room("HTTP", ["Evidence"]),
    room("SQLite", ["Evidence", "CSQLite"]),
    room("Targets", ["Records", "Evidence"]),
    room("Diff", ["Records", "Evidence"]),
    room("Workbook", ["Evidence", "CZlib"]),
    // Level 3
    room("Ledger", ["Evidence", "SQLite"]),
    room("Mapping", ["Records", "Evidence", "Expressions", "Targets"]),
    room("SQLiteTarget", ["Records", "Evidence", "Targets", "SQLite"]),
    room("PostgresTarget", ["Records", "Evidence", "Targets"]),
    room("Decode", ["Records", "Evidence", "Copybook", "Expressions", "Charset", "Framing"]),
    // Level 4
    room("Registers", ["Records", "Evidence", "Definitions", "Ledger", "Workbook"]),
    room(
      "Reconcile", ["Records", "Evidence", "Definitions", "Expressions", "Copybook", "Charset", "Decode"]),
    room("City", ["Records", "Evidence", "Copybook", "Charset", "Decode"]),
    // Level 5
    room("Gates", ["Records", "Evidence", "Definitions", "Ledger", "Registers"]),
    // Level 6
    room(
      "Pipeline",
      [
        "Records", "Evidence", "Definitions", "Copybook", "Charset", "Expressions", "Decode", "Mapping", "Reconcile",
        "Targets", "Ledger", "Registers", "Gates", "Framing",
      ]),
    // Level 7
    room(
      "Report",
      ["Records", "Evidence", "Gates", "Ledger", "Registers", "Profile", "Decode", "Workbook", "Pipeline"]),
    room(
      "Datasets",
      [
        "Records", "Evidence", "Definitions", "Charset", "Copybook", "Expressions", "Framing", "Decode", "Diff",
        "SQLite", "SQLiteTarget", "PostgresTarget", "Pipeline", "Targets", "Mapping", "Reconcile",
      ]),
    room(
      "Mutation",
      [
        "Records", "Evidence", "Charset", "Copybook", "City", "Pipeline", "Reconcile", "SQLiteTarget", "Targets",
        "Ledger",
      ]),
    // Level 8
    room(
      "Site",
      [
        "Records", "Evidence", "Definitions", "Copybook", "Decode", "Expressions", "Framing", "HTTP", "Ledger",
        "Registers", "Mapping", "Gates", "Targets", "Pipeline", "Report", "Workbook", "Datasets",
      ]),
    // Level 9
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
    tests("HTTP", ["Evidence", "HTTP"]),
    tests("SQLite", ["Evidence", "SQLite"]),
    tests("Target", ["Records", "Evidence", "Targets", "SQLiteTarget", "PostgresTarget", "CSQLite"]),
    tests(
      "Command",
      [
        "totsugo", "Records", "Evidence", "Ledger", "CSQLite", "PostgresTarget", "Site", "Datasets", "Decode",
        "Framing",
        "Mapping", "Pipeline", "Targets", "RegisterFixtures",
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
    tests("Ledger", ["Evidence", "Ledger", "Registers", "CSQLite", "RegisterFixtures"]),
    tests(
      "Registers",
      ["Records", "Evidence", "Definitions", "Ledger", "Registers", "Workbook", "CSQLite", "RegisterFixtures"]),
    tests("Gates", ["Records", "Evidence", "Definitions", "Ledger", "Registers", "Gates", "RegisterFixtures"]),
    tests(
      "Report",
      ["Records", "Evidence", "Definitions", "Ledger", "Registers", "Gates", "Report", "Workbook", "RegisterFixtures"]),
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
        "Records", "Evidence", "Copybook", "Charset", "Expressions", "Framing", "Decode", "HTTP", "Workbook", "CZlib",
      ],
      path: "Fuzz",
      exclude: [
        "Corpus", "copybook.dict", "decode.dict", "expression.dict", "framing.dict", "http.dict", "workbook.dict",
      ],
      swiftSettings: settings))
}
