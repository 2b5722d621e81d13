import Foundation

/// What the text of a Swift file says, as far as these tests must know it.
enum SwiftText {
  /// The lines that are code: without comments, and without what stands in texts of several lines.
  static func code(_ text: String) -> [String] {
    var isText = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      let marks = line.ranges(of: "\"\"\"").count
      defer { if marks % 2 == 1 { isText.toggle() } }
      if isText { return nil }
      // Two slashes that are no part of an address.
      return line.firstMatch(of: #/(^|[^:"])\/\//#).map { String(line[..<$0.range.lowerBound]) } ?? String(line)
    }
  }

  /// The modules that a file imports, however it says so.
  static func imports(_ text: String) -> Set<String> {
    let statement =
      #/^\s*(?:(?:@\w+(?:\([^)]*\))?|public|package|internal|fileprivate|private)\s+)*import\s+(?:(?:typealias|struct|class|enum|protocol|actor|let|var|func)\s+)?(\w+)/#
    return Set(
      code(text).flatMap { $0.split(separator: ";") }.compactMap { $0.firstMatch(of: statement).map { String($0.1) } })
  }

  /// The lines in which something is begun that runs beside what began it.
  static func threadStarts(_ text: String) -> [String] {
    let start =
      #/\b(concurrentPerform|Task\s*[{(]|Task\s*<|Task\.(detached|immediate)|Thread\s*[({]|detachNewThread|pthread_create|with(Throwing)?(Discarding)?TaskGroup|async\s+let|OperationQueue)|\.async(After|AndWait)?\s*[({]/#
    return code(text).filter { $0.contains(start.wordBoundaryKind(.simple)) }.map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }

  /// A target as `Package.swift` declares it.
  struct Target: Equatable {
    let name: String
    /// Targets and products, in the order in which they stand.
    let dependencies: [String]
    /// The folder of its files.
    let folder: String
    var isExecutable = false
  }

  /// The targets of a manifest that have files in Swift.
  static func targets(_ manifest: String) -> [Target] {
    let text = code(manifest).joined(separator: "\n")
    let call = #/(room|tests|\.executableTarget|\.testTarget|\.target)\(\s*(?:name:\s*)?"([^"]+)"/#
    return text.matches(of: call).map { match in
      let kind = String(match.1)
      let name = String(match.2) + (kind == "tests" ? "Tests" : "")
      // Everything up to the closing parenthesis of the call.
      let whole = balanced(text[match.range.upperBound...], "(", ")", depth: 1)
      let list = whole.firstIndex(of: "[").map { balanced(whole[whole.index(after: $0)...], "[", "]", depth: 1) } ?? ""
      let items = list.replacing(#/\.product\(\s*name:\s*("[^"]+")[^)]*\)/#) { $0.1 }
      let path = whole.firstMatch(of: #/\bpath:\s*"([^"]+)"/#).map { String($0.1) }
      let isTest = kind == "tests" || kind == ".testTarget"
      let hasDependencies = kind == "room" || kind == "tests" || whole.contains("dependencies:")
      return Target(
        name: name, dependencies: hasDependencies ? items.matches(of: #/"([^"]+)"/#).map { String($0.1) } : [],
        folder: path ?? (isTest ? "Tests/" : "Sources/") + name, isExecutable: kind == ".executableTarget")
    }
  }

  /// The text up to what closes the bracket that was opened before it.
  private static func balanced(
    _ text: Substring, _ open: Character, _ close: Character, depth start: Int
  ) -> Substring {
    var depth = start
    for index in text.indices {
      if text[index] == open { depth += 1 }
      if text[index] == close { depth -= 1 }
      if depth == 0 { return text[..<index] }
    }
    return text
  }
}
