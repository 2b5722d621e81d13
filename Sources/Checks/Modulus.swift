import Definitions
import Evidence
import Expressions

/// `modulo`: sums are compared modulo a number, as for a control total of limited digits (キーハッシュ) or a sum of shares.
package struct Modulus: Sendable {
  /// From 1 to 2^63 − 1; `nil` when sums are compared unreduced.
  var value: Int128?

  /// - Parameter hashed: the sums are kept mixed and not key by key, so that only a large prime preserves every
  ///   difference: that of ``Share``.
  /// - Returns: `nil` after a diagnostic.
  static func read(_ map: DefinitionMap, hashed: Bool = false) -> Modulus? {
    guard let node = map["modulo"] else { return Modulus() }
    guard let number = node.integer else { return nil }
    if hashed, number != Share.modulus {
      node.wrong("\(number)", "\(Share.modulus), the number that share() goes by")
      return nil
    }
    // All numbers are equal modulo 1.
    if number < 2 {
      node.wrong("\(number)", "a number from 2")
      return nil
    }
    return Modulus(value: Int128(number))
  }

  /// The remainder of a sum, never negative.
  package func rest(_ sum: Int128) -> Int128 {
    guard let value else { return sum }
    let rest = sum % value
    return rest < 0 ? rest + value : rest
  }

  package func rest(_ line: CheckResult.Line) -> CheckResult.Line {
    var rests = line
    rests.expected = line.expected.map(rest)
    rests.actual = line.actual.map(rest)
    return rests
  }
}
