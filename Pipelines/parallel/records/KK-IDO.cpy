      * KK-IDO  国保税 期別・内訳比較一覧
       01  KK-IDO-REC.
           05  賦課年度 PIC 9(3) COMP-3.
           05  相当年度 PIC 9(3) COMP-3.
           05  通知書番号 PIC X(10).
           05  期別 PIC X(2).
           05  課税期別額 PIC S9(11) COMP-3.
           05  医療 PIC S9(11) COMP-3.
           05  支援 PIC S9(11) COMP-3.
           05  介護 PIC S9(11) COMP-3.
