import Glibc

/// 標本の大きさ: how many of so many records must be looked at, and what may be said when so many were found to be wrong.
///
/// Records are drawn without putting back, so that the number of wrong ones in the sample is hypergeometric; nothing is
/// approximated. Confidence and rate are in hundredths of a per cent, from 1 to 9,999.
package struct SampleSize: Sendable, Hashable {
  package let population: Int
  package let confidence: Int

  package init(population: Int, confidence: Int) {
    self.population = population
    self.confidence = confidence
  }

  /// The fewest records to draw so that, when none of them is wrong, fewer than `rate` of all are, with the confidence; all of them
  /// where that cannot be had with fewer.
  ///
  /// Costs as many steps as it answers.
  package func records(rate: Int) -> Int {
    let wrong = population * rate / 10_000 + 1
    let limit = log(Double(10_000 - confidence) / 10_000)
    var none = 0.0
    for drawn in 0..<population {
      if none <= limit + 1e-9 { return drawn }
      let right = population - wrong - drawn
      if right <= 0 { return drawn + 1 }
      none += log(Double(right) / Double(population - drawn))
    }
    return population
  }

  /// At most so many of all records are wrong, with the confidence, when `different` of `drawn` were.
  ///
  /// Costs `different` × log `population` steps.
  package func mostWrong(drawn: Int, different: Int) -> Int {
    var (low, high) = (different, population - (drawn - different))
    // The largest number of wrong ones that would still show as few as were found with a probability above 1 − confidence.
    while low < high {
      let middle = (low + high + 1) / 2
      // Just as probable is not above it, however the logarithms round.
      if chance(of: different, in: drawn, wrong: middle) > Double(10_000 - confidence) / 10_000 * (1 + 1e-9) {
        low = middle
      } else {
        high = middle - 1
      }
    }
    return low
  }

  /// The probability that at most `different` of `drawn` records are wrong when `wrong` of all are.
  private func chance(of different: Int, in drawn: Int, wrong: Int) -> Double {
    let right = population - wrong
    return (0...different).reduce(0) { sum, found in
      guard found <= wrong, drawn - found <= right else { return sum }
      let ways = Self.choose(wrong, found) + Self.choose(right, drawn - found) - Self.choose(population, drawn)
      return sum + exp(ways)
    }
  }

  /// The logarithm of the number of ways to choose `k` of `n`.
  private static func choose(_ n: Int, _ k: Int) -> Double {
    lgamma(Double(n) + 1) - lgamma(Double(k) + 1) - lgamma(Double(n - k) + 1)
  }
}
