      * KT30-SHINKOKU  償却資産申告書 作成件数表
       01  KT30-SHINKOKU-REC.
           05  年度 PIC 9(3) COMP-3.
           05  前年申告件数 PIC S9(7) COMP-3.
           05  新規開業件数 PIC S9(7) COMP-3.
           05  電算申告件数 PIC S9(7) COMP-3.
           05  作成件数 PIC S9(7) COMP-3.
