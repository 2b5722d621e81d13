import Base
import Evidence
import Records
import Tables

extension Words {
  /// A step of a run.
  package func step(_ step: String) -> String {
    switch step {
    case "open": self("開始の準備", "opening files and target")
    case "index": self("索引の作成", "indexes")
    case "read-back": self("読み戻しと突合", "reading back and reconciling")
    case "differences": self("不一致の特定", "finding the differences")
    case "causes": self("原因の特定", "finding the causes")
    case "report": self("報告の作成", "writing the report")
    default: step.hasPrefix("file ") ? self("移行 ", "migrating ") + step.dropFirst(5) : step
    }
  }

  package func status(_ status: CheckStatus) -> String {
    switch status {
    case .passed: self("合格", "passed")
    case .failed: self("不合格", "failed")
    case .warned: self("警告", "warning")
    case .notRun: self("未判定", "undecided")
    }
  }

  package func side(_ sides: [CheckSide]) -> String {
    sides.map { side in
      switch side {
      case .control: self("旧システムの制御レコード", "old system's control record")
      case .legacy: self("旧システムのデータ", "old system's data")
      case .target: self("新システムの表", "new system's tables")
      case .constant: self("決められた値", "fixed expectation")
      }
    }.joined(separator: self("・", ", "))
  }

  /// The meaning of an accepted oddity (特例), by its code; the code itself when it is unknown.
  package func oddity(_ code: String) -> String {
    guard let oddity = Oddity.allCases.first(where: { $0.code == code }) else { return code }
    return switch oddity {
    case .eraAlias: self("改元前の元号による日付・年度(同じ日を指す)", "date or year in an era that had ended (the same day)")
    case .alternateSign: self("標準でない符号(A・B・E・F・C)", "sign half-byte other than the usual one")
    case .openShift: self("項目の終わりで閉じた漢字シフト", "kanji shift closed by the end of the field")
    case .jisSpace: self("JISの全角空白(A1A1)", "full-width space written as A1A1")
    case .gaijiMatch: self("外字表と一致した外字", "gaiji that the city's table identifies")
    case .glyphDifference: self("字形差のある文字", "characters whose glyph differs")
    case .reduction: self("縮退した文字", "characters that lost their glyph (縮退)")
    case .unheld:
      self(
        "件数の後ろの反復・選ばれない再定義に値があるレコード（その値は移行しない）",
        "records with values behind a count or in a redefinition not chosen (not migrated)")
    case .rowless: self("どの行も作らずに移行としたレコード", "records counted as migrated that made no row")
    case .control: self("制御文字を含む文字項目", "texts with control characters")
    case .blank:
      self("空白・LOW-VALUEの数値項目(規則により読替)", "numeric items of spaces or low-values, read by rule")
    case .roundedFloat: self("丸めて表示した浮動小数点", "floating-point values shown rounded")
    }
  }

  /// The meaning of a fault of a rejected record.
  package func fault(_ code: String) -> String {
    Fault.allCases.first { $0.code == code }.map { self($0.meaning) } ?? code
  }
}
