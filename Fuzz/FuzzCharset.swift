import Charset

/// Set, form, bytes. What decodes without a note encodes, and decodes to the same text again; and the loop over plain
/// fields says the same as the loop over one value.
func fuzzCharset(_ input: inout Input) {
  let set = input.choice(sets)()
  let form = input.choice([TextForm.single, .double, .mixed])
  let bytes = input.bytes()
  let source = ExactBytes(bytes)
  let target = ExactBytes(count: 4 * bytes.count + 8)
  let outcome = set.decode(form, source.start, bytes.count, to: target.start)
  let text = Array(UnsafeBufferPointer(start: target.start, count: outcome.written))
  expect(String(validating: text, as: UTF8.self) != nil, "text is not UTF-8")
  plainFieldsAgree(set, form, source.start, bytes.count, text, outcome)
  guard outcome.fault == nil, outcome.notes.isEmpty else { return }

  let exact = ExactBytes(text)
  let capacity = 4 * bytes.count + 8
  let codes = ExactBytes(count: capacity)
  let written = set.encode(
    form, UnsafeBufferPointer(start: exact.start, count: text.count), to: codes.start, capacity: capacity)
  // A control character and a letter that spell a shift code have none of their own: only an empty kanji run kept them
  // apart.
  if written.fault == .noCode, form == .mixed, text.contains(where: { $0 < 0x20 || $0 == 0xC2 }) { return }
  expect(written.fault == nil, "\(set.name): no code for what was decoded: \(String(describing: written.fault))")
  let again = ExactBytes(count: 4 * written.written + 8)
  let back = set.decode(form, codes.start, written.written, to: again.start)
  expect(back.fault == nil && back.written == text.count, "\(set.name): another text")
  for index in text.indices { expect(again.start[index] == text[index], "\(set.name): another text") }
  // The same once more with too little room: never a byte more than there is.
  let scarce = ExactBytes(count: written.written / 2)
  _ = set.encode(
    form, UnsafeBufferPointer(start: exact.start, count: text.count), to: scarce.start, capacity: written.written / 2)
}

/// Every set, with and without its options, made when it is first used.
private nonisolated(unsafe) let sets: [() -> CharacterSet] = CharacterSet.names.flatMap { name in
  [\CharacterSet.self, \CharacterSet.keepingVariations, \CharacterSet.keepingPrivateUse].map { option in
    var made: CharacterSet?
    return {
      if let made { return made }
      let set = CharacterSet.named(name)![keyPath: option]
      made = set
      return set
    }
  }
}

private func plainFieldsAgree(
  _ set: CharacterSet, _ form: TextForm, _ source: UnsafePointer<UInt8>, _ count: Int, _ text: [UInt8],
  _ outcome: TextOutcome
) {
  let target = ExactBytes(count: 4 * count + 8)
  var (start, end) = (0, 0)
  let done = withUnsafePointer(to: &start) { starts in
    set.decodePlain(
      form, TextFields(base: source, starts: starts, count: 1, length: count), from: 0, to: target.start, end: 0,
      ends: &end)
  }
  guard done.rows == 1 else { return }
  expect(outcome.fault == nil && end <= text.count, "\(set.name): plain where it is not")
  for index in 0..<end { expect(target.start[index] == text[index], "\(set.name): another plain text") }
  let isPadding = String(decoding: text[end...], as: UTF8.self).allSatisfy { $0 == " " || $0 == "\u{3000}" }
  expect(isPadding, "\(set.name): plain text cut off")
}
