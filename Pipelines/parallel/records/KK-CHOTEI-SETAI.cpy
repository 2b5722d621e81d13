      * KK-CHOTEI-SETAI  国保税調定 世帯数表
       01  KK-CHOTEI-SETAI-REC.
           05  年度区分 PIC N(2).
           05  一般退職 PIC N(2).
           05  台帳世帯数 PIC S9(9) COMP-3.
