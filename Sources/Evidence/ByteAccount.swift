import Base

/// The uses of the bytes of a record kind (バイト勘定): the four numbers add up to the record's length.
package struct ByteUse: Sendable, Codable, Hashable {
  /// Bytes of a record.
  package var length = 0
  /// Bytes of items that go into the target or determine the record's kind.
  package var mapped = 0
  /// Bytes of items that only checks use.
  package var checked = 0
  /// Bytes of items that are dropped for a declared reason.
  package var dropped = 0
  package var drops: [Drop] = []

  package struct Drop: Sendable, Codable, Hashable {
    package var item: String
    package var bytes: Int
    package var reason: Bilingual

    package init(item: String, bytes: Int, reason: Bilingual) {
      self.item = item
      self.bytes = bytes
      self.reason = reason
    }
  }

  package init() {}

  /// Bytes without a declared use: `lint` refuses any.
  package var unaccounted: Int { length - mapped - checked - dropped }
}

/// The account of the bytes of a record kind when its records are rebuilt from the target (バイト勘定). The five numbers add
/// up to the record's length.
package struct ByteAccount: Sendable, Codable, Hashable {
  /// An item that is not rebuilt exactly, for a declared reason.
  package struct Exception: Sendable, Codable, Hashable {
    package var item: String
    /// The number of records, or occurrences, that show it.
    package var records: Int
    package var reason: Bilingual

    package init(item: String, records: Int, reason: Bilingual) {
      self.item = item
      self.records = records
      self.reason = reason
    }
  }

  /// Bytes of a record, including the item that holds its kind.
  package var length: Int
  package var kind: Int
  /// Bytes that are rebuilt from rows and compared.
  package var rebuilt: Int
  /// Bytes that must have one value (FILLER).
  package var constant: Int
  /// Bytes of items that the new system does not keep.
  package var lost: Int
  /// Bytes that may have any value.
  package var ignored: Int
  /// Items with several equivalent forms, of which one is compared.
  package var forms: [Exception]
  package var losses: [Exception]

  package init(
    length: Int, rebuilt: Int, constant: Int, lost: Int, ignored: Int, forms: [Exception], losses: [Exception]
  ) {
    self.length = length
    self.rebuilt = rebuilt
    self.constant = constant
    self.lost = lost
    self.ignored = ignored
    self.forms = forms
    self.losses = losses
    kind = length - rebuilt - constant - lost - ignored
  }
}
