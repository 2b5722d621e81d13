import Base
import Dispatch
import Testing

@Suite struct MonitorTests {
  /// Two threads hand numbers to each other, one at a time.
  @Test func whatOneThreadGivesTheOtherTakes() {
    let monitor = Monitor((next: Int?.none, taken: [Int](), hasEnded: false))
    let queue = DispatchQueue(label: "numbers")
    queue.async {
      for number in 0..<1_000 {
        monitor.take(when: { $0.next == nil }) { _ in }
        monitor.change { $0.next = number }
      }
      monitor.take(when: { $0.next == nil }) { _ in }
      monitor.change { $0.hasEnded = true }
    }
    while true {
      let number = monitor.take(when: { $0.next != nil || $0.hasEnded }) { state in
        state.next
      }
      guard let number else { break }
      monitor.change { state in
        state.taken.append(number)
        state.next = nil
      }
    }
    #expect(monitor.take(when: { _ in true }) { $0.taken } == Array(0..<1_000))
  }
}
