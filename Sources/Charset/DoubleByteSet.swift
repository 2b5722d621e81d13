/// The double-byte half of a set as a definition: facts in compact form, to be expanded into a ``DoubleTable``.
package struct DoubleByteSet: Sendable {
  package let text: DoubleByteText
  /// The areas of the user-defined codes (外字).
  package var userAreas: [UserArea] = []
  /// A second code for the space, accepted and counted.
  package var alternateSpace: Int?
  /// For JIPS(E): the byte of this set for each byte of a code in `text`, 256 bytes in hexadecimal.
  package var bytes: StaticString?
}

/// A rectangle of user-defined codes and their private-use characters, which are used at the user's request.
package struct UserArea: Sendable {
  let leads: ClosedRange<Int>
  let trails: ClosedRange<Int>
  /// A second byte that is left out of the rectangle, or 0.
  var hole = 0
  /// The character of the first code.
  let first: UInt32
  /// The number of codes of the area.
  let count: Int

  /// Passes each code with its private-use character to `body`.
  package func forEach(_ body: (_ code: Int, _ scalar: UInt32) -> Void) {
    var number = 0
    for lead in leads {
      for trail in trails where trail != hole && number < count {
        body(lead << 8 | trail, first + UInt32(number))
        number += 1
      }
    }
  }
}

/// The user's options for a set, beyond its tables.
struct SetOptions: Sendable {
  /// Emit variation sequences, which distinguish glyphs that share a character.
  var variations = false
  /// Decode user-defined codes without an entry to private-use characters instead of faulting.
  var privateUse = false
  var gaiji: GaijiTable?
}
