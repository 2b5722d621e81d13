import Base
import Targets
import Testing

/// Which references name a target, and what is told of those that do not.
@Suite struct TargetReferenceTests {
  /// A target is a database, and nothing is told that may be a password.
  @Test(arguments: [
    "", "a.sqlite", "sqlite:", "sqlite:x://u:geheim@h", "mysql://u:geheim@h/d", "sqlite:a?password=geheim",
  ])
  func whatIsNoTargetIsRefused(_ text: String) throws {
    let failure = try #require(#expect(throws: Diagnostic.self) { try TargetReference.open(text) })
    #expect(failure.code == .targetReference)
    #expect(!(failure.place.file ?? "").contains("geheim"), "\(failure.place)")
  }
}
