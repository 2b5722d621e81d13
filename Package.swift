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
  targets: [
    // Level 0
    room("Records"),
    // Level 1
    room("Evidence", ["Records"]),
    // Level 2
    room("Copybook", ["Evidence"]),
    room("Expressions", ["Records", "Evidence"]),
    room("Charset"),
    // Level 3
    room("Decode", ["Records", "Evidence", "Copybook", "Expressions", "Charset"]),

    tests("Records", ["Records"]),
    tests("Expressions", ["Records", "Evidence", "Expressions"]),
    tests("Copybook", ["Copybook", "Evidence"]),
    tests("Charset", ["Charset"]),
  ]
)
