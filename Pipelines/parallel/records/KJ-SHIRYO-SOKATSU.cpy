      * KJ-SHIRYO-SOKATSU  給与支払報告書 総括表突合
       01  KJ-SHIRYO-SOKATSU-REC.
           05  受付方法 PIC N(6).
           05  指定番号 PIC X(8).
           05  総括表人員 PIC S9(7) COMP-3.
