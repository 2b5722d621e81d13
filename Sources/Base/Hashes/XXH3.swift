/// XXH3, a fast and well mixed hash, not safe against chosen input: 64 and 128 bits, by its published specification
/// (xxHash 0.8, `doc/xxhash_spec.md`), with its default secret. Its values are part of the evidence (sums of rows,
/// whatever their order), so they never change.
///
/// One function for each class of lengths: 0, 1–3, 4–8, 9–16, 17–128, 129–240, and longer.
package enum XXH3 {
  // The primes that the specification names.
  private static let smallPrime1: UInt64 = 0x9E37_79B1
  private static let smallPrime2: UInt64 = 0x85EB_CA77
  private static let smallPrime3: UInt64 = 0xC2B2_AE3D
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5
  private static let primeMix1: UInt64 = 0x1656_6791_9E37_79F9
  private static let primeMix2: UInt64 = 0x9FB2_1C65_1E98_DF25

  // Words of the secret, combined in pairs: the keys of the short inputs. The comments name their bytes.
  private static let key56: UInt64 = 0x8726_F910_5DC2_1DDC  // 56…71
  private static let keyLow: UInt64 = 0x8727_5A9B  // 0…7, halves
  private static let keyHigh: UInt64 = 0x302C_208B  // 8…15, halves
  private static let key8: UInt64 = 0xC73A_B174_C5EC_D5A2  // 8…23
  private static let key16: UInt64 = 0xC4F0_2334_4DC9_94AC  // 16…31
  private static let key24: UInt64 = 0x6782_737B_EA42_39B9  // 24…39
  private static let key32: UInt64 = 0x5997_3F00_3336_2349  // 32…47
  private static let key40: UInt64 = 0xAF56_BC3B_0996_523A  // 40…55
  private static let key48: UInt64 = 0xC202_7976_92D6_3D58  // 48…63
  private static let key64: UInt64 = 0x682E_908A_3037_F8B4  // 64…79
  private static let key80: UInt64 = 0x9655_D30B_D1A7_7D49  // 80…95

  // MARK: 64 bits

  package static func hash64(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let input = Input(bytes)
    let length = input.count
    switch length {
    case 9...16:
      let (low, high) = (input.word(0) ^ key24, input.word(length - 8) ^ key40)
      return mix(UInt64(length) &+ low.byteSwapped &+ high &+ folded(low, high))
    case 4...8:
      var hash = (UInt64(input.half(length - 4)) &+ UInt64(input.half(0)) << 32) ^ key8
      hash ^= rotated(hash, 49) ^ rotated(hash, 24)
      hash = hash &* primeMix2
      hash ^= (hash >> 35) &+ UInt64(length)
      hash = hash &* primeMix2
      return hash ^ hash >> 28
    case 1...3: return finish(UInt64(input.threeBytes) ^ keyLow)
    case 0: return finish(key56)
    default: return long64(input)
    }
  }

  @inline(never)
  private static func long64(_ input: Input) -> UInt64 {
    let (length, secret) = (input.count, Secret.standard)
    var sum = UInt64(length) &* prime1
    switch length {
    case ...128:
      sum = sum &+ input.mixed(0, secret, 0, 0) &+ input.mixed(length - 16, secret, 16, 0)
      if length > 32 { sum = sum &+ input.mixed(16, secret, 32, 0) &+ input.mixed(length - 32, secret, 48, 0) }
      if length > 64 { sum = sum &+ input.mixed(32, secret, 64, 0) &+ input.mixed(length - 48, secret, 80, 0) }
      if length > 96 { sum = sum &+ input.mixed(48, secret, 96, 0) &+ input.mixed(length - 64, secret, 112, 0) }
      return mix(sum)
    case ...240:
      for step in 0..<8 { sum = sum &+ input.mixed(16 * step, secret, 16 * step, 0) }
      sum = mix(sum)
      for step in 8..<length / 16 { sum = sum &+ input.mixed(16 * step, secret, 16 * (step - 8) + 3, 0) }
      return mix(sum &+ input.mixed(length - 16, secret, 136 - 17, 0))
    default: return Lanes(input, secret).merged(secret, 11, sum)
    }
  }

  // MARK: 128 bits

  package static func hash128(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt128 {
    let input = Input(bytes)
    switch input.count {
    case 9...16: return upTo16(input, seed)
    case 4...8: return upTo8(input, seed)
    case 1...3:
      let low = input.threeBytes
      let swapped = low.byteSwapped
      let high = swapped << 13 | swapped >> 19
      return joined(
        high: finish(UInt64(high) ^ (keyHigh &- seed)), low: finish(UInt64(low) ^ (keyLow &+ seed)))
    case 0: return joined(high: finish(seed ^ key80), low: finish(seed ^ key64))
    case ...240: return upTo240(input, seed)
    default:
      return seed == 0
        ? long128(input, Secret.standard) : Secret.withSeed(seed) { long128(input, $0) }
    }
  }

  @inline(__always)
  private static func upTo8(_ input: Input, _ seed: UInt64) -> UInt128 {
    let length = input.count
    let seed = seed ^ UInt64(UInt32(truncatingIfNeeded: seed).byteSwapped) << 32
    let text = UInt64(input.half(0)) &+ UInt64(input.half(length - 4)) << 32
    let product = (text ^ (key16 &+ seed)).multipliedFullWidth(by: prime1 &+ UInt64(length) << 2)
    let high = product.high &+ product.low << 1
    var low = product.low ^ high >> 3
    low = (low ^ low >> 35) &* primeMix2
    return joined(high: mix(high), low: low ^ low >> 28)
  }

  @inline(__always)
  private static func upTo16(_ input: Input, _ seed: UInt64) -> UInt128 {
    let length = input.count
    let first = input.word(0)
    var last = input.word(length - 8)
    let product = (first ^ last ^ (key32 &- seed)).multipliedFullWidth(by: prime1)
    last ^= key48 &+ seed
    let high = product.high &+ last &+ (last & 0xFFFF_FFFF) &* (smallPrime2 &- 1)
    let low = (product.low &+ UInt64(length - 1) << 54) ^ high.byteSwapped
    let second = low.multipliedFullWidth(by: prime2)
    return joined(high: mix(second.high &+ high &* prime2), low: mix(second.low))
  }

  @inline(never)
  private static func upTo240(_ input: Input, _ seed: UInt64) -> UInt128 {
    let (length, secret) = (input.count, Secret.standard)
    var (low, high) = (UInt64(length) &* prime1, UInt64(0))
    if length <= 128 {
      if length > 96 { input.mix32(&low, &high, 48, length - 64, secret, 96, seed) }
      if length > 64 { input.mix32(&low, &high, 32, length - 48, secret, 64, seed) }
      if length > 32 { input.mix32(&low, &high, 16, length - 32, secret, 32, seed) }
      input.mix32(&low, &high, 0, length - 16, secret, 0, seed)
      return ended(low, high, length, seed)
    }
    for step in 0..<4 { input.mix32(&low, &high, 32 * step, 32 * step + 16, secret, 32 * step, seed) }
    (low, high) = (mix(low), mix(high))
    for step in 4..<length / 32 { input.mix32(&low, &high, 32 * step, 32 * step + 16, secret, 32 * step - 125, seed) }
    input.mix32(&low, &high, length - 16, length - 32, secret, 136 - 17 - 16, 0 &- seed)
    return ended(low, high, length, seed)
  }

  @inline(never)
  private static func long128(_ input: Input, _ secret: Secret) -> UInt128 {
    let lanes = Lanes(input, secret)
    let length = UInt64(input.count)
    return joined(
      high: lanes.merged(secret, Secret.count - 64 - 11, ~(length &* prime2)),
      low: lanes.merged(secret, 11, length &* prime1))
  }

  private static func ended(_ low: UInt64, _ high: UInt64, _ length: Int, _ seed: UInt64) -> UInt128 {
    let both = low &* prime1 &+ high &* prime4 &+ (UInt64(length) &- seed) &* prime2
    return joined(high: 0 &- mix(both), low: mix(low &+ high))
  }

  // MARK: steps

  @inline(__always)
  private static func joined(high: UInt64, low: UInt64) -> UInt128 {
    UInt128(truncatingIfNeeded: high) << 64 | UInt128(truncatingIfNeeded: low)
  }

  @inline(__always)
  private static func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }

  /// The last step of XXH3 (`avalanche`).
  @inline(__always)
  fileprivate static func mix(_ hash: UInt64) -> UInt64 {
    let mixed = (hash ^ hash >> 37) &* primeMix1
    return mixed ^ mixed >> 32
  }

  /// The last step of XXH64, used by the shortest inputs.
  @inline(__always)
  private static func finish(_ hash: UInt64) -> UInt64 {
    var mixed = (hash ^ hash >> 33) &* prime2
    mixed = (mixed ^ mixed >> 29) &* prime3
    return mixed ^ mixed >> 32
  }

  @inline(__always)
  fileprivate static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.low ^ product.high
  }

  /// The bytes to be hashed.
  fileprivate struct Input {
    let start: UnsafeRawPointer
    let count: Int

    /// An empty buffer may have no address; nothing is read from it.
    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer) {
      start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
      count = bytes.count
    }

    @inline(__always)
    func word(_ at: Int) -> UInt64 { UInt64(littleEndian: start.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }

    @inline(__always)
    func half(_ at: Int) -> UInt32 { UInt32(littleEndian: start.loadUnaligned(fromByteOffset: at, as: UInt32.self)) }

    @inline(__always)
    private func byte(_ at: Int) -> UInt32 { UInt32(start.load(fromByteOffset: at, as: UInt8.self)) }

    /// One to three bytes and their number.
    @inline(__always)
    var threeBytes: UInt32 { byte(0) << 16 | byte(count >> 1) << 24 | byte(count - 1) | UInt32(count) << 8 }

    /// 16 bytes of input mixed with 16 of the secret.
    @inline(__always)
    func mixed(_ at: Int, _ secret: Secret, _ place: Int, _ seed: UInt64) -> UInt64 {
      folded(word(at) ^ (secret.word(place) &+ seed), word(at + 8) ^ (secret.word(place + 8) &- seed))
    }

    /// Two times 16 bytes of input mixed with 32 of the secret.
    @inline(__always)
    func mix32(
      _ low: inout UInt64, _ high: inout UInt64, _ first: Int, _ second: Int, _ secret: Secret, _ place: Int,
      _ seed: UInt64
    ) {
      low = (low &+ mixed(first, secret, place, seed)) ^ (word(second) &+ word(second + 8))
      high = (high &+ mixed(second, secret, place + 16, seed)) ^ (word(first) &+ word(first + 8))
    }
  }

  /// The eight sums of a long input. They are held in pairs, as the processor adds them.
  fileprivate struct Lanes {
    private typealias Pair = SIMD2<UInt64>
    private var (a, b, c, d): (Pair, Pair, Pair, Pair)

    @inline(__always)
    init(_ input: Input, _ secret: Secret) {
      a = Pair(smallPrime3, prime1)
      b = Pair(prime2, prime3)
      c = Pair(prime4, smallPrime2)
      d = Pair(prime5, smallPrime1)
      // Sixteen stripes of 64 bytes make a block; the last stripe ends with the input, and may overlap.
      let blocks = (input.count - 1) / 1024
      var place = input.start
      for _ in 0..<blocks {
        for stripe in 0..<16 {
          add(place, secret.start + 8 * stripe)
          place += 64
        }
        scramble(secret.start + Secret.count - 64)
      }
      for stripe in 0..<(input.count - 1 - 1024 * blocks) / 64 {
        add(place, secret.start + 8 * stripe)
        place += 64
      }
      add(input.start + input.count - 64, secret.start + Secret.count - 64 - 7)
    }

    @inline(__always)
    private static func pair(_ start: UnsafeRawPointer, _ number: Int) -> Pair {
      start.loadUnaligned(fromByteOffset: 16 * number, as: Pair.self)
    }

    @inline(__always)
    private static func add(_ sum: inout Pair, _ place: UnsafeRawPointer, _ secret: UnsafeRawPointer, _ number: Int) {
      let text = pair(place, number)
      let keyed = text ^ pair(secret, number)
      sum = sum &+ Pair(text.y, text.x) &+ (keyed & Pair(repeating: 0xFFFF_FFFF)) &* (keyed &>> Pair(repeating: 32))
    }

    @inline(__always)
    private mutating func add(_ place: UnsafeRawPointer, _ secret: UnsafeRawPointer) {
      Self.add(&a, place, secret, 0)
      Self.add(&b, place, secret, 1)
      Self.add(&c, place, secret, 2)
      Self.add(&d, place, secret, 3)
    }

    @inline(__always)
    private static func scramble(_ sum: inout Pair, _ secret: UnsafeRawPointer, _ number: Int) {
      sum = (sum ^ sum &>> Pair(repeating: 47) ^ pair(secret, number)) &* Pair(repeating: smallPrime1)
    }

    @inline(__always)
    private mutating func scramble(_ secret: UnsafeRawPointer) {
      Self.scramble(&a, secret, 0)
      Self.scramble(&b, secret, 1)
      Self.scramble(&c, secret, 2)
      Self.scramble(&d, secret, 3)
    }

    /// The sums and a part of the secret, mixed into one value.
    @inline(__always)
    func merged(_ secret: Secret, _ place: Int, _ start: UInt64) -> UInt64 {
      var sum = start
      for (number, pair) in [a, b, c, d].enumerated() {
        sum = sum &+ folded(pair.x ^ secret.word(place + 16 * number), pair.y ^ secret.word(place + 16 * number + 8))
      }
      return mix(sum)
    }
  }

  /// The secret: 192 bytes that are mixed in.
  fileprivate struct Secret {
    static let count = 192

    let start: UnsafeRawPointer

    @inline(__always)
    func word(_ at: Int) -> UInt64 { UInt64(littleEndian: start.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }

    /// The secret of a seed, used for long inputs: the words of the standard secret, plus and minus the seed in turn.
    static func withSeed<T>(_ seed: UInt64, _ body: (Secret) -> T) -> T {
      withUnsafeTemporaryAllocation(byteCount: count, alignment: 16) { memory in
        for at in stride(from: 0, to: count, by: 16) {
          memory.storeBytes(of: (standard.word(at) &+ seed).littleEndian, toByteOffset: at, as: UInt64.self)
          memory.storeBytes(of: (standard.word(at + 8) &- seed).littleEndian, toByteOffset: at + 8, as: UInt64.self)
        }
        return body(Secret(start: UnsafeRawPointer(memory.baseAddress!)))
      }
    }

    /// Stays allocated until the process ends.
    nonisolated(unsafe) static let standard: Secret = {
      let words: [UInt64] = [
        0xBE4B_A423_396C_FEB8, 0x1CAD_21F7_2C81_017C, 0xDB97_9083_E96D_D4DE, 0x1F67_B3B7_A4A4_4072,
        0x78E5_C0CC_4EE6_79CB, 0x2172_FFCC_7DD0_5A82, 0x8E24_43F7_7446_08B8, 0x4C26_3A81_E690_35E0,
        0xCB00_C391_BB52_283C, 0xA32E_531B_8B65_D088, 0x4EF9_0DA2_9748_6471, 0xD8AC_DEA9_46EF_1938,
        0x3F34_9CE3_3F76_FAA8, 0x1D4F_0BC7_C7BB_DCF9, 0x3159_B4CD_4BE0_518A, 0x6473_78D9_C97E_9FC8,
        0xC3EB_D334_83AC_C5EA, 0xEB63_13FA_FFA0_81C5, 0x49DA_F0B7_51DD_0D17, 0x9E68_D429_2655_16D3,
        0xFCA1_477D_58BE_162B, 0xCE31_D07A_D1B8_F88F, 0x2804_1695_8F3A_CB45, 0x7E40_4BBB_CAFB_D7AF,
      ]
      let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: words.count)
      for (index, word) in words.enumerated() { memory[index] = word.littleEndian }
      return Secret(start: UnsafeRawPointer(memory))
    }()
  }
}
