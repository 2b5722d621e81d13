import Base
import Charset
import Copybook
import Records

/// The choice of the codec that reads an item.
struct CodecChoice {
  let reading: Interpretation

  /// - Throws: `copybook.usage` for an item that cannot be decoded, `copybook.meaning` for a meaning that does not fit
  ///   the item's picture.
  func codec(_ item: DataItem) throws(Diagnostic) -> any FieldCodec {
    if item.usage == .float || item.usage == .double { return float(item) }
    if item.usage == .index || item.usage == .pointer { return address(item) }
    guard let picture = item.picture else {
      throw Diagnostic(.copybookUsage, at: item.place, item.name, item.usage.rawValue)
    }
    if let cell = reading.cells[item.title] { return cell.codec(item, reading) }
    if let meaning = reading.meanings[item.title] { return try codec(item, picture, meaning) }
    switch picture.category {
    case .alphanumeric where item.usage == .byteBinary && item.length <= 16: return binary(item, picture)
    case .alphanumeric where item.usage == .packedUnsigned && item.length <= 19: return packed(item, picture)
    case .alphanumeric where item.usage == .byteBinary || item.usage == .packedUnsigned:
      // No value holds a number of more than 38 digits.
      throw Diagnostic(.copybookUsage, at: item.place, item.name, "\(item.usage.rawValue), PIC \(picture.text)")
    case .alphanumeric, .edited:
      return text(item, item.usage == .national || item.usage == .doubleByte ? .double : .single)
    case .national: return text(item, .double)
    case .numeric: return try number(item, picture)
    }
  }

  private func codec(
    _ item: DataItem, _ picture: Picture, _ meaning: Meaning
  ) throws(Diagnostic) -> any FieldCodec {
    func misfit(_ expected: String) -> Diagnostic {
      Diagnostic(.copybookMeaning, at: item.place, item.name, "PIC \(picture.text) \(item.usage.rawValue)", expected)
    }
    switch meaning {
    case .date(let form):
      if picture.category == .alphanumeric, item.usage == .display, item.length == form.digits {
        return CellType.date(form).codec(item, reading)
      }
      guard picture.category == .numeric, picture.digits == form.digits, picture.scale == 0, !picture.signed,
        [.display, .packed, .packedUnsigned].contains(item.usage)
      else { throw misfit("PIC 9(\(form.digits)), 9(\(form.digits)) COMP-3, X(\(form.digits))") }
      return DateCodec(form, try number(item, picture))
    case .identifier:
      guard picture.category == .numeric, item.usage == .display, !picture.signed, picture.scale == 0 else {
        throw misfit("PIC 9(n)")
      }
      return IdentifierCodec(digits: picture.count, ascii: isAscii(item))
    case .mixed:
      guard picture.category == .alphanumeric else { throw misfit("PIC X(n)") }
      return text(item, .mixed)
    }
  }

  private func isAscii(_ item: DataItem) -> Bool { reading.characters(of: item).singleSpace == 0x20 }

  private func text(_ item: DataItem, _ form: TextForm) -> TextCodec {
    TextCodec(
      form: form, length: item.length, characters: reading.characters(of: item), trimming: reading.trimming,
      lowValuesAreNull: reading.blanks.lowValues == .null)
  }

  private func number(_ item: DataItem, _ picture: Picture) throws(Diagnostic) -> any FieldCodec {
    switch item.usage {
    case .packed, .packedUnsigned: return packed(item, picture)
    case .binary, .nativeBinary, .byteBinary, .littleBinary: return binary(item, picture)
    case .display:
      return ZonedCodec(
        digits: picture.count, scale: picture.scale, signed: picture.signed, leading: item.sign.leading,
        separate: item.sign.separate, ascii: isAscii(item),
        asciiSign: reading.dialect.zonedSign, blanks: reading.blanks)
    case .national, .doubleByte: return text(item, .double)
    case .float, .double, .index, .pointer:
      throw Diagnostic(.copybookUsage, at: item.place, item.name, item.usage.rawValue)
    }
  }

  private func packed(_ item: DataItem, _ picture: Picture) -> PackedCodec {
    // PIC X(n) COMP-3U: n bytes of digits.
    let digits = picture.category == .numeric ? picture.count : item.length * 2
    return PackedCodec(
      digits: digits, scale: picture.scale, signed: picture.signed, hasSign: item.usage == .packed,
      blanks: reading.blanks, space: reading.characters.singleSpace)
  }

  private func binary(_ item: DataItem, _ picture: Picture) -> BinaryCodec {
    let isNumeric = picture.category == .numeric
    return BinaryCodec(
      digits: isNumeric ? picture.count : 38, scale: picture.scale, signed: picture.signed, length: item.length,
      truncates: item.usage == .binary && reading.dialect.truncatesBinary && isNumeric,
      littleEndian: reading.dialect.order(of: item.usage) == .little, blanks: reading.blanks,
      space: reading.characters.singleSpace)
  }

  /// INDEX and POINTER: numbers with a meaning only for the program that wrote them.
  private func address(_ item: DataItem) -> BinaryCodec {
    BinaryCodec(
      digits: 38, scale: 0, signed: false, length: item.length, truncates: false,
      littleEndian: reading.dialect.order(of: item.usage) == .little)
  }

  private func float(_ item: DataItem) -> FloatCodec {
    FloatCodec(
      length: item.usage == .float ? 4 : 8, format: reading.dialect.float == .hexadecimal ? .hexadecimal : .ieee,
      littleEndian: reading.dialect.float == .ieeeLittle)
  }
}
