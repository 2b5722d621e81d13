import Base
import Testing

/// What messages say of a matter is Japanese in Japanese sentences: every phrase that the sources hand to a diagnostic.
@Suite struct FactTests {
  /// The texts within the brackets of calls, with a name in place of what is filled in.
  private static func phrases(_ text: String) -> [String] {
    var found: [String] = []
    for call in text.matches(of: #/(?:\bDiagnostic|\bwrong|\bunclear|\bexpected)\(/#) {
      var (depth, end) = (1, call.range.upperBound)
      while depth > 0, end < text.endIndex {
        if text[end] == "(" { depth += 1 } else if text[end] == ")" { depth -= 1 }
        end = text.index(after: end)
      }
      found += Self.literals(text[call.range.upperBound..<end])
    }
    return found
  }

  /// The literals of a piece of source; `\(…)`, with what is quoted in it, is a name.
  private static func literals(_ source: Substring) -> [String] {
    var (found, text, rest) = ([String](), String?.none, source)
    while let character = rest.popFirst() {
      guard let open = text else {
        if character == "\"" { text = "" }
        continue
      }
      switch character {
      case "\"":
        found.append(open)
        text = nil
      case "\\":
        guard let next = rest.popFirst() else { return found }
        text = open + (next == "(" ? "NAME" : String(next))
        var depth = next == "(" ? 1 : 0
        while depth > 0, let inner = rest.popFirst() { depth += inner == "(" ? 1 : inner == ")" ? -1 : 0 }
      default: text = open + String(character)
      }
    }
    return found
  }

  @Test func everyPhraseOfTheSourcesIsToldInJapanese() throws {
    var seen = 0
    for (room, file, text) in try LayeringTests.sources() where !["City", "Mutation", "Outputs"].contains(room) {
      for phrase in Self.phrases(text) where phrase.contains(#/[a-z]{2,} [a-z]/#) && !phrase.contains(#/\p{Han}/#) {
        seen += 1
        let told = Diagnostic(.definitionValue, "x", phrase).message(.japanese)
        #expect(!told.contains(phrase), "\(file): \(phrase)")
      }
    }
    #expect(seen > 120)
  }

  @Test(arguments: [
    (DiagnosticCode.registerMissing, "held", "開催日"), (.registerMissing, "kind, start ≤ end", "種別"),
    (.registerMissing, "a person's name", "人の名前"), (.fileOpen, "No such file or directory", "ファイルまたはフォルダがない"),
    (.fileOpen, "held", "held"), (.targetRead, "item", "item"),
    (.definitionValue, "a table: a, b", "表: a, b"), (.definitionValue, "title", "title"),
    (.definitionValue, "level 1, since FOO of level 03 follows", "レベル1（後にFOO、レベル03が続くため）"),
    (.definitionValue, "an item of the table T", "表 T の項目"),
  ]) func factsAreTold(_ code: DiagnosticCode, _ fact: String, _ ja: String) {
    let told = Diagnostic(code, fact, fact).message(.japanese)
    #expect(told.contains(ja), "\(told)")
    #expect(Diagnostic(code, fact, fact).message(.english).contains(fact))
  }
}
