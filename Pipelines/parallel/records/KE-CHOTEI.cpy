      * KE-CHOTEI  調定表
       01  KE-CHOTEI-REC.
           05  通知書番号 PIC X(10).
           05  管理番号 PIC X(9).
           05  標板 PIC N(4).
           05  分類番号 PIC X(3).
           05  かな PIC N(1).
           05  一連番号 PIC X(4).
           05  種別 PIC X(2).
           05  調定額 PIC S9(7) COMP-3.
