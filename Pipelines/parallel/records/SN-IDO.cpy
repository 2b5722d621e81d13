      * SN-IDO  調定・賦課期別 比較一覧
       01  SN-IDO-REC.
           05  科目 PIC N(14).
           05  賦課年度 PIC 9(3) COMP-3.
           05  相当年度 PIC 9(3) COMP-3.
           05  通知書番号 PIC X(10).
           05  期別 PIC X(2).
           05  賦課期別額 PIC S9(11) COMP-3.
