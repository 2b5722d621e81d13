      * KJ-FUKA-CHOSHU  徴収区分別 通知件数表
       01  KJ-FUKA-CHOSHU-REC.
           05  徴収区分 PIC X(1).
           05  賦課件数 PIC S9(7) COMP-3.
           05  年税額 PIC S9(11) COMP-3.
