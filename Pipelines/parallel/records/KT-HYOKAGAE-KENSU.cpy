      * KT-HYOKAGAE-KENSU  評価替 筆数・棟数表
       01  KT-HYOKAGAE-KENSU-REC.
           05  資産 PIC N(2).
           05  区分 PIC X(2).
           05  評価年度 PIC 9(3) COMP-3.
           05  件数 PIC S9(9) COMP-3.
           05  評価額 PIC S9(13) COMP-3.
