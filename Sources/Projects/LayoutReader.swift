import Base
import Charset
import Copybook
import Decode
import Definitions
import Framing
import Records

/// A layout without a copybook (レイアウト): the items of a text file, with types.
struct TextLayout {
  let layout: Layout
  let characters: Charset.CharacterSet
  let types: [String: CellType]
  let format: RecordFormat
  /// The names that the first line must have; empty without such a line.
  var columnNames: [String] = []
}

/// Reads a layout of a CSV, a TSV or a file of fixed places.
///
/// ```yaml
/// format: csv            # csv, tsv or fixed
/// charset: windows-31j
/// header: true           # the first line has the items' names
/// items:
///   - {name: 管理番号, type: text(10)}
///   - {name: 支払日, type: date, form: yyyymmdd}
///   - {name: 金額, type: number(9,2)}
/// ```
struct LayoutReader {
  private enum Format: String, CaseIterable { case csv, tsv, fixed }

  /// - Parameters:
  ///   - characters: the character set that a node names; `nil` after a diagnostic.
  ///   - open: the workbook that a node names; `nil` after a diagnostic.
  static func read(
    _ node: DefinitionNode, characters: (DefinitionNode) -> Charset.CharacterSet?,
    open: (DefinitionNode) -> DefinitionFile?
  ) -> TextLayout? {
    guard let map = node.map(DefinitionKeys.layout),
      let format = map.required("format")?.choice(Format.self), let charsetNode = map.required("charset"),
      let set = characters(charsetNode)
    else { return nil }
    guard format == .fixed || !set.hasShiftCodes && ![.utf16Big, .utf16Little].contains(set.scheme) else {
      charsetNode.wrong(
        set.name, "a set in which a comma is one byte, and no part of another character: utf-8, windows-31j, euc-jp")
      return nil
    }
    guard ![.utf16Big, .utf16Little].contains(set.scheme) else {
      charsetNode.wrong(set.name, "a set in which a digit is one byte")
      return nil
    }
    var entries: [(name: String, place: Place, bytes: Range<Int>)] = []
    var types: [String: CellType] = [:]
    var columnNames: [String] = []
    var end = 0
    guard let written = Self.items(map, format, open) else { return nil }
    for item in written {
      guard let entry = Self.item(item, format, set, &end) else { return nil }
      guard types.updateValue(entry.type, forKey: entry.name) == nil else {
        item.wrong(nil, entry.name, "each name once")
        return nil
      }
      let header = entry.header ?? entry.name
      if columnNames.contains(header) {
        item.wrong(nil, header, "each `header` once")
        return nil
      }
      columnNames.append(header)
      entries.append((entry.name, item.place, entry.bytes))
    }
    guard !entries.isEmpty else {
      (map["items"] ?? map["sheet"] ?? node).wrong("an empty list", "at least one item")
      return nil
    }
    let layout = Layout(file: node.file, items: entries)
    if format == .fixed {
      map["header"]?.wrong("header", "a key of csv and tsv alone")
      var records = RecordFormat.fixed
      if let node = map["length"] {
        guard let length = node.integer, length >= end else {
          node.wrong(node.text ?? "", "the bytes of a record, at least \(end)")
          return nil
        }
        records.length = length
      }
      return TextLayout(layout: layout, characters: set, types: types, format: records)
    }
    map["length"]?.wrong("length", "a key of fixed alone")
    guard let header = map.required("header")?.flag else { return nil }
    let syntax = CellSyntax(
      separator: format == .csv ? 0x2C : 0x09, hasHeader: header, mayHaveMark: set.scheme == .utf8)
    return TextLayout(
      layout: layout, characters: set, types: types, format: RecordFormat(cells: syntax),
      columnNames: header ? columnNames : [])
  }

  /// The items under `items`, or in the sheet of a workbook; `nil` after a diagnostic.
  private static func items(
    _ map: DefinitionMap, _ format: Format, _ open: (DefinitionNode) -> DefinitionFile?
  ) -> [LayoutItem]? {
    guard let sheet = map["sheet"] else {
      map["tab"]?.wrong("tab", "a key beside `sheet`")
      guard let items = map.required("items") else { return nil }
      let read = items.list.map(LayoutItem.read)
      return read.contains { $0 == nil } ? nil : read.compactMap(\.self)
    }
    if let items = map["items"] {
      items.wrong("items", "no such key beside `sheet`, which has them")
      return nil
    }
    guard let file = open(sheet) else { return nil }
    return LayoutSheet.read(file, tab: map["tab"]?.text, isFixed: format == .fixed, sheet.problems)
  }

  private static func item(
    _ item: LayoutItem, _ format: Format, _ set: Charset.CharacterSet, _ end: inout Int
  ) -> (name: String, header: String?, type: CellType, bytes: Range<Int>)? {
    guard let name = item.required("name")?.text, let word = item.required("type")?.text else { return nil }
    guard Self.isName(name) else {
      item.wrong("name", name, "a name: a letter, then letters, digits, _ and -")
      return nil
    }
    let form = item["form"]?.text
    guard let type = CellType(word, form: form) else {
      if word == "date" {
        item.wrong("form", form ?? "no `form`", (DateNotation.names + DateNotation.textNames).joined(separator: ", "))
      } else {
        item.wrong("type", word, form == nil ? CellType.expected : "no `form`, or date")
      }
      return nil
    }
    if format == .fixed {
      if item["header"] != nil { item.wrong("header", "header", "a key of csv and tsv alone") }
      guard item.required("length") != nil, let length = item.integer("length") else { return nil }
      let offset = item["offset"] == nil ? end : item.integer("offset")
      guard let offset, offset >= end else {
        if offset != nil {
          item.wrong(
            "offset", item["offset"]?.text ?? "", "a byte from 0, not before the item above ends (\(end))")
        }
        return nil
      }
      guard length >= 1 else {
        item.wrong("length", String(length), "at least 1")
        return nil
      }
      if case .date(let date) = type, length < date.digits {
        item.wrong("length", String(length), "at least \(date.digits) bytes for this form")
        return nil
      }
      end = offset + length
      return (name, nil, type, offset..<end)
    }
    for key in ["offset", "length"] where item[key] != nil { item.wrong(key, key, "a key of fixed alone") }
    var width = type.width
    if case .text = type { width *= set.scheme == .utf8 ? 4 : set.scheme == .eucJP ? 3 : set.hasDoubleBytes ? 2 : 1 }
    defer { end += width }
    return (name, item["header"]?.text, type, end..<end + width)
  }

  /// Whether expressions can name it.
  private static func isName(_ name: String) -> Bool {
    guard let first = name.first, first.isLetter, name != NameTable.filler else { return false }
    return name.allSatisfy { $0.isLetter || $0.isNumber || "_-ー".contains($0) }
  }
}
