import Definitions

extension DefinitionNode {
  /// A whole number of at least `minimum`; `nil` after a diagnostic.
  func integer(atLeast minimum: Int) -> Int? {
    guard let number = integer else { return nil }
    if number >= minimum { return number }
    wrong("\(number)", "at least \(minimum)")
    return nil
  }

  /// A whole number in a range; `nil` after a diagnostic.
  func integer(in range: ClosedRange<Int>) -> Int? {
    guard let number = integer else { return nil }
    if range.contains(number) { return number }
    wrong("\(number)", "\(range.lowerBound) to \(range.upperBound)")
    return nil
  }
}
