      * KK-IDO-KENSU  国保税 三段階件数表
       01  KK-IDO-KENSU-REC.
           05  更正日 PIC 9(7) COMP-3.
           05  資格異動世帯数 PIC S9(7) COMP-3.
