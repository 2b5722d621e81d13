      * SN-IDO-KENSU  税額異動 件数表
       01  SN-IDO-KENSU-REC.
           05  税目 PIC N(8).
           05  更正日 PIC 9(7) COMP-3.
           05  送り側件数 PIC S9(7) COMP-3.
