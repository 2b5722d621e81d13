import Definitions
import Evidence
import Expressions

/// `modulo`: sums are compared modulo a number, as a control total of limited digits is (キーハッシュ), or a sum of
/// shares.
struct Modulus: Sendable {
  /// From 1 to 2^63 − 1; `nil` where sums are compared as they are.
  var value: Int128?

  /// - Parameter hashed: the sums are not kept key by key but mixed, so that only a large prime keeps every difference:
  ///   that of ``Share``.
  /// - Returns: `nil` after a diagnostic.
  static func read(_ map: DefinitionMap, hashed: Bool = false) -> Modulus? {
    guard let node = map["modulo"] else { return Modulus() }
    guard let number = node.integer else { return nil }
    if hashed, number != Share.modulus {
      node.wrong("\(number)", "\(Share.modulus), the number that share() goes by")
      return nil
    }
    // Everything is the same modulo 1.
    if number < 2 {
      node.wrong("\(number)", "a number from 2")
      return nil
    }
    return Modulus(value: Int128(number))
  }

  /// What is left of a sum, never negative.
  func rest(_ sum: Int128) -> Int128 {
    guard let value else { return sum }
    let rest = sum % value
    return rest < 0 ? rest + value : rest
  }

  func rest(_ line: CheckResult.Line) -> CheckResult.Line {
    var rests = line
    rests.expected = line.expected.map(rest)
    rests.actual = line.actual.map(rest)
    return rests
  }
}
