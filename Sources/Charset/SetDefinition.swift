/// One line of the catalogue: the parts of a character set. A new set is a line in ``all``.
package struct SetDefinition: Sendable {
  let name: String
  package let scheme: Scheme
  package let single: Single
  package var double = Double.none
  var singleSpace: UInt8 = 0x40
  var doubleSpace: (UInt8, UInt8)?

  /// The single-byte page of a set.
  package struct Single: Sendable {
    package let rows: StaticString

    /// Expands the page: takes microseconds.
    func table(_ scheme: Scheme) -> SingleTable {
      let leads: [ClosedRange<UInt8>] =
        switch scheme {
        case .windows31J: [0x81...0x9F, 0xE0...0xFC]
        case .eucJP: [0x8E...0x8F, 0xA1...0xFE]
        default: []
        }
      return SingleTable(rows, shifts: scheme.shiftBytes, leads: leads)
    }
  }

  /// The double-byte half of a set, expanded once per process.
  package enum Double: Sendable {
    case none, jef, keis78, keis83, jipsJ, jipsE, ibm930, ibm1390, windows31J, eucJP

    var table: DoubleTable {
      switch self {
      case .none: Expanded.none
      case .jef: Expanded.jef
      case .keis78: Expanded.keis78
      case .keis83: Expanded.keis83
      case .jipsJ: Expanded.jipsJ
      case .jipsE: Expanded.jipsE
      case .ibm930: Expanded.ibm930
      case .ibm1390: Expanded.ibm1390
      case .windows31J: Expanded.windows31J
      case .eucJP: Expanded.eucJP
      }
    }

    /// The facts behind the table; nil for sets that have no double bytes.
    package var set: DoubleByteSet? {
      switch self {
      case .none: nil
      case .jef: .jef
      case .keis78: .keis78
      case .keis83: .keis83
      case .jipsJ: .jipsJ
      case .jipsE: .jipsE
      case .ibm930: .ibm930
      case .ibm1390: .ibm1390
      case .windows31J: .windows31J
      case .eucJP: .eucJP
      }
    }
  }

  package static func named(_ name: String) -> SetDefinition? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

private enum Expanded {
  static let none = DoubleTable(DoubleByteSet(text: DoubleByteText(rows: "")))
  static let jef = DoubleTable(.jef)
  static let keis78 = DoubleTable(.keis78)
  static let keis83 = DoubleTable(.keis83)
  static let jipsJ = DoubleTable(.jipsJ)
  static let jipsE = DoubleTable(.jipsE)
  static let ibm930 = DoubleTable(.ibm930)
  static let ibm1390 = DoubleTable(.ibm1390)
  static let windows31J = DoubleTable(.windows31J)
  static let eucJP = DoubleTable(.eucJP)
}

extension DoubleByteSet {
  static let jef = DoubleByteSet(
    text: JefTable.text,
    userAreas: [UserArea(leads: 0x80...0xA0, trails: 0xA1...0xFE, first: 0xE000, count: 3102)],
    alternateSpace: 0xA1A1)
  static let keis78 = DoubleByteSet(text: Keis78Table.text, userAreas: keisUserAreas, alternateSpace: 0xA1A1)
  static let keis83 = DoubleByteSet(text: Keis83Table.text, userAreas: keisUserAreas, alternateSpace: 0xA1A1)
  static let jipsJ = DoubleByteSet(text: JipsTable.text, userAreas: jipsUserAreas)
  static let jipsE = DoubleByteSet(text: JipsTable.text, userAreas: jipsUserAreas, bytes: JipsBytes.toEbcdik)
  static let ibm930 = DoubleByteSet(
    text: Ibm930Table.text,
    userAreas: [UserArea(leads: 0x69...0x7F, trails: 0x41...0xFE, first: 0xE000, count: 4370)])
  static let ibm1390 = DoubleByteSet(
    text: Ibm1390Table.text,
    userAreas: [UserArea(leads: 0x69...0x89, trails: 0x41...0xFE, first: 0xE000, count: 6205)])
  static let windows31J = DoubleByteSet(
    text: Windows31JTable.text,
    userAreas: [UserArea(leads: 0xF0...0xF9, trails: 0x40...0xFC, hole: 0x7F, first: 0xE000, count: 1880)])
  static let eucJP = DoubleByteSet(text: EucJpTable.text)

  private static let keisUserAreas = [UserArea(leads: 0x81...0xA0, trails: 0xA1...0xFE, first: 0xE000, count: 3008)]
  private static let jipsUserAreas = [
    UserArea(leads: 0x74...0x7E, trails: 0x21...0x7E, first: 0xE000, count: 1034),
    UserArea(leads: 0xE0...0xFE, trails: 0xA1...0xFE, first: 0xE40A, count: 2914),
  ]
}
