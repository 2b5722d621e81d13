import Base
import Evidence
import Registers
import Tables
import Workspace

/// A single difference of a check, its place in the check's list, and what is known of its group.
package struct SingleEntry: Sendable {
  package let check: CheckResult
  /// From 1.
  package let number: Int
  package let line: SingleDifference
  /// The signature of its group; `nil` when it is not known, and for a difference that a rule accepts.
  package let group: String?
  /// 要因: the class that a person gave its group.
  package let kind: DifferenceClass
  /// The causes in which its group has part, the gravest first.
  package let causes: [Cause]

  package init(
    check: CheckResult, number: Int, line: SingleDifference, group: String?, kind: DifferenceClass, causes: [Cause]
  ) {
    self.check = check
    self.number = number
    self.line = line
    self.group = group
    self.kind = kind
    self.causes = causes
  }

  /// 不一致の一件ごと: key, both sides and the legacy records.
  package static let listing = Listing<SingleEntry>(
    "differences", Bilingual("不一致（一件ごと）", "Every difference"),
    [
      .shown(
        "check", "検査", "Check", .id, value: { .text($0.check.id) }, cell: { entry, _ in .text(entry.check.id) }),
      .shown(
        "line", "行", "Line", .number, value: { .integer($0.number) }, cell: { entry, _ in .number(entry.number) }),
      .shown(
        "key", "キー", "Key", value: { .named($0.line.key) }, cell: { entry, words in .text(words.key(entry.line)) }),
      .shown(
        "expected", "期待", "Expected", value: { .named($0.line.expected.values) },
        cell: { entry, words in .text(words.text(entry.line.expected)) }),
      .data("expected_why") { $0.line.expected.why.map(JSONValue.bilingual) },
      .shown(
        "actual", "実際", "Actual", value: { .named($0.line.actual.values) },
        cell: { entry, words in .text(words.text(entry.line.actual)) }),
      .data("actual_why") { $0.line.actual.why.map(JSONValue.bilingual) },
      .shown(
        "difference", "差", "Difference",
        value: { entry in
          .named(entry.line.pairs.compactMap { pair in pair.difference.map { (pair.name, .number($0)) } })
        },
        cell: { entry, words in .text(words.difference(entry.line)) }),
      .shown(
        "records", "旧レコード", "Legacy records", value: { .list($0.line.records.map(JSONValue.record)) },
        cell: { entry, words in .text(words.records(entry.line)) }),
      .data("expected_records") { .list($0.line.expected.records.map(JSONValue.record)) },
      .data("actual_records") { .list($0.line.actual.records.map(JSONValue.record)) },
      .shown(
        "group", "不一致群番号", "Group", .id, value: { $0.group.map { .text($0) } },
        cell: { entry, words in
          .text(entry.group ?? entry.line.accepted.map { words("了承済み \($0)", "accepted \($0)") } ?? "")
        }),
      .data("accepted") { $0.line.accepted.map { .text($0) } },
      .data("class") { .text($0.kind.rawValue) },
      .texts("causes", "原因", "Causes") { $0.causes.map(\.id) },
    ], terminal: ["check", "line", "key", "expected", "actual", "difference", "records"])
}

extension JSONValue {
  fileprivate static func named(_ values: [(name: String, value: String)]) -> JSONValue {
    .object(Dictionary(values.map { ($0.name, .text($0.value)) }) { first, _ in first })
  }

  fileprivate static func named(_ values: [(name: String, value: ListedValue)]) -> JSONValue {
    .object(Dictionary(values.map { ($0.name, value($0.value)) }) { first, _ in first })
  }

  private static func value(_ value: ListedValue) -> JSONValue {
    switch value {
    case .number(let number): Int(exactly: number).map { .integer($0) } ?? .text(String(number))
    case .text(let text): .text(text)
    }
  }

  fileprivate static func bilingual(_ words: Bilingual) -> JSONValue {
    .object(["ja": .text(words.ja), "en": .text(words.en)])
  }

  fileprivate static func record(_ place: RecordPlace) -> JSONValue {
    .object(["file": .text(place.file), "record": .integer(place.record)])
  }
}

extension Words {
  /// The name of a value, for people.
  package func name(ofValue name: String) -> String {
    typealias Value = CheckResult.Line.Side.Value
    return switch name {
    case Value.count: self("件数", "count")
    case Value.kinds: self("値の種類", "different values")
    case Value.rule: self("条件", "rule")
    case Value.type: self("型", "type")
    case Value.text: self("値", "value")
    case Value.bytes: self("バイト", "bytes")
    case Value.occurrence: self("何番目か", "occurrence")
    default: name
    }
  }

