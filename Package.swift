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
    room("Base", ["CSHA256"]),
    room("Records", ["Base"]),
    room("Copybook", ["Base"]),
    room("Charset", []),
    room("Definitions", ["Base", "Workbook", .product(name: "Yams", package: "Yams")]),
    room("HTTP", ["Base"]),
    room("SQLite", ["Base", "CSQLite"]),
    room("Workbook", ["Base", "CZlib"]),
    room("Evidence", ["Base", "Records"]),
    room("Expressions", ["Base", "Records"]),
    room("Framing", ["Base", "Records", "CZlib"]),
    room("Profile", ["Base", "Records"]),
    room("Diff", ["Base", "Records"]),
    room("Targets", ["Base", "Records", "SQLite", "Charset", "Framing"]),
    room("Tables", ["Base", "Records", "Workbook"]),
    room("Workspace", ["Base", "Evidence"]),
    room("Decode", ["Base", "Records", "Copybook", "Expressions", "Charset", "Framing"]),
    room("Drafts", ["Base", "Records", "Copybook", "Charset", "Framing", "Profile", "Targets", "SQLite", "Decode"]),
    room("Ledger", ["Base", "SQLite", "Workspace"]),
    room("Registers", ["Base", "Records", "Evidence", "Workspace", "Ledger", "Workbook"]),
    room("Checks", ["Base", "Records", "Evidence", "Definitions", "Expressions", "Copybook", "Charset", "Decode"]),
    room("City", ["Base", "Records", "Copybook", "Charset", "Decode"]),
    room("Gates", ["Base", "Records", "Evidence", "Definitions", "Ledger", "Registers"]),
    room(
      "Projects",
      [
        "Base", "Records", "Definitions", "Copybook", "Charset", "Expressions", "Decode", "Checks", "Targets",
        "Framing",
      ]),
    room(
      "Pipeline",
      [
        "Base", "Records", "Evidence", "Expressions", "Decode", "Checks", "Targets", "Workspace", "Framing", "Projects",
      ]),
    room(
      "Report",
      ["Tables", "Base", "Records", "Evidence", "Workspace", "Gates", "Ledger", "Registers", "Profile", "Decode"]),
    room(
      "Datasets",
      ["Base", "Records", "Charset", "Framing", "Decode", "Diff", "SQLite", "Targets", "Projects", "Pipeline"]),
    room(
      "Comparisons",
      [
        "Base", "Records", "Evidence", "Definitions", "Expressions", "Diff", "Checks", "Datasets",
      ]),
    room(
      "Mutation",
      ["Base", "Records", "Evidence", "Charset", "City", "Projects", "Pipeline", "Checks", "Targets"]),
    room("Outputs", ["Base", "Charset", "Copybook", "Decode", "SQLite", "Datasets", "Comparisons"]),
    room(
      "Outline",
      ["Base", "Evidence", "Expressions", "Targets", "Decode", "Checks", "Projects", "Registers", "Gates"]),
    room("Suggestions", ["Base", "Records", "Expressions", "Decode", "Targets", "Projects", "Pipeline"]),
    room(
      "Mappings",
      [
        "Base", "Definitions", "Workbook", "Profile", "Decode", "Ledger", "Projects", "Registers", "Pipeline",
        "Outline",
      ]),
    room(
      "Office",
      [
        "Base", "Evidence", "Workspace", "Ledger", "Registers", "Gates", "Projects", "Outline", "Tables", "Report",
      ]),
    room(
      "Sessions",
      [
        "Base", "Evidence", "Workspace", "Ledger", "Registers", "Targets", "Projects", "Pipeline", "Comparisons",
        "Office",
      ]),
    room(
      "Site",
      [
        "Tables", "Base", "Records", "Evidence", "Decode", "Expressions", "Framing", "HTTP", "Workspace", "Ledger",
        "Registers", "Gates", "Targets", "Projects", "Pipeline", "Report", "Workbook", "Datasets", "Outline", "Office",
      ]),
    room("Commands", ["Base", "CMalloc", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
    .executableTarget(
      name: "totsugo",
      dependencies: [
        "Tables",
        "Base", "Records", "Evidence", "Copybook", "Charset", "Decode", "Expressions", "Checks", "Gates", "Workspace",
        "Ledger", "Registers", "Projects", "Pipeline", "Outline", "Office", "Sessions", "Targets", "Report", "Framing",
        "Profile", "Diff", "Datasets", "Comparisons", "Mappings", "Suggestions", "Drafts",
        "Workbook",
        "Site", "Commands", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "totsugo-city",
      dependencies: [
        "Base", "Evidence", "Tables", "Charset", "City", "Projects", "Mutation", "Commands", "Comparisons", "Outputs",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    .executableTarget(
      name: "DecodeBenchmark", dependencies: ["Records", "Copybook", "Charset", "Decode"],
      path: "Benchmarks/decode", exclude: ["peer.c", "BENCH.cpy", "run"], sources: ["main.swift"],
      swiftSettings: settings),

    tests("Architecture", ["Base", "Records"]),
    .testTarget(
      name: "BaseTests", dependencies: ["Base", "CSHA256"], exclude: ["Fixtures"], swiftSettings: settings),
    tests("Records", ["Records", "Base"]),
    tests("Expressions", ["Records", "Base", "Expressions"]),
    tests("Copybook", ["Copybook", "Base"]),
    tests("Definitions", ["Definitions", "Base"]),
    tests("Charset", ["Charset"]),
    tests("Profile", ["Profile", "Records"]),
    tests("Framing", ["Framing", "Records", "Base", "CZlib"]),
    tests("Diff", ["Diff", "Base"]),
    .testTarget(
      name: "WorkbookTests", dependencies: ["Workbook", "Base", "CZlib"], exclude: ["Fixtures"],
      swiftSettings: settings),
    tests("Decode", ["Decode", "Records", "Base", "Copybook", "Charset", "Framing"]),
    .testTarget(
      name: "OracleTests", dependencies: ["Decode", "Records", "Base", "Copybook", "Charset", "Framing"],
      exclude: ["Programs"], swiftSettings: settings),
    tests("Datasets", ["Base", "Charset", "Datasets", "Comparisons", "Diff", "Evidence", "Records"]),
    tests("HTTP", ["Base", "HTTP"]),
    tests("SQLite", ["Base", "SQLite"]),
    tests("Drafts", ["Base", "Drafts"]),
    tests("Target", ["Records", "Base", "Targets", "CSQLite"]),
    tests(
      "Command",
      [
        "Tables", "totsugo", "totsugo-city", "Base", "Records", "Evidence", "Workspace", "Ledger", "CSQLite", "Site",
        "Copybook", "Datasets", "Decode", "Framing", "Projects", "Pipeline", "Targets", "Registers",
        "Commands", "RegisterFixtures", "Report", "Workbook",
      ]),
    tests("Conformance", ["totsugo", "Records", "Base", "Copybook", "Charset", "Decode"]),
    tests(
      "Sabotage",
      [
        "Projects", "Pipeline", "City", "Evidence", "Copybook", "Charset", "Decode", "Targets", "CSQLite", "Checks",
        "Records",
      ]),
    tests("City", ["City", "Base", "Copybook", "Charset"]),
    // Registers filled by hand, for the tests of registers and gates.
    .target(
      name: "RegisterFixtures",
      dependencies: ["Base", "Evidence", "Workspace", "Ledger", "Registers"],
      path: "Tests/RegisterFixtures", swiftSettings: settings),
    tests("Ledger", ["Base", "Evidence", "Workspace", "Ledger", "Registers", "CSQLite", "RegisterFixtures"]),
    tests("Registers", ["Base", "Records", "Evidence", "Ledger", "Registers", "Workbook", "RegisterFixtures"]),
    tests(
      "Gates", ["Base", "Evidence", "Ledger", "Registers", "Gates", "Records", "Report", "Tables", "RegisterFixtures"]),
    tests(
      "Report",
      [
        "Tables", "Base", "Evidence", "Workspace", "Ledger", "Registers", "Gates", "Report", "Workbook",
        "RegisterFixtures",
      ]),
    tests(
      "Pipeline",
      [
        "Definitions", "Outline", "Office", "Base", "Evidence", "Gates", "Workspace", "Ledger", "Registers", "Projects",
        "Pipeline", "Checks", "Targets",
        "CSQLite", "Expressions", "Records", "Decode",
      ]),
    tests(
      "Checks",
      ["Records", "Base", "Evidence", "Definitions", "Expressions", "Checks", "Charset", "Copybook", "Decode"]),
  ]
)

// Fuzz needs libFuzzer, and every module the coverage it looks at: Scripts/fuzz builds it so, and nothing else does.
if Context.environment["FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Records", "Base", "Copybook", "Charset", "Expressions", "Framing", "Decode", "HTTP", "Workbook", "CZlib",
      ],
      path: "Fuzz",
      exclude: [
        "Corpus", "copybook.dict", "decode.dict", "expression.dict", "framing.dict", "http.dict", "workbook.dict",
      ],
      swiftSettings: settings))
}
