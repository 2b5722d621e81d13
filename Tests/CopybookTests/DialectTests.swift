import Base
import Copybook
import Testing

@Suite struct DialectTests {
  @Test(arguments: [
    ("", "allowed: ibm, fujitsu, hitachi, nec, mf, gnucobol"), ("acme", "“acme” is no setting"),
    ("ibm,", "allowed: binary-sizes=…, binary-order=…"), ("ibm,sink=4", "sync=…"),
    ("ibm,sync=2", "allowed: sync=no, sync=4, sync=8"), ("ibm,float=vax", "float=ibm, float=ieee, float=ieee-le"),
    ("mf,truncate", "truncate=yes, truncate=no"), ("mf,sign=left", "sign=mf, sign=ibm, sign=fujitsu"),
  ])
  func aWrongDialectIsRefusedWithWhatIsAllowed(text: String, expected: String) throws {
    let refusal = #expect(throws: Diagnostic.self) { try Dialect(text: text) }
    #expect(refusal?.code == .dialectValue)
    let message = try #require(refusal).message(.english)
    #expect(message.contains(expected), "\(message)")
  }

  @Test func settingsDifferFromTheCompilersOwn() throws {
    let text =
      " GnuCOBOL , sync=4, float=ieee,binary-sizes=1-8,binary-order=little,native-order=big,odo=sliding,truncate=no,sign=ibm"
    let dialect = try Dialect(text: text)
    var expected = Dialect(.gnucobol)
    expected.longAlignment = 4
    expected.float = .ieee
    expected.binarySizes = .minimal
    expected.binaryOrder = .little
    expected.nativeOrder = .big
    expected.slidesAfterTables = true
    expected.truncatesBinary = false
    expected.zonedSign = .punched
    #expect(dialect == expected)
    #expect(try Dialect(text: "mf").synchronizes == false)
    #expect(try Dialect(text: "mf,sync=8").synchronizes)
  }

  @Test func fewestBytesHoldEveryNumber() {
    #expect((1...10).map { Dialect.fewestBytes(digits: $0, signed: false) } == [1, 1, 2, 2, 3, 3, 3, 4, 4, 5])
    #expect((1...10).map { Dialect.fewestBytes(digits: $0, signed: true) } == [1, 1, 2, 2, 3, 3, 4, 4, 4, 5])
    #expect(Dialect.fewestBytes(digits: 38, signed: true) == 16)
  }
}
