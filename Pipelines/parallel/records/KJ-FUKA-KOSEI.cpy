      * KJ-FUKA-KOSEI  例月更正一覧
       01  KJ-FUKA-KOSEI-REC.
           05  相当年度 PIC 9(3) COMP-3.
           05  通知書番号 PIC X(10).
           05  賦課種別 PIC X(1).
           05  更正回 PIC S9(3) COMP-3.
           05  宛名番号 PIC X(10).
           05  更正事由 PIC X(2).
           05  更正日 PIC 9(7) COMP-3.
           05  更正前税額 PIC S9(9) COMP-3.
           05  更正後税額 PIC S9(9) COMP-3.
           05  増減額 PIC S9(9) COMP-3.
           05  増減区分 PIC N(4).
