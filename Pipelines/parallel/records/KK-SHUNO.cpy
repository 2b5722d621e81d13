      * KK-SHUNO  国保税 収納按分一覧
       01  KK-SHUNO-REC.
           05  賦課年度 PIC 9(3) COMP-3.
           05  相当年度 PIC 9(3) COMP-3.
           05  通知書番号 PIC X(10).
           05  期別 PIC X(2).
           05  収納番号 PIC S9(5) COMP-3.
           05  一般退職 PIC N(2).
           05  収納額 PIC S9(11) COMP-3.
           05  医療 PIC S9(11) COMP-3.
           05  支援 PIC S9(11) COMP-3.
           05  介護 PIC S9(11) COMP-3.
