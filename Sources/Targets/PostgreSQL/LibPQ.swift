import Base

/// PostgreSQL's client library (libpq 5), loaded when a reference names a PostgreSQL database: it brings Kerberos, LDAP
/// and two libraries of TLS, which a city without PostgreSQL need not install. The functions keep their names.
struct LibPQ: @unchecked Sendable {
  typealias Connection = OpaquePointer
  typealias Answer = OpaquePointer
  typealias Texts = UnsafePointer<UnsafePointer<CChar>?>
  typealias NoticeReceiver = @convention(c) (UnsafeMutableRawPointer?, Answer?) -> Void

  /// Results of `PQresultStatus` (`ExecStatusType`); others are failures here.
  enum Status {
    static let command: Int32 = 1
    static let rows: Int32 = 2
    static let copyOut: Int32 = 3
    static let copyIn: Int32 = 4
  }

  /// The result of `PQstatus` for an open connection (`CONNECTION_OK`).
  static let isConnected: Int32 = 0

  let connect: @convention(c) (Texts, Texts, Int32) -> Connection?
  let finish: @convention(c) (Connection?) -> Void
  let status: @convention(c) (Connection?) -> Int32
  let errorMessage: @convention(c) (Connection?) -> UnsafePointer<CChar>?
  let parameter: @convention(c) (Connection?, UnsafePointer<CChar>) -> UnsafePointer<CChar>?
  let setNoticeReceiver:
    @convention(c) (Connection?, NoticeReceiver?, UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
  let parse: @convention(c) (UnsafePointer<CChar>, UnsafeMutableRawPointer?) -> OpaquePointer?
  let freeParsed: @convention(c) (OpaquePointer?) -> Void

  let execute: @convention(c) (Connection?, UnsafePointer<CChar>) -> Answer?
  let prepare:
    @convention(c) (Connection?, UnsafePointer<CChar>, UnsafePointer<CChar>, Int32, OpaquePointer?) -> Answer?
  let describe: @convention(c) (Connection?, UnsafePointer<CChar>) -> Answer?
  let nextAnswer: @convention(c) (Connection?) -> Answer?
  let clear: @convention(c) (Answer?) -> Void
  let answerStatus: @convention(c) (Answer?) -> Int32
  let errorField: @convention(c) (Answer?, Int32) -> UnsafePointer<CChar>?
  let rowCount: @convention(c) (Answer?) -> Int32
  let columnCount: @convention(c) (Answer?) -> Int32
  let name: @convention(c) (Answer?, Int32) -> UnsafePointer<CChar>
  let type: @convention(c) (Answer?, Int32) -> UInt32
  let modifier: @convention(c) (Answer?, Int32) -> Int32
  let isNull: @convention(c) (Answer?, Int32, Int32) -> Int32
  let value: @convention(c) (Answer?, Int32, Int32) -> UnsafePointer<CChar>

  let putCopy: @convention(c) (Connection?, UnsafePointer<CChar>?, Int32) -> Int32
  let endCopy: @convention(c) (Connection?, UnsafePointer<CChar>?) -> Int32
  let getCopy: @convention(c) (Connection?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, Int32) -> Int32
  let freeMemory: @convention(c) (UnsafeMutableRawPointer?) -> Void
  let newCancel: @convention(c) (Connection?) -> OpaquePointer?
  let cancel: @convention(c) (OpaquePointer?, UnsafeMutablePointer<CChar>, Int32) -> Int32
  let freeCancel: @convention(c) (OpaquePointer?) -> Void

  private static let loaded = Result { () throws(Diagnostic) in try LibPQ() }

  /// - Throws: `library.missing`.
  static func load() throws(Diagnostic) -> LibPQ { try loaded.get() }

  private init() throws(Diagnostic) {
    let library = try SharedLibrary("libpq.so.5", package: "libpq5")
    func function<Function>(_ name: String) throws(Diagnostic) -> Function { try library.function(name, Function.self) }
    connect = try function("PQconnectdbParams")
    finish = try function("PQfinish")
    status = try function("PQstatus")
    errorMessage = try function("PQerrorMessage")
    parameter = try function("PQparameterStatus")
    setNoticeReceiver = try function("PQsetNoticeReceiver")
    parse = try function("PQconninfoParse")
    freeParsed = try function("PQconninfoFree")
    execute = try function("PQexec")
    prepare = try function("PQprepare")
    describe = try function("PQdescribePrepared")
    nextAnswer = try function("PQgetResult")
    clear = try function("PQclear")
    answerStatus = try function("PQresultStatus")
    errorField = try function("PQresultErrorField")
    rowCount = try function("PQntuples")
    columnCount = try function("PQnfields")
    name = try function("PQfname")
    type = try function("PQftype")
    modifier = try function("PQfmod")
    isNull = try function("PQgetisnull")
    value = try function("PQgetvalue")
    putCopy = try function("PQputCopyData")
    endCopy = try function("PQputCopyEnd")
    getCopy = try function("PQgetCopyData")
    freeMemory = try function("PQfreemem")
    newCancel = try function("PQgetCancel")
    cancel = try function("PQcancel")
    freeCancel = try function("PQfreeCancel")
  }
}