  package func text(_ value: ListedValue) -> String {
    switch value {
    case .number(let number): self.number(number)
    case .text(let text): ShownText.visible(text)
    }
  }

  /// A side in one text: its values, and why there are none.
  ///
  /// - Parameter taken: names of values that are shown elsewhere.
  package func text(_ side: SingleDifference.Side, without taken: Set<String> = []) -> String {
    let values = side.values.filter { !taken.contains($0.name) }.map { name, value in
      "\(self.name(ofValue: name)) \(text(value))"
    }.joined(separator: self("、", ", "))
    guard let why = side.why.map({ self($0) }) else { return values }
    return values.isEmpty ? why : self("\(values)（\(why)）", "\(values) (\(why))")
  }

  package func key(_ line: SingleDifference) -> String {
    line.key.map { $0.name.isEmpty ? $0.value : "\($0.name)=\($0.value)" }.joined(separator: self("　", "  "))
  }

  /// The signed differences of the numbers that differ.
  package func difference(_ line: SingleDifference) -> String {
    let numbers = line.pairs.compactMap { pair in
      pair.difference.flatMap { $0 == 0 ? nil : "\(name(ofValue: pair.name)) \($0 > 0 ? "+" : "")\(number($0))" }
    }
    return numbers.isEmpty ? "–" : numbers.joined(separator: self("、", ", "))
  }

  /// The legacy records, of both sides where they are known by side.
  package func records(_ line: SingleDifference) -> String {
    line.records.map { "\($0.file) \($0.record)" }.joined(separator: self("、", ", "))
  }
}

extension CheckResult {
  /// The compared lines: the parts of their keys, and both sides: sums in columns of their own, what is no sum in words.
  ///
  /// - Parameter first: the column before the others, with its cells.
  package func compared(
    _ key: String, _ title: String, _ lines: some Collection<SingleDifference>, _ words: Words,
    first: (column: Table.Column, cells: [Cell])? = nil, last: (column: Table.Column, cells: [Cell])? = nil,
    marksDifferences: Bool = false
  ) -> Table {
    let pairs = lines.map { Dictionary($0.pairs.map { ($0.name, $0) }) { first, _ in first } }
    let named = measureNames.isEmpty ? [Line.Side.Value.count] : measureNames
    let measures = named.filter { name in pairs.contains { $0[name]?.difference != nil } }
    let taken = Set(measures)
    let texts = lines.map { (words.text($0.expected, without: taken), words.text($0.actual, without: taken)) }
    let hasTexts = texts.contains { !$0.0.isEmpty || !$0.1.isEmpty }
    // Checks without names of key parts still show their findings.
    let parts = lines.map(\.key.count).max() ?? 0
    let keys = (0..<parts).map { index in index < keyNames.count ? keyNames[index] : "" }
    var columns = keys.enumerated().map { Table.Column("key_\($0 + 1)", $1, head: marksDifferences && $0 == 0) }
    columns += measures.enumerated().flatMap { number, name in
      [
        Table.Column("expected_\(number + 1)", "\(words.name(ofValue: name)) \(words("期待", "expected"))", .number),
        Table.Column("actual_\(number + 1)", words("実際", "actual"), .number),
        Table.Column("difference_\(number + 1)", words("差", "difference"), .number),
      ]
    }
    if hasTexts {
      columns += [
        Table.Column("expected", words("期待側", "Expected")), Table.Column("actual", words("実際側", "Actual")),
      ]
    }
    let rows = lines.enumerated().map { number, line -> Table.Row in
      let names = (0..<parts).map { $0 < line.key.count ? Cell.text(line.key[$0].value) : .empty }
      let numbers = measures.flatMap { name -> [Cell] in
        guard let pair = pairs[number][name], let difference = pair.difference, case .number(let old)? = pair.expected,
          case .number(let new)? = pair.actual
        else { return [.empty, .empty, .empty] }
        return [.number(old), .number(new), .number(difference)]
      }
      let differs = marksDifferences && pairs[number].values.contains { $0.difference ?? 0 != 0 }
      return .init(
        (first.map { [$0.cells[number]] } ?? []) + names + numbers
          + (hasTexts ? [.text(texts[number].0), .text(texts[number].1)] : [])
          + (last.map { [$0.cells[number]] } ?? []),
        tone: differs ? .bad : .plain)
    }
    return Table(key, title, [first?.column].compactMap(\.self) + columns + [last?.column].compactMap(\.self), rows)
  }

  /// The lines of the evidence that differ, as single differences: of a check without a list.
  package var singles: [SingleDifference] {
    lines.filter { $0.differs || $0.expected.isEmpty }.map { SingleDifference($0, of: self) }
  }
}
