import Glibc

/// `Fuzz TARGET [OPTION…] [FOLDER…]`: libFuzzer, with one of the targets as what reads its inputs.
///
/// A target takes any bytes at all. What it refuses with a diagnostic is well; what traps, reads memory that is not its
/// own, does not end, or breaks a promise that the target checks, is a finding.
@main
enum Fuzz {
  private static let targets: [String: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt] = [
    "charset": { run(fuzzCharset, $0, $1) }, "copybook": { run(fuzzCopybook, $0, $1) },
    "decode": { run(fuzzDecode, $0, $1) }, "expression": { run(fuzzExpression, $0, $1) },
    "framing": { run(fuzzFraming, $0, $1) }, "http": { run(fuzzHTTP, $0, $1) },
    "workbook": { run(fuzzWorkbook, $0, $1) },
  ]

  private static func run(_ target: (inout Input) -> Void, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = Input(UnsafeBufferPointer(start: bytes, count: count))
    target(&input)
    return 0
  }

  static func main() {
    let name = CommandLine.arguments.dropFirst().first ?? ""
    guard let target = targets[name] else {
      print("Fuzz TARGET [OPTION…] [FOLDER…]; TARGET: \(targets.keys.sorted().joined(separator: ", "))")
      exit(2)
    }
    // libFuzzer keeps the arguments' addresses; the target's name is none of its options.
    var words = CommandLine.arguments.enumerated().filter { $0.offset != 1 }.map { strdup($0.element) } + [nil]
    words.withUnsafeMutableBufferPointer { words in
      var count = CInt(words.count - 1)
      var start = words.baseAddress
      exit(driver(&count, &start, target))
    }
  }
}

/// libFuzzer's own main function.
@_silgen_name("LLVMFuzzerRunDriver")
private func driver(
  _ count: UnsafeMutablePointer<CInt>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ target: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The bytes of one input, taken from the front.
struct Input {
  private var rest: Slice<UnsafeBufferPointer<UInt8>>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { rest = bytes[...] }

  /// One of `choices`, by the next byte; the first at the end.
  mutating func choice<T>(_ choices: [T]) -> T { choices[Int(rest.popFirst() ?? 0) % choices.count] }

  /// The bytes before the next `end`, or all that are left.
  mutating func bytes(before end: UInt8) -> [UInt8] {
    let bytes = Array(rest.prefix { $0 != end })
    rest = rest.dropFirst(bytes.count + 1)
    return bytes
  }

  mutating func text(before end: UInt8) -> String { String(decoding: bytes(before: end), as: UTF8.self) }

  /// The next bytes, as many as there are.
  mutating func bytes(_ count: Int = .max) -> [UInt8] {
    let bytes = Array(rest.prefix(count))
    rest = rest.dropFirst(bytes.count)
    return bytes
  }

  mutating func text() -> String { String(decoding: bytes(), as: UTF8.self) }
}

/// Bytes that stand at the very end of their allocation, so that reading one more is seen.
struct ExactBytes: ~Copyable {
  let start: UnsafeMutablePointer<UInt8>

  init(_ bytes: [UInt8]) {
    start = .allocate(capacity: bytes.count)
    start.initialize(from: bytes, count: bytes.count)
  }

  init(count: Int) { start = .allocate(capacity: count) }

  deinit { start.deallocate() }
}

private let descriptor = {
  let name = "/totsugo-fuzz-\(getpid())"
  let descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
  expect(descriptor >= 0 && shm_unlink(name) == 0, "no file in memory")
  return descriptor
}()

/// The path of a file in memory that holds these bytes until the next call.
func memoryFile(_ bytes: [UInt8]) -> String {
  ftruncate(descriptor, 0)
  expect(pwrite(descriptor, bytes, bytes.count, 0) == bytes.count, "no memory for a file")
  return "/proc/self/fd/\(descriptor)"
}

/// A promise that a target checks, with its words also in a release build.
func expect(_ holds: Bool, _ broken: @autoclosure () -> String) {
  if !holds { fatalError(broken()) }
}
