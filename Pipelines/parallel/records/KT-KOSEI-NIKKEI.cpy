      * KT-KOSEI-NIKKEI  更正突合表
       01  KT-KOSEI-NIKKEI-REC.
           05  更正日 PIC 9(7) COMP-3.
           05  区分 PIC N(4).
           05  件数 PIC S9(7) COMP-3.
           05  増減額 PIC S9(11) COMP-3.
