import Evidence
import Tables
import Foundation
import Ledger
import Office
import Report
import Workspace

/// Follows the newest run of a workspace by its `progress.json`: another process may perform it.
struct RunFollower {
  private let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// The place on a page for a run at work. With script, it is refreshed while the page is open.
  static func box(_ visit: Visit) -> HTML {
    let words = visit.words
    return """
      <section id="progress" data-events="/events" aria-label="\(words("実行の進み", "Progress of the run"))">\(RunFollower(visit.snapshot.office.workspace).html(words))</section>
      """
  }

  /// The progress of the newest run; empty when it has finished, or there is none.
  func html(_ words: Words) -> HTML {
    guard let run = workspace.runs.last, let progress = workspace.progress(of: run), progress.state != .finished else {
      return ""
    }
    let isAtWork = progress.state == .running && workspace.isAtWork(on: run)
    guard isAtWork else { return "<p class=\"warn\">\(stopped(progress, words))</p>" }
    var age = Date().timeIntervalSince((try? Date(progress.at, strategy: .iso8601)) ?? Date())
    age = max(0, age)
    let step = words.step(progress.step)
    let file = progress.fileTitle.map { words($0) } ?? ""
    let done = progress.steps.map { step -> HTML in
      "<li class=\"done\">\(words.step(step.step)) <span class=\"soft\">\(words.duration(step.seconds))\(planned(step.planned, words))</span></li>"
    }
    let now: HTML =
      "<li aria-current=\"step\"><strong>\(step)</strong> \(file) <span class=\"soft\">\(words.duration(progress.stepSeconds + age))\(planned(progress.planned, words))</span></li>"
    let ahead = progress.ahead.map { step -> HTML in
      "<li class=\"soft\">\(words.step(step.step))\(planned(step.planned, words))</li>"
    }
    return """
      <h2>\(words("実行中: \(progress.run)", "At work: run \(progress.run)"))</h2>\(bar(progress, words))\
      <p>\(figures(progress, words))</p><details><summary>\(words("段階", "Steps"))</summary><ol>\(done)\(now)\(ahead)</ol></details>
      """
  }

  private func planned(_ seconds: Int?, _ words: Words) -> String {
    seconds.map { words("（予定 \(words.duration(Double($0)))）", " (planned \(words.duration(Double($0))))") } ?? ""
  }

  private func stopped(_ progress: RunProgress, _ words: Words) -> String {
    let step = words.step(progress.step)
    return switch progress.state {
    case .failed:
      words("実行 \(progress.run) は「\(step)」で続けられなくなりました。", "Run \(progress.run) could not go on at “\(step)”.")
    case .interrupted:
      words(
        "実行 \(progress.run) は「\(step)」で中断されました。--resume で続きから行えます。",
        "Run \(progress.run) was interrupted at “\(step)”. --resume goes on with it.")
    case .running, .finished:
      words(
        "実行 \(progress.run) は「\(step)」で止まっています（動いているプログラムがありません）。--resume で続きから行えます。",
        "Run \(progress.run) stands still at “\(step)”: no program is at work. --resume goes on with it.")
    }
  }

  private func bar(_ progress: RunProgress, _ words: Words) -> HTML {
    let (value, whole) =
      progress.tables > 0 && progress.tablesDone < progress.tables
      ? (progress.tablesDone, progress.tables) : (progress.allBytes, max(1, progress.allBytesTotal))
    let percent = value * 100 / whole
    return """
      <progress max="\(whole)" value="\(value)" aria-label="\(words("進み", "Progress"))">\(percent) %</progress> <span>\(words.step(progress.step)) \(percent) %</span>
      """
  }

  private func figures(_ progress: RunProgress, _ words: Words) -> String {
    var parts = [
      words("\(words.number(progress.allRecords))件読込", "\(words.number(progress.allRecords)) records read"),
      words("ファイル \(progress.filesDone) / \(progress.files)", "files \(progress.filesDone) of \(progress.files)"),
    ]
    if progress.tables > 0 {
      parts.append(
        words("表 \(progress.tablesDone) / \(progress.tables)", "tables \(progress.tablesDone) of \(progress.tables)"))
    }
    if let speed = progress.bytesPerSecond { parts.append("\(words.number(Int(speed / 1_000_000))) MB/s") }
    if let left = progress.secondsLeftReading {
      parts.append(words("読込の残り 約\(words.duration(left))", "about \(words.duration(left)) of reading left"))
    }
    if let behind = progress.secondsBehindPlan {
      let time = words.duration(abs(behind))
      parts.append(
        behind > 0
          ? words("予定より\(time)遅れ", "\(time) behind the plan") : words("予定より\(time)早い", "\(time) ahead of the plan"))
    }
    parts.append(
      words("開始から \(words.duration(progress.seconds))", "\(words.duration(progress.seconds)) since it began"))
    return parts.joined(separator: words("　", ", "))
  }
}
