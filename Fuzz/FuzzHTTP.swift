import HTTP

/// The head of a request. However its bytes come in pieces, what they come to is the same; and what is taken for a head is one
/// that no other reader could take for another: lines that end as lines do, one host, one length.
func fuzzHTTP(_ input: inout Input) {
  let bytes = input.bytes()
  let whole = HTTPHead.read(bytes[...], bodyAtMost: 1_000)
  for count in 0...min(bytes.count, HTTPHead.bytesAtMost) {
    let reading = HTTPHead.read(bytes[..<count], bodyAtMost: 1_000)
    if reading == .incomplete { continue }
    expect(reading == whole, "\(count) of \(bytes.count) bytes: \(reading), not \(whole)")
    break
  }
  guard case .head(let head, let length) = whole else { return }
  expect(bytes[..<length].suffix(4).elementsEqual([13, 10, 13, 10]), "a head without an end")
  var last: UInt8 = 0
  for byte in bytes[..<length] {
    expect((byte == 10) == (last == 13), "a line that ends otherwise")
    expect(byte >= 0x20 || [9, 10, 13].contains(byte), "a control character")
    last = byte
  }
  let lines = String(decoding: bytes[..<length], as: UTF8.self).split(separator: "\r\n").map { $0.lowercased() }
  expect(lines.count { $0.hasPrefix("host:") } <= 1 && lines.count { $0.hasPrefix("content-length:") } <= 1, "twice")
  expect(!lines.contains { $0.hasPrefix("transfer-encoding:") }, "a body in pieces")
  expect(head.bodyLength <= 1_000 && head.request.target.hasPrefix("/"), "\(head)")
}
