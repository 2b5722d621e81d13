import Base
import Registers
import Tables

extension Milestone {
  /// マスタースケジュール: planned and actual dates, as they stand on a day.
  package static func listing(on today: String) -> Listing<Milestone> {
    Listing(
      "schedule", Bilingual("マスタースケジュール", "Schedule"),
      [
        .text("id", "番号", "Id", .id) { $0.id },
        .word("kind", "種類", "Kind", code: { $0.kind.rawValue }, name: { $0.kind.title }),
        .bilingual("title", "件名", "Title") { $0.title },
        .text("owner", "担当", "Owner") { $0.owner },
        .data("planned_start") { .text($0.plannedStart) },
        .data("planned_end") { .text($0.plannedEnd) },
        .data("actual_start") { .text($0.actualStart) },
        .data("actual_end") { .text($0.actualEnd) },
        .cell("計画", "Planned", key: "planned") { line, _ in span(line.plannedStart, line.plannedEnd) },
        .cell("実績", "Actual", key: "actual") { line, _ in
          line.actualStart.isEmpty ? .text("–") : span(line.actualStart, line.actualEnd)
        },
        .init(
          "state", Bilingual("状態", "State"), .mark, value: { line, words in .text(words(line.state(on: today))) },
          cell: { line, words in
            let tone: Tone = line.isDone ? .good : line.plannedEnd < today && !line.plannedEnd.isEmpty ? .bad : .unknown
            return .mark(words(line.state(on: today)), tone)
          }),
        .text("approver", "承認", "Approved by", none: "–") { $0.isApproved ? $0.approver : "" },
        .text("note", "備考", "Note") { $0.note },
        .data("run") { .text($0.run) },
      ], terminal: ["id", "title", "owner", "planned", "actual", "state", "approver", "note"])
  }

  /// From a day to a day, or to one that has not come.
  private static func span(_ from: String, _ to: String) -> Cell {
    from == to ? .date(from) : .several([.date(from), to.isEmpty ? .text("…") : .date(to)], by: "–")
  }
}

extension Milestone {
  /// The largest number of lines of one chart: two charts fill three sheets of paper at most.
  private static let linesPerChart = 36

  /// 工程表: the lines over time, planned and done, as they stand on a day. A line without a planned day is in the list
  /// alone.
  ///
  /// - Parameter today: `YYYY-MM-DD`.
  package static func gantt(_ milestones: [Milestone], on today: String, _ words: Words) -> [PaperChart] {
    let now = Day.number(today) ?? 0
    let lines = milestones.compactMap { line -> (PaperChart.GanttChart.Line, Milestone)? in
      guard let from = Day.number(line.plannedStart), let to = Day.number(line.plannedEnd), from <= to else {
        return nil
      }
      let began = Day.number(line.actualStart)
      let ended = Day.number(line.actualEnd)
      let tone: Tone =
        line.isDone ? (line.actualEnd > line.plannedEnd ? .warn : .good) : line.plannedEnd < today ? .bad : .unknown
      let actual = began.map { $0...max($0, ended ?? now) }
      return (.init(name: words(line.title), planned: from...to, actual: actual, tone: tone), line)
    }
    let days = lines.flatMap { line, _ in
      [line.planned.lowerBound, line.planned.upperBound] + (line.actual.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    guard let first = days.min(), let last = days.max() else { return [] }
    let parts = stride(from: 0, to: lines.count, by: linesPerChart).map {
      lines[$0..<min($0 + linesPerChart, lines.count)]
    }
    return parts.enumerated().map { number, part in
      let place = parts.count > 1 ? words("（\(number + 1)/\(parts.count)）", " (\(number + 1) of \(parts.count))") : ""
      let spoken = part.map { "\(words($0.1.title)) \(words($0.1.state(on: today)))" }
      return .gantt(
        .init(
          title: words("工程表（枠は計画、塗りは実績、縦線は今日）", "Plan (frames), work done (filled), today (line)") + place,
          lines: part.map(\.0), span: first...last, today: now,
          alternative: spoken.joined(separator: words("、", ", "))))
    }
  }
}
