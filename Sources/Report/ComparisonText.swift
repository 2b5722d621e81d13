import Base
import Tables
import Evidence

/// The result of a comparison, for a terminal.
package struct ComparisonText {
  private let found: ComparisonEvidence
  private let words: Words
  private let limit: Int

  /// - Parameter limit: the largest number of groups to show.
  package init(_ found: ComparisonEvidence, _ language: Language, limit: Int) {
    self.found = found
    words = Words(language: language)
    self.limit = min(limit, 20)
  }

  package var text: String {
    ([head] + sides + [""] + counts + columns + groups + rules + [""] + foot).joined(separator: "\n")
  }

  private var head: String { words(found.verdict) }

  private var sides: [String] {
    [(words("左", "left"), found.left), (words("右", "right"), found.right)].map { name, side in
      let duplicates =
        side.duplicateKeys == 0
        ? ""
        : words(
          "、重複キー \(words.number(side.duplicateKeys))",
          ", \(words.number(side.duplicateKeys)) duplicate \(side.duplicateKeys == 1 ? "key" : "keys")")
      let left = notCompared(side, words)
      let ignored =
        left.isEmpty
        ? ""
        : words("、比べない項目(\(left.count)) ", ", not compared (\(left.count)): ") + left.joined(separator: ", ")
      return
        "  \(name)  \(ShownText.visible(side.reference))  \(words("\(words.number(side.rows))行", "\(words.number(side.rows)) \(side.rows == 1 ? "row" : "rows")"))"
        + duplicates + ignored
    }
  }

  private var counts: [String] {
    let tolerated =
      found.tolerated == 0
      ? "" : words("(うち許容差の内 \(words.number(found.tolerated)))", " (\(words.number(found.tolerated)) within tolerance)")
    let rows = [
      (words("同じ", "same") + tolerated, found.same), (words("値が違う", "changed"), found.changed),
      (words("左だけ", "left only"), found.leftOnly), (words("右だけ", "right only"), found.rightOnly),
      (words("了承済み", "accepted"), found.accepted),
    ]
    return Table(
      "counts", words("結果", "Result"),
      [.init("result", words("結果", "Result")), .init("rows", words("行", "Rows"), .number)],
      rows.map { .init([.text($0), .number($1)]) }
    ).lines(words)
  }

  private var columns: [String] {
    let changed = found.columns.filter { $0.changed > 0 || $0.unreadableLeft + $0.unreadableRight > 0 }
      .sorted { ($1.changed, $0.name) < ($0.changed, $1.name) }
    guard !changed.isEmpty else { return [] }
    let table = ComparisonEvidence.Column.listing.table(
      changed.prefix(max(limit, 20)), words, ["column", "changed", "unreadable_left", "unreadable_right"])
    return [""] + table.lines(words)
  }

  private var groups: [String] {
    guard !found.groups.isEmpty, limit > 0 else { return [] }
    let table = ComparisonEvidence.Group.listing.table(
      found.groups.prefix(limit), words, ["signature", "rows", "pattern", "key"])
    let rest = found.groups.count - limit
    return [""] + table.lines(words) + (rest > 0 ? [words("ほか\(rest)種類", "\(rest) more kinds")] : [])
  }

  private var rules: [String] {
    let lines = ComparisonEvidence.Rule.lines(found.rules, words)
    return lines.isEmpty ? [] : [""] + lines
  }

  private var foot: [String] {
    found.remarks.map { ShownText.visible(words($0)) } + found.definitions.map(ShownText.visible)
      + [comparisonWay(found.way, words), found.evidence]
  }
}

/// The parts of a side that are not compared: columns that are ignored by name, bytes of records that are in no column.
func notCompared(_ side: ComparisonEvidence.Side, _ words: Words) -> [String] {
  side.ignored.map(ShownText.visible) + side.unnamedBytes.map { unnamedBytes($0, words) }
}

/// Bytes of a record that are in no column.
private func unnamedBytes(_ bytes: ComparisonEvidence.Bytes, _ words: Words) -> String {
  let range = bytes.first == bytes.last ? "\(bytes.first)" : "\(bytes.first)–\(bytes.last)"
  return words("FILLER \(range)バイト目", bytes.first == bytes.last ? "FILLER byte \(range)" : "FILLER bytes \(range)")
}

/// The method of the comparison, in a sentence.
func comparisonWay(_ way: ComparisonEvidence.Way, _ words: Words) -> String {
  if way.name == "merge" {
    return words("方法: 両側をキー順に一度だけ読みました。", "Way: both sides were read once, in key order.")
  }
  let (left, right) = (words.number(way.leftReadAgain), words.number(way.rightReadAgain))
  return words(
    "方法: 両側を一度読んで要約を比べ、左\(left)行・右\(right)行を読み直しました。",
    "Way: both sides were read once into digests; \(left) rows on the left and \(right) on the right were read again.")
}
