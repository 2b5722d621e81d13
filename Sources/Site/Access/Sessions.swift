import Base
import Foundation
import Synchronization

/// A signed-in person (利用中).
struct Session: Sendable {
  /// Digest of the token. The person is looked up at each request, so that removal from the list takes effect at once.
  let token: String
  /// The key in every form of the session; a form without it is refused.
  let formKey: String
  var language: Language?
  var used: Date
  /// The message for the next page: the last entry.
  var said: Bilingual?
}

/// The sessions of a running server. They end with the server, and after twelve hours without use.
final class Sessions: Sendable {
  private static let idle: TimeInterval = 12 * 3600
  private static let limit = 1_000

  private let open = Mutex<[String: Session]>([:])

  /// - Returns: the word that the browser keeps.
  func begin(token: String, language: Language?, at now: Date = Date()) -> String {
    let word = Secret.random()
    open.withLock { open in
      open = open.filter { now.timeIntervalSince($0.value.used) < Self.idle }
      if open.count >= Self.limit, let oldest = open.min(by: { $0.value.used < $1.value.used }) {
        open[oldest.key] = nil
      }
      open[word] = Session(token: token, formKey: Secret.random(), language: language, used: now, said: nil)
    }
    return word
  }

  /// - Parameter isUse: whether the request extends the session.
  func find(_ word: String?, at now: Date = Date(), isUse: Bool = true) -> Session? {
    guard let word else { return nil }
    return open.withLock { open in
      guard var session = open[word], now.timeIntervalSince(session.used) < Self.idle else {
        open[word] = nil
        return nil
      }
      if isUse {
        session.used = now
        open[word] = session
      }
      return session
    }
  }

  func end(_ word: String?) { if let word { open.withLock { $0[word] = nil } } }

  func speak(_ language: Language, in word: String?) { change(word) { $0.language = language } }

  func say(_ text: Bilingual, in word: String?) { change(word) { $0.said = text } }

  /// The pending message, which is removed.
  func takeSaid(in word: String?) -> Bilingual? {
    var said: Bilingual?
    change(word) {
      said = $0.said
      $0.said = nil
    }
    return said
  }

  private func change(_ word: String?, _ body: (inout Session) -> Void) {
    guard let word else { return }
    open.withLock { open in if open[word] != nil { body(&open[word]!) } }
  }
}
