      * KK-FUKA-TSUCHI  国保税 徴収方法別 通知件数表
       01  KK-FUKA-TSUCHI-REC.
           05  徴収方法 PIC N(6).
           05  課税世帯数 PIC S9(9) COMP-3.
