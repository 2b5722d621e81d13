      * KT-TOSHO-TOKEI  都市計画税 義務者別一覧
       01  KT-TOSHO-TOKEI-REC.
           05  通知書番号 PIC X(10).
           05  義務者 PIC X(10).
           05  都計課税標準 PIC S9(13) COMP-3.
           05  都市計画税額 PIC S9(11) COMP-3.
