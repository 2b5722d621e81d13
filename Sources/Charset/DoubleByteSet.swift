/// The double-byte half of a set as a definition: facts in compact form, to be expanded into a ``DoubleTable``.
package struct DoubleByteSet: Sendable {
  package let text: DoubleByteText
  /// Where the user-defined codes (外字) are.
  package var userAreas: [UserArea] = []
  /// A second code for the space, accepted and counted.
  package var alternateSpace: Int?
  /// How each byte of a code in `text` becomes a byte of this set: 256 bytes in hexadecimal; JIPS(E).
  package var bytes: StaticString?
}

/// A rectangle of user-defined codes and the private-use characters they stand for when a user asks for these.
package struct UserArea: Sendable {
  let leads: ClosedRange<Int>
  let trails: ClosedRange<Int>
  /// A second byte that is left out of the rectangle, or 0.
  var hole = 0
  /// The character of the first code.
  let first: UInt32
  /// How many codes the area has.
  let count: Int

  /// Hands on each code with its private-use character.
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

/// What a user may ask of a set beyond its tables.
struct SetOptions: Sendable {
  /// Emit variation sequences, which keep glyphs apart that share a character.
  var variations = false
  /// Decode user-defined codes without an entry to private-use characters instead of faulting.
  var privateUse = false
  var gaiji: GaijiTable?
}
