import Base

/// The place of a zoned number's sign.
package struct SignPosition: Hashable, Sendable {
  package var leading = false
  package var separate = false
}

/// One entry of a copybook with its place in the record: a group or an elementary item.
package struct DataItem: Hashable, Sendable {
  /// Number of the item in its layout, in order of appearance: unlike names these do not repeat.
  package internal(set) var identity = 0
  package let level: Int
  /// In upper case; `FILLER` when the copybook gives none.
  package let name: String
  /// The name, qualified as far as necessary to be unique (``NameTable``): among all items; in a ``Slot`` among those
  /// of the chosen redefinitions.
  package internal(set) var title: String
  package let place: Place
  package var redefines: String?
  /// Identity of the item that ``redefines`` names.
  package internal(set) var redefinedIdentity: Int?
  package var picture: Picture?
  package var usage: Usage = .display
  package var sign = SignPosition()
  package var justifiedRight = false
  package var blankWhenZero = false
  /// SYNC: the item begins on the boundary that its ``Dialect`` defines for its usage.
  package var synchronized = false
  /// The largest number of occurrences; 1 when it is not a table.
  package var occurs = 1
  package var isTable = false
  /// OCCURS m TO n: m, and the item that holds the number of occurrences. ``occurs`` is n.
  package var occursMinimum = 1
  package var dependingOn: String?
  /// Identity of the item that ``dependingOn`` names.
  package internal(set) var dependingOnIdentity: Int?
  package var value: Literal?
  package var conditions: [Condition] = []
  package var children: [DataItem] = []

  /// Byte offset of the first occurrence from the record's start.
  package var offset = 0
  /// Bytes of one occurrence.
  package var length = 0

  /// The entry's own USAGE clause; `nil` when it inherits from its group.
  var usageClause: UsageClause?
  var usagePlace: Place?
  var signClause: SignPosition?
  /// The places of SIGN, JUSTIFIED and BLANK WHEN ZERO, which not every item may have.
  var clausePlaces: [String: Place] = [:]
  /// `SIGNED`/`UNSIGNED` after BINARY-CHAR and its like.
  var isUnsigned = false
  /// DEPENDING ON `A OF B OF C`: the names, and the place of the first.
  var dependingOnPath: [String] = []
  var dependingOnPlace: Place?

  init(level: Int, name: String, place: Place) {
    self.level = level
    self.name = name
    title = name
    self.place = place
  }

  /// Bytes of all occurrences.
  package var totalLength: Int { length * occurs }
  package var isGroup: Bool { picture == nil && !usage.hasNoPicture }
  package var isFiller: Bool { name == "FILLER" }
  /// A level 77 item is independent, like a level 01.
  var nesting: Int { level == 77 ? 1 : level }
  package var isRecord: Bool { level == 1 || level == 77 }
}

/// A level 66 entry: another name for the bytes from one item THRU another.
package struct Renaming: Hashable, Sendable {
  package let name: String
  package let place: Place
  /// `A`, `A OF B`, as written, and the item after THRU.
  package let from: [String]
  package let through: [String]?
  /// Byte offset from the record's start, and bytes.
  package internal(set) var offset = 0
  package internal(set) var length = 0
  /// The number of entries before it.
  let order: Int

  init(name: String, place: Place, from: [String], through: [String]?, order: Int) {
    self.name = name
    self.place = place
    self.from = from
    self.through = through
    self.order = order
  }
}
