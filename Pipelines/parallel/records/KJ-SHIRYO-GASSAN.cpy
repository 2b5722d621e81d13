      * KJ-SHIRYO-GASSAN  合算結果一覧
       01  KJ-SHIRYO-GASSAN-REC.
           05  宛名番号 PIC X(10).
           05  資料数 PIC S9(2) COMP-3.
           05  合計所得金額 PIC S9(10) COMP-3.
           05  総所得金額等 PIC S9(10) COMP-3.
           05  所得控除合計額 PIC S9(9) COMP-3.
