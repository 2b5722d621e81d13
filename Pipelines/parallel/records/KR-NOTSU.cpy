      * KR-NOTSU  後期高齢 税情報連携データ
       01  KR-NOTSU-REC.
           05  宛名番号 PIC X(10).
           05  合計所得金額 PIC S9(10) COMP-3.
           05  課税区分 PIC X(1).
