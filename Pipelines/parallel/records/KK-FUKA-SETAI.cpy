      * KK-FUKA-SETAI  当初課税 世帯数表
       01  KK-FUKA-SETAI-REC.
           05  区分 PIC N(10).
           05  世帯数 PIC S9(9) COMP-3.
