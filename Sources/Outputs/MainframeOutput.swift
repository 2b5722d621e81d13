import Datasets
import Base
import Charset
import Copybook
import Decode

/// An output of the old system: records of fixed length as a `legacy:` reference describes them, by copybook, character
/// set and the types of its items.
final class MainframeOutput {
  private enum Form { case text, number(scale: Int), date, month, year }

  private let file: String
  private let encoder: RecordEncoder
  private let output: OutputFile
  /// The items in the order of the copybook: slot, form, place in the row.
  private let items: [(slot: Int, form: Form, column: Int)]

  /// - Throws: `city.output` when items and columns do not belong together; the errors of reading the copybook.
  init(_ reference: DatasetReference, _ columns: [OutputColumn]) throws {
    let file = reference.parameters["copybook"] ?? ""
    guard reference.form == .legacy, let name = reference.parameters["charset"],
      let characters = CharacterSet.named(name)
    else { throw Diagnostic(.cityOutput, at: Place(file: reference.path), reference.text, "legacy: with charset=") }
    let layout = try CopybookParser.layout(of: try DefinitionFile.read(file).text(), file: file)
    let encoder = RecordEncoder(layout: layout, choosing: [], characters: characters)
    let named = encoder.slots.filter { $0.item.name != "FILLER" }.map(\.name)
    guard Set(named) == Set(columns.map(\.name)), named.count == columns.count else {
      let (found, expected) = (columns.map(\.name).joined(separator: ", "), named.joined(separator: ", "))
      throw Diagnostic(.cityOutput, at: Place(file: file), found, expected)
    }
    let types = (reference.parameters["type"] ?? "").split(separator: ",").map(String.init)
    var items: [(slot: Int, form: Form, column: Int)] = []
    for column in columns {
      let slot = try encoder.slot(column.name)
      let picture = encoder.slots[slot].item.picture
      let forms: [(type: String, form: Form)] = [("era-date", .date), ("era-month", .month), ("era-year", .year)]
      let form = forms.first { types.contains("\(column.name)=\($0.type)") }?.form
      let plain = picture?.category == .numeric ? Form.number(scale: picture?.scale ?? 0) : .text
      items.append((slot, form ?? plain, column.index))
    }
    self.file = file
    self.encoder = encoder
    self.items = items
    output = try OutputFile(reference.path)
  }

  /// - Throws: `encode.overflow`, `encode.character`, `city.output` for a value that its item cannot hold; `output.write`.
  func write(_ row: [OutputValue]) throws(Diagnostic) {
    encoder.begin()
    for (slot, form, column) in items {
      switch form {
      case .text: try encoder.set(slot, row[column].text)
      case .number(let scale): try encoder.set(slot, wide: try number(row[column].text, scale))
      case .year: try encoder.set(slot, fiscalYear: Int64(try number(row[column].text, 0)))
      case .date: try encoder.set(slot, date: try digits(row[column].text))
      case .month: try encoder.set(slot, month: try digits(row[column].text) / 100)
      }
    }
    try output.write(UnsafeBufferPointer(encoder.bytes))
  }

  func close() throws(Diagnostic) { try output.close() }

  /// The number, unscaled: 12.30 with two digits behind the point is 1230.
  private func number(_ text: String, _ scale: Int) throws(Diagnostic) -> Int128 {
    var text = text
    guard let (unscaled, own) = text.withUTF8({ ExactDecimal.read($0) }), own <= scale else {
      throw Diagnostic(.cityOutput, at: Place(file: file), text, "a number with \(scale) decimal places")
    }
    return (own..<scale).reduce(unscaled) { value, _ in value * 10 }
  }

  /// `YYYY-MM-DD` as a number.
  private func digits(_ text: String) throws(Diagnostic) -> Int64 {
    let digits = text.filter(\.isNumber)
    guard text.utf8.count == 10, digits.utf8.count == 8, let number = Int64(digits) else {
      throw Diagnostic(.cityOutput, at: Place(file: file), text, "YYYY-MM-DD")
    }
    return number
  }
}
