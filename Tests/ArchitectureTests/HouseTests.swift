import Foundation
import Testing

/// The picture of the house in `Docs/ARCHITECTURE.md`, compared with the imports.
@Suite struct HouseTests {
  /// The rooms that each room imports.
  private static func imports() throws -> [String: Set<String>] {
    var imports: [String: Set<String>] = [:]
    for (room, _, text) in try LayeringTests.sources() {
      imports[room, default: []].formUnion(SwiftText.imports(text))
    }
    return imports.mapValues { $0.filter { imports[$0] != nil } }
  }

  /// The lowest possible floor of a room: one above the highest that it imports.
  private static func floors(_ imports: [String: Set<String>]) -> [String: Int] {
    var floors: [String: Int] = [:]
    func floor(_ room: String) -> Int {
      if let known = floors[room] { return known }
      let found = (imports[room] ?? []).map(floor).max().map { $0 + 1 } ?? 0
      floors[room] = found
      return found
    }
    for room in imports.keys { _ = floor(room) }
    return floors
  }

  @Test func thePictureShowsEachRoomOnItsFloor() throws {
    let page = try LayeringTests.text("Docs/ARCHITECTURE.md")
    let picture = try #require(
      page.components(separatedBy: "```text\n").dropFirst().first?.components(separatedBy: "```").first)
    var shown: [String: Int] = [:]
    for line in picture.split(separator: "\n") {
      let words = line.prefix { $0 != "·" }.split(separator: " ").map(String.init)
      let floor = try #require(Int(words[0]))
      for room in words.dropFirst() { shown[room] = floor }
    }
    #expect(shown == Self.floors(try Self.imports()))
  }

  @Test func theTableShowsTheSameFloors() throws {
    #expect(try LayeringTests.levels() == Self.floors(try Self.imports()))
  }

  /// A room that imports many others has several purposes.
  @Test func fewRoomsImportMany() throws {
    let many = try Self.imports().filter { $0.value.count > 10 }.keys
    #expect(Set(many) == ["totsugo", "Site"])
  }

  @Test func noTypeNameStandsTwice() throws {
    var places: [String: [String]] = [:]
    for (_, file, text) in try LayeringTests.sources() {
      let declared =
        #/(?m)^(?:package |private |fileprivate )?(?:final |indirect )*(?:struct|enum|class|protocol|actor) (\w+)/#
      for match in text.matches(of: declared) { places[String(match.1), default: []].append(file) }
    }
    #expect(places.filter { $0.value.count > 1 }.isEmpty)
  }

  /// Longer files consist of one table each.
  @Test func noFileIsLong() throws {
    let tables = ["DiagnosticCode.swift", "JefTable.swift", "SingleTables.swift"]
    for (_, file, text) in try LayeringTests.sources() where !tables.contains(where: file.hasSuffix) {
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 401, "\(file)")
    }
  }
}
