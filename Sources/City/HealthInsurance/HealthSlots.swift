import Base

/// Slots common to both kinds of KKFUKA.
struct HealthSlots {
  let kind, assessed, belongs, card, household, head, notice, history, latest: Int
  let stamp: Stamp

  init(_ writer: KindWriter, department: [UInt8]) throws(Diagnostic) {
    kind = try writer.slot("KK-KIND")
    assessed = try writer.slot("KK-FUKA-NENDO")
    belongs = try writer.slot("KK-SOTO-NENDO")
    card = try writer.slot("KK-KIGO-NO")
    household = try writer.slot("KK-SETAI-NO")
    head = try writer.slot("KK-NUSHI-NO")
    notice = try writer.slot("KK-TSUCHI-NO")
    history = try writer.slot("KK-RIREKI-NO")
    latest = try writer.slot("KK-SAISHIN-KBN")
    stamp = try Stamp(writer, "KK", department: department)
  }
}

/// Slots of 世帯賦課.
struct HealthNoticeSlots {
  let isProxy, insured, carers, income, waived: Int
  let base, onIncome, perHead, partWaived, overCeiling, beforeMonths, part: Int
  let total, byInstalment, fromPension, code, due, amount, withheld, unemployed, reason, decided: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    isProxy = try writer.slot("KK-GISEI-KBN")
    insured = try writer.slot("KK-HIHO-SU")
    carers = try writer.slot("KK-KAIGO-SU")
    income = try writer.slot("KK-HANTEI-SHOTOKU")
    waived = try writer.slot("KK-KEIGEN-KBN")
    base = try writer.slot("KK-BUN-KISO-SHOTOKU")
    onIncome = try writer.slot("KK-BUN-SHOTOKUWARI")
    perHead = try writer.slot("KK-BUN-KINTOWARI")
    partWaived = try writer.slot("KK-BUN-KEIGENGAKU")
    overCeiling = try writer.slot("KK-BUN-GENDO-CHOKA")
    beforeMonths = try writer.slot("KK-BUN-TSUKIWARI-GEN")
    part = try writer.slot("KK-BUN-KETTEI")
    total = try writer.slot("KK-NENZEI")
    byInstalment = try writer.slot("KK-FUCHO-GAKU")
    fromPension = try writer.slot("KK-TOKUCHO-GAKU")
    code = try writer.slot("KK-KI-KI-CD")
    due = try writer.slot("KK-KI-NOKIGEN")
    amount = try writer.slot("KK-KI-ZEIGAKU")
    withheld = try writer.slot("KK-TOKU-ZEIGAKU")
    unemployed = try writer.slot("KK-HIJIHATSU-KBN")
    reason = try writer.slot("KK-KOSEI-JIYU")
    decided = try writer.slot("KK-KOSEI-YMD")
  }
}

/// Slots of 被保険者.
struct InsuredSlots {
  let number, qualification, from, reason, until, lossReason, base, salary, months, careMonths: Int
  let isRetired, isUnemployed, reliefUntil: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    number = try writer.slot("KK-ATENA-NO")
    qualification = try writer.slot("KK-SHIKAKU-RIREKI")
    from = try writer.slot("KK-SHUTOKU-YMD")
    reason = try writer.slot("KK-SHUTOKU-JIYU")
    until = try writer.slot("KK-SOSHITSU-YMD")
    lossReason = try writer.slot("KK-SOSHITSU-JIYU")
    base = try writer.slot("KK-KISO-SHOTOKU")
    salary = try writer.slot("KK-KYUYO-SHOTOKU")
    months = try writer.slot("KK-TSUKI-IRYO")
    careMonths = try writer.slot("KK-TSUKI-KAIGO")
    isRetired = try writer.slot("KK-TAISHOKU-KBN")
    isUnemployed = try writer.slot("KK-HIJIHATSU-KBN")
    reliefUntil = try writer.slot("KK-HIJIHATSU-SHURYO")
  }
}
