import Definitions
import Records
import Targets

/// Reads the tables of the new system.
///
/// ```yaml
/// tables:
///   個人住民税_期別:
///     key: [賦課年度, 通知書番号, 期別]
///     columns:
///       通知書番号: text(20)
///       氏名: text(100) personal
///       税額: integer
///       納期限: date
///       備考: text(30) optional
/// ```
enum SchemaReader {
  static func table(_ name: String, _ node: DefinitionNode) -> TableSchema? {
    guard let map = node.map(DefinitionKeys.table), let columnNode = map.required("columns"),
      let keyNode = map.required("key")
    else { return nil }
    let columns = columnNode.entries.compactMap { column($0.key, $0.value) }
    let key = keyNode.list.compactMap { entry -> Int? in
      guard let name = entry.text else { return nil }
      guard let index = columns.firstIndex(where: { $0.name == name }) else {
        entry.wrong(name, "a column of the table")
        return nil
      }
      return index
    }
    if Set(key).count < key.count { keyNode.wrong("a column twice", "each column once") }
    if keyNode.list.isEmpty { keyNode.wrong("an empty list", "at least one") }
    guard !key.isEmpty, !columns.isEmpty else { return nil }
    return TableSchema(name: name, columns: columns, key: key)
  }

  private static func column(_ name: String, _ node: DefinitionNode) -> TargetColumn? {
    guard let text = node.text else { return nil }
    let words = text.split(separator: " ").map(String.init)
    let known: Set<String> = ["optional", "personal", "my_number"]
    guard let word = words.first, Set(words.dropFirst()).isSubset(of: known) else {
      node.wrong(text, Self.expected)
      return nil
    }
    let optional = words.contains("optional")
    let privacy: Privacy =
      words.contains("my_number") ? .myNumber : words.contains("personal") ? .personal : .open
    let sizes = Self.sizes(word) ?? []
    func made(
      _ type: ValueType, length: Int? = nil, digits: Int? = nil, form: TargetColumn.TextForm = .plain
    ) -> TargetColumn {
      TargetColumn(name, type, length: length, digits: digits, form: form, optional: optional, privacy: privacy)
    }
    switch (String(word.prefix { $0 != "(" }), sizes.first, sizes.count) {
    case ("integer", nil, 0) where !word.contains("("): return made(.integer)
    case ("date", nil, 0) where !word.contains("("): return made(.date)
    case ("boolean", nil, 0) where !word.contains("("): return made(.flag)
    case ("timestamp", nil, 0) where !word.contains("("): return made(.text, form: .timestamp)
    case ("time", nil, 0) where !word.contains("("): return made(.text, form: .time)
    case ("text", .some(let length), 1) where length > 0: return made(.text, length: length)
    case ("char", .some(let length), 1) where length > 0: return made(.text, length: length, form: .padded)
    case ("decimal", .some(let scale), 1) where scale > 0: return made(.decimal(scale: scale))
    case ("numeric", .some(let digits), 1) where (1...38).contains(digits):
      return made(digits <= 18 ? .integer : .decimal(scale: 0), digits: digits)
    case ("numeric", .some(let digits), 2) where (1...38).contains(digits) && sizes[1] <= digits:
      let isWhole = sizes[1] == 0 && digits <= 18
      return made(isWhole ? .integer : .decimal(scale: sizes[1]), digits: digits)
    default:
      node.wrong(text, Self.expected)
      return nil
    }
  }

  private static let expected =
    "integer, numeric(n), numeric(n,n), decimal(n), text(n), char(n), date, time, timestamp or boolean, "
    + "then optional, personal, my_number"

  /// The numbers in brackets behind a type; `nil` without brackets, and when one is no number.
  private static func sizes(_ word: String) -> [Int]? {
    guard let open = word.firstIndex(of: "("), word.hasSuffix(")") else { return nil }
    let parts = word[word.index(after: open)...].dropLast().split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }.filter { $0 >= 0 }
    return numbers.count == parts.count ? numbers : nil
  }
}
