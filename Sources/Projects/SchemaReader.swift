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
    guard let map = node.map(["key", "columns"]), let columnNode = map.required("columns"),
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
    guard let (type, length) = words.first.flatMap(type), Set(words.dropFirst()).isSubset(of: known) else {
      node.wrong(text, "integer, date, text(n) or decimal(n), then optional, personal, my_number")
      return nil
    }
    return TargetColumn(
      name, type, length: length, optional: words.contains("optional"),
      privacy: words.contains("my_number") ? .myNumber : words.contains("personal") ? .personal : .open)
  }

  private static func type(_ word: String) -> (ValueType, Int?)? {
    if word == "integer" { return (.integer, nil) }
    if word == "date" { return (.date, nil) }
    for name in ["text", "decimal"] where word.hasPrefix(name + "(") && word.hasSuffix(")") {
      guard let number = Int(word.dropFirst(name.count + 1).dropLast()), number > 0 else { return nil }
      return name == "text" ? (.text, number) : (.decimal(scale: number), nil)
    }
    return nil
  }
}
