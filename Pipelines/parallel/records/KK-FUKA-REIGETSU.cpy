      * KK-FUKA-REIGETSU  例月更正 世帯数表
       01  KK-FUKA-REIGETSU-REC.
           05  更正日 PIC 9(7) COMP-3.
           05  更正事由 PIC X(2).
           05  世帯数 PIC S9(7) COMP-3.
           05  増減額 PIC S9(11) COMP-3.
