      * KK-CHOTEI  国保税 調定表
       01  KK-CHOTEI-REC.
           05  納期月 PIC X(7).
           05  一般退職 PIC N(2).
           05  件数 PIC S9(9) COMP-3.
           05  医療 PIC S9(13) COMP-3.
           05  支援 PIC S9(13) COMP-3.
           05  介護 PIC S9(13) COMP-3.
           05  調定額 PIC S9(13) COMP-3.
