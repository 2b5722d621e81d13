/// A character set of a mainframe (or of the files beside it): bytes to UTF-8 and back.
///
/// A value of a few words over tables that are built once; it may be copied freely and used from any thread.
///
/// ```swift
/// let jef = CharacterSet.named("fujitsu-jef")!
/// let (text, fault) = jef.decode(.double, bytes: [0x6E, 0xA4, 0x4B, 0xD0])  // 髙﨑
/// ```
package struct CharacterSet: @unchecked Sendable {  // the pointers lead into immutable tables that `owner` keeps
  package let name: String
  /// The byte that pads fields of single bytes.
  package var singleSpace: UInt8
  /// The two bytes that pad fields of double bytes; nil when the set has none, or has characters of any length.
  package var doubleSpace: (UInt8, UInt8)?
  /// A second double-byte space that decoding accepts and counts (A1A1 of JEF and KEIS): padding too, when trimming.
  package let alternateDoubleSpace: (UInt8, UInt8)?

  package let scheme: Scheme
  let options: SetOptions
  /// Single-byte cells with shift bytes marked, the same without marks, double-byte cells and their rare cells.
  package let singles: UnsafePointer<Cell>
  let plain: UnsafePointer<Cell>
  package let doubles: UnsafePointer<Cell>
  let rare: UnsafePointer<RareCell>
  package let owner: Tables

  package struct Tables: Sendable {
    package let single: SingleTable
    package let double: DoubleTable
  }

  init(_ definition: SetDefinition, _ double: DoubleTable, _ options: SetOptions) {
    name = definition.name
    scheme = definition.scheme
    singleSpace = definition.singleSpace
    doubleSpace = definition.doubleSpace
    alternateDoubleSpace = definition.double.set?.alternateSpace.map { (UInt8($0 >> 8), UInt8($0 & 0xFF)) }
    self.options = options
    owner = Tables(single: definition.single.table(definition.scheme), double: double)
    singles = UnsafePointer(owner.single.cells)
    plain = UnsafePointer(owner.single.plain)
    doubles = UnsafePointer(owner.double.cells)
    rare = UnsafePointer(owner.double.rare)
  }

  /// The set with that name (lower case, as for `--charset`); nil when there is none.
  ///
  /// Cost: about a millisecond the first time for a set with double bytes, microseconds afterwards.
  package static func named(_ name: String) -> CharacterSet? {
    guard let definition = SetDefinition.named(name) else { return nil }
    return CharacterSet(definition, definition.double.table, SetOptions())
  }

  /// False for sets of at most 256 codes, which have no kanji.
  package var hasDoubleBytes: Bool { scheme != .page && scheme != .asciiPage }

  /// Whether a city's table of user-defined characters can apply to the set.
  package var hasUserCodes: Bool { SetDefinition.named(name)?.double.set != nil }

  /// Whether kanji are between shift codes.
  package var hasShiftCodes: Bool { !scheme.shiftBytes.isEmpty }

  /// All names for ``named(_:)``.
  package static let names: [String] = SetDefinition.all.map(\.name)

  /// The same set with a city's user-defined characters. An entry wins over the set's own meaning of its code.
  ///
  /// Cost: about a millisecond and 256 KiB.
  package func with(gaiji: GaijiTable) -> CharacterSet {
    var options = options
    options.gaiji = gaiji
    return rebuilt(options)
  }

  /// The same set, emitting variation sequences (異体字セレクタ, Hanyo-Denshi) when a code has one: glyphs that share a
  /// Unicode character stay distinct. Encoding knows the sequences in any case. Cost: that of ``with(gaiji:)``.
  package var keepingVariations: CharacterSet {
    var options = options
    options.variations = true
    return rebuilt(options)
  }

  /// The same set, decoding user-defined codes that no gaiji table lists to the private-use characters that the makers'
  /// own converters give (U+E000 …), instead of faulting. Cost: that of ``with(gaiji:)``.
  package var keepingPrivateUse: CharacterSet {
    var options = options
    options.privateUse = true
    return rebuilt(options)
  }

  private func rebuilt(_ options: SetOptions) -> CharacterSet {
    guard let definition = SetDefinition.named(name), let set = definition.double.set else { return self }
    return CharacterSet(definition, DoubleTable(set, options), options)
  }
}

/// The arrangement of the bytes of a set.
package enum Scheme: UInt8, Sendable {
  /// One EBCDIC page, no double bytes.
  case page
  /// One page of the ASCII family: any form is its ordinary decoding.
  case asciiPage
  // Single and double bytes with shift codes; the double-byte form has none.
  case ibm, fujitsu, keis, jipsJ, jipsE
  // The lead byte determines the length of a character.
  case windows31J, eucJP
  case utf8, utf16Big, utf16Little
}
