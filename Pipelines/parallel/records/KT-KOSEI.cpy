      * KT-KOSEI  更正後 期別一覧
       01  KT-KOSEI-REC.
           05  通知書番号 PIC X(10).
           05  期別 PIC X(2).
           05  更正前年税額 PIC S9(9) COMP-3.
           05  更正後年税額 PIC S9(9) COMP-3.
           05  更正前期別 PIC S9(9) COMP-3.
           05  更正後期別 PIC S9(9) COMP-3.
