import Base

/// Slots common to all kinds of SNCHOTEI.
struct CollectionSlots {
  let kind, assessed, belongs, booked, tax, number, notice, code, designation, businessYear, filing,
    serial: Int
  let stamp: Stamp

  init(_ writer: KindWriter, department: [UInt8]) throws(Diagnostic) {
    kind = try writer.slot("SN-KIND")
    assessed = try writer.slot("SN-FUKA-NENDO")
    belongs = try writer.slot("SN-SOTO-NENDO")
    booked = try writer.slot("SN-CHOTEI-NENDO")
    tax = try writer.slot("SN-ZEIMOKU")
    number = try writer.slot("SN-ATENA-NO")
    notice = try writer.slot("SN-TSUCHI-NO")
    code = try writer.slot("SN-KI-CD")
    designation = try writer.slot("SN-SHITEI-NO")
    businessYear = try writer.slot("SN-JIGYO-NENDO-NO")
    filing = try writer.slot("SN-SHINKOKU-RIREKI")
    serial = try writer.slot("SN-RENBAN")
    stamp = try Stamp(writer, "SN", department: department)
  }

  /// Starts a record with the claim's key.
  func begin(_ writer: KindWriter, _ claim: Claim, serial number: Int) throws(Diagnostic) {
    writer.begin()
    writer.code2(kind, writer.kind)
    try writer.set(assessed, claim.assessed)
    try writer.set(belongs, claim.belongs)
    try writer.set(booked, claim.assessed)
    writer.code2(tax, claim.tax)
    try writer.set(self.number, claim.number)
    try writer.set(notice, claim.notice)
    writer.code(code, claim.code)
    try writer.set(designation, claim.designation)
    try writer.set(businessYear, claim.businessYear)
    try writer.set(filing, claim.filing)
    try writer.set(serial, number)
  }
}

/// Slots of 調定期別.
struct ClaimSlots {
  let due, legalDue, amount, perCapita, onProfit, medical, support, care, fee, interest, isInterestFinal, received,
    receivedFee, receivedInterest, overpaid: Int
  let writtenOff, unpaid, dunned, reminded, prescribes, state, settled, carried, seized, planned, stopped: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    due = try writer.slot("SN-NOKIGEN")
    legalDue = try writer.slot("SN-HOTEI-NOKI")
    amount = try writer.slot("SN-CHOTEI")
    perCapita = try writer.slot("SN-CHOTEI-KTW")
    onProfit = try writer.slot("SN-CHOTEI-HZW")
    medical = try writer.slot("SN-CHOTEI-IRYO")
    support = try writer.slot("SN-CHOTEI-SHIEN")
    care = try writer.slot("SN-CHOTEI-KAIGO")
    fee = try writer.slot("SN-TOKUSOKU-RYO")
    interest = try writer.slot("SN-ENTAI")
    isInterestFinal = try writer.slot("SN-ENTAI-KAKUTEI")
    received = try writer.slot("SN-SHUNO")
    receivedFee = try writer.slot("SN-SHUNO-TOKUSOKU")
    receivedInterest = try writer.slot("SN-SHUNO-ENTAI")
    overpaid = try writer.slot("SN-KAGONO")
    writtenOff = try writer.slot("SN-KESSON")
    unpaid = try writer.slot("SN-MINO")
    dunned = try writer.slot("SN-TOKUSOKU-YMD")
    reminded = try writer.slot("SN-SAIKOKU-YMD")
    prescribes = try writer.slot("SN-JIKO-YMD")
    state = try writer.slot("SN-KANNO-KBN")
    settled = try writer.slot("SN-KANNO-YMD")
    carried = try writer.slot("SN-KURIKOSHI-KBN")
    seized = try writer.slot("SN-SHOBUN-UMU")
    planned = try writer.slot("SN-BUNNO-UMU")
    stopped = try writer.slot("SN-TEISHI-UMU")
  }
}

/// Slots of 収入.
struct ReceiptSlots {
  let paid, received, accounting, channel, amount, fee, interest, stage, cancelled, bank, branch, slip: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    paid = try writer.slot("SN-RYOSHU-YMD")
    received = try writer.slot("SN-SHUNYU-YMD")
    accounting = try writer.slot("SN-KAIKEI-NENDO")
    channel = try writer.slot("SN-NOFU-CHANNEL")
    amount = try writer.slot("SN-SHUNO")
    fee = try writer.slot("SN-SHUNO-TOKUSOKU")
    interest = try writer.slot("SN-SHUNO-ENTAI")
    stage = try writer.slot("SN-KARI-KBN")
    cancelled = try writer.slot("SN-TORIKESHI")
    bank = try writer.slot("SN-GINKO-CD")
    branch = try writer.slot("SN-SHITEN-CD")
    slip = try writer.slot("SN-ZUMI-NO")
  }
}

/// Slots of 過誤納・還付・充当.
struct RefundSlots {
  let process, arose, decided, paid, amount, targetYear, targetTax, targetNotice, targetCode, state: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    process = try writer.slot("SN-SHORI-KBN")
    arose = try writer.slot("SN-HASSEI-YMD")
    decided = try writer.slot("SN-KETTEI-YMD")
    paid = try writer.slot("SN-SHIHARAI-YMD")
    amount = try writer.slot("SN-KINGAKU")
    targetYear = try writer.slot("SN-SAKI-NENDO")
    targetTax = try writer.slot("SN-SAKI-ZEIMOKU")
    targetNotice = try writer.slot("SN-SAKI-TSUCHI")
    targetCode = try writer.slot("SN-SAKI-KI")
    state = try writer.slot("SN-JOTAI")
  }
}

/// Slots of 滞納処分・猶予・欠損.
struct EnforcementSlots {
  let code, day, released, basis, amount, planDay, planAmount, planDone: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    code = try writer.slot("SN-SHOBUN-CD")
    day = try writer.slot("SN-SHOBUN-YMD")
    released = try writer.slot("SN-KAIJO-YMD")
    basis = try writer.slot("SN-HOREI")
    amount = try writer.slot("SN-KINGAKU")
    planDay = try writer.slot("SN-BUNNO-YOTEI-YMD")
    planAmount = try writer.slot("SN-BUNNO-YOTEI-GAKU")
    planDone = try writer.slot("SN-BUNNO-RIKO")
  }
}

/// Slots of 口座振替.
struct AccountSlots {
  let bank, branch, type, account, postSymbol, postNumber, holder, from, until, mode: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    bank = try writer.slot("SN-KINYU-CD")
    branch = try writer.slot("SN-SHITEN-CD")
    type = try writer.slot("SN-YOKIN-KBN")
    account = try writer.slot("SN-KOZA-NO")
    postSymbol = try writer.slot("SN-YUCHO-KIGO")
    postNumber = try writer.slot("SN-YUCHO-NO")
    holder = try writer.slot("SN-MEIGI-KANA")
    from = try writer.slot("SN-KAISHI-YMD")
    until = try writer.slot("SN-HAISHI-YMD")
    mode = try writer.slot("SN-ZENKI-KBN")
  }
}
