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
    guard let fault = Fault.allCases.first(where: { $0.code == code }) else { return code }
    return switch fault {
    case .sign: self("数値の符号が不正(パック10進・独立した符号)", "number without a valid sign (packed, or a sign of its own)")
    case .digit: self("パック10進に数字以外", "packed number with a digit that is none")
    case .zone: self("ゾーン10進のゾーンが不正", "zoned number with a wrong zone")
    case .blank: self("数値項目が空白(未初期化)", "numeric field left blank")
    case .unsigned: self("符号なし項目に負の符号", "negative sign on an unsigned item")
    case .overflow: self("桁あふれ", "too many digits")
    case .date: self("存在しない日付", "date that does not exist")
    case .undefinedCode: self("文字コード表にない文字", "code that the character set does not define")
    case .noUnicode: self("Unicodeにない文字", "character that Unicode lacks")
    case .unmappedGaiji: self("外字表にない外字", "gaiji that the city's table does not list")
    case .unidentifiedGaiji: self("未同定の外字", "unidentified gaiji")
    case .oddLength: self("漢字が奇数バイト", "kanji with an odd number of bytes")
    case .strayShift:
      self("シフトコードの位置が不正(X項目の漢字なら types の mixed)", "shift code where none may stand (kanji in X: type mixed)")
    case .unmappedCode: self("コード変換表にないコード", "code that its conversion table does not list")
    case .notANumber: self("数字でない文字列", "text that is no number")
    case .unreadable: self("型に合わない値", "value that does not fit its type")
    case .tooLong: self("移行先の桁数を超える", "longer than the target column")
    case .missing: self("必須項目が空", "required value is missing")
    case .unknownKind: self("レコード種別が不明", "unknown record kind")
    case .cut: self("レコードの末尾で切れた、または件数分ない項目", "item that the record's end cuts, or that its table has by count alone")
    case .excess: self("最後の項目の後ろに余りがあるレコード", "record with bytes behind its last item")
    case .occurrences: self("反復回数・長さが範囲外", "number of occurrences, or length, out of range")
    case .noRate: self("税率表・休日表にない", "no rate for this key and time, or a day that the holidays do not cover")
    case .replaced: self("前の変換で失われた文字(U+FFFD)", "character lost in an earlier conversion (U+FFFD)")
    case .lunar: self("明治6年より前の日付(旧暦)", "date before 1873, of the lunar calendar")
    case .notFinite: self("数でない浮動小数点", "floating-point value that is no number")
    }
  }
}
