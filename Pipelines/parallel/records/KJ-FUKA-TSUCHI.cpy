      * KJ-FUKA-TSUCHI  賦課決定通知
       01  KJ-FUKA-TSUCHI-REC.
           05  相当年度 PIC 9(3) COMP-3.
           05  通知書番号 PIC X(10).
           05  賦課種別 PIC X(1).
           05  宛名番号 PIC X(10).
           05  氏名 PIC N(20).
           05  徴収区分 PIC X(1).
           05  課税区分 PIC X(1).
           05  課税標準額 PIC S9(10) COMP-3.
           05  市調整控除 PIC S9(9) COMP-3.
           05  都調整控除 PIC S9(9) COMP-3.
           05  市所得割 PIC S9(9) COMP-3.
           05  都所得割 PIC S9(9) COMP-3.
           05  市均等割 PIC S9(7) COMP-3.
           05  都均等割 PIC S9(7) COMP-3.
           05  年税額 PIC S9(9) COMP-3.
