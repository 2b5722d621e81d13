import Glibc

/// 標本の大きさ: the number of records that must be compared, and the conclusion from the number of wrong ones.
///
/// Records are drawn without replacement, so that the number of wrong records in the sample is hypergeometric; nothing
/// is approximated. Confidence and rate are in hundredths of a per cent, from 1 to 9,999.
package struct SampleSize: Sendable, Hashable {
  package let population: Int
  package let confidence: Int

  package init(population: Int, confidence: Int) {
    self.population = population
    self.confidence = confidence
  }

  /// The smallest number of records to draw so that, when none of them is wrong, fewer than `rate` of all are wrong,
  /// with the confidence; all records when fewer do not suffice.
  ///
  /// The number of steps equals the result.
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

  /// The upper bound of wrong records among all, with the confidence, when `different` of `drawn` records were wrong.
  ///
  /// Takes `different` × log `population` steps.
  package func mostWrong(drawn: Int, different: Int) -> Int {
    var (low, high) = (different, population - (drawn - different))
    // The largest number of wrong records for which as few as were found would still have a probability above 1 −
    // confidence.
    while low < high {
      let middle = (low + high + 1) / 2
      // An equal probability is not above it, however the logarithms round.
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
