import Base
import Testing

@Suite struct WrappedTextTests {
  @Test(arguments: [
    ("読み戻しと突合が終わりました。", 10, ["読み戻しと", "突合が終わ", "りました。"]),
    ("ああああ、いい", 8, ["あああ", "あ、いい"]), ("one two three", 8, ["one two", "three"]),
    ("abcdefghij", 4, ["abcd", "efgh", "ij"]), ("短い", 10, ["短い"]),
  ])
  func textIsWrapped(_ text: String, _ width: Int, _ lines: [String]) {
    #expect(WrappedText.lines(text, width: width) == lines)
  }
}
