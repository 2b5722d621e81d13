import Foundation
import Testing

import Charset

/// The fast decoder against the obvious one, over bytes that are half from the set and half random.
@Suite("Twin decoder")
struct TwinTests {
  /// `CHARSET_SEED` repeats or varies a run; every message shows the seed.
  static let seed = ProcessInfo.processInfo.environment["CHARSET_SEED"].flatMap(UInt64.init) ?? 19_830_901

  @Test(arguments: CharacterSet.names)
  func agree(name: String) {
    print("\(name): CHARSET_SEED=\(Self.seed)")
    let definition = SetDefinition.named(name)!
    let plain = CharacterSet.named(name)!
    compare(plain, Twin(definition), rounds: 1_500)
    if name == "fujitsu-jef" { compare(plain.keepingVariations, Twin(definition, variations: true), rounds: 3_000) }
  }

  private func compare(_ set: CharacterSet, _ twin: Twin, rounds: Int) {
    var random = SplitMix(state: Self.seed)
    let known = Array(twin.double.keys).sorted()
    let singles = Array(twin.single.keys).sorted()
    let marks: [UInt8] = [
      0x0E, 0x0F, 0x28, 0x29, 0x38, 0x30, 0xE2, 0x0A, 0x41, 0x42, 0x1A, 0x70, 0x71, 0x3F, 0x75, 0x76,
    ]
    for round in 0..<rounds {
      var source: [UInt8] = []
      let length = Int.random(in: 0...40, using: &random)
      while source.count < length {
        switch Int.random(in: 0..<16, using: &random) {
        case 0: source.append(UInt8.random(in: 0...255, using: &random))
        case 1: source.append(marks.randomElement(using: &random)!)
        case 2, 3, 4: source.append(singles.randomElement(using: &random)!)
        case 5: source += set.scheme.shiftBytes.count > 1 ? [set.scheme.shiftBytes[1]] : []
        case 6: source += Array("é漢𠮷".utf8)
        case 7:
          source += [[0xF0, 0xA0, 0xAE], [0xEF, 0xBF, 0xBD], [0xFF, 0xFD], [0xFD, 0xFF]].randomElement(using: &random)!
        case 8: source += [0x8F, 0xB0, 0xA1]
        case 9, 10: source += kanjiIn(set.scheme)
        default:
          guard let code = known.randomElement(using: &random) else { continue }
          let place = twin.permutation.map { map in
            map.firstIndex(of: code >> 8)! << 8 | map.firstIndex(of: code & 0xFF)!
          }
          source += [UInt8((place ?? code) >> 8), UInt8((place ?? code) & 0xFF)]
        }
      }
      for form in [TextForm.single, .double, .mixed] {
        let expected = twin.decode(form, source)
        let (text, outcome) = decoded(set, form, source)
        let answer = Twin.Answer(
          scalars: Array(text.unicodeScalars), fault: outcome.fault, faultOffset: outcome.faultOffset,
          openShift: outcome.notes.openShift, alternateSpaces: Int(outcome.notes.alternateSpaces),
          reductions: Int(outcome.notes.reductions),
          hasControls: outcome.fault == nil && outcome.notes.hasControls)
        if answer != expected {
          Issue.record("seed \(Self.seed) round \(round) \(form) \(hex(source)): \(answer), twin: \(expected)")
          return
        }
      }
    }
  }

  private func kanjiIn(_ scheme: Scheme) -> [UInt8] {
    guard let shifts = ShiftCodes(scheme) else { return [] }
    return shifts.inLength == 1 ? [shifts.kanjiIn.0] : [shifts.kanjiIn.0, shifts.kanjiIn.1]
  }
}

/// The generator of the tests: the same numbers for the same seed on any machine.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
