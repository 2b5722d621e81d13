import Base
import Registers

/// 注意: what may go wrong with a column's mapping, by its types and, where data were read, by what they hold.
package struct MappingWarnings {
  private let contents: ItemContents

  /// - Parameter contents: what the data hold; empty when nothing was read.
  package init(_ contents: ItemContents = ItemContents()) { self.contents = contents }

  /// Of a line of the project whose data were read.
  package func of(_ line: MappingLine) -> [Bilingual] {
    if line.items.isEmpty { return Self.constants(line) }
    let known = line.items.map { contents[line.file, line.kinds[0].code, $0.name] }
    var found = Self.emptiness(zip(line.items, known).map { ($0.name, $1) })
    // More can be said when the expression is the item and nothing else.
    if line.items.count == 1, line.items[0].name == line.expression {
      let (item, content) = (line.items[0], known[0])
      found += Self.length(item, content, line) + Self.precision(item, line) + Self.required(item, content, line)
    }
    return found
  }

  private static func length(
    _ item: MappingLine.Item, _ content: ItemContents.Content?, _ line: MappingLine
  ) -> [Bilingual] {
    guard let most = line.limit, let count = item.count, count > most else { return [] }
    let types = "\(item.picture) → \(line.type)"
    guard let content else { return [Bilingual("桁が足りないおそれ: \(types)", "may be too short: \(types)")] }
    guard let longest = content.longest else { return [] }
    return longest > most
      ? [Bilingual("桁が足りない: \(types)、最長\(longest)文字", "too short: \(types), the longest has \(longest) characters")]
      : [
        Bilingual("型は短いが、データの最長は\(longest)文字: \(types)", "shorter, but the longest has \(longest) characters: \(types)")
      ]
  }

  private static func precision(_ item: MappingLine.Item, _ line: MappingLine) -> [Bilingual] {
    guard let scale = item.scale, let places = line.places, scale > places else { return [] }
    return [
      Bilingual("小数が落ちる: \(item.picture) → \(line.type)", "decimals are lost: \(item.picture) → \(line.type)")
    ]
  }

  /// A number is never empty.
  private static func required(
    _ item: MappingLine.Item, _ content: ItemContents.Content?, _ line: MappingLine
  ) -> [Bilingual] {
    guard let content, !line.isOptional, line.places == nil, content.filled > 0, content.filled < content.rows
    else { return [] }
    let empty = content.rows - content.filled
    return [Bilingual("必須の列だが、\(item.name) は\(empty)件で空", "required, but \(item.name) is empty \(empty) times")]
  }

  private static func emptiness(_ items: [(name: String, content: ItemContents.Content?)]) -> [Bilingual] {
    var found: [Bilingual] = []
    for (name, content) in items {
      guard let content, content.rows > 0 else { continue }
      if content.filled == 0 { found.append(Bilingual("\(name) はデータに1件も値がない", "\(name) is never filled")) }
      if content.invalid > 0 {
        found.append(
          Bilingual("\(name) に読めない値が\(content.invalid)件", "\(name) has \(content.invalid) values that cannot be read"))
      }
    }
    return found
  }

  private static func constants(_ line: MappingLine) -> [Bilingual] {
    line.expression == "null"
      ? [Bilingual("値を入れない", "is never given a value")] : [Bilingual("旧の項目を使わない固定値", "a constant: takes no item")]
  }
}
