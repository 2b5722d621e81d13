      * SN-TAINO-TOKUSOKU  督促状 対象一覧
       01  SN-TAINO-TOKUSOKU-REC.
           05  賦課年度 PIC 9(3) COMP-3.
           05  相当年度 PIC 9(3) COMP-3.
           05  科目 PIC N(14).
           05  通知書番号 PIC X(10).
           05  期別 PIC X(2).
           05  指定番号 PIC X(8).
           05  事業年度番号 PIC X(4).
           05  申告履歴番号 PIC S9(3) COMP-3.
           05  発布日 PIC 9(7) COMP-3.
           05  調定額 PIC S9(11) COMP-3.
           05  発布前完納 PIC X(1).
