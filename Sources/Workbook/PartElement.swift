/// The elements that readers of parts use, with descriptive names in place of the file's short ones.
enum PartElement {
  case relationships, relationship
  case workbook, workbookProperties, sheet
  case sharedStrings, string, text, reading
  case worksheet, row, cell, formula, value, inlineString
  /// Any other element of SpreadsheetML.
  case other

  /// Frequent elements cost a comparison or two.
  init(_ name: UnsafeBufferPointer<UInt8>) {
    self = .other
    switch name.count {
    case 1:
      switch name[0] {
      case UInt8(ascii: "c"): self = .cell
      case UInt8(ascii: "v"): self = .value
      case UInt8(ascii: "t"): self = .text
      case UInt8(ascii: "f"): self = .formula
      default: break
      }
    case 2 where name.isSame(as: "si"): self = .string
    case 2 where name.isSame(as: "is"): self = .inlineString
    case 3 where name.isSame(as: "row"): self = .row
    case 3 where name.isSame(as: "rPh"): self = .reading
    case 3 where name.isSame(as: "sst"): self = .sharedStrings
    case 5 where name.isSame(as: "sheet"): self = .sheet
    case 8 where name.isSame(as: "workbook"): self = .workbook
    case 9 where name.isSame(as: "worksheet"): self = .worksheet
    case 10 where name.isSame(as: "workbookPr"): self = .workbookProperties
    case 12 where name.isSame(as: "Relationship"): self = .relationship
    case 13 where name.isSame(as: "Relationships"): self = .relationships
    default: break
    }
  }
}
